"""Witnesses: nothing goes on in an urn before as many of them as the manifest asks for have seen the stage before."""

from dataclasses import replace
from uuid import UUID

from democracy.ballotbox.checkpoint import Checkpoint, cosigned_at, witnessed
from democracy.ballotbox.manifest import Manifest, read_manifest
from democracy.ballotbox.merkle import consistency
from democracy.ballotbox.note import Note, NoteError, SignatureLine
from democracy.ballotbox.witness import Request
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns.case import UrnService, take
from democracy.services.use_case import use_case
from democracy.storage import urn_log, urns
from democracy.storage.unit_of_work import Database, Unit
from democracy.storage.urns import UrnCase
from workflows.urn import UrnState

STAGES = ("accept", "input", "mix", "opened")
"""Leaves that end a stage (ballotbox/verifier/checkpoints.py)."""


class UrnWitnessing(UrnService):
    """What witnesses hand in."""

    @use_case
    async def take_cosignatures(self, unit: Unit, urn_id: UUID, lines: str, *, actor: Actor) -> UUID:
        """Put witnesses' lines under the last checkpoint. Lines that are no good under it are refused, all of them."""
        case = await urns.opened(unit, urn_id, actor=actor)
        held = await urn_log.latest_checkpoint(unit.session, urn_id)
        if held is None or case.row.manifest is None:
            raise InvalidInputError(FieldError("lines", "no_checkpoint"))
        size, raw = held
        note = _with_lines(Note.parse(raw), lines, read_manifest(case.row.manifest))
        await take(unit, case, "witness", actor=actor, outcome={"size": size})
        await urn_log.keep_checkpoint(unit.session, urn_id, size, str(note))
        await make_ready(unit, case, actor=actor)
        return urn_id


async def make_ready(unit: Unit, case: UrnCase, *, actor: Actor) -> None:
    """Let the urn take ballots, once every key holder has accepted it and enough witnesses have seen that."""
    if case.state is not UrnState.BEGUN or case.row.manifest is None:
        return
    mixers = read_manifest(case.row.manifest).k
    accepted = await urn_log.number_of(unit.session, case.row.id, "accept")
    seen = await is_witnessed(unit, case)
    if accepted < mixers or not seen:
        return
    facts = replace(case.facts, accepted=accepted, mixers=mixers, witnessed=seen)
    await take(unit, case, "make_ready", actor=actor, facts=facts, outcome={"mixers": mixers})


async def is_witnessed(unit: Unit, case: UrnCase) -> bool:
    """Whether a quorum has cosigned a checkpoint that covers the last stage."""
    if case.row.manifest is None:
        return False
    manifest = read_manifest(case.row.manifest)
    if not manifest.quorum:
        return True
    stage = await urn_log.last_place(unit.session, case.row.id, STAGES)
    notes = [note for size, note in await urn_log.checkpoints(unit.session, case.row.id) if size > stage]
    return any(len(witnessed(Note.parse(each), manifest.witness_keys)) >= manifest.quorum for each in notes)


async def request_of(database: Database, urn_id: UUID, old: int) -> str:
    """What to hand to a witness that has cosigned `old` leaves: the last checkpoint, and the proof that it goes on."""
    async with database.read() as connection:
        held = await urn_log.latest_checkpoint(connection, urn_id)
        if held is None:
            raise InvalidInputError(FieldError("urn", "no_checkpoint"))
        note = Note.parse(held[1])
        size = Checkpoint.parse(note.text).size
        if not 0 <= old <= size:
            raise InvalidInputError(FieldError("old", "out_of_range", {"least": 0, "most": size}))
        proof = await urn_log.proof(connection, urn_id, consistency(old, size)) if old else []
    return str(Request(old, tuple(proof), note))


def _with_lines(note: Note, lines: str, manifest: Manifest) -> Note:
    """The note with lines by the manifest's witnesses; raises InvalidInputError."""
    try:
        given = [SignatureLine.parse(each) for each in lines.splitlines() if each.strip()]
    except NoteError:
        raise InvalidInputError(FieldError("lines", "no_cosignature")) from None
    for line in given:
        alone = Note(note.text, (line,))
        if not any(cosigned_at(alone, key) is not None for key in manifest.witness_keys):
            raise InvalidInputError(FieldError("lines", "not_witnessed", {"name": line.name}))
    new = [line for line in given if line not in note.lines]
    return note.with_lines(*new)
