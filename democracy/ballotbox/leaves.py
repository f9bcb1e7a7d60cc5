"""The leaves of an urn's log: what each says, and who signs it.

A leaf is canonical JSON with its kind in `t`. All but the manifest and the ballots name the manifest's digest in `m`;
ballots are many and are bound to it by what is sealed in them.
"""

import re
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from democracy.ballotbox.canonical import CanonicalError, canonical, parse
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.manifest import Count, Hex32, Hex64, Manifest, Signed, Sigs, Slot, Text, Time

ORDER = "manifest accept×k (ballot|roll|extend|void)* close void* input mix×k claim* opened claim* result destroyed*"

Code32 = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{0,31}\Z")]
Number = Annotated[int, msgspec.Meta(ge=1, le=255)]


class Accept(Signed, frozen=True, tag="accept"):
    """A mixer will mix this urn, and has rehearsed it."""

    m: Hex32
    mixer: Number
    sig: Hex64


class Roll(Signed, frozen=True, tag="roll"):
    """The roll has grown: so many slots under this root, with the proof that it goes on from before."""

    m: Hex32
    size: Slot
    root: Hex32
    proof: list[Hex32]
    decision: Text
    sigs: Sigs


class Void(Signed, frozen=True, tag="void"):
    """A slot no longer votes, for a reason that is a code and by a decision that can be read elsewhere."""

    m: Hex32
    slot: Slot
    reason: Code32
    decision: Text
    sigs: Sigs


class Extend(Signed, frozen=True, tag="extend"):
    """The urn closes later than it said."""

    m: Hex32
    closes: Time
    decision: Text
    sigs: Sigs


class Ballot(Signed, frozen=True, tag="ballot"):
    """A slot has cast its ballot number `seq`, whose sealed bytes have this digest."""

    slot: Slot
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    digest: Hex32


class Close(Signed, frozen=True, tag="close"):
    """No more ballots: so many are in the log, of which the server itself sealed some."""

    m: Hex32
    ballots: Count
    by_server: Count
    sig: Hex64


class Input(Signed, frozen=True, tag="input"):
    """What goes to the first mixer: the last ballot of each slot that is not void."""

    m: Hex32
    n: Count
    digest: Hex32
    sig: Hex64


class Mix(Signed, frozen=True, tag="mix"):
    """What a mixer received, could not open, and hands on."""

    m: Hex32
    mixer: Number
    n_in: Count
    bad: list[Hex32]
    n_out: Count
    digest: Hex32
    sig: Hex64


class Claim(Signed, frozen=True, tag="claim"):
    """A voter's claim against a mixer was tried: its digest, and `upheld` or `dismissed`."""

    m: Hex32
    mixer: Number
    digest: Hex32
    finding: Literal["upheld", "dismissed"]
    sigs: Sigs


class Opened(Signed, frozen=True, tag="opened"):
    """The last list was opened. `secret` is the urn key, or empty where the ballots go to auditors only."""

    m: Hex32
    n_in: Count
    n_bad: Count
    spoilt: Count
    n: Count
    digest: Hex32
    codes: Hex32
    secret: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    sig: Hex64


class Result(Signed, frozen=True, tag="result"):
    """The digest of the protocol."""

    m: Hex32
    digest: Hex32
    sig: Hex64


class Destroyed(Signed, frozen=True, tag="destroyed"):
    """A holder states to have destroyed a seed: `who` is `mixer-1` …, `lock` or `api`. A statement, not a proof."""

    m: Hex32
    who: Annotated[str, msgspec.Meta(pattern=r"^(mixer-[1-9][0-9]{0,2}|lock|api)\Z")]
    what: Text
    sig: Hex64


Leaf: TypeAlias = (
    Manifest | Accept | Roll | Void | Extend | Ballot | Close | Input | Mix | Claim | Opened | Result | Destroyed
)


class Entry(msgspec.Struct, frozen=True):
    """A leaf at its place in the log. `value` is the signed object; of a ballot, which is not signed, only its kind."""

    at: int
    data: bytes
    value: dict[str, Any]
    leaf: Leaf


_BALLOT = re.compile(
    rb'{"digest":"([0-9a-f]{64})","seq":([1-9][0-9]{0,8}),"slot":(0|[1-9][0-9]{0,8}),"t":"ballot","v":1}'
)


def read(at: int, data: bytes) -> Entry:
    """The leaf at a place; raises UrnError E_LEAF if it is not canonical or none that there is."""
    # Nearly all leaves are ballots, and this is what a canonical one looks like.
    if found := _BALLOT.fullmatch(data):
        ballot = Ballot(v=1, digest=found[1].decode(), seq=int(found[2]), slot=int(found[3]))
        return Entry(at, data, {"t": "ballot"}, ballot)
    try:
        value = parse(data)
        return Entry(at, data, value, msgspec.convert(value, Leaf))
    except CanonicalError as error:
        raise UrnError(Code.E_LEAF, f"leaf {at}: {error}") from None
    except msgspec.ValidationError as error:
        raise UrnError(Code.E_LEAF, f"leaf {at}: {error}") from None


def ballot_leaf(slot: int, seq: int, digest: str) -> bytes:
    """The leaf of a ballot."""
    return canonical({"t": "ballot", "v": 1, "slot": slot, "seq": seq, "digest": digest})
