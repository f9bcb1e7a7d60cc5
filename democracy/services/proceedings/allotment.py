"""Sharing out the seats of a meeting (ombudsfördelning): looked at first, then frozen with its working."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.counting.faults import CountError
from democracy.counting.lots import PhysicalLot
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.hall import hall_of
from democracy.services.proceedings.seating import settle_units
from democracy.services.proceedings.sharing_out import LAST_SEAT, Counted, count
from democracy.services.use_case import Service, use_case
from democracy.storage import allotments, rolls, statutes
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.unit_of_work import Unit
from workflows.allotment import ALLOTMENT, AllotmentState
from workflows.engine import StepDenied


@dataclass(frozen=True)
class DrawnLot:
    """The lot for the last seat, drawn by hand before two witnesses: the units' codes in the order they came up."""

    order: tuple[str, ...]
    chair: str
    witnesses: tuple[str, ...]


class Allotments(Service):
    """Use cases of the allotment of one meeting. Each returns the meeting's id."""

    @use_case
    async def freeze(
        self, unit: Unit, meeting_id: UUID, lot: DrawnLot | None = None, reason: str = "", *, actor: Actor
    ) -> UUID:
        """Share out the seats by the statutes' rule. Done again it counts anew, with a reason."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        row = await allotments.allotment_of(unit.session, meeting_id)
        rule, state = ("count_anew", AllotmentState.FROZEN) if row else ("freeze", AllotmentState.OPEN)
        if not ALLOTMENT.rules[rule].open_to(case.roles):
            raise ALLOTMENT.wrong_role(rule).under(case.statutes)
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        counted = await count(unit.session, case, rules, unit.zone, _by_hand(lot))
        facts = replace(
            counted.facts,
            reason_given=bool(reason.strip()),
            roll_fixed=await rolls.latest(unit.session, meeting_id) is not None,
            reports_fit=await _reports_fit(unit, counted, meeting_id),
        )
        try:
            step = ALLOTMENT.step(rule, state, facts, roles=case.roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(case.statutes) from None
        key = await _keep(unit, case, counted, row.id if row else new_id())
        texts = [Text("allotment", key, {"reason": reason.strip()})] if row else []
        unit.record(step, key, by=actor, statutes=case.statutes, outcome=_told(counted), texts=texts, meeting=case.id)
        await settle_units(unit, await hall_of(unit, case), actor=actor)
        return meeting_id


async def _keep(unit: Unit, case: MeetingCase, counted: Counted, key: UUID) -> UUID:
    assert counted.protocol is not None  # noqa: S101 - the rule lets nothing through that was not counted
    assert counted.counted_on is not None  # noqa: S101
    kept = allotments.Frozen(key, case.id, counted.counted_on, unit.now, counted.protocol.canonical())
    await allotments.freeze(unit.session, kept, counted.units, counted.seats)
    return key


async def _reports_fit(unit: Unit, counted: Counted, meeting_id: UUID) -> bool:
    reported = await allotments.delegates_by_unit(unit.session, meeting_id)
    seats = {each.id: counted.seats.get(each.code, 0) for each in counted.units}
    return all(number <= seats.get(unit_id, 0) for unit_id, number in reported.items())


def _by_hand(lot: DrawnLot | None) -> PhysicalLot | None:
    if lot is None:
        return None
    try:
        return PhysicalLot(LAST_SEAT, lot.order, lot.chair, lot.witnesses)
    except CountError as error:
        raise InvalidInputError(FieldError("lot.witnesses", error.code)) from None


def _told(counted: Counted) -> dict[str, object]:
    """What the ledger keeps of it: figures, and a digest by which the kept working can be told to be the same."""
    assert counted.protocol is not None  # noqa: S101
    digest = hashlib.sha256(counted.protocol.canonical().encode()).hexdigest()
    seats = {each.id.hex: counted.seats[each.code] for each in counted.units}
    return {"counted_on": str(counted.counted_on), "units": seats, "seats": sum(seats.values()), "protocol": digest}
