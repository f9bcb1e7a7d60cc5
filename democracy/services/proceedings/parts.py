"""Sub-assemblies (delmöten): in a conference some units' delegates meet by themselves, and decide what is theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import optional, required
from democracy.services.proceedings.judging import take_meeting
from democracy.services.proceedings.presence import come_along
from democracy.services.use_case import Service, use_case
from democracy.storage import called_units, parts
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.unit_of_work import Unit
from workflows.meeting import MeetingState


@dataclass(frozen=True)
class Part:
    """What is known of a part of a meeting when it is planned."""

    name: str
    unit_ids: tuple[UUID, ...]
    """The units whose delegates make it up."""
    starts_at: datetime | None = None
    """The whole meeting's beginning, if left out; now, once that has passed."""
    place: str | None = None
    purpose: str | None = None


class Parts(Service):
    """Use cases of a part of a meeting. From then on it is a meeting like any other, with agenda, roll and minutes."""

    @use_case
    async def plan(self, unit: Unit, meeting_id: UUID, part: Part, *, actor: Actor) -> UUID:
        """Plan a part of a meeting for some of its units. It is called with the whole. Returns the part's id."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        units = tuple(sorted(set(part.unit_ids)))
        row = _row(await unit.meetings.row(meeting_id), part, unit)
        outcome = {"part": row.id.hex, "units": [each.hex for each in units]}
        await take_meeting(unit, case, "plan_part", actor, outcome=outcome)
        await _check(unit, case, units)
        unit.session.add(row)
        await unit.session.flush()
        called_units.call_for(unit.session, row.id, units)
        for rule in ("plan", "call"):
            own = await unit.meetings.case(row.id, actor=Clock())
            await take_meeting(unit, own, rule, actor, outcome={"part_of": meeting_id.hex}, follows=True)
        return row.id


async def seat_part(unit: Unit, case: MeetingCase, *, actor: Actor) -> None:
    """A part opens: its units' places at the whole are its places, and those of them who are there are there."""
    whole_id = (await unit.meetings.row(case.id)).part_of_id
    if whole_id is None:
        return
    await parts.take_over_places(unit.session, whole_id, case.id)
    people = await parts.present_from(unit.session, whole_id, case.id)
    await come_along(unit, await unit.meetings.case(case.id, actor=actor), people, actor=actor)


async def _check(unit: Unit, case: MeetingCase, units: tuple[UUID, ...]) -> None:
    if not units:
        raise InvalidInputError(FieldError("unitIds", "required"))
    if await called_units.outside(unit.session, case.unit_id, units):
        raise InvalidInputError(FieldError("unitIds", "units_not_below"))
    if await called_units.not_called(unit.session, case.id, units):
        raise InvalidInputError(FieldError("unitIds", "units_not_called"))


def _row(whole: MeetingRow, part: Part, unit: Unit) -> MeetingRow:
    starts = part.starts_at or max(whole.starts_at, unit.now)
    return MeetingRow(
        id=new_id(), unit_id=whole.unit_id, body_id=whole.body_id, board_id=whole.board_id, kind=whole.kind,
        state=MeetingState.PLANNED, name=required("name", part.name, longest=200), part_of_id=whole.id,
        place=optional("place", part.place, longest=300) or whole.place, starts_at=starts,
        purpose=optional("purpose", part.purpose, longest=2_000), remote_access=whole.remote_access,
        statutes_digest=whole.statutes_digest, called_at=unit.now, version=0,
    )  # fmt: skip
