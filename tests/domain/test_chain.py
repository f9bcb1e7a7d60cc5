"""What the hash of a position is."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.chain import EMPTY, START, Head, link

_HASHES = st.binary(min_size=32, max_size=32)


def test_the_hash_is_what_its_definition_says() -> None:
    record = '{"rule":"åäö"}'
    inner = hashlib.sha256(b"democracy.ledger.record.v1\0" + record.encode("utf-8")).digest()
    whole = b"democracy.ledger.link.v1\0" + bytes(7) + b"\x01" + START + inner
    assert link(1, START, record) == hashlib.sha256(whole).digest()
    assert hashlib.sha256(b"democracy.ledger.start.v1\0").digest() == START


@given(st.integers(1, 2**63), st.integers(1, 2**63), _HASHES, _HASHES, st.text(), st.text())
def test_two_links_are_equal_only_if_everything_in_them_is(
    p: int, q: int, before: bytes, other: bytes, record: str, another: str
) -> None:
    same = (p, before, record) == (q, other, another)
    assert (link(p, before, record) == link(q, other, another)) is same


@given(st.integers(0, 10**18 - 1), _HASHES)
def test_a_head_is_read_as_it_was_written(position: int, digest: bytes) -> None:
    head = Head(position, digest)
    assert Head.parse(str(head)) == head


@pytest.mark.parametrize("text", ["", "7", "7:", "7:abc", "-1:" + "0" * 64, "7:" + "g" * 64, "7:" + "0" * 65])
def test_what_is_not_a_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="POSITION:HASH"):
        Head.parse(text)


def test_the_empty_ledger_has_a_head() -> None:
    assert Head.parse(str(EMPTY)) == EMPTY
