"""Lists for public elections: drafted, consented to by each, published, decided by the election conference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.elections.case import member_of
from democracy.services.elections.notices import ask_listed
from democracy.services.motions.case import required
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import candidate_lists
from democracy.storage.candidate_lists import CandidateListCase
from democracy.storage.ledger import Text
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.unit_of_work import Unit
from workflows.candidate_list import CANDIDATE_LIST, CandidateListFacts, CandidateListState
from workflows.engine import StepDenied

MOST_NAMES = 200


@dataclass(frozen=True)
class NewList:
    """What is known when a list is begun."""

    title: str
    assembly: str
    most: int


class CandidateLists(Service):
    """Use cases of those who prepare a list, of those who stand on it, and of the conference that decides."""

    @use_case
    async def prepare(self, unit: Unit, meeting_id: UUID, given: NewList, *, actor: Actor) -> UUID:
        """Begin a list that an election conference is to decide."""
        meeting = await unit.meetings.hold(meeting_id, actor=actor)
        if not CANDIDATE_LIST.rules["prepare"].open_to(meeting.roles):
            raise CANDIDATE_LIST.wrong_role("prepare").under(meeting.statutes)
        if not 1 <= given.most <= MOST_NAMES:
            raise InvalidInputError(FieldError("most", "out_of_range", {"least": 1, "most": MOST_NAMES}))
        row = CandidateListRow(
            id=new_id(), meeting_id=meeting_id, state=CandidateListState.DRAFT, most=given.most, version=0,
            title=required("title", given.title, longest=200),
            assembly=required("assembly", given.assembly, longest=200),
        )  # fmt: skip
        unit.session.add(row)
        await unit.session.flush()
        case = await candidate_lists.opened(unit, row.id, actor=actor)
        text = Text("candidate_list", row.id, {"title": row.title, "assembly": row.assembly})
        await _take(unit, case, "prepare", actor, texts=[text])
        return row.id

    @use_case
    async def place(self, unit: Unit, list_id: UUID, people: Sequence[Person], *, actor: Actor) -> UUID:
        """Let the list be these, in this order. Whoever is new on it is asked; whoever has consented still has."""
        case = await candidate_lists.opened(unit, list_id, actor=actor)
        hold = (CANDIDATE_LIST, "place")
        members = [await person_of(unit, each, hold=hold, roles=case.roles, statutes=case.statutes) for each in people]
        held = await candidate_lists.places(unit, list_id)
        declined = any(held[each].declined_at is not None for each in members if each in held)
        facts = replace(case.facts, names=len(members), names_fit=len(set(members)) == len(members) and not declined)
        await _take(unit, case, "place", actor, facts=facts, outcome={"names": len(members)})
        await candidate_lists.leave_out(unit, list_id, members)
        row = await candidate_lists.row(unit, list_id)
        for position, member in enumerate(members, 1):
            if member in held:
                held[member].position = position
            else:
                await ask_listed(unit, row, member)
                unit.session.add(
                    ListPlaceRow(id=new_id(), list_id=list_id, member_id=member, position=position, asked_at=unit.now)
                )
        return list_id

    @use_case
    async def consent(self, unit: Unit, list_id: UUID, person: Person | None = None, *, actor: Actor) -> UUID:
        """Agree to stand on the list, by name and in its order; or record that somebody has, by letter."""
        (await self._answer(unit, list_id, person, "consent", actor)).consented_at = unit.now
        return list_id

    @use_case
    async def decline(self, unit: Unit, list_id: UUID, person: Person | None = None, *, actor: Actor) -> UUID:
        """Say no, or take a consent back before the conference has decided."""
        place = await self._answer(unit, list_id, person, "decline", actor)
        place.consented_at, place.declined_at = None, unit.now
        return (await candidate_lists.row(unit, list_id)).meeting_id

    @use_case
    async def publish(self, unit: Unit, list_id: UUID, exception: str | None = None, *, actor: Actor) -> UUID:
        """Publish the list as a proposal to the conference, once everybody on it has consented."""
        row = await self._settle(unit, list_id, "publish", exception, actor)
        row.published_at = unit.now
        return list_id

    @use_case
    async def decide(self, unit: Unit, list_id: UUID, exception: str | None = None, *, actor: Actor) -> UUID:
        """Record that the conference decides the list as it stands."""
        row = await self._settle(unit, list_id, "decide", exception, actor)
        row.decided_at = unit.now
        return list_id

    @use_case
    async def cancel(self, unit: Unit, list_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Record that there will be no such list."""
        case = await candidate_lists.opened(unit, list_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = Text("candidate_list", list_id, {"reason": reason.strip()})
        await _take(unit, case, "cancel", actor, facts=facts, texts=[text])
        (await candidate_lists.row(unit, list_id)).reason = reason.strip()
        return list_id

    async def _settle(
        self, unit: Unit, list_id: UUID, rule: str, exception: str | None, actor: Actor
    ) -> CandidateListRow:
        case, reason = await candidate_lists.opened(unit, list_id, actor=actor), (exception or "").strip()
        gender = case.rules.parameters.elections.gender
        allowed = gender is not None and gender.exception_with_reasons
        facts = replace(
            case.facts, alternates=case.facts.alternates or bool(reason), exception_fits=allowed or not reason
        )
        texts = [Text("candidate_list", list_id, {"exception": reason})] if reason else []
        await _take(unit, case, rule, actor, facts=facts, outcome={"names": facts.names}, texts=texts)
        row = await candidate_lists.row(unit, list_id)
        row.exception = reason or row.exception
        return row

    async def _answer(self, unit: Unit, list_id: UUID, person: Person | None, rule: str, actor: Actor) -> ListPlaceRow:
        case = await candidate_lists.opened(unit, list_id, actor=actor)
        member = member_of(actor)
        if person is not None:
            records = case.roles & CANDIDATE_LIST.rules["prepare"].by
            hold = (CANDIDATE_LIST, "prepare")
            member = await person_of(unit, person, hold=hold, roles=records, statutes=case.statutes)
        place = (await candidate_lists.places(unit, list_id)).get(member)
        facts = replace(case.facts, waits=place is not None and place.declined_at is None)
        await _take(unit, case, rule, actor, facts=facts, about=place.id if place else None)
        assert place is not None  # noqa: S101 - the rule has just refused whoever has none
        return place


async def _take(
    unit: Unit,
    case: CandidateListCase,
    rule: str,
    actor: Actor,
    *,
    facts: CandidateListFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    about: UUID | None = None,
) -> None:
    """Follow a rule of the list. What one person answers is kept under their place, in no history that others read."""
    try:
        step = CANDIDATE_LIST.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await candidate_lists.row(unit, case.id)
    row.state = step.dest
    row.version += 1
    await unit.session.flush()
    unit.record(step, about or case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)
