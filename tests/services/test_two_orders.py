"""The same life of a motion under two deliberately different orders: the party's, and a small association's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, Category, Channel, Fault, MandateRole, MeetingKind, Outcome, UnitKind
from democracy.domain.swedish import sort_key
from democracy.services.meetings import Meetings, Plan
from democracy.services.motions.admission import Admission, Ground
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Arrival, Drafting, UnitMover
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage import statutes
from democracy.storage.motions import ClauseText
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Database
from workflows.engine import StepDenied
from workflows.motion import MotionState
from workflows.statutes import packaged

STARTS = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
EARLY = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
TEXT = Content("Cykelställ", "Vi behöver fler.", (ClauseText("att vi köper cykelställ."),), Category.GENERAL)


@dataclass(frozen=True)
class Order:
    """One organisation of a single level under its own file, and what that file says."""

    file: str
    unit: UnitKind
    deadline: datetime
    """First moment too late for a motion to the annual meeting."""
    days_of_membership: int
    late_taken_up: bool
    withdrawn_after_agenda: bool


PARTY = Order(
    file="vansterpartiet",
    unit=UnitKind.LOCAL_BRANCH,
    deadline=datetime(2026, 3, 7, 23, 0, tzinfo=UTC),
    days_of_membership=0,
    late_taken_up=False,
    withdrawn_after_agenda=True,
)
SMALL = Order(
    file="smaforeningen",
    unit=UnitKind.ASSOCIATION,
    deadline=datetime(2026, 3, 6, 23, 0, tzinfo=UTC),
    days_of_membership=60,
    late_taken_up=True,
    withdrawn_after_agenda=False,
)


@dataclass(frozen=True)
class Place:
    """The organisation in a database."""

    order: Order
    database: Database
    unit: UUID
    meeting: UUID
    secretary: Member
    mover: Member
    mover_number: str


@pytest.fixture(params=[PARTY, SMALL], ids=lambda order: order.file)
async def place(request: pytest.FixtureRequest, database: Database) -> Place:
    order: Order = request.param
    unit_id, meeting_body, board = new_id(), new_id(), new_id()
    secretary, mover = Member(new_id()), Member(new_id())
    async with database.unit(EARLY) as unit:
        unit.session.add(
            UnitRow(id=unit_id, kind=order.unit, code="enheten", name="Enheten", sort_key=sort_key("Enheten"))
        )
        await unit.session.flush()
        unit.session.add(UnitAncestorRow(unit_id=unit_id, ancestor_id=unit_id, distance=0))
        for key, kind in ((meeting_body, BodyKind.ANNUAL_MEETING), (board, BodyKind.BOARD)):
            unit.session.add(
                BodyRow(id=key, unit_id=unit_id, kind=kind, code=kind.value, name=kind.value, sort_key=kind.value)
            )
        for number, person in enumerate((secretary, mover), start=1):
            unit.session.add(
                MemberRow(id=person.id, number=str(number), given_name="Ada", family_name="Ö", sort_key="ada")
            )
        await unit.session.flush()
        for person in (secretary, mover):
            unit.session.add(
                MembershipRow(
                    id=new_id(), member_id=person.id, unit_id=unit_id, voting=True, effective_on=date(2025, 1, 1)
                )
            )
        unit.session.add(
            MandateRow(
                id=new_id(),
                member_id=secretary.id,
                body_id=board,
                role=MandateRole.SECRETARY,
                starts_on=date(2025, 1, 1),
            )
        )
        await statutes.adopt(unit.session, unit_id, packaged(order.file), EARLY)
    plan = Plan(meeting_body, board, MeetingKind.ANNUAL_MEETING, "Årsmöte", STARTS)
    meeting = await Meetings(database, EARLY).plan(plan, actor=secretary)
    await Meetings(database, EARLY).call(meeting, actor=secretary)
    return Place(order, database, unit_id, meeting, secretary, mover, "2")


async def submitted(place: Place, at: datetime = EARLY) -> UUID:
    motion = await Drafting(place.database, EARLY).create(place.meeting, TEXT, actor=place.mover)
    await Drafting(place.database, at).submit(motion, actor=place.mover)
    return motion


async def scheduled(place: Place) -> UUID:
    motion = await submitted(place)
    await Admission(place.database, EARLY).admit(motion, actor=place.secretary)
    reply = Reply("Skäl.", (Recommendation(1, Outcome.APPROVE),), "Styrelsen § 1", present=1)
    await Replies(place.database, EARLY).adopt(motion, reply, actor=place.secretary)
    await Decisions(place.database, EARLY).schedule(motion, actor=place.secretary)
    return motion


async def state_of(place: Place, motion: UUID) -> MotionState:
    async with place.database.unit(EARLY) as unit:
        return (await unit.motions.row(motion)).state


async def test_a_motion_reaches_its_decision(place: Place) -> None:
    motion = await scheduled(place)
    await Meetings(place.database, STARTS).open(place.meeting, actor=place.secretary)
    async with place.database.unit(STARTS) as unit:
        (clause,) = await unit.motions.clauses(motion)
    await Decisions(place.database, STARTS).decide(clause.id, Verdict(Outcome.REJECT), actor=place.secretary)
    await Meetings(place.database, STARTS).close(place.meeting, actor=place.secretary)
    assert await state_of(place, motion) is MotionState.CLOSED


async def test_each_order_has_its_own_last_moment(place: Place) -> None:
    await submitted(place, place.order.deadline - timedelta(microseconds=1))
    with pytest.raises(StepDenied, match="deadline_passed"):
        await submitted(place, place.order.deadline)


async def test_each_order_has_its_own_days_of_membership(place: Place) -> None:
    async with place.database.unit(EARLY) as unit:
        membership = await unit.session.get(MembershipRow, await _membership(place))
        assert membership is not None
        membership.effective_on = unit.today - timedelta(days=30)
    if place.order.days_of_membership > 30:
        with pytest.raises(StepDenied, match="mover_without_right"):
            await submitted(place)
    else:
        assert await state_of(place, await submitted(place)) is MotionState.SUBMITTED


async def test_a_unit_moves_only_where_its_order_lets_it(place: Place) -> None:
    decision = UnitMover(place.unit, "Medlemsmöte § 2", date(2026, 1, 2))
    drafting = Drafting(place.database, EARLY)
    motion = await drafting.create(place.meeting, TEXT, decision, actor=place.secretary)
    with pytest.raises(StepDenied, match="mover_without_right"):
        await drafting.submit(motion, actor=place.secretary)


async def test_a_late_motion_is_taken_up_only_where_the_order_lets_the_meeting(place: Place) -> None:
    after = place.order.deadline + timedelta(days=1)
    late = await Drafting(place.database, after).record(
        place.meeting, TEXT, place.mover_number, Arrival(Channel.POST, place.order.deadline), actor=place.secretary
    )
    ground = Ground(Fault.LATE, "Kom för sent.", "Styrelsen § 2")
    await Admission(place.database, after).refuse(late, ground, actor=place.secretary)
    await Meetings(place.database, STARTS).open(place.meeting, actor=place.secretary)
    admission = Admission(place.database, STARTS)
    if place.order.late_taken_up:
        await admission.take_up(late, actor=place.secretary)
        assert await state_of(place, late) is MotionState.SCHEDULED
        return
    with pytest.raises(StepDenied, match="statutes_forbid_taking_up"):
        await admission.take_up(late, actor=place.secretary)
    await admission.lay_aside(late, actor=place.secretary)
    assert await state_of(place, late) is MotionState.CLOSED


async def test_until_when_a_motion_may_be_withdrawn_is_the_orders_own(place: Place) -> None:
    motion = await scheduled(place)
    withdraw = Drafting(place.database, EARLY).withdraw
    if place.order.withdrawn_after_agenda:
        await withdraw(motion, actor=place.mover)
        assert await state_of(place, motion) is MotionState.WITHDRAWN
    else:
        with pytest.raises(StepDenied, match="belongs_to_meeting"):
            await withdraw(motion, actor=place.mover)


async def _membership(place: Place) -> UUID:
    async with place.database.read() as connection:
        statement = select(MembershipRow.id).where(MembershipRow.member_id == place.mover.id)
        found: UUID = (await connection.execute(statement)).scalar_one()
        return found
