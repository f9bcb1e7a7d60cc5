"""An urn's log, read: its manifest, and its leaves by kind, in an order that the grammar allows.

manifest accept×k (ballot|roll|extend|void)* close void* input mix×k claim* opened claim* result destroyed*
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.keys import verifies
from democracy.ballotbox.leaves import (
    Accept,
    Ballot,
    Claim,
    Close,
    Destroyed,
    Entry,
    Extend,
    Input,
    Leaf,
    Mix,
    Opened,
    Result,
    Roll,
    Void,
    read,
)
from democracy.ballotbox.manifest import Manifest, digest, signed_by_officers

Kind = TypeVar("Kind", bound=Leaf)
Stage: TypeAlias = tuple[tuple[type, ...], int, int]
"""Kinds of leaf, how many of them at least and at most."""
_MANY = 2**32


@dataclass(frozen=True)
class Story:
    """The log of one urn."""

    entries: tuple[Entry, ...]
    manifest: Manifest
    m: bytes

    def all(self, kind: type[Kind]) -> Iterator[tuple[int, Kind]]:
        """Every leaf of a kind, with its place."""
        return ((each.at, each.leaf) for each in self._by_kind.get(kind, ()) if isinstance(each.leaf, kind))

    def one(self, kind: type[Kind]) -> tuple[int, Kind] | None:
        """The first leaf of a kind, with its place."""
        return next(self.all(kind), None)

    @cached_property
    def _by_kind(self) -> dict[type, list[Entry]]:
        kinds: dict[type, list[Entry]] = {}
        for entry in self.entries:
            kinds.setdefault(type(entry.leaf), []).append(entry)
        return kinds

    @cached_property
    def voids(self) -> dict[int, str]:
        """The void slots and why."""
        return {leaf.slot: leaf.reason for _, leaf in self.all(Void)}

    @cached_property
    def last_ballots(self) -> dict[int, Ballot]:
        """The last ballot of every slot that voted."""
        return {leaf.slot: leaf for _, leaf in self.all(Ballot)}

    @property
    def closes(self) -> str:
        """When the urn closes, extensions included."""
        return [self.manifest.closes, *(leaf.closes for _, leaf in self.all(Extend))][-1]

    @property
    def roll(self) -> tuple[int, str]:
        """Size and root of the roll, growth included."""
        heads = [(leaf.size, leaf.root) for _, leaf in self.all(Roll)]
        return [(self.manifest.roll.size, self.manifest.roll.root), *heads][-1]


def read_log(leaves: Sequence[bytes]) -> Story:
    """Read leaves; raises UrnError E_LEAF for what is not canonical, of no known kind, or of another urn."""
    entries = tuple(read(at, data) for at, data in enumerate(leaves))
    first = entries[0].leaf if entries else None
    if not isinstance(first, Manifest):
        raise UrnError(Code.E_LEAF, "leaf 0: not a manifest")
    m = digest(leaves[0])
    for entry in entries:
        if entry.value.get("m", m.hex()) != m.hex():
            raise UrnError(Code.E_LEAF, f"leaf {entry.at}: m is another urn's, or the manifest was changed")
    return Story(entries, first, m)


def check_order(story: Story) -> None:
    """Hold the log against the grammar, as far as it has come; raises UrnError E_ORDER."""
    stages = _stages(story.manifest.k)
    kinds, least, most, seen = *next(stages), 0
    for entry in story.entries:
        while seen == most or not isinstance(entry.leaf, kinds):
            if seen < least:
                raise UrnError(Code.E_ORDER, f"leaf {entry.at}: {_kind(entry)} before {_names(kinds)}")
            kinds, least, most, seen = *_next(stages, entry), 0
        seen += 1
    _check_numbers(story)


def _stages(k: int) -> Iterator[Stage]:
    yield (Manifest,), 1, 1
    yield (Accept,), k, k
    yield (Ballot, Roll, Extend, Void), 0, _MANY
    yield (Close,), 1, 1
    yield (Void,), 0, _MANY
    yield (Input,), 1, 1
    yield (Mix,), k, k
    yield (Claim,), 0, _MANY
    yield (Opened,), 1, 1
    yield (Claim,), 0, _MANY
    yield (Result,), 1, 1
    yield (Destroyed,), 0, _MANY


def _check_numbers(story: Story) -> None:
    accepted = [leaf.mixer for _, leaf in story.all(Accept)]
    mixed = [leaf.mixer for _, leaf in story.all(Mix)]
    if len(set(accepted)) != len(accepted) or any(each > story.manifest.k for each in accepted):
        raise UrnError(Code.E_ORDER, f"accepted by mixers {accepted}")
    if mixed != list(range(1, len(mixed) + 1)):
        raise UrnError(Code.E_ORDER, f"mixed by {mixed}: not each in turn")


def check_signatures(story: Story) -> None:
    """Every leaf is signed by the one who answers for it; raises UrnError E_SIGNATURE."""
    for entry in story.entries:
        _check_signer(story.manifest, entry)
        leaf = entry.leaf
        if not isinstance(leaf, Manifest | Roll | Void | Extend | Claim):
            continue
        if not signed_by_officers(story.manifest, leaf.sigs, entry.value):
            raise UrnError(Code.E_SIGNATURE, f"leaf {entry.at}: {_kind(entry)} is not signed by two officers")


def _check_signer(manifest: Manifest, entry: Entry) -> None:
    leaf = entry.leaf
    if isinstance(leaf, Ballot | Roll | Void | Extend | Claim):
        return
    key: str | None = manifest.server
    if isinstance(leaf, Accept | Mix):
        key = _mixer_key(manifest, leaf.mixer)
    elif isinstance(leaf, Destroyed) and leaf.who.startswith("mixer-"):
        key = _mixer_key(manifest, int(leaf.who[6:]))
    if key is None or not verifies(entry.value, leaf.sig, key):
        raise UrnError(Code.E_SIGNATURE, f"leaf {entry.at}: {_kind(entry)} is not signed by the one it speaks for")


def _mixer_key(manifest: Manifest, number: int) -> str | None:
    return manifest.mixers[number - 1].sign if 1 <= number <= manifest.k else None


def _next(stages: Iterator[Stage], entry: Entry) -> Stage:
    for stage in stages:
        return stage
    raise UrnError(Code.E_ORDER, f"leaf {entry.at}: {_kind(entry)} out of order")


def _kind(entry: Entry) -> str:
    return str(entry.value["t"])


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join(each.__name__.lower() for each in kinds)
