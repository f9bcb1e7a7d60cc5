"""How a meeting reads an unclear paragraph (tolkning): dated, and the source of the parameter that it settles."""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import required
from democracy.services.motions.decisions import Votes, majority_met
from democracy.services.proceedings.judging import take_meeting
from democracy.services.use_case import Service, use_case
from democracy.storage import statutes
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.statutes import adopt, keep, levels_above, own_level, unit_kind, unit_name
from democracy.storage.tables.agenda import InterpretationRow
from democracy.storage.unit_of_work import Unit
from workflows.statutes import Interpretation, Level, Statutes, StatutesError, resolve
from workflows.statutes.finding import Severity
from workflows.statutes.interpreting import interpreted
from workflows.statutes.lint import lint
from workflows.statutes.parameters.meetings import Matter
from workflows.statutes.tree import known

LEVELS = {UnitKind.PARTY: Level.NATIONAL, UnitKind.DISTRICT: Level.DISTRICT}
"""What is not here is local."""


@dataclass(frozen=True)
class Reading:
    """What the meeting decided: how the paragraph is read, and the value that follows for a parameter, if one does."""

    paragraph: str
    """Key of the paragraph."""
    text: str
    parameter: str | None = None
    """Dotted path, such as `motions.late_may_be_taken_up`."""
    value: str | None = None
    """JSON, in the shape of a statutes file."""
    votes: Votes | None = None


@dataclass(frozen=True)
class _Following:
    """The unit's own set as it becomes, or why it cannot."""

    version: Statutes | None = None
    readable: bool = True
    overruled: bool = False


class Interpretations(Service):
    """Use cases of interpretations."""

    @use_case
    async def record(self, unit: Unit, meeting_id: UUID, reading: Reading, *, actor: Actor) -> UUID:
        """Record an interpretation. The unit's statutes have it from today, and so has the meeting itself.

        Raises StepDenied where a higher level has settled the parameter. Returns the meeting's id.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        text = required("text", reading.text, longest=2_000)
        following = await _following(unit, case, reading, text)
        facts = replace(
            case.facts,
            readable=following.readable,
            overruled=following.overruled,
            carried=reading.votes is None or await majority_met(unit, case.statutes, Matter.ORDINARY, reading.votes),
        )
        row = await _row(unit, meeting_id, reading, text)
        outcome = {"interpretation": row.id.hex, "paragraph": reading.paragraph, "parameter": reading.parameter}
        kept = Text("interpretation", row.id, {"text": text, "value": reading.value})
        await take_meeting(unit, case, "interpret", actor, facts=facts, outcome=outcome, texts=[kept])
        unit.session.add(row)
        if following.version is not None:
            row.statutes_id = await adopt(unit.session, case.unit_id, following.version, unit.now)
            rules = await statutes.in_force(unit.session, case.unit_id, unit.today)
            (await unit.meetings.row(meeting_id)).statutes_digest = await keep(unit.session, rules)
        return meeting_id


async def _following(unit: Unit, case: MeetingCase, reading: Reading, text: str) -> _Following:
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    if reading.paragraph not in rules.paragraphs:
        return _Following(readable=False)
    if reading.parameter is None:
        return _Following()
    if not known(reading.parameter):
        return _Following(readable=False)
    above = await levels_above(unit.session, case.unit_id, unit.today)
    own = await own_level(unit.session, case.unit_id, unit.today)
    decided_by = (await unit.meetings.row(case.id)).name
    decided = Interpretation(reading.parameter, reading.paragraph, decided_by, unit.today, text)
    try:
        version = interpreted(
            own,
            decided,
            _value(reading.value),
            level=await _level(unit, case),
            unit=await unit_name(unit.session, case.unit_id),
        )
        new = _errors(version, above) - (_errors(own, above) if own is not None else set())
        resolve(*above, version)
    except StatutesError:
        return _Following(readable=False)
    return _Following(version, readable=new <= {"overruled"}, overruled="overruled" in new)


def _errors(version: Statutes, above: list[Statutes]) -> set[str]:
    return {each.code for each in lint(version, above=above) if each.severity is Severity.ERROR}


async def _level(unit: Unit, case: MeetingCase) -> Level:
    kind = await unit_kind(unit.session, case.unit_id)
    return LEVELS.get(kind, Level.LOCAL) if kind is not None else Level.LOCAL


def _value(given: str | None) -> Any:
    try:
        return json.loads(given or "")
    except ValueError:
        raise InvalidInputError(FieldError("value", "not_json")) from None


async def _row(unit: Unit, meeting_id: UUID, reading: Reading, text: str) -> InterpretationRow:
    votes = reading.votes
    return InterpretationRow(
        id=new_id(),
        meeting_id=meeting_id,
        item_id=await unit.items.being_treated(meeting_id),
        paragraph=reading.paragraph,
        parameter=reading.parameter,
        value=reading.value,
        text=text,
        votes_for=votes.for_ if votes else None,
        votes_against=votes.against if votes else None,
        votes_abstained=votes.abstained if votes else None,
        decided_at=unit.now,
    )
