"""A key holder (mixer): accepts one urn after a rehearsal, mixes it once, signs, hands in, and destroys the seed.

A second run on a list that lacks one ballot would reveal that ballot. So the record of what was accepted and mixed is
kept beside the seed and stored before anything leaves; the same list again gives the same hand-in, another is refused.
"""

from typing import Any

import msgspec

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.faults import FileError
from democracy.ballotbox.handin import HandIn
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.leaves import Input, Mix, Result
from democracy.ballotbox.manifest import Manifest
from democracy.ballotbox.mixing import list_digest, mix
from democracy.ballotbox.story import Story
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.urn import accept_leaf, mix_leaf, mixer_destroyed_leaf
from democracy.ballotbox.verifier import verify_so_far


class RefusedError(Exception):
    """The key holder's own rules forbid it; `code` tells which."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a key holder has done. `mixed` is the digest of the list that each urn was mixed from, by the urn's M."""

    name: str
    backed_up: bool = False
    accepted: str = ""
    rehearsed: list[str] = []
    mixed: dict[str, str] = {}
    destroyed: bool = False

    def write(self) -> bytes:
        """As JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)


def read_record(data: bytes) -> Record:
    """Read a record; raises FileError."""
    try:
        return msgspec.json.decode(data, type=Record)
    except msgspec.DecodeError as error:
        raise FileError(f"no record of a key holder: {error}") from None


def public_part(name: str, seed: Seed) -> dict[str, str]:
    """What goes into the manifest."""
    return {"name": name, "hpke": seed.hpke_public.hex(), "sign": seed.sign_public.hex()}


def number_of(manifest: Manifest, seed: Seed) -> int:
    """Which mixer of an urn the holder of this seed is; raises RefusedError `not_a_mixer`."""
    mine = (seed.hpke_public.hex(), seed.sign_public.hex())
    for number, mixer in enumerate(manifest.mixers, start=1):
        if (mixer.hpke, mixer.sign) == mine:
            return number
    raise RefusedError("not_a_mixer", urn=manifest.urn)


def accept(
    seed: Seed, record: Record, bundle: Bundle, trust: Trust, *, unrehearsed: bool = False
) -> tuple[bytes, Record]:
    """The leaf `accept` and the new record; raises UrnError or RefusedError.

    A real urn is accepted after a rehearsal with the same keys, and only one with each seed.
    """
    story = verify_so_far(bundle, trust).story
    number, m = number_of(story.manifest, seed), story.m.hex()
    if not record.backed_up:
        raise RefusedError("not_backed_up")
    if not story.manifest.rehearsal:
        if record.accepted not in {"", m}:
            raise RefusedError("accepted_another", accepted=record.accepted)
        if not record.rehearsed and not unrehearsed:
            raise RefusedError("not_rehearsed")
        record = msgspec.structs.replace(record, accepted=m)
    return accept_leaf(story.m, number, seed.sign), record


def mix_once(seed: Seed, record: Record, bundle: Bundle, trust: Trust) -> tuple[HandIn, Record]:
    """Mix the list of the mixer before; raises UrnError or RefusedError.

    The verifier passes so far, which includes the witnesses' quorum and the least number of ballots; this urn was
    accepted; and it was never mixed from another list.
    """
    verdict = verify_so_far(bundle, trust)
    story, number = verdict.story, number_of(verdict.story.manifest, seed)
    records = verdict.lists.get(number - 1)
    if records is None or not _is_turn(story, number):
        raise RefusedError("not_my_turn", mixer=number)
    if len(records) < story.manifest.least:
        raise RefusedError("too_few", number=len(records), least=story.manifest.least)
    record = _noted(story, record, list_digest(story.m, number - 1, records))
    mixed = mix(story.m, number, records, seed.hpke)
    return HandIn(mix_leaf(story.m, number, mixed, seed.sign), b"".join(mixed.records)), record


def _noted(story: Story, record: Record, digest: str) -> Record:
    m = story.m.hex()
    if record.mixed.get(m, digest) != digest:
        raise RefusedError("mixed_another_list")
    if not story.manifest.rehearsal and record.accepted != m:
        raise RefusedError("not_accepted")
    rehearsed = [*record.rehearsed, m] if story.manifest.rehearsal and m not in record.rehearsed else record.rehearsed
    return msgspec.structs.replace(record, mixed={**record.mixed, m: digest}, rehearsed=rehearsed)


def _is_turn(story: Story, number: int) -> bool:
    done = sum(1 for _ in story.all(Mix))
    return story.one(Input) is not None and done in {number - 1, number}


def destroy(seed: Seed, record: Record, bundle: Bundle, trust: Trust) -> tuple[bytes, Record]:
    """The leaf `destroyed` for a finished urn; the caller then erases the seed. Raises UrnError or RefusedError."""
    story = verify_so_far(bundle, trust).story
    number = number_of(story.manifest, seed)
    if story.one(Result) is None or record.accepted != story.m.hex():
        raise RefusedError("not_finished")
    return mixer_destroyed_leaf(story.m, number, seed.sign), msgspec.structs.replace(record, destroyed=True)
