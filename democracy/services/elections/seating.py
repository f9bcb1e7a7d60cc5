"""The mandates that follow from an election, substitutes who step in, and whoever was elected to two posts."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole
from democracy.errors import FieldError, InvalidInputError
from democracy.services.elections.case import take, take_candidacy
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.election_case import ElectionCase
from democracy.storage.tables.election import CandidacyRow, ElectionRow, ElectionSeatRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CandidacyState
from workflows.election import ELECTION
from workflows.statutes.parameters.elections import TermStart

_CHOSEN = (CandidacyState.ELECTED, CandidacyState.SUBSTITUTE)


class Seating(Service):
    """Use cases after the election."""

    @use_case
    async def choose(self, unit: Unit, candidacy_id: UUID, other_id: UUID, *, actor: Actor) -> UUID:
        """Elected to two posts at one meeting: give this one up, and keep the other."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        other = await elections.candidacy_case(unit, other_id, actor=actor)
        same = (other.member_id, other.meeting_id) == (case.member_id, case.meeting_id) and other_id != candidacy_id
        facts = replace(case.facts, elected_elsewhere=same and other.state is CandidacyState.ELECTED)
        await take_candidacy(unit, case, "choose_other", actor=actor, facts=facts, outcome={"other": other_id.hex})
        for row, mandate in await elections.seated(unit, case.election_id):
            if row.id == candidacy_id and mandate.released_on is None:
                mandate.released_on = unit.today
        return candidacy_id

    @use_case
    async def step_in(self, unit: Unit, election_id: UUID, candidacy_id: UUID | None = None, *, actor: Actor) -> UUID:
        """Call in a substitute for a vacant place: for good, or for as long as somebody's leave lasts.

        The first in order unless another is named, which is allowed where the post knows no order.
        """
        case = await elections.opened(unit, election_id, actor=actor)
        row = await elections.row(unit, election_id)
        ready = await elections.next_substitutes(unit, row)
        chosen = next((each for each in ready if candidacy_id in {None, each[0].id}), None)
        if candidacy_id is not None and chosen is None and ready:
            raise InvalidInputError(FieldError("candidacyId", "no_substitute"))
        facts = replace(
            case.facts,
            substitute_left=bool(ready),
            next_in_order=not row.in_order or chosen is None or chosen == ready[0],
        )
        outcome = {"candidacy": chosen[0].id.hex if chosen else None}
        await take(unit, case, "step_in", actor=actor, facts=facts, outcome=outcome)
        if chosen is not None:
            await self._fill(unit, row, *chosen)
        return election_id

    async def _fill(self, unit: Unit, row: ElectionRow, candidacy: CandidacyRow, substitute: MandateRow) -> None:
        """For good where somebody has left their place; otherwise until the leave ends."""
        held = await elections.seated(unit, row.id)
        places = [mandate for _, mandate in held if mandate.role is row.role]
        leaves = [each for each in places if _on_leave(each, unit.today)]
        for_good = sum(1 for each in places if each.released_on is None and not _over(each, unit.today)) < row.seats
        until = row.ends_on if for_good or not leaves else leaves[0].leave_until
        await _mandate(unit, row, candidacy, row.role, unit.today, until, substitute.decision)
        if for_good:
            substitute.released_on = unit.today


async def seat_at_once(unit: Unit, case: ElectionCase, actor: Actor) -> None:
    """Where mandates begin with the election, let them begin."""
    if case.order.mandate_starts is TermStart.ELECTED:
        await _seat(unit, await elections.row(unit, case.id), actor)


async def seat_elected(unit: Unit, meeting_id: UUID, actor: Actor) -> None:
    """The meeting closes: the mandates of those whom it elected follow by themselves."""
    for row in await elections.waiting_for_seats(unit, meeting_id):
        await _seat(unit, row, actor)


async def _seat(unit: Unit, row: ElectionRow, actor: Actor) -> None:
    case = await elections.case(unit, row.id, actor=actor)
    meeting = await unit.meetings.row(row.meeting_id)
    first = row.starts_on or unit.today
    for each in await elections.candidacies(unit, row.id, *_CHOSEN):
        role = row.role if each.state is CandidacyState.ELECTED else MandateRole.SUBSTITUTE
        await _mandate(unit, row, each, role, first, row.ends_on, f"{meeting.name}: {row.title}")
    # It follows from the declaration, or from the close of the meeting.
    follows = replace(case, roles=case.roles | ELECTION.rules["seat"].by)
    await take(unit, follows, "seat", actor=actor)
    row.seated_at = unit.now


async def _mandate(
    unit: Unit, row: ElectionRow, candidacy: CandidacyRow, role: MandateRole, first: date, last: date | None,
    decision: str | None,
) -> None:  # fmt: skip
    held = await elections.mandate_held(unit, candidacy.member_id, row.body_id, role, first)
    if held is None:
        held = MandateRow(
            id=new_id(),
            member_id=candidacy.member_id,
            body_id=row.body_id,
            role=role,
            position=candidacy.position or 0,
            starts_on=first,
            ends_on=last,
            decision=decision,
        )
        unit.session.add(held)
        await unit.session.flush()
    await unit.session.merge(ElectionSeatRow(mandate_id=held.id, election_id=row.id, candidacy_id=candidacy.id))
    await unit.session.flush()


def _on_leave(mandate: MandateRow, day: date) -> bool:
    began = mandate.leave_from is not None and mandate.leave_from <= day
    return began and (mandate.leave_until is None or mandate.leave_until >= day)


def _over(mandate: MandateRow, day: date) -> bool:
    return mandate.ends_on is not None and mandate.ends_on < day
