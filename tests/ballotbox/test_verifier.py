"""The verifier: an honest urn passes, every fraud is named, and what it cannot see is shown to be so."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from democracy.ballotbox.ballot import seal, seal_layer
from democracy.ballotbox.bundle import Bundle, read_bundle, write_bundle
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.checkpoint import Checkpoint, cosign
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.keys import sha256, with_sig, with_sigs
from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.mixing import first_list
from democracy.ballotbox.note import KeyKind, SignerKey
from democracy.ballotbox.roll import roll_leaf, roll_tree
from democracy.ballotbox.rules import count
from democracy.ballotbox.trust import Trust, read_trust
from democracy.ballotbox.urn import finished, unsigned
from democracy.ballotbox.verifier import verify, verify_so_far
from tests.ballotbox.shared import needs_vectors, vectors
from tests.ballotbox.urns import CLOSES, Played, body, value, whole

STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
HONEST = whole()


def caught(bundle: Bundle, trust: Trust = HONEST.trust, **rest: Any) -> Code:
    with pytest.raises(UrnError) as found:
        verify(bundle, trust, **rest)
    return found.value.code


def listed(urn: Played, i: int, records: list[bytes]) -> Bundle:
    return replace(urn.bundle, lists={**urn.bundle.lists, i: b"".join(records)})


# -- honest urns ------------------------------------------------------------------------------------------------------


def test_an_honest_urn_adds_up_in_one_line() -> None:
    verdict = verify(HONEST.bundle, HONEST.trust, HONEST.roll)
    assert str(verdict.totals) == "roll 30 voted 25 void 0 in 25 = bad 0 + dup 0 + spoilt 0 + counted 25"
    assert verdict.warnings == ()
    assert verdict.unchecked == ()
    assert value(HONEST.protocol or b"") == {"tally": {"ja": 16, "nej": 9}}


@pytest.mark.parametrize("mixers", [1, 2, 3])
def test_an_urn_with_any_number_of_mixers_is_verified(mixers: int) -> None:
    urn = whole(mixers=mixers)
    assert verify(urn.bundle, urn.trust).totals is not None


def test_every_state_on_the_way_passes_so_far_and_not_as_a_whole() -> None:
    urn = Played()
    for step in (urn.accept, urn.vote, urn.close, urn.mix, urn.open):
        step()
        assert verify_so_far(urn.bundle, urn.trust).totals is None
        assert caught(urn.bundle, urn.trust) is Code.E_ORDER
    urn.result()
    assert verify(urn.bundle, urn.trust).totals is not None


def test_an_urn_of_a_meeting_needs_no_witness() -> None:
    urn = whole(quorum=0, fields={"witnesses": []})
    assert verify(urn.bundle, urn.trust).totals is not None


def test_growth_extension_voids_papers_and_second_votes_add_up() -> None:
    urn = Played(fields={"revote": 1, "rule": "tally/1"}).accept().vote(22)
    urn.cast(3, body(300, ()), seq=2)
    urn.cast(3, body(301, ("nej",)), seq=3)
    proof = [*urn.roll, *(roll_leaf(urn.api.roll, str(1000 + slot), slot) for slot in (30, 31))]
    tree = roll_tree(proof)
    growth = [each.hex() for each in tree.consistency(30)]
    urn.by_officers("roll", size=32, root=tree.root.hex(), proof=growth, decision="Styrelsen § 1")
    urn.cast(31, body(31))
    urn.by_officers("extend", closes="2030-03-03T20:00:00Z", decision="Styrelsen § 2")
    urn.by_officers("void", slot=29, reason="paper", decision="Kuvert 1")
    urn.checkpoint()
    urn.close({28: "paper", 4: "not-entitled"}, at=CLOSES + 86_400 + 60).mix().open()
    assert urn.opening is not None
    paper = with_sigs({"m": urn.m.hex(), "n": 2, "figures": {"1": {"ja": 1, "": 1}}}, *(o.sign for o in urn.officers))
    urn.result(count(urn.manifest, urn.opening.ballots, paper))
    verdict = verify(urn.bundle, urn.trust, proof)
    line = "roll 32 voted 23 void 1 in 22 = bad 0 + dup 0 + spoilt 0 + counted 22, paper 2"
    assert str(verdict.totals) == line


def test_copies_junk_and_spoilt_ballots_are_accounted_for() -> None:
    urn = Played().accept().vote(20)
    copy = urn.sealed(20, body(20))
    inner = urn.voters[0].layers[1].box
    urn.cast_box(20, seal_layer(urn.manifest, urn.m, 1, 20, inner, bytes(32)))
    urn.cast_box(21, b"\x01" * urn.manifest.box_bytes)
    message = b"\x00\x02{}".ljust(urn.manifest.pad, b"\x00")
    urn.cast_box(22, seal(urn.manifest, urn.m, 22, b"z" * 32, message)[0].box)
    urn.cast(23, replace(body(23), code=copy.body.code, own="1"))
    urn.cast(24, replace(body(24), code=copy.body.code, own="1"))
    urn.checkpoint()
    urn.finish()
    verdict = verify(urn.bundle, urn.trust)
    assert str(verdict.totals) == "roll 30 voted 25 void 0 in 25 = bad 1 + dup 1 + spoilt 1 + counted 22"
    assert verdict.warnings == ("W_BAD mixer 1: 1", "W_DUP 1", "W_CODE 1")


def test_what_the_bundle_does_not_hold_is_said() -> None:
    public = verify(HONEST.bundle.public(), HONEST.trust)
    assert public.unchecked == ("L_0 (not in the bundle)", "the members behind the slots (no roll file)")
    assert str(public.totals) == str(verify(HONEST.bundle, HONEST.trust).totals)
    stripped = replace(HONEST.bundle, lists={}, final=None, codes=None)
    assert verify(stripped, HONEST.trust).unchecked[:2] == (
        "L_0, L_1, L_2 (not in the bundle)",
        "the opened ballots and their recount (for auditors only, or destroyed)",
    )


def test_after_destruction_the_rest_still_verifies_and_says_so() -> None:
    urn = HONEST.copy()
    urn.leaves.append(urn.server.destroyed("api"))
    urn.leaves.append(
        finished(with_sig(unsigned("destroyed", urn.m, who="mixer-2", what="seed"), urn.mixing[1].sign))
    )  # fmt: skip
    urn.checkpoint()
    verdict = verify(replace(urn.bundle, lists={}, final=None, codes=None), urn.trust)
    assert verdict.unchecked[0] == "L_0, L_1, L_2 (destroyed)"


@pytest.mark.parametrize("options", [{"fields": {"publish": "codes"}}, {"size": 12}])
def test_where_ballots_are_for_auditors_everybody_gets_codes_and_the_rest_adds_up(options: dict[str, Any]) -> None:
    urn = Played(**options).accept().vote(12).finish()
    opened = value(urn.leaves[urn.find("opened")])
    assert opened["secret"] == ""
    for_everybody = urn.bundle.public()
    assert (for_everybody.secret, for_everybody.final) == (None, None)
    assert for_everybody.codes is not None
    assert verify(for_everybody, urn.trust).unchecked[1].startswith("the opened ballots")
    assert verify(urn.bundle, urn.trust).unchecked == ("the members behind the slots (no roll file)",)
    assert caught(replace(urn.bundle, secret=bytes(32)), urn.trust) is Code.E_OPEN
    assert caught(replace(for_everybody, codes=for_everybody.codes.replace(b"A", b"B")), urn.trust) is Code.E_OPEN


def test_a_bundle_goes_through_a_file_unchanged_and_is_written_the_same() -> None:
    file, again = io.BytesIO(), io.BytesIO()
    write_bundle(HONEST.bundle, file)
    write_bundle(HONEST.bundle, again)
    assert file.getvalue() == again.getvalue()
    assert read_bundle(file) == HONEST.bundle


# -- frauds that a stolen database or a careless hand commits ---------------------------------------------------------


def replaced(urn: Played, kind: str, **fields: Any) -> Bundle:
    at = urn.find(kind)
    urn.leaves[at] = canonical(value(urn.leaves[at]) | fields)
    return urn.bundle


def dropped(urn: Played) -> Bundle:
    del urn.leaves[urn.find("ballot")]
    return urn.bundle


def added(urn: Played) -> Bundle:
    urn.leaves.insert(urn.find("close"), ballot_leaf(27, 1, sha256(b"x").hex()))
    return urn.bundle


def swapped_in_place(urn: Played) -> Bundle:
    at = urn.find("ballot")
    urn.leaves[at], urn.leaves[at + 1] = urn.leaves[at + 1], urn.leaves[at]
    return urn.bundle


def rewritten_note(urn: Played) -> Bundle:
    urn.notes[2] = urn.notes[2].replace("\n28\n", "\n27\n")
    return urn.bundle


def forked(urn: Played) -> Bundle:
    note = Checkpoint(urn.log.name, 28, sha256(b"another tree")).signed(urn.log)
    urn.notes[2] = str(note.with_lines(cosign(note, urn.witness, CLOSES - 1)))
    return urn.bundle


def shrunk(urn: Played) -> Bundle:
    urn.notes[3], urn.notes[2] = urn.notes[2], urn.notes[3]
    return urn.bundle


def cut(urn: Played) -> Bundle:
    del urn.notes[-1]
    return urn.bundle


def changed_manifest(urn: Played) -> Bundle:
    manifest = value(urn.leaves[0])
    bare = {key: held for key, held in manifest.items() if key not in {"sig", "sigs"}}
    urn.leaves[0] = urn.signed_by_all({**bare, "closes": "2030-03-09T20:00:00Z"})
    return urn.bundle


def mistyped(urn: Played) -> Bundle:
    return replace(urn.bundle, protocol=b'{"tally":{"ja":19,"nej":6}}')


@pytest.mark.parametrize(
    ("fraud", "code"),
    [
        (lambda urn: replaced(urn, "ballot", digest="0" * 64), Code.E_FORK),
        (dropped, Code.E_CHECKPOINT),
        (added, Code.E_CHECKPOINT),
        (swapped_in_place, Code.E_FORK),
        (rewritten_note, Code.E_CHECKPOINT),
        (forked, Code.E_FORK),
        (shrunk, Code.E_CHECKPOINT),
        (cut, Code.E_CHECKPOINT),
        (changed_manifest, Code.E_LEAF),
        (lambda urn: replaced(urn, "close", t="shut"), Code.E_LEAF),
        (lambda urn: replaced(urn, "close", more=1), Code.E_LEAF),
        (lambda urn: replace(urn.bundle, leaves=(b"{}", *urn.leaves[1:])), Code.E_LEAF),
        (lambda urn: replace(urn.bundle, leaves=(*urn.leaves[:-1], urn.leaves[-1] + b" ")), Code.E_LEAF),
        (lambda urn: replace(urn.bundle, leaves=()), Code.E_LEAF),
        (mistyped, Code.E_RESULT),
        (lambda urn: replace(urn.bundle, protocol=None), Code.E_RESULT),
        (lambda urn: listed(urn, 0, urn.lists[0][1:]), Code.E_INPUT),
        (lambda urn: listed(urn, 0, [*urn.lists[0], b"\x00\x00\x00\x1d" + urn.lists[0][0][4:]]), Code.E_INPUT),
        (lambda urn: listed(urn, 0, [urn.lists[0][0][:-1] + b"\x00", *urn.lists[0][1:]]), Code.E_INPUT),
        (lambda urn: listed(urn, 1, urn.lists[1][1:]), Code.E_LIST),
        (lambda urn: listed(urn, 2, urn.lists[2][::-1]), Code.E_LIST),
        (lambda urn: listed(urn, 2, [*urn.lists[2], b"x"]), Code.E_LIST),
        (lambda urn: listed(urn, 3, []), Code.E_LIST),
        (lambda urn: replace(urn.bundle, final=(urn.bundle.final or b"")[1:]), Code.E_OPEN),
        (lambda urn: replace(urn.bundle, codes=b""), Code.E_OPEN),
        (lambda urn: replace(urn.bundle, lists={}, final=b"{}\n"), Code.E_OPEN),
    ],
)  # fmt: skip
def test_what_was_changed_afterwards_is_caught(fraud: Callable[[Played], Bundle], code: Code) -> None:
    assert caught(fraud(HONEST.copy())) is code


def test_a_row_added_to_the_roll_is_caught() -> None:
    extra = roll_leaf(HONEST.api.roll, "9999", 30)
    assert caught(HONEST.bundle, roll=[*HONEST.roll, extra]) is Code.E_ROLL
    assert caught(HONEST.bundle, roll=[*HONEST.roll[:-1], roll_leaf(HONEST.api.roll, "9999", 29)]) is Code.E_ROLL
    assert caught(HONEST.bundle, roll=[*HONEST.roll[:-1], roll_leaf(HONEST.api.roll, "1000", 29)]) is Code.E_ROLL
    assert caught(HONEST.bundle, roll=HONEST.roll[::-1]) is Code.E_ROLL
    assert caught(HONEST.bundle, roll=[b"{}"]) is Code.E_ROLL


@pytest.mark.parametrize("kind", ["log", "witnesses", "mixers", "officers"])
def test_wrong_trusted_keys_are_caught(kind: str) -> None:
    public = STRANGER.public_key().public_bytes_raw().hex()
    signer = SignerKey(HONEST.log.name, KeyKind.ED25519, STRANGER).verifier
    witness = SignerKey("witness.example/1", KeyKind.COSIGNATURE, STRANGER).verifier
    other: Any = {"log": signer, "witnesses": {witness}, "mixers": {public}, "officers": {public}}[kind]
    wrong = msgspec.structs.replace(HONEST.trust, **{kind: other})
    assert caught(HONEST.bundle, wrong) is (Code.E_CHECKPOINT if kind == "log" else Code.E_TRUST)
    assert read_trust(json.dumps(HONEST.trust.data())) == HONEST.trust


# -- frauds in which server, log and witness take part: everything is signed anew -------------------------------------


def early(urn: Played) -> Bundle:
    return Played().accept().vote().close(at=CLOSES - 10).mix().open().result().bundle


def unwitnessed(notes: list[int]) -> Callable[[Played], Bundle]:
    def fraud(urn: Played) -> Bundle:
        for at in notes:
            text, _, lines = urn.notes[at].rpartition("\n\n")
            urn.notes[at] = text + "\n\n" + lines.split("\n")[0] + "\n"
        return urn.bundle

    return fraud


def voted_twice(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.cast(3, body(99), seq=2)
    return urn.finish().bundle


def not_on_the_roll(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.cast(30, body(99))
    return urn.finish().bundle


def voted_though_void(urn: Played) -> Bundle:
    urn = Played().accept().vote(24)
    urn.by_officers("void", slot=26, reason="paper", decision="Kuvert 1")
    urn.cast(26, body(26))
    return urn.finish().bundle


def void_twice(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.by_officers("void", slot=26, reason="paper", decision="Kuvert 1")
    return urn.close({26: "paper"}).mix().open().result().bundle


def cast_again_elsewhere(urn: Played) -> Bundle:
    urn = Played().accept().vote(20)
    urn.cast_box(21, urn.boxes[3])
    return urn.finish().bundle


def grown_without_proof(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    tree = roll_tree([*urn.roll[1:], *urn.roll[:2]])
    urn.by_officers("roll", size=tree.size, root=tree.root.hex(), proof=[], decision="x")
    return urn.finish().bundle


def shortened(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.by_officers("extend", closes="2030-03-01T20:00:00Z", decision="x")
    return urn.finish().bundle


def no_such_time(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.by_officers("extend", closes="2030-13-01T20:00:00Z", decision="x")
    return urn.finish().bundle


def fewer_in(urn: Played) -> Bundle:
    """The server leaves a ballot out of L_0 and signs the shorter list."""
    urn = Played().accept().vote().close()
    urn.lists[0] = urn.lists[0][1:]
    urn.leaves[-1] = urn.server.input(urn.lists[0])
    urn.notes.pop()
    urn.checkpoint()
    return urn.mix().open().result().bundle


def other_in(urn: Played) -> Bundle:
    """The server lets one ballot in place of another."""
    urn = Played().accept().vote().close()
    urn.lists[0] = first_list({**urn.boxes, 3: urn.sealed(3, body(99), 9).layers[0].box}.items())
    urn.leaves[-1] = urn.server.input(urn.lists[0])
    urn.notes.pop()
    urn.checkpoint()
    return urn.mix().open().result().bundle


def more_in(urn: Played) -> Bundle:
    """The server lets in a ballot for somebody who has not voted."""
    urn = Played().accept().vote().close()
    urn.lists[0] = first_list({**urn.boxes, 27: urn.sealed(27, body(99)).layers[0].box}.items())
    urn.leaves[-1] = urn.server.input(urn.lists[0])
    urn.notes.pop()
    urn.checkpoint()
    return urn.mix().open().result().bundle


def one_mixed_away(urn: Played) -> Bundle:
    return (
        Played().accept().vote().close().mix(lambda i, m: replace(m, records=m.records[i - 1 :])).open().result().bundle
    )


def one_mixed_in(urn: Played) -> Bundle:
    return Played().accept().vote().close().mix(
        lambda i, m: replace(m, records=tuple(sorted([*m.records, *m.records[: i - 1]])))
    ).open().result().bundle  # fmt: skip


def bad_that_never_came(urn: Played) -> Bundle:
    return Played().accept().vote().close().mix(
        lambda i, m: replace(m, bad=(sha256(b"x").hex(),), records=m.records[1:])
    ).open().result().bundle  # fmt: skip


def bad_twice(urn: Played) -> Bundle:
    twice = (sha256(b"x").hex(),) * 2
    return Played().accept().vote().close().mix(lambda i, m: replace(m, bad=twice)).open().result().bundle


def too_few(urn: Played) -> Bundle:
    return Played().accept().vote(4).finish().bundle


def other_key(urn: Played) -> Bundle:
    return urn.swapped("opened", urn.server.opened(urn.manifest, urn.opening, urn.mixing[0].hpke))  # type: ignore[arg-type]


def signed(urn: Played, kind: str, **fields: Any) -> bytes:
    old = {key: held for key, held in value(urn.leaves[urn.find(kind)]).items() if key != "sig"}
    return canonical(with_sig(old | fields, urn.api.sign))


def resigned(kind: str, **fields: Any) -> Callable[[Played], Bundle]:
    return lambda urn: urn.swapped(kind, signed(urn, kind, **fields))


def mistyped_and_signed(urn: Played) -> Bundle:
    urn.protocol = b'{"tally":{"ja":17,"nej":8}}'
    return urn.swapped("result", urn.server.result(urn.protocol))


def paper_without_voids(urn: Played) -> Bundle:
    assert urn.opening is not None
    paper = with_sigs({"m": urn.m.hex(), "n": 3, "figures": {"1": {"ja": 3}}}, *(o.sign for o in urn.officers))
    urn.protocol = count(urn.manifest, urn.opening.ballots, paper)
    return urn.swapped("result", urn.server.result(urn.protocol))


def paper_unsigned(urn: Played) -> Bundle:
    assert urn.opening is not None
    paper = with_sigs({"m": urn.m.hex(), "n": 0, "figures": {}}, urn.officers[0].sign)
    urn.protocol = count(urn.manifest, urn.opening.ballots, paper)
    return urn.swapped("result", urn.server.result(urn.protocol))


def one_officer(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    urn.leaves.append(
        finished(with_sigs(unsigned("void", urn.m, slot=29, reason="x", decision="y"), urn.officers[0].sign))
    )  # fmt: skip
    return urn.finish().bundle


def an_officer_twice(urn: Played) -> Bundle:
    urn = Played().accept().vote()
    keys = [urn.officers[0].sign] * 2
    urn.leaves.append(finished(with_sigs(unsigned("void", urn.m, slot=29, reason="x", decision="y"), *keys)))
    return urn.finish().bundle


def mixed_by_another(urn: Played) -> Bundle:
    at = urn.find("mix")
    bare = {key: held for key, held in value(urn.leaves[at]).items() if key != "sig"}
    return urn.swapped("mix", canonical(with_sig(bare, STRANGER)))


def moved(kind: str, by: int) -> Callable[[Played], Bundle]:
    def fraud(urn: Played) -> Bundle:
        at = urn.find(kind)
        leaf = urn.leaves.pop(at)
        urn.leaves.insert(at + by, leaf)
        return urn.forged(urn.leaves)

    return fraud


def manifest_with(**fields: Any) -> Callable[[Played], Bundle]:
    """A manifest that everybody signed and that cannot be."""

    def fraud(urn: Played) -> Bundle:
        urn.leaves = [urn.signed_by_all(unsigned("manifest", **(urn.manifest_fields() | fields)))]
        return urn.forged(urn.leaves)

    return fraud


SAME = HONEST.manifest_fields()["mixers"]


@pytest.mark.parametrize(
    ("fraud", "code"),
    [
        (manifest_with(level="sluten"), Code.E_MANIFEST),
        (manifest_with(opens="2030-03-02T20:00:00Z"), Code.E_MANIFEST),
        (manifest_with(opens="2030-02-30T20:00:00Z"), Code.E_MANIFEST),
        (manifest_with(pad=192), Code.E_MANIFEST),
        (manifest_with(quorum=2), Code.E_MANIFEST),
        (manifest_with(least=4), Code.E_MANIFEST),
        (manifest_with(mixers=[SAME[0], SAME[0]]), Code.E_MANIFEST),
        (manifest_with(mixers=[SAME[0], {**SAME[1], "hpke": "0" * 64}]), Code.E_MANIFEST),
        (manifest_with(officers=[HONEST.manifest.server, SAME[0]["sign"]]), Code.E_MANIFEST),
        (manifest_with(witnesses=["nobody"]), Code.E_MANIFEST),
        (manifest_with(witnesses=[str(HONEST.log.verifier)]), Code.E_MANIFEST),
        (manifest_with(questions=[]), Code.E_LEAF),
        (early, Code.E_TIME),
        (shortened, Code.E_TIME),
        (no_such_time, Code.E_TIME),
        (unwitnessed([1]), Code.E_WITNESS),
        (unwitnessed([3]), Code.E_WITNESS),
        (unwitnessed([4]), Code.E_WITNESS),
        (unwitnessed([6, 7]), Code.E_WITNESS),
        (moved("accept", 5), Code.E_WITNESS),
        (moved("close", -1), Code.E_ORDER),
        (lambda urn: urn.forged([*urn.leaves, ballot_leaf(28, 1, sha256(b"x").hex())]), Code.E_ORDER),
        (lambda urn: urn.forged([*urn.leaves[:-2], *urn.leaves[-1:]]), Code.E_ORDER),
        (lambda urn: urn.forged([*urn.leaves[:-1], urn.leaves[-2], *urn.leaves[-1:]]), Code.E_ORDER),
        (one_officer, Code.E_SIGNATURE),
        (an_officer_twice, Code.E_SIGNATURE),
        (mixed_by_another, Code.E_SIGNATURE),
        (lambda urn: replaced_and_forged(urn, "close", by_server=1), Code.E_SIGNATURE),
        (grown_without_proof, Code.E_ROLL),
        (not_on_the_roll, Code.E_SLOT),
        (voted_though_void, Code.E_SLOT),
        (void_twice, Code.E_SLOT),
        (voted_twice, Code.E_SEQ),
        (cast_again_elsewhere, Code.E_DIGEST),
        (resigned("close", ballots=24), Code.E_CLOSE),
        (resigned("close", by_server=1), Code.E_CLOSE),
        (lambda urn: urn.forged([*urn.leaves[:3], *urn.leaves[4:]]), Code.E_CLOSE),
        (fewer_in, Code.E_INPUT),
        (other_in, Code.E_INPUT),
        (more_in, Code.E_INPUT),
        (one_mixed_away, Code.E_MIX),
        (one_mixed_in, Code.E_MIX),
        (bad_that_never_came, Code.E_MIX),
        (bad_twice, Code.E_MIX),
        (too_few, Code.E_MIX),
        (other_key, Code.E_OPEN),
        (resigned("opened", n=24, spoilt=1), Code.E_OPEN),
        (resigned("opened", n=26), Code.E_OPEN),
        (resigned("opened", digest="0" * 64), Code.E_OPEN),
        (resigned("opened", codes="0" * 64), Code.E_OPEN),
        (mistyped_and_signed, Code.E_RESULT),
        (paper_without_voids, Code.E_TOTAL),
        (paper_unsigned, Code.E_TOTAL),
    ],
)  # fmt: skip
def test_what_those_in_charge_signed_is_caught_all_the_same(fraud: Callable[[Played], Bundle], code: Code) -> None:
    assert caught(fraud(HONEST.copy())) is code


def replaced_and_forged(urn: Played, kind: str, **fields: Any) -> Bundle:
    return urn.swapped(kind, canonical(value(urn.leaves[urn.find(kind)]) | fields))


# -- the design's own urns --------------------------------------------------------------------------------------------


def designs(name: str) -> tuple[Bundle, Trust, dict[str, Any]]:
    vector = vectors()[name]
    lists = {i: b"".join(map(bytes.fromhex, each)) for i, each in enumerate(vector["lists"])}
    leaves, notes = tuple(each.encode() for each in vector["log"]), tuple(vector["checkpoints"])
    bundle = Bundle(leaves, notes, lists, vector["final"].encode(), None, vector["protocol"].encode())
    return bundle, read_trust(json.dumps(vector["trust"])), vector


@needs_vectors
@pytest.mark.parametrize("name", ["V2", "V3"])
def test_the_designs_urns_verify_with_its_line_and_its_warnings(name: str) -> None:
    bundle, trust, vector = designs(name)
    verdict = verify(bundle, trust)
    assert str(verdict.totals) == vector["verify_line"]
    assert list(verdict.warnings) == vector.get("warnings", [])
