"""The floor: asked for, given to one at a time, ended; and what the meeting decides about speaking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.use_case import Service, use_case
from democracy.storage.counters import next_number
from democracy.storage.floor_case import FloorCase
from democracy.storage.tables.floor import SpeechRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Step, StepDenied
from workflows.proceedings import SpeechKind
from workflows.proceedings_guards import BY_CHAIR
from workflows.speech import SPEECH, SpeechFacts, SpeechState


@dataclass(frozen=True)
class Request:
    """A request for the floor. Where nobody is named it is whoever asks."""

    kind: SpeechKind = SpeechKind.SPEECH
    member_id: UUID | None = None
    """Whoever the chair or the secretary writes in: a hand that was raised, a slip."""
    number: str | None = None
    """The same, by membership number."""
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None
    """When it came, if it is recorded afterwards: streck looks at this."""


class Floor(Service):
    """Use cases of the speakers' list. Each returns the id of a speech."""

    @use_case
    async def request(self, unit: Unit, meeting_id: UUID, asked: Request, *, actor: Actor) -> UUID:
        """Ask for the floor (begära ordet), for a reply (replik) or for a point of order (ordningsfråga)."""
        floor = await unit.floor.open(meeting_id, actor=actor)
        own = floor.asking_id
        if asked.member_id is not None or asked.number is not None:
            floor = await _for_another(unit, floor, asked, actor)
        speaker, facts = floor.asking_id, floor.asks(asked.kind, asked.received_at)
        step = _judged(unit, floor, "request", SpeechState.WAITING, facts, floor.roles)
        if floor.item_id is None or speaker is None:
            raise NotFoundError("item", meeting_id)
        heard = floor.speaking or floor.spoke_last
        row = SpeechRow(
            id=new_id(),
            meeting_id=meeting_id,
            item_id=floor.item_id,
            member_id=speaker,
            kind=asked.kind,
            state=step.dest,
            reply_to_id=heard.speech_id if heard and asked.kind is SpeechKind.REPLY else None,
            channel=asked.channel,
            requested_at=asked.received_at or unit.now,
            recorded_by=own if speaker != own else None,
            number=await next_number(unit.session, f"speech:{meeting_id.hex}"),
        )
        unit.session.add(row)
        outcome = {"kind": row.kind.name, "number": row.number, "channel": row.channel.name}
        _record(unit, floor, step, row, actor, outcome)
        return row.id

    @use_case
    async def withdraw(self, unit: Unit, speech_id: UUID, *, actor: Actor) -> UUID:
        """Leave the list (stryka sig)."""
        floor, row = await _opened(unit, speech_id, actor)
        _take(unit, floor, row, "withdraw", actor)
        return speech_id

    @use_case
    async def give(
        self, unit: Unit, meeting_id: UUID, speech_id: UUID | None = None, ends_id: UUID | None = None, *, actor: Actor
    ) -> UUID:
        """Give the floor (ge ordet) to whoever is next, or to somebody on the list.

        `ends_id` is the speech that goes on as the chair sees it, and is ended by this. If another one goes on,
        somebody else has given the floor meanwhile, and this is refused.
        """
        floor = await unit.floor.open(meeting_id, actor=actor)
        if floor.speaking and floor.speaking.speech_id == ends_id:
            ending = await unit.floor.speech(ends_id)
            _take(unit, floor, ending, "end", actor, outcome=_ended(ending, unit.now))
            floor = await unit.floor.case(meeting_id, actor=actor)
        return await _give(unit, floor, speech_id, actor)

    @use_case
    async def end(self, unit: Unit, speech_id: UUID, *, actor: Actor) -> UUID:
        """End a speech: the chair says thank you, or the speaker has finished."""
        floor, row = await _opened(unit, speech_id, actor)
        _take(unit, floor, row, "end", actor, outcome=_ended(row, unit.now))
        return speech_id

    @use_case
    async def put_back(self, unit: Unit, speech_id: UUID, *, actor: Actor) -> UUID:
        """Take the floor back from somebody who got it by mistake, or was not there: their place is theirs again."""
        floor, row = await _opened(unit, speech_id, actor)
        _take(unit, floor, row, "put_back", actor)
        row.started_at = row.limit_seconds = None
        return speech_id


async def clear_floor(
    unit: Unit, meeting_id: UUID, item_id: UUID | None = None, *, keep_list: bool = False, actor: Actor
) -> None:
    """End what is said on an item that is left, or in the meeting. The list goes with it, unless it waits to go on."""
    floor = await unit.floor.case(meeting_id, actor=actor)
    floor = replace(floor, roles=floor.roles | BY_CHAIR)
    for row in await unit.floor.on_list(meeting_id, item_id):
        if row.state is SpeechState.SPEAKING:
            _take(unit, floor, row, "end", actor, outcome=_ended(row, unit.now))
        elif not keep_list:
            _take(unit, floor, row, "withdraw", actor)


async def _opened(unit: Unit, speech_id: UUID, actor: Actor) -> tuple[FloorCase, SpeechRow]:
    try:
        floor = await unit.floor.open(await unit.floor.meeting_of(speech_id), actor=actor)
    except NotFoundError:
        raise NotFoundError("speech", speech_id) from None
    return floor, await unit.floor.speech(speech_id)


async def _for_another(unit: Unit, floor: FloorCase, asked: Request, actor: Actor) -> FloorCase:
    """The floor with somebody else asking. Nobody learns of a person before they may act for them."""
    if not floor.roles & BY_CHAIR:
        raise SPEECH.wrong_role("request").under(floor.statutes)
    found = asked.member_id or await unit.motions.member_by_number((asked.number or "").strip())
    if found is None:
        raise NotFoundError("member", floor.meeting_id)
    return await unit.floor.case(floor.meeting_id, actor=actor, asking=found)


async def _give(unit: Unit, floor: FloorCase, speech_id: UUID | None, actor: Actor) -> UUID:
    waiting = await unit.floor.waiting(floor.meeting_id)
    chosen = speech_id or (waiting[0] if waiting else None)
    facts = floor.judging(SpeechKind.SPEECH, waiting, chosen)
    if chosen is None:
        _judged(unit, floor, "give", SpeechState.WAITING, facts, floor.roles)
        raise NotFoundError("speech", floor.meeting_id)
    row = await unit.floor.speech(chosen)
    if row.meeting_id != floor.meeting_id:
        raise NotFoundError("speech", chosen)
    limit = floor.limits.of(row.kind)
    _take(unit, floor, row, "give", actor, facts=facts, outcome={"limit": limit})
    row.started_at, row.limit_seconds = unit.now, limit
    return row.id


def _take(
    unit: Unit,
    floor: FloorCase,
    row: SpeechRow,
    rule: str,
    actor: Actor,
    *,
    facts: SpeechFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
) -> None:
    own = isinstance(actor, Member) and actor.id == row.member_id
    roles = floor.roles | {Role.REQUESTER} if own else floor.roles
    step = _judged(unit, floor, rule, row.state, facts or floor.asks(row.kind), roles)
    row.state = step.dest
    if step.dest is SpeechState.ENDED:
        row.ended_at = unit.now
    _record(unit, floor, step, row, actor, outcome)


def _judged(
    unit: Unit, floor: FloorCase, rule: str, state: SpeechState, facts: SpeechFacts, roles: frozenset[Role]
) -> Step[SpeechState]:
    try:
        return SPEECH.step(rule, state, facts, roles=roles, now=unit.now, waived=floor.waived)
    except StepDenied as denied:
        raise denied.under(floor.statutes) from None


def _record(
    unit: Unit,
    floor: FloorCase,
    step: Step[SpeechState],
    row: SpeechRow,
    actor: Actor,
    outcome: Mapping[str, Any] | None,
) -> None:
    told = {"item": row.item_id.hex, **(outcome or {})}
    unit.record(step, row.id, by=actor, statutes=floor.statutes, outcome=told, meeting=floor.meeting_id)


def _ended(row: SpeechRow, now: datetime) -> dict[str, int]:
    return {"seconds": round((now - row.started_at).total_seconds()) if row.started_at else 0}
