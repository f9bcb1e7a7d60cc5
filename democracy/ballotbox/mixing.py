"""Lists of sealed ballots, and what a mixer does to them.

    L_0 = records u32(slot) ‖ b_1 in order of slot: the last ballot of each slot that is not void
    L_i = the opened b_{i+1} of the distinct records of L_{i-1}, sorted, copies kept
    digest of L_i = H(domain ‖ "list" ‖ 00 ‖ M ‖ u8(i) ‖ u32(n) ‖ records)

What does not open is named by its hash: nothing vanishes unexplained. Sorting is the mixing: the opened bytes are
random, so their order says nothing of the order in which they came.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from democracy.ballotbox import hpke
from democracy.ballotbox.ballot import layer_info
from democracy.ballotbox.keys import DOMAIN, sha256
from democracy.ballotbox.manifest import Manifest

SLOT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Mixed:
    """What came of one list: how many distinct records went in, hashes (hex) of those that did not open, the rest."""

    n_in: int
    bad: tuple[str, ...]
    records: tuple[bytes, ...]


def first_list(boxes: Iterable[tuple[int, bytes]]) -> list[bytes]:
    """L_0 of (slot, sealed ballot)."""
    return sorted(slot.to_bytes(SLOT_BYTES, "big") + box for slot, box in boxes)


def list_digest(m: bytes, i: int, records: Sequence[bytes]) -> str:
    """The digest of L_i, in hex."""
    head = DOMAIN + b"list\x00" + m + bytes([i]) + len(records).to_bytes(4, "big")
    return sha256(head + b"".join(records)).hex()


def split(data: bytes, size: int) -> list[bytes]:
    """The records of a file, which are all of one size; raises ValueError if it is cut off."""
    if len(data) % size:
        raise ValueError(f"not a whole number of records of {size} bytes")
    return [data[at : at + size] for at in range(0, len(data), size)]


def mix(m: bytes, i: int, records: Iterable[bytes], secret: bytes) -> Mixed:
    """Open layer i of every distinct record with the raw secret key, and sort what comes out.

    Mixer k+1 is the urn key: what it opens are the messages.
    """
    key = X25519PrivateKey.from_private_bytes(secret)
    distinct = set(records)
    bad, opened = [], []
    for record in distinct:
        try:
            opened.append(_opened(m, i, record, key))
        except hpke.OpenError:
            bad.append(sha256(record).hex())
    return Mixed(len(distinct), tuple(sorted(bad)), tuple(sorted(opened)))


def _opened(m: bytes, i: int, record: bytes, key: X25519PrivateKey) -> bytes:
    slot = int.from_bytes(record[:SLOT_BYTES], "big") if i == 1 else 0
    box = record[SLOT_BYTES:] if i == 1 else record
    return hpke.unseal(key, layer_info(m, i, slot), box)


def sizes_hold(manifest: Manifest, i: int, records: Iterable[bytes]) -> bool:
    """Whether every record of L_i has the length that it must have."""
    wanted = manifest.record_bytes(i)
    return all(len(each) == wanted for each in records)
