"""What the meeting decides about speaking: the order, time limits, streck."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.kinds import Gender
from democracy.errors import FieldError, InvalidInputError
from democracy.services.use_case import Service, use_case
from democracy.storage.floor_case import FloorCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.floor import FloorRulesRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.floor import FLOOR, FloorFacts, FloorState

LONGEST = 3600
"""Seconds: whoever may speak for an hour has no time limit."""


@dataclass(frozen=True)
class Rules:
    """What the meeting has decided. What is left out it has not."""

    first_timers_first: bool = False
    preferred: Gender | None = None
    """The under-represented gender, which goes first."""
    speech_seconds: int | None = None
    reply_seconds: int | None = None


class FloorRules(Service):
    """Use cases of the floor's own rules. Each returns the id of the meeting."""

    @use_case
    async def decide(self, unit: Unit, meeting_id: UUID, rules: Rules, *, actor: Actor) -> UUID:
        """Record what the meeting has decided about order and time limits, instead of what it decided before."""
        _check(rules)
        await unit.meetings.open(meeting_id, actor=actor)
        floor = await unit.floor.open(meeting_id, actor=actor)
        switched = rules.preferred is not None and floor.preferred not in {None, rules.preferred}
        outcome = {
            "first_timers_first": rules.first_timers_first,
            "preferred": rules.preferred.name if rules.preferred else None,
            "speech_seconds": rules.speech_seconds,
            "reply_seconds": rules.reply_seconds,
        }
        facts = replace(floor.facts, preference_switched=switched)
        _take(unit, floor, "decide_rules", actor, facts, outcome)
        row = await unit.floor.rules(meeting_id)
        if row is None:
            row = FloorRulesRow(meeting_id=meeting_id)
            unit.session.add(row)
        row.first_timers_first, row.under_represented_first = rules.first_timers_first, rules.preferred is not None
        row.preferred_gender = rules.preferred or row.preferred_gender
        row.speech_seconds, row.reply_seconds, row.decided_at = rules.speech_seconds, rules.reply_seconds, unit.now
        return meeting_id

    @use_case
    async def set_speech_time(self, unit: Unit, meeting_id: UUID, seconds: int | None, *, actor: Actor) -> UUID:
        """Set how long one speaks on the open item; None: as in the whole meeting."""
        _check_seconds("seconds", seconds)
        floor = await unit.floor.open(meeting_id, actor=actor)
        _take(unit, floor, "set_speech_time", actor, floor.facts, {"seconds": seconds})
        (await _item(unit, floor)).speech_seconds = seconds
        return meeting_id

    @use_case
    async def draw_streck(self, unit: Unit, meeting_id: UUID, closes_at: datetime | None, *, actor: Actor) -> UUID:
        """Close the speakers' list of the open item at a moment (dra streck): until then everybody may sign up."""
        floor = await unit.floor.open(meeting_id, actor=actor)
        at = closes_at or unit.now
        _take(unit, floor, "draw_streck", actor, replace(floor.facts, wanted=closes_at), {"closes": at.isoformat()})
        (await _item(unit, floor)).speakers_close_at = at
        return meeting_id

    @use_case
    async def lift_streck(self, unit: Unit, meeting_id: UUID, *, actor: Actor) -> UUID:
        """Open the list again (häva strecket)."""
        floor = await unit.floor.open(meeting_id, actor=actor)
        _take(unit, floor, "lift_streck", actor, floor.facts, {})
        (await _item(unit, floor)).speakers_close_at = None
        return meeting_id


async def _item(unit: Unit, floor: FloorCase) -> AgendaItemRow:
    assert floor.item_id is not None  # noqa: S101 - the rules have found the item open
    return await unit.floor.item(floor.item_id)


def _take(unit: Unit, floor: FloorCase, rule: str, actor: Actor, facts: FloorFacts, outcome: Mapping[str, Any]) -> None:
    try:
        step = FLOOR.step(rule, FloorState.HELD, facts, roles=floor.roles, now=unit.now, waived=floor.waived)
    except StepDenied as denied:
        raise denied.under(floor.statutes) from None
    about = {"item": floor.item_id.hex if floor.item_id else None, **outcome}
    unit.record(step, floor.meeting_id, by=actor, statutes=floor.statutes, outcome=about, meeting=floor.meeting_id)


def _check(rules: Rules) -> None:
    if rules.preferred is Gender.OTHER:
        raise InvalidInputError(FieldError("preferredGender", "too_few_to_prefer"))
    _check_seconds("speechSeconds", rules.speech_seconds)
    _check_seconds("replySeconds", rules.reply_seconds)


def _check_seconds(path: str, seconds: int | None) -> None:
    if seconds is not None and not 1 <= seconds <= LONGEST:
        raise InvalidInputError(FieldError(path, "out_of_range", {"least": 1, "most": LONGEST}))
