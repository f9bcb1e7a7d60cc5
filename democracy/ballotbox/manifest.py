"""The manifest: all that is settled before an urn opens. Its digest M is in everything that is sealed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec

from democracy.ballotbox.canonical import CanonicalError, canonical, parse
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.hpke import OVERHEAD, seals
from democracy.ballotbox.keys import verifies
from democracy.ballotbox.merkle import leaf_hash
from democracy.ballotbox.note import KeyKind, NoteError, VerifierKey

Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
Time = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z\Z")]
Slot = Annotated[int, msgspec.Meta(ge=0, lt=2**32 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
Flag = Literal[0, 1]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Long = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
FEWEST = 5
"""An urn with fewer ballots than this is never opened."""
OFFICERS = 2
"""How many of the officers sign what officers sign."""


class OfficerSig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several signatures."""

    key: Hex32
    sig: Hex64


Sigs = list[OfficerSig]


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t"):
    """A leaf."""

    v: Literal[1]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is asked: one of the options, some of them, all of them ranked, or a text of at most `most` bytes."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    kind: Literal["one", "some", "rank", "text"]
    options: Annotated[list[Identity], msgspec.Meta(max_length=1000)]
    text: Long
    most: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | msgspec.UnsetType = msgspec.UNSET


class Mixer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mixer's name and public keys."""

    name: Text
    hpke: Hex32
    sign: Hex32


class RollHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many slots there are, and the root over them."""

    size: Slot
    root: Hex32


class Manifest(Signed, frozen=True, tag="manifest"):
    """Leaf 0. Times are UTC; `check` is in seconds; `pad` in bytes; `rule` names how the ballots are counted."""

    urn: Identity
    origin: Identity
    level: Literal["sluten", "forseglad"]
    questions: Annotated[list[Question], msgspec.Meta(min_length=1, max_length=100)]
    rule: Text
    opens: Time
    closes: Time
    pad: Annotated[int, msgspec.Meta(ge=64, le=65_536)]
    mixers: Annotated[list[Mixer], msgspec.Meta(min_length=1, max_length=250)]
    urn_key: Hex32
    server: Hex32
    officers: Annotated[list[Hex32], msgspec.Meta(min_length=OFFICERS)]
    witnesses: list[Text]
    quorum: Count
    roll: RollHead
    revote: Flag
    publish: Literal["rows", "codes"]
    check: Count
    least: Count
    rehearsal: Flag
    build: Text
    sig: Hex64
    sigs: Sigs

    @property
    def k(self) -> int:
        """How many mixers there are."""
        return len(self.mixers)

    @property
    def box_bytes(self) -> int:
        """The length of a sealed ballot, b_1."""
        return self.layer_bytes(1)

    def layer_bytes(self, i: int) -> int:
        """The length of b_i: the message has i = k + 2."""
        return self.pad + OVERHEAD * (self.k + 2 - i)

    def record_bytes(self, i: int) -> int:
        """The length of a record of the list L_i."""
        return self.layer_bytes(i + 1) + (0 if i else 4)

    def layer_key(self, i: int) -> bytes:
        """The public key of layer i: a mixer's, or the urn's own for the last."""
        return bytes.fromhex(self.mixers[i - 1].hpke if i <= self.k else self.urn_key)

    @property
    def witness_keys(self) -> list[VerifierKey]:
        """The witnesses; raises NoteError for what is no key."""
        return [VerifierKey.parse(each) for each in self.witnesses]


def seconds(time: str) -> int:
    """A time as Unix seconds; raises ValueError for a day or an hour that there is not."""
    return int(datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def digest(data: bytes) -> bytes:
    """M: the leaf hash of the manifest's bytes."""
    return leaf_hash(data)


def read_manifest(data: bytes) -> Manifest:
    """A manifest that is canonical, sound and signed by the server and two officers; raises UrnError.

    Whether the keys are those that somebody trusts is another question.
    """
    try:
        value = parse(data)
        manifest = msgspec.convert(value, Manifest)
    except (CanonicalError, msgspec.ValidationError) as error:
        raise UrnError(Code.E_LEAF, f"leaf 0: {error}") from None
    check_manifest(manifest)
    check_signatures(manifest, value)
    return manifest


def check_signatures(manifest: Manifest, value: dict[str, Any]) -> None:
    """Server and two officers signed; raises UrnError E_SIGNATURE."""
    if not verifies(value, manifest.sig, manifest.server):
        raise UrnError(Code.E_SIGNATURE, "leaf 0: the manifest is not signed by the server")
    if not signed_by_officers(manifest, manifest.sigs, value):
        raise UrnError(Code.E_SIGNATURE, "leaf 0: the manifest is not signed by two officers")


def signed_by_officers(manifest: Manifest, sigs: Sigs, value: dict[str, Any]) -> bool:
    """Whether two different officers signed and nobody else did."""
    signers = [each.key for each in sigs]
    good = all(each.key in manifest.officers and verifies(value, each.sig, each.key) for each in sigs)
    return good and len(set(signers)) == len(signers) >= OFFICERS


def check_manifest(manifest: Manifest) -> None:
    """What must hold of a manifest by itself; raises UrnError E_MANIFEST."""
    for wrong in _wrongs(manifest):
        raise UrnError(Code.E_MANIFEST, wrong)


def _wrongs(manifest: Manifest) -> Iterator[str]:
    if (manifest.k == 1) != (manifest.level == "sluten"):
        yield f"level {manifest.level} with {manifest.k} mixers"
    if manifest.least < FEWEST:
        yield f"it would be opened with {manifest.least} ballots; fewer than {FEWEST} never are"
    yield from _wrong_times(manifest)
    yield from _wrong_keys(manifest)
    yield from _wrong_questions(manifest)
    if manifest.pad != pad_for(manifest.questions):
        yield f"pad is {manifest.pad}; the longest ballot needs {pad_for(manifest.questions)}"


def _wrong_times(manifest: Manifest) -> Iterator[str]:
    try:
        if seconds(manifest.opens) >= seconds(manifest.closes):
            yield "it closes before it opens"
    except ValueError:
        yield "opens or closes at a time that there is not"


def _wrong_keys(manifest: Manifest) -> Iterator[str]:
    try:
        witnesses = manifest.witness_keys
    except NoteError as error:
        yield str(error)
        return
    if any(each.kind is not KeyKind.COSIGNATURE for each in witnesses):
        yield "a witness's key is not for cosignatures"
    if manifest.quorum > len(witnesses):
        yield f"a quorum of {manifest.quorum} among {len(witnesses)} witnesses"
    signing = [manifest.server, *manifest.officers, *(each.sign for each in manifest.mixers)]
    signing += [each.public.hex() for each in witnesses]
    sealing = [manifest.urn_key, *(each.hpke for each in manifest.mixers)]
    names = [each.name for each in manifest.mixers]
    if not all(seals(bytes.fromhex(each)) for each in sealing):
        yield "a sealing key to which nothing can be sealed"
    for kind, keys in (("signing key", signing), ("sealing key", sealing), ("mixer's name", names)):
        if len(set(keys)) != len(keys):
            yield f"a {kind} occurs twice"


def _wrong_questions(manifest: Manifest) -> Iterator[str]:
    ids = [each.id for each in manifest.questions]
    if len(set(ids)) != len(ids):
        yield "two questions have one id"
    for question in manifest.questions:
        free = question.kind == "text"
        if free and manifest.publish != "codes":
            yield f"question {question.id}: free text would be published with every ballot"
        if free != (question.most is not msgspec.UNSET) or free == bool(question.options):
            yield f"question {question.id}: a text has `most` and no options, another question the reverse"
        if len(set(question.options)) != len(question.options):
            yield f"question {question.id}: an option occurs twice"


def pad_for(questions: list[Question]) -> int:
    """The length that every message is filled up to: two bytes and the longest possible ballot, in steps of 64."""
    longest = {each.id: _longest(each) for each in questions}
    body = canonical({"choices": longest, "code": "A" * 16, "own": "9" * 4, "v": 1})
    spare = sum(each.most for each in questions if each.most is not msgspec.UNSET)
    return -(-(2 + len(body) + spare) // 64) * 64


def _longest(question: Question) -> list[str]:
    if question.kind == "text":
        return [""]
    if question.kind == "one":
        return [max(question.options, key=lambda option: len(canonical(option)), default="")]
    return question.options
