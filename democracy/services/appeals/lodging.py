"""An appeal is lodged, by one or by many, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, MandateRole
from democracy.errors import FieldError, InvalidInputError
from democracy.services.appeals import rulings as ruling_steps
from democracy.services.appeals.case import officers, take, title
from democracy.services.appeals.rulings import moment_for, order_of
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known, own_id
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications, case_bodies, case_parts, rulings, statutes
from democracy.storage.appeal_case import appeal_cases
from democracy.storage.ledger import Text
from democracy.storage.ruling_case import RulingCase
from democracy.storage.tables.appeal import AppealRow, AppellantRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL, AppealState
from workflows.appeal_facts import ConflictGround, StayState
from workflows.engine import Role
from workflows.ruling import RulingState
from workflows.statutes.parameters.appeals import Appeal, Appellant, WrongAddressee

LONGEST = 40_000


@dataclass(frozen=True)
class Lodged:
    """What somebody hands in."""

    grounds: str
    for_all: bool = False
    """In the name of everybody whom the decision concerns; each may take their own name off."""
    unit_id: UUID | None = None
    """For a unit that one leads."""
    person: Person | None = None
    """Whoever appeals, where the secretary records it."""
    received_at: datetime | None = None
    channel: Channel = Channel.DIGITAL
    sent_to: UUID | None = None
    """The body that it was sent to."""


@dataclass(frozen=True)
class _Party:
    member_id: UUID | None
    unit_id: UUID | None
    notice: RulingNoticeRow | None
    last_moment: datetime | None
    standing: bool


class Lodging(Service):
    """From the first word of an appeal until it is taken back."""

    @use_case
    async def lodge(self, unit: Unit, ruling_id: UUID, given: Lodged, *, actor: Actor) -> UUID:
        """Appeal a decision. A later appeal on the same decision joins the case that is being tried."""
        ruling = await rulings.opened(unit, ruling_id, actor=actor)
        row = await rulings.row(unit, ruling_id)
        order = await order_of(unit, row)
        if order is None or row.appeal_to_id is None or ruling.state is RulingState.NEW:
            raise InvalidInputError(FieldError("rulingId", "not_open_to_appeal"))
        if len(given.grounds) > LONGEST:
            raise InvalidInputError(FieldError("grounds", "too_long", {"longest": LONGEST}))
        parties = await self._parties(unit, ruling, row, order, given, actor)
        appeal_id = await rulings.tried_now(unit, ruling_id) or await _begin(unit, row, order)
        appeal = await rulings.appeal_row(unit, appeal_id)
        here = {each.member_id or each.unit_id for each in await rulings.appellants(unit, appeal_id)
                if each.left_at is None}  # fmt: skip
        await self._step(unit, ruling, appeal, parties[0], order, given, here, actor)
        for each in parties:
            if (each.member_id or each.unit_id) not in here:
                await _stand(unit, appeal, each, order, given, actor)
        await self._begun(unit, ruling, appeal, actor)
        return appeal_id

    async def _parties(
        self, unit: Unit, ruling: RulingCase, row: RulingRow, order: Appeal, given: Lodged, actor: Actor
    ) -> list[_Party]:
        told = await rulings.notices(unit, row.id)
        if given.unit_id is not None:
            unit_id = given.unit_id
            if own_id(actor) not in await _leaders(unit, unit_id) and Role.SECRETARY not in ruling.roles:
                raise APPEAL.wrong_role("lodge").under(ruling.statutes)
            notice = next((each for each in told if each.unit_id == unit_id), None)
            standing = Appellant.UNIT in order.by or notice is not None
            return [_Party(None, unit_id, notice, moment_for(order, row, notice, unit), standing)]
        first = await self._who(unit, ruling, given, actor)
        people = [first]
        if given.for_all and any(each.member_id == first for each in told):
            people += [each.member_id for each in told if each.member_id and each.member_id != first]
        return [await _party(unit, row, order, told, each) for each in people]

    async def _who(self, unit: Unit, ruling: RulingCase, given: Lodged, actor: Actor) -> UUID:
        if given.person is not None and (given.person.member_id or given.person.number):
            # Recording for another is the office's: that one is concerned oneself gives no right to it.
            if Role.SECRETARY not in ruling.roles and not await self._keeps_appeals(unit, ruling, actor):
                raise APPEAL.wrong_role("lodge").under(ruling.statutes)
            return await known(unit, given.person)
        member = own_id(actor)
        if member is None:
            raise APPEAL.wrong_role("lodge").under(ruling.statutes)
        return member

    async def _keeps_appeals(self, unit: Unit, ruling: RulingCase, actor: Actor) -> bool:
        office = (await rulings.row(unit, ruling.id)).appeal_office_id
        assert office is not None  # noqa: S101 - somebody tries it
        return own_id(actor) in await case_parts.holders_of(unit.session, office, unit.today, MandateRole.SECRETARY)

    async def _step(
        self, unit: Unit, ruling: RulingCase, appeal: AppealRow, party: _Party, order: Appeal, given: Lodged,
        here: set[UUID | None], actor: Actor,
    ) -> None:  # fmt: skip
        cases = await appeal_cases(unit.session, [appeal.id], actor=Clock(), at=unit.now, zone=unit.zone)
        case = replace(cases[appeal.id], roles=ruling.roles | frozenset({Role.MEMBER}))
        facts = replace(
            case.facts,
            text_given=bool(given.grounds.strip()),
            stands_already=(party.member_id or party.unit_id) in here,
            received_at=given.received_at or unit.now,
            last_moment=party.last_moment,
            has_standing=party.standing,
            right_addressee=given.sent_to in {None, appeal.body_id},
        )
        texts = [Text("appeal", appeal.id, {"grounds": given.grounds.strip()}, party.member_id)]
        await take(unit, case, "lodge", actor=actor, facts=facts, texts=texts)

    async def _begun(self, unit: Unit, ruling: RulingCase, appeal: AppealRow, actor: Actor) -> None:
        """The decision is now appealed, and whoever took part in it, or appeals, is barred."""
        if ruling.state is RulingState.OPEN:
            await ruling_steps.take(unit, ruling, "appeal", actor=actor, follows=True)
        sits = await case_parts.voters_of(unit.session, appeal.body_id, unit.today)
        took_part = await case_parts.participants(unit.session, [appeal.ruling_id])
        sides = {each.member_id for each in await rulings.appellants(unit, appeal.id) if each.member_id}
        await case_parts.bar(unit.session, appeal.id, sits & sides, ConflictGround.OWN_MATTER, unit.now)
        await case_parts.bar(unit.session, appeal.id, sits & took_part, ConflictGround.TOOK_PART, unit.now)
        row = await rulings.row(unit, appeal.ruling_id)
        await tell(unit, await officers(unit, appeal.office_id), "appeal_received", title=row.title)

    @use_case
    async def leave(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """Take one's own name off an appeal behind which others stand."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        own = replace(case, roles=case.roles & {Role.APPELLANT})
        await take(unit, own, "leave", actor=actor)
        mine = [each for each in await rulings.appellants(unit, appeal_id)
                if each.left_at is None and each.member_id == own_id(actor)]  # fmt: skip
        if not mine:
            raise InvalidInputError(FieldError("appealId", "not_an_appellant"))
        mine[0].left_at = unit.now
        return appeal_id

    @use_case
    async def withdraw(self, unit: Unit, appeal_id: UUID, *, actor: Actor) -> UUID:
        """Take the whole appeal back, when nobody else stands behind it. The decision is open again."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        hold(APPEAL, "withdraw", case.roles & {Role.APPELLANT}, case.statutes)
        name = await title(unit, case)
        await take(unit, case, "withdraw", actor=actor)
        await resume(unit, case.ruling_id, actor)
        await tell(unit, await officers(unit, case.office_id), "appeal_withdrawn", title=name)
        return appeal_id


async def resume(unit: Unit, ruling_id: UUID, actor: Actor) -> None:
    """The decision is open as before: others may still be in time, else the clock makes it final."""
    ruling = await rulings.case(unit, ruling_id, actor=Clock())
    if ruling.state is RulingState.APPEALED:
        row = await ruling_steps.take(unit, ruling, "resume", actor=actor, follows=True)
        row.due_at = row.last_moment


async def _leaders(unit: Unit, unit_id: UUID) -> list[UUID]:
    board = await branch_applications.board_of(unit, unit_id)
    return await officers(unit, board)


async def _party(
    unit: Unit, row: RulingRow, order: Appeal, told: Sequence[RulingNoticeRow], member: UUID
) -> _Party:  # fmt: skip
    notice = next((each for each in told if each.member_id == member), None)
    below = Appellant.MEMBER in order.by and bool(
        await branch_applications.memberships_below(unit, member, row.unit_id)
    )
    standing = below or (notice is not None and Appellant.CONCERNED in order.by)
    return _Party(member, None, notice, moment_for(order, row, notice, unit), standing)


async def _begin(unit: Unit, row: RulingRow, order: Appeal) -> UUID:
    """The case, before its first appellant."""
    assert row.appeal_to_id is not None and row.appeal_office_id is not None  # noqa: S101, PT018 - just looked at
    unit_of_body = await rulings.body_unit(unit, row.appeal_to_id)
    stay = await case_bodies.find(unit.session, row.unit_id, order.stay_by)
    after = await case_bodies.find(unit.session, row.unit_id, order.next_body)
    told = await case_bodies.find(unit.session, row.unit_id, order.reported_to)
    appeal = AppealRow(
        id=new_id(), ruling_id=row.id, body_id=row.appeal_to_id, office_id=row.appeal_office_id,
        respondent_id=row.office_id, stay_body_id=stay.office_id if stay else None,
        next_body_id=after.body_id if after else None, report_to_id=told.body_id if told else None,
        statutes_digest=row.statutes_digest,
        body_statutes=await statutes.keep(
            unit.session, await statutes.in_force(unit.session, unit_of_body, unit.today)
        ),
        state=AppealState.LODGED, version=0, lodged_at=unit.now,
        stay=StayState.SUSPENSIVE if order.suspensive else StayState.NONE,
        due_at=_next_working_day(unit),
    )  # fmt: skip
    unit.session.add(appeal)
    await unit.session.flush()
    return appeal.id


def _next_working_day(unit: Unit) -> datetime:
    """When the clock asks for a statement, if the secretary has not: the next morning that is no Saturday or Sunday."""
    day = unit.today + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), tzinfo=unit.zone)


async def _stand(unit: Unit, appeal: AppealRow, party: _Party, order: Appeal, given: Lodged, actor: Actor) -> None:
    received = given.received_at or unit.now
    elsewhere = given.sent_to not in {None, appeal.body_id}
    row = AppellantRow(
        id=new_id(), appeal_id=appeal.id, member_id=party.member_id, unit_id=party.unit_id, received_at=received,
        recorded_at=unit.now, recorded_by=own_id(actor), channel=given.channel,
        sent_to=await rulings.body_name(unit, given.sent_to) if elsewhere else None, last_moment=party.last_moment,
        in_time=party.last_moment is None or received < party.last_moment, has_standing=party.standing,
        right_addressee=not elsewhere or order.wrong_addressee is WrongAddressee.PASSED_ON,
        grounds=given.grounds.strip(),
    )  # fmt: skip
    unit.session.add(row)
    await unit.session.flush()
    if party.member_id is not None:
        name = (await rulings.row(unit, appeal.ruling_id)).title
        purpose = "appeal_lodged" if row.in_time else "appeal_lodged_late"
        await tell(unit, [party.member_id], purpose, title=name, deadline=party.last_moment)
