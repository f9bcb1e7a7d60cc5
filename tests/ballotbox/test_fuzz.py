"""Whatever a bundle holds, the verifier answers with a verdict or a named error, and never with anything else."""

import io
import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from democracy.ballotbox.bundle import Bundle, read_bundle, write_bundle
from democracy.ballotbox.canonical import CanonicalError, canonical
from democracy.ballotbox.claims import judge, read_claim
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.handin import read_handin
from democracy.ballotbox.trust import read_trust
from democracy.ballotbox.trustee import read_record
from democracy.ballotbox.verifier import verify_so_far
from democracy.ballotbox.voter_file import read_voter_file
from democracy.ballotbox.witness import RefusedError, Request
from tests.ballotbox.urns import Played

URN = Played(size=8).accept().vote(6).finish()
VERDICT = verify_so_far(URN.bundle, URN.trust)
WHOLE = io.BytesIO()
write_bundle(URN.bundle, WHOLE)

odd: Any = st.sampled_from(
    [0, 1, -1, 2**40, "", "x", "0" * 64, "0" * 128, [], {}, ["x"], {"x": 1}, "mixer-9", 255, "2030-03-02T20:00:00Z"]
)


def checked(bundle: Bundle) -> str:
    try:
        verify_so_far(bundle, URN.trust)
    except UrnError as error:
        return error.code
    return "fine"


def bent(at: int, name: str, held: Any) -> Bundle:
    """The log with one field of one leaf bent, and checkpoints signed anew, so that the later checks are reached."""
    value = json.loads(URN.leaves[at])
    value[sorted(value)[sum(map(ord, name)) % len(value)]] = held
    leaves = [*URN.leaves[:at], canonical(value), *URN.leaves[at + 1 :]]
    return URN.copy().forged(leaves)


@settings(max_examples=150)
@given(st.integers(0, len(URN.leaves) - 1), st.text(max_size=3), odd)
def test_a_leaf_that_says_anything_is_answered_by_name(at: int, name: str, held: Any) -> None:
    assert checked(bent(at, name, held)).startswith(("E_", "fine"))


@settings(max_examples=60)
@given(st.permutations(range(len(URN.leaves))), st.integers(0, len(URN.leaves)))
def test_leaves_in_any_order_and_number_are_answered_by_name(order: list[int], number: int) -> None:
    leaves = [URN.leaves[0], *(URN.leaves[at] for at in order[:number])]
    assert checked(URN.copy().forged(leaves)).startswith(("E_", "fine"))


@settings(max_examples=30)
@given(st.integers(0, 3), st.binary(max_size=600), st.none() | st.binary(max_size=60))
def test_files_of_any_content_are_answered_by_name(i: int, records: bytes, rest: bytes | None) -> None:
    lists = {**URN.bundle.lists, i: records}
    for bundle in (
        replace(URN.bundle, lists=lists),
        replace(URN.bundle, lists={}, final=rest),
        replace(URN.bundle, codes=rest, protocol=rest),
        replace(URN.bundle, lists={}, final=None, codes=None, protocol=rest),
        replace(URN.bundle, secret=rest),
        replace(URN.bundle, checkpoints=(repr(rest),)),
    ):
        assert checked(bundle).startswith(("E_", "fine"))


@settings(max_examples=100)
@given(st.integers(0, len(WHOLE.getvalue()) - 1), st.integers(1, 255))
def test_a_file_with_any_byte_changed_is_refused_read_or_answered_by_name(at: int, by: int) -> None:
    raw = bytearray(WHOLE.getvalue())
    raw[at] ^= by
    try:
        bundle = read_bundle(io.BytesIO(bytes(raw)))
    except FileError:
        return
    assert checked(bundle).startswith(("E_", "fine"))


@given(st.binary(max_size=200))
def test_files_of_every_kind_are_read_or_refused(raw: bytes) -> None:
    for read in (read_trust, read_claim, read_voter_file, read_record):
        try:
            read(raw)
        except FileError:
            continue
    for read_zip in (read_bundle, read_handin):
        try:
            read_zip(io.BytesIO(raw))
        except FileError:
            continue
    try:
        Request.parse(raw.decode("latin-1"))
    except RefusedError:
        return


@given(st.fixed_dictionaries({"mixer": st.integers(0, 4), "in": st.sampled_from(["", "00", "0" * 600]),
                              "out": st.sampled_from(["00", "0" * 500]), "ekm": st.just("0" * 64)},
                             optional={"slot": st.integers(-1, 9)}))  # fmt: skip
def test_a_claim_that_says_anything_is_judged_or_refused(claim: dict[str, Any]) -> None:
    try:
        assert judge(VERDICT.story, VERDICT.lists, read_claim(canonical(claim)))
    except (UrnError, FileError, CanonicalError):
        return
