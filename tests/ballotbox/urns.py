"""A whole urn, played by everybody in one place: server, officers, mixers, witness, voters, and whoever cheats."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from democracy.ballotbox.ballot import Body, Layer, seal
from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.checkpoint import Checkpoint, cosign
from democracy.ballotbox.keys import Seed, sha256, with_sig, with_sigs
from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.manifest import Manifest, Question, digest, pad_for, read_manifest
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.mixing import Mixed, first_list, mix
from democracy.ballotbox.note import KeyKind, SignerKey
from democracy.ballotbox.opening import Opening, open_urn
from democracy.ballotbox.roll import roll_leaf, roll_tree
from democracy.ballotbox.rules import count
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.urn import Server, accept_leaf, finished, mix_leaf, unsigned

ONE = {"id": "1", "kind": "one", "options": ["ja", "nej"], "text": "Ska avtalet godkännas?"}
CLOSES = 1_898_712_000
"""2030-03-02T20:00:00Z."""
AFTER = CLOSES + 60


def seed(urn: str, label: str) -> Seed:
    return Seed(sha256(f"test {urn} {label}".encode()))


def body(number: int, choice: Sequence[str] = ("ja",)) -> Body:
    code = base64.b32encode(sha256(f"code {number}".encode())[:10]).decode()
    return Body({"1": tuple(choice)}, code, f"{number % 10000:04}")


@lru_cache(maxsize=8)
def _manifest(data: bytes) -> Manifest:
    return read_manifest(data)


@dataclass
class Voter:
    slot: int
    layers: list[Layer]
    message: bytes
    body: Body


@dataclass
class Played:
    """An urn as it is played. What a test wants otherwise it changes before the step that uses it."""

    name: str = "u1"
    mixers: int = 2
    size: int = 30
    quorum: int = 1
    fields: dict[str, Any] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=lambda: [ONE])
    leaves: list[bytes] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists: dict[int, list[bytes]] = field(default_factory=dict)
    voters: list[Voter] = field(default_factory=list)
    boxes: dict[int, bytes] = field(default_factory=dict)
    opening: Opening | None = None
    protocol: bytes | None = None
    clock: int = CLOSES - 3600
    seeds: list[Seed] | None = None

    def __post_init__(self) -> None:
        self.api, self.lock = self.seed("api"), self.seed("lock")
        self.log = SignerKey(f"vote.example/urn/{self.name}", KeyKind.ED25519, self.seed("log").sign)
        self.witness = SignerKey("witness.example/1", KeyKind.COSIGNATURE, self.seed("witness 1").sign)
        self.officers = [self.seed("officer 1"), self.seed("officer 2")]
        self.mixing = self.seeds or [self.seed(f"mixer {i}") for i in range(1, self.mixers + 1)]
        self.roll = [roll_leaf(self.api.roll, str(1000 + slot), slot) for slot in range(self.size)]
        self.leaves.append(self.manifest_data())
        self.checkpoint()

    def copy(self) -> "Played":
        """The same urn, to go on with or to forge; `replace` would begin it anew."""
        new = object.__new__(Played)
        new.__dict__.update(self.__dict__, leaves=list(self.leaves), notes=list(self.notes), boxes=dict(self.boxes))
        new.lists = {i: list(each) for i, each in self.lists.items()}
        return new

    def seed(self, label: str) -> Seed:
        return seed(self.name, label)

    def find(self, kind: str) -> int:
        """The place of the first leaf of a kind."""
        return next(at for at, leaf in enumerate(self.leaves) if f'"t":"{kind}"'.encode() in leaf)

    @property
    def manifest(self) -> Manifest:
        return _manifest(self.leaves[0])

    @property
    def m(self) -> bytes:
        return digest(self.leaves[0])

    @property
    def server(self) -> Server:
        return Server(self.m, self.api.sign)

    @property
    def trust(self) -> Trust:
        mixers = frozenset(each.sign_public.hex() for each in self.mixing)
        officers = frozenset(each.sign_public.hex() for each in self.officers)
        return Trust(self.log.verifier, frozenset({self.witness.verifier}), mixers, officers)

    def manifest_fields(self) -> dict[str, Any]:
        mixers = [
            {"name": f"Nyckelhållare {i}", "hpke": each.hpke_public.hex(), "sign": each.sign_public.hex()}
            for i, each in enumerate(self.mixing, start=1)
        ]
        fields = {
            "urn": self.name, "origin": self.log.name, "level": "sluten" if self.mixers == 1 else "forseglad",
            "questions": self.questions, "rule": "ja-nej/1", "opens": "2030-02-22T08:00:00Z",
            "closes": "2030-03-02T20:00:00Z", "pad": pad_for(msgspec.convert(self.questions, list[Question])),
            "mixers": mixers, "urn_key": self.lock.hpke_public.hex(), "server": self.api.sign_public.hex(),
            "officers": [each.sign_public.hex() for each in self.officers], "witnesses": [str(self.witness.verifier)],
            "quorum": self.quorum, "roll": {"size": self.size, "root": roll_tree(self.roll).root.hex()}, "revote": 0,
            "publish": "rows", "check": 86400, "least": 5, "rehearsal": 0, "build": "test",
        }  # fmt: skip
        return fields | self.fields

    def manifest_data(self) -> bytes:
        return self.signed_by_all(unsigned("manifest", **self.manifest_fields()))

    def signed_by_all(self, value: dict[str, Any]) -> bytes:
        return finished(with_sigs(with_sig(value, self.api.sign), *(each.sign for each in self.officers)))

    def by_officers(self, kind: str, **fields: Any) -> None:
        value = unsigned(kind, self.m, **fields)
        self.leaves.append(finished(with_sigs(value, *(each.sign for each in self.officers))))

    def checkpoint(self, at: int | None = None) -> None:
        tree = Tree(leaf_hash(each) for each in self.leaves)
        note = Checkpoint(self.log.name, tree.size, tree.root).signed(self.log)
        self.clock += 1
        self.notes.append(str(note.with_lines(cosign(note, self.witness, at or self.clock))))

    def accept(self) -> "Played":
        for i, each in enumerate(self.mixing, start=1):
            self.leaves.append(accept_leaf(self.m, i, each.sign))
        self.checkpoint()
        return self

    def sealed(self, slot: int, said: Body, again: int = 0) -> Voter:
        secret = sha256(f"{self.name} voter {slot} {again}".encode())
        message = said.message(self.manifest)
        return Voter(slot, seal(self.manifest, self.m, slot, secret, message), message, said)

    def cast(self, slot: int, said: Body, seq: int = 1) -> Voter:
        voter = self.sealed(slot, said, seq)
        self.voters.append(voter)
        self.cast_box(slot, voter.layers[0].box, seq)
        return voter

    def cast_box(self, slot: int, box: bytes, seq: int = 1) -> None:
        self.boxes[slot] = box
        self.leaves.append(ballot_leaf(slot, seq, sha256(box).hex()))

    def vote(self, number: int = 25) -> "Played":
        for slot in range(number):
            self.cast(slot, body(slot, ("ja",) if slot % 3 else ("nej",)))
        self.checkpoint()
        return self

    def close(self, void: dict[int, str] | None = None, at: int = AFTER) -> "Played":
        self.clock = at
        self.leaves.append(self.server.close(sum(b'"t":"ballot"' in each for each in self.leaves)))
        for slot, reason in (void or {}).items():
            self.by_officers("void", slot=slot, reason=reason, decision="Styrelsen 2030 § 4")
        going = {slot: box for slot, box in self.boxes.items() if slot not in (void or {})}
        self.lists[0] = first_list(going.items())
        self.leaves.append(self.server.input(self.lists[0]))
        self.checkpoint()
        return self

    def mix(self, cheat: Callable[[int, Mixed], Mixed] | None = None) -> "Played":
        for i, each in enumerate(self.mixing, start=1):
            mixed = mix(self.m, i, self.lists[i - 1], each.hpke)
            mixed = cheat(i, mixed) if cheat else mixed
            self.lists[i] = list(mixed.records)
            self.leaves.append(mix_leaf(self.m, i, mixed, each.sign))
            self.checkpoint()
        return self

    def handed_in(self, i: int, leaf: bytes, records: list[bytes]) -> "Played":
        """A key holder's mix, made elsewhere."""
        self.leaves.append(leaf)
        self.lists[i] = records
        self.checkpoint()
        return self

    def open(self) -> "Played":
        self.opening = open_urn(self.manifest, self.m, self.lists[self.mixers], self.lock.hpke)
        self.leaves.append(self.server.opened(self.manifest, self.opening, self.lock.hpke))
        self.checkpoint()
        return self

    def result(self, protocol: bytes | None = None) -> "Played":
        assert self.opening is not None
        self.protocol = protocol or count(self.manifest, self.opening.ballots)
        self.leaves.append(self.server.result(self.protocol))
        self.checkpoint()
        return self

    def finish(self) -> "Played":
        return self.close().mix().open().result()

    @property
    def bundle(self) -> Bundle:
        lists = {i: b"".join(records) for i, records in self.lists.items()}
        opened = self.opening
        final, codes = (opened.final, opened.codes) if opened else (None, None)
        withheld = opened is not None and b'"secret":""' in b"".join(self.leaves[-3:])
        secret = self.lock.hpke if withheld else None
        return Bundle(tuple(self.leaves), tuple(self.notes), lists, final, codes, self.protocol, secret)

    def forged(self, leaves: Sequence[bytes]) -> Bundle:
        """These leaves instead, with checkpoints that log and witness sign anew: as if both took part in the fraud."""
        self.leaves, self.notes, self.clock = [], [], CLOSES - 1800
        for at, leaf in enumerate(leaves):
            self.leaves.append(leaf)
            if b'"t":"close"' in leaf:
                self.clock = AFTER
            if at + 1 == len(leaves) or b'"t":"ballot"' not in leaf:
                self.checkpoint()
        return self.bundle

    def swapped(self, kind: str, leaf: bytes) -> Bundle:
        """The log with another leaf instead of the first of its kind."""
        at = self.find(kind)
        return self.forged([*self.leaves[:at], leaf, *self.leaves[at + 1 :]])


def whole(**options: Any) -> Played:
    """An urn from the manifest to the result."""
    return Played(**options).accept().vote().finish()


def value(leaf: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(leaf)
    return read
