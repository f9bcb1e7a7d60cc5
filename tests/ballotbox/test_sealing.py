"""Canonical JSON, HPKE and the sealing of ballots: published vectors, the design's own, and what must hold for any."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import cryptography_vectors
import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox import hpke
from democracy.ballotbox.ballot import Body, Reader, SpoiltError, layer_ekm, layer_info, seal
from democracy.ballotbox.canonical import CanonicalError, canonical, parse
from democracy.ballotbox.keys import Seed, sha256, signed_bytes, verifies, with_sig
from democracy.ballotbox.manifest import Question, digest, pad_for, read_manifest
from democracy.ballotbox.mixing import list_digest, mix
from democracy.ballotbox.note import VerifierKey
from democracy.ballotbox.opening import open_urn
from democracy.ballotbox.receipt import make_receipt, read_receipt
from democracy.ballotbox.roll import MyRoll, leaf_text, roll_leaf, roll_tree, salt, tag
from tests.ballotbox.shared import needs_vectors, vectors
from tests.ballotbox.urns import Played, body, seed

values = st.recursive(
    st.integers(-(2**53) + 1, 2**53 - 1) | st.text().filter(lambda text: _composed(text)),
    lambda held: (
        st.lists(held, max_size=4) | st.dictionaries(st.text().filter(lambda t: _composed(t)), held, max_size=4)
    ),
    max_leaves=12,
)


def _composed(text: str) -> bool:
    try:
        canonical(text)
    except CanonicalError:
        return False
    return True


# -- canonical JSON ---------------------------------------------------------------------------------------------------


def test_keys_are_sorted_as_the_rfc_sorts_them() -> None:
    # RFC 8785, 3.2.3, but for its Hebrew letter, which is not composed; a wide tilde stands in for it.
    shuffled = {"€": 1, "\r": 2, "～": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}
    assert [*json.loads(canonical(shuffled))] == ["\r", "1", "\u0080", "ö", "€", "😀", "～"]


def test_text_is_escaped_as_the_rfc_escapes_it() -> None:
    # RFC 8785, 3.2.2.2.
    assert canonical('€$\u000f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@given(values)
def test_a_value_has_one_text_and_the_text_one_value(value: Any) -> None:
    text = canonical(value)
    assert parse(text) == value
    assert canonical(parse(text)) == text == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1.5, None, True, "e\u0301", {"e\u0301": 1}, [None], "\ud800", 2**53, {1: 2}, {"a": b"x"}, float("nan")]
)
def test_what_the_urn_does_not_write_has_no_canonical_text(value: Any) -> None:
    with pytest.raises(CanonicalError):
        canonical(value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b"1.0",
        b"1e3",
        b"\xff",
        b"[" * 9999,
        b"null",
        b"-0",
    ],
)
def test_every_other_way_to_write_a_value_is_refused(text: bytes) -> None:
    with pytest.raises(CanonicalError):
        parse(text)


# -- HPKE -------------------------------------------------------------------------------------------------------------


def _cfrg() -> list[dict[str, Any]]:
    path = Path(cryptography_vectors.__file__).parent / "HPKE" / "test-vectors.json"
    ids = ("mode", "kem_id", "kdf_id", "aead_id")
    return [each for each in json.loads(path.read_text()) if tuple(each[key] for key in ids) == (0, 32, 1, 2)]


def test_sealing_follows_the_vectors_of_rfc_9180() -> None:
    (vector,) = _cfrg()
    first = vector["encryptions"][0]
    info, public = bytes.fromhex(vector["info"]), bytes.fromhex(vector["pkRm"])
    aad, message = bytes.fromhex(first["aad"]), bytes.fromhex(first["pt"])
    plain = hpke.seal(public, info, message, bytes.fromhex(vector["ikmE"]))
    assert plain[:32].hex() == vector["enc"]
    # The vectors have an aad and ours is empty, so the key itself is held against theirs: same key, same ciphertext.
    key, nonce = AESGCM(bytes.fromhex(vector["key"])), bytes.fromhex(vector["base_nonce"])
    assert first["nonce"] == vector["base_nonce"]
    assert key.encrypt(nonce, message, aad).hex() == first["ct"]
    assert plain[32:] == key.encrypt(nonce, message, b"")
    secret = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector["skRm"]))
    assert hpke.unseal(secret, info, plain) == message


@given(st.binary(max_size=300), st.binary(max_size=80), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_with_the_library_and_is_sealed_the_same_again(
    message: bytes, info: bytes, ekm: bytes
) -> None:
    holder = seed("hpke", "holder")
    sealed = hpke.seal(holder.hpke_public, info, message, ekm)
    assert len(sealed) == len(message) + hpke.OVERHEAD
    assert sealed == hpke.seal(holder.hpke_public, info, message, ekm)
    assert hpke.unseal(X25519PrivateKey.from_private_bytes(holder.hpke), info, sealed) == message


@pytest.mark.parametrize("sealed", [b"", b"x", bytes(48), bytes(100)])
def test_what_was_not_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(hpke.OpenError):
        hpke.unseal(X25519PrivateKey.from_private_bytes(seed("hpke", "holder").hpke), b"", sealed)


def test_a_key_that_is_good_for_nothing_is_known() -> None:
    assert hpke.seals(seed("hpke", "holder").hpke_public)
    assert not hpke.seals(bytes(32))
    assert not hpke.seals(b"short")


# -- ballots ----------------------------------------------------------------------------------------------------------


def test_a_sealed_ballot_comes_through_every_layer_as_it_was() -> None:
    urn = Played(mixers=3).accept()
    voter = urn.cast(7, body(7))
    records = [voter.slot.to_bytes(4, "big") + voter.layers[0].box]
    assert len(voter.layers[0].box) == urn.manifest.box_bytes == urn.manifest.pad + 48 * 4
    for i, holder in enumerate(urn.mixing, start=1):
        records = list(mix(urn.m, i, records, holder.hpke).records)
        assert records == [voter.layers[i].box]
        assert {len(each) for each in records} == {urn.manifest.record_bytes(i)}
    assert open_urn(urn.manifest, urn.m, records, urn.lock.hpke).ballots == (voter.body,)


def test_a_ballot_opens_in_its_own_slot_and_urn_only() -> None:
    urn, other = Played().accept(), Played(name="u2").accept()
    box = urn.cast(7, body(7)).layers[0].box
    key = urn.mixing[0].hpke
    assert mix(urn.m, 1, [(7).to_bytes(4, "big") + box], key).bad == ()
    assert len(mix(urn.m, 1, [(8).to_bytes(4, "big") + box], key).bad) == 1
    assert len(mix(other.m, 1, [(7).to_bytes(4, "big") + box], key).bad) == 1


RANK = {"id": "v", "kind": "rank", "options": ["a", "b", "c"], "text": "Vilka?"}
SOME = {"id": "s", "kind": "some", "options": ["x", "y", "z"], "text": "Vilka av dessa?"}
TEXT = {"id": "t", "kind": "text", "options": [], "text": "Varför?", "most": 20}
QUESTIONS = msgspec.convert([{**RANK}, {**SOME}, {**TEXT}], list[Question])
FITTING = {"v": ["b", "a"], "s": ["x", "z"], "t": ["därför"]}


def text_of(choices: Any, **changed: Any) -> bytes:
    return canonical({"choices": choices, "code": "A" * 16, "own": "4711", "v": 1} | changed)


@pytest.mark.parametrize(
    "choices", [FITTING, {"v": [], "s": [], "t": []}, {"v": ["c", "b", "a"], "s": ["x", "y", "z"], "t": ["å" * 10]}]
)
def test_a_ballot_that_fits_its_questions_is_read(choices: dict[str, list[str]]) -> None:
    read = Body.read(text_of(choices), QUESTIONS)
    assert {key: list(held) for key, held in read.choices.items()} == choices
    assert len(read.text) + 2 <= pad_for(QUESTIONS)


@pytest.mark.parametrize(
    "text",
    [
        text_of(FITTING | {"v": ["b", "b"]}),
        text_of(FITTING | {"v": ["d"]}),
        text_of(FITTING | {"v": "a"}),
        text_of(FITTING | {"v": [1]}),
        text_of(FITTING | {"s": ["z", "x"]}),
        text_of(FITTING | {"t": ["å" * 11]}),
        text_of(FITTING | {"t": ["a", "b"]}),
        text_of(FITTING | {"t": [""]}),
        text_of(FITTING | {"w": []}),
        text_of({"v": []}),
        text_of([]),
        text_of(FITTING, code="A" * 15),
        text_of(FITTING, code="a" * 16),
        text_of(FITTING, own="47111"),
        text_of(FITTING, own="x"),
        text_of(FITTING, own=4711),
        text_of(FITTING, v=2),
        text_of(FITTING, more=1),
        text_of(FITTING) + b" ",
        b"[]",
        b"",
    ],
)  # fmt: skip
def test_a_ballot_that_does_not_fit_is_spoilt(text: bytes) -> None:
    with pytest.raises(SpoiltError):
        Body.read(text, QUESTIONS)


@pytest.mark.parametrize(
    "spoil", [lambda m: m[:-1] + b"\x01", lambda m: b"\xff\xff" + m[2:], lambda m: b"", lambda m: m[2:]]
)
def test_a_message_that_is_padded_otherwise_is_spoilt(spoil: Any) -> None:
    urn = Played()
    message = body(1).message(urn.manifest)
    assert Reader(urn.manifest.questions).unpack(message) == body(1)
    with pytest.raises(SpoiltError):
        Reader(urn.manifest.questions).unpack(spoil(message))


@given(st.sets(st.binary(min_size=150, max_size=150), max_size=8))
def test_a_mixer_accounts_for_everything_that_comes_in(junk: set[bytes]) -> None:
    urn = Played()
    boxes = {slot: urn.sealed(slot, body(slot)).layers[0].box for slot in range(3)}
    records = [slot.to_bytes(4, "big") + box for slot, box in boxes.items()]
    mixed = mix(urn.m, 1, [*records, *junk, *records[:1]], urn.mixing[0].hpke)
    assert mixed.n_in == len(records) + len(junk)
    assert len(mixed.records) + len(mixed.bad) == mixed.n_in
    assert set(mixed.bad) == {sha256(each).hex() for each in junk}
    assert all(one <= other for one, other in pairwise(mixed.records))


def test_a_receipt_is_the_servers_and_about_one_ballot() -> None:
    urn = Played().accept()
    box = urn.cast(7, body(7)).layers[0].box
    raw = make_receipt(urn.api.sign, urn.m, 7, 1, box)
    receipt = read_receipt(raw)
    assert receipt.signed_by(urn.manifest.server)
    assert not receipt.signed_by(urn.manifest.officers[0])
    assert not msgspec.structs.replace(receipt, slot=8).signed_by(urn.manifest.server)
    assert raw == make_receipt(urn.api.sign, urn.m, 7, 1, box), "the same bytes again"
    by = read_receipt(make_receipt(urn.api.sign, urn.m, 7, 1, box, by_server=True))
    assert by.by == "server"
    assert by.signed_by(urn.manifest.server)
    with pytest.raises(ValueError, match="no receipt"):
        read_receipt(b"{}")


def test_a_member_finds_the_own_row_in_the_roll_and_nobody_elses() -> None:
    key = seed("roll", "api").roll
    members = ["1001", "1002", "1003"]
    tree = roll_tree([roll_leaf(key, member, slot) for slot, member in enumerate(members)])
    mine = MyRoll("1002", 1, salt(key, "1002").hex(), tuple(tree.inclusion(1)))
    assert mine.proves(3, tree.root)
    assert not MyRoll("1003", 1, mine.salt, mine.path).proves(3, tree.root)
    assert not MyRoll("1002", 1, salt(key, "1003").hex(), mine.path).proves(3, tree.root)
    assert len({tag(key, member) for member in members} | {salt(key, member) for member in members}) == 6


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_seed_is_32_bytes_and_does_not_print(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Seed(secret)
    assert "secret" not in repr(Seed(bytes(32)))


# -- the design's own vectors -----------------------------------------------------------------------------------------


def designs(urn: str, label: str) -> Seed:
    return Seed(sha256(f"SEALED-URN test vector {urn} {label}".encode()))


@needs_vectors
def test_the_designs_keys_come_of_its_seeds() -> None:
    vector = vectors()["V1"]
    manifest = read_manifest(vector["log"][0].encode())
    assert designs("v1", "mixer 1").secret.hex() == vector["mixer_seed"]
    assert designs("v1", "mixer 1").hpke.hex() == vector["mixer_hpke_secret"]
    assert designs("v1", "mixer 1").sign_public.hex() == manifest.mixers[0].sign
    assert designs("v1", "lock").hpke.hex() == vector["lock_secret"]
    assert designs("v1", "lock").hpke_public.hex() == manifest.urn_key
    assert designs("v1", "api").sign_public.hex() == manifest.server
    assert [designs("v1", f"officer {n}").sign_public.hex() for n in (1, 2)] == manifest.officers
    assert designs("v1", "log").sign_public == vector_key(vector["trust"]["log"])
    assert manifest.pad == pad_for(manifest.questions)


def vector_key(text: str) -> bytes:
    return VerifierKey.parse(text).public


@needs_vectors
def test_the_designs_roll_is_made_the_same() -> None:
    vector = vectors()["V1"]["roll"]
    key = designs("v1", "api").roll
    assert key.hex() == vector["key"]
    assert tag(key, vector["member"]).hex() == vector["tag"]
    assert roll_leaf(key, vector["member"], 3).decode() == vector["leaf"]
    mine = MyRoll(vector["member"], 3, json.loads(vector["leaf"])["salt"], tuple(map(bytes.fromhex, vector["path"])))
    assert mine.proves(5, bytes.fromhex(vector["root"]))
    assert leaf_text(mine.member, mine.salt, 3).decode() == vector["leaf"]


@needs_vectors
@pytest.mark.parametrize("urn", ["V1", "V2"])
def test_the_designs_ballots_are_sealed_byte_for_byte(urn: str) -> None:
    vector = vectors()[urn]
    manifest, m = read_manifest(vector["log"][0].encode()), digest(vector["log"][0].encode())
    assert m.hex() == vector["M"]
    for ballot in [vector["ballot"]] if urn == "V1" else vector["ballots"]:
        secret, slot = bytes.fromhex(ballot["seed"]), ballot["slot"]
        message = Body.read(ballot["body"].encode(), manifest.questions).message(manifest)
        assert message.hex() == ballot["message"]
        for layer, wanted in zip(seal(manifest, m, slot, secret, message), ballot["layers"], strict=True):
            assert layer.i == wanted["i"]
            assert manifest.layer_key(layer.i).hex() == wanted["public_key"]
            assert layer_ekm(secret, m, layer.i).hex() == layer.ekm.hex() == wanted["ekm"]
            assert layer.box.hex() == wanted["b"]
            if "info" in wanted:
                assert layer_info(m, layer.i, slot).hex() == wanted["info"]


@needs_vectors
def test_the_designs_receipt_is_made_byte_for_byte() -> None:
    vector = vectors()["V1"]
    box = bytes.fromhex(vector["ballot"]["layers"][0]["b"])
    made = make_receipt(designs("v1", "api").sign, bytes.fromhex(vector["M"]), 3, 1, box)
    assert made.decode() == vector["receipt"]
    assert signed_bytes(json.loads(made)).hex() == vector["receipt_signed_bytes"]


@needs_vectors
@pytest.mark.parametrize("urn", ["V1", "V2", "V3"])
def test_every_signature_in_the_designs_logs_holds_and_is_made_the_same(urn: str) -> None:
    vector = vectors()[urn]
    name = urn.lower()
    keys = {each.sign_public.hex(): each for label in ("api", "mixer 1", "mixer 2") if (each := designs(name, label))}
    for leaf in map(json.loads, vector["log"]):
        if "sig" in leaf:
            signer = next(key for key in keys if verifies(leaf, leaf["sig"], key))
            assert with_sig(leaf, keys[signer].sign)["sig"] == leaf["sig"]
        for each in leaf.get("sigs", []):
            assert verifies(leaf, each["sig"], each["key"])


@needs_vectors
def test_the_designs_lists_are_mixed_byte_for_byte() -> None:
    vector = vectors()["V2"]
    manifest, m = read_manifest(vector["log"][0].encode()), bytes.fromhex(vector["M"])
    lists = [[bytes.fromhex(each) for each in records] for records in vector["lists"]]
    leaves = [json.loads(leaf) for leaf in vector["log"]]
    assert [leaf["digest"] for leaf in leaves if leaf["t"] in {"input", "mix"}] == [
        list_digest(m, i, records) for i, records in enumerate(lists)
    ]
    for i in (1, 2):
        mixed = mix(m, i, lists[i - 1], bytes.fromhex(vector["mixer_hpke_secrets"][i - 1]))
        stated = next(leaf for leaf in leaves if leaf["t"] == "mix" and leaf["mixer"] == i)
        assert list(mixed.records) == lists[i]
        assert (mixed.n_in, list(mixed.bad), len(mixed.records)) == (stated["n_in"], stated["bad"], stated["n_out"])
    opening = open_urn(manifest, m, lists[2], bytes.fromhex(vector["lock_secret"]))
    stated = next(leaf for leaf in leaves if leaf["t"] == "opened")
    assert opening.final.decode() == vector["final"]
    assert sha256(opening.final).hex() == stated["digest"]
    assert sha256(opening.codes).hex() == stated["codes"]
    assert (opening.n_in, len(opening.bad), opening.spoilt) == (stated["n_in"], stated["n_bad"], stated["spoilt"])


@needs_vectors
def test_the_designs_odd_ballots_end_as_it_says() -> None:
    vector = vectors()["V2"]
    manifest, m = read_manifest(vector["log"][0].encode()), bytes.fromhex(vector["M"])
    secret = bytes.fromhex(vector["mixer_hpke_secrets"][0])
    boxes = {6: "copied_b1", 7: "junk_b1", 8: "spoilt_b1"}
    peeled = {
        slot: mix(m, 1, [slot.to_bytes(4, "big") + bytes.fromhex(vector[key])], secret) for slot, key in boxes.items()
    }
    assert peeled[6].records[0].hex() == vector["ballots"][0]["layers"][1]["b"]
    assert len(peeled[7].bad) == 1
    inner = mix(m, 2, peeled[8].records, bytes.fromhex(vector["mixer_hpke_secrets"][1])).records
    opening = open_urn(manifest, m, inner, bytes.fromhex(vector["lock_secret"]))
    assert (opening.spoilt, opening.ballots) == (1, ())
