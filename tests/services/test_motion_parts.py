"""Correction, block decision, reopening, several units, sending on: on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.kinds import Category, MeetingKind, Outcome, SentAs
from democracy.errors import InvalidInputError
from democracy.services.meetings import Meetings, Plan
from democracy.services.motions.admission import Admission
from democracy.services.motions.content import Content
from democracy.services.motions.corrections import Correction, Corrections
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Drafting, UnitMover
from democracy.services.motions.forwarding import Forwarding, Sending
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import CorrectionRow, DecisionRow, MoverRow
from democracy.storage.tables.outbox import OutboxRow
from tests.world import BEFORE, STARTS, World
from workflows.engine import StepDenied
from workflows.motion import MotionState

TEXT = Content("Kvällsbusar", "Byarna saknar bussar.", (ClauseText("att vi kräver bussar."),), Category.GENERAL)


async def prepared(world: World, outcome: Outcome = Outcome.APPROVE) -> UUID:
    """A motion that the board has answered and that stands on the agenda."""
    mover, secretary = world.actor("mover"), world.actor("secretary")
    motion = await Drafting(world.database, BEFORE).create(world.meeting, TEXT, actor=mover)
    await Drafting(world.database, BEFORE).submit(motion, actor=mover)
    await Admission(world.database, BEFORE).admit(motion, actor=secretary)
    reply = Reply("Skälen.", (Recommendation(1, outcome),), "DS § 8", present=3)
    await Replies(world.database, BEFORE).adopt(motion, reply, actor=secretary)
    await Decisions(world.database, BEFORE).schedule(motion, actor=secretary)
    return motion


async def clause_ids(world: World, motion: UUID) -> list[UUID]:
    async with world.database.unit(BEFORE) as unit:
        return [clause.id for clause in await unit.motions.clauses(motion)]


async def state_of(world: World, motion: UUID) -> MotionState:
    async with world.database.unit(BEFORE) as unit:
        return (await unit.motions.row(motion)).state


async def test_a_clerical_error_is_put_right_with_both_wordings_kept(world: World) -> None:
    motion = await prepared(world)
    corrections, secretary = Corrections(world.database, BEFORE), world.actor("secretary")
    correction = Correction("Kvällsbussar", "Skrivfel.", "motionären")
    await corrections.correct(motion, "title", correction, actor=secretary)
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=secretary)
    (clause,) = await clause_ids(world, motion)
    late = Correction("att vi kräver kvällsbussar.", "Ordet föll bort.", "DS § 9")
    await corrections.correct_clause(clause, late, actor=secretary)
    async with world.database.unit(BEFORE) as unit:
        rows = (await unit.session.scalars(select(CorrectionRow).order_by(CorrectionRow.id))).all()
        assert [(row.before, row.after, row.erratum) for row in rows] == [
            ("Kvällsbusar", "Kvällsbussar", False),
            ("att vi kräver bussar.", "att vi kräver kvällsbussar.", True),
        ]
        assert (await unit.motions.row(motion)).title == "Kvällsbussar"


@pytest.mark.parametrize(
    ("reason", "approved_by", "code"), [("", "motionären", "reason_missing"), ("Fel.", "", "consent_missing")]
)
async def test_a_correction_needs_its_reason_and_somebodys_approval(
    world: World, reason: str, approved_by: str, code: str
) -> None:
    motion = await prepared(world)
    with pytest.raises(StepDenied, match=code):
        await Corrections(world.database, BEFORE).correct(
            motion, "title", Correction("Annat", reason, approved_by), actor=world.actor("secretary")
        )


async def test_a_block_decision_decides_every_clause_as_the_board_proposes(world: World) -> None:
    motions = [await prepared(world), await prepared(world, Outcome.REJECT)]
    meetings, chair = Meetings(world.database, STARTS), world.actor("presidium")
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await meetings.open(world.meeting, actor=chair)
    await Decisions(world.database, STARTS).decide_as_recommended(world.meeting, motions, "§ 9", actor=chair)
    async with world.database.unit(STARTS) as unit:
        rows = (await unit.session.scalars(select(DecisionRow))).all()
        assert {(row.outcome, row.as_recommended, row.paragraph) for row in rows} == {
            (Outcome.APPROVE, True, "§ 9"),
            (Outcome.REJECT, True, "§ 9"),
        }
    await meetings.close(world.meeting, actor=chair)
    assert [await state_of(world, motion) for motion in motions] == [MotionState.DECIDED, MotionState.CLOSED]


async def test_a_decided_clause_is_locked_until_the_meeting_reopens_it(world: World) -> None:
    motion = await prepared(world)
    chair, decisions = world.actor("presidium"), Decisions(world.database, STARTS)
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=chair)
    (clause,) = await clause_ids(world, motion)
    await decisions.decide(clause, Verdict(Outcome.APPROVE), actor=chair)
    with pytest.raises(StepDenied, match=r"wrong_state|clause_closed"):
        await decisions.decide(clause, Verdict(Outcome.REJECT), actor=chair)
    await decisions.reopen(clause, "Fel siffra i underlaget.", actor=chair)
    await decisions.decide(clause, Verdict(Outcome.REJECT), actor=chair)
    async with world.database.unit(STARTS) as unit:
        rows = (await unit.session.scalars(select(DecisionRow).order_by(DecisionRow.id))).all()
        assert [(row.outcome, row.replaced_at is None) for row in rows] == [
            (Outcome.APPROVE, False),
            (Outcome.REJECT, True),
        ]


async def test_a_meeting_does_not_close_over_an_undecided_motion(world: World) -> None:
    await prepared(world)
    chair = world.actor("presidium")
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=chair)
    with pytest.raises(StepDenied, match="motions_undecided"):
        await Meetings(world.database, STARTS).close(world.meeting, actor=chair)


async def test_units_move_together_each_by_its_own_dated_decision(world: World) -> None:
    drafting, chair = Drafting(world.database, BEFORE), world.actor("branch_chair")
    own = UnitMover(world.units["granvik"], "Medlemsmöte 8 januari, § 5", date(2026, 1, 8))
    motion = await drafting.create(world.meeting, TEXT, own, actor=chair)
    await drafting.invite_unit(motion, world.units["stenvika"], actor=chair)
    await drafting.submit(motion, actor=world.actor("branch_secretary"))
    async with world.database.unit(BEFORE) as unit:
        movers = (await unit.session.scalars(select(MoverRow).order_by(MoverRow.position))).all()
        assert [(mover.decision, mover.confirmed_at is not None) for mover in movers] == [
            ("Medlemsmöte 8 januari, § 5", True),
            (None, False),
        ]


async def test_a_units_decision_cannot_lie_in_the_future(world: World) -> None:
    later = UnitMover(world.units["granvik"], "Medlemsmöte, § 5", date(2026, 3, 1))
    with pytest.raises(InvalidInputError, match="in_future"):
        await Drafting(world.database, BEFORE).create(world.meeting, TEXT, later, actor=world.actor("branch_chair"))


@pytest.mark.parametrize(
    ("sent_as", "movers"),
    [
        (SentAs.ADOPTED, ["unit"]),
        (SentAs.SUPPORTED, ["member", "unit"]),
        (SentAs.WITHOUT_OPINION, ["member"]),
    ],
)
async def test_a_motion_goes_from_branch_to_district_to_congress_and_the_chain_is_kept(
    world: World, sent_as: SentAs, movers: list[str]
) -> None:
    branch, opened = world.actor("branch_secretary"), datetime(2026, 2, 1, 13, 0, tzinfo=UTC)
    motion = await Drafting(world.database, BEFORE).create(world.annual_meeting, TEXT, actor=world.actor("mover"))
    await Drafting(world.database, BEFORE).submit(motion, actor=world.actor("mover"))
    await Admission(world.database, BEFORE).admit(motion, actor=branch)
    reply = Reply("Bra.", (Recommendation(1, Outcome.APPROVE),), "Styrelsen § 3", present=2)
    await Replies(world.database, BEFORE).adopt(motion, reply, actor=branch)
    await Decisions(world.database, BEFORE).schedule(motion, actor=branch)
    await Meetings(world.database, opened).open(world.annual_meeting, actor=branch)
    (clause,) = await clause_ids(world, motion)
    await Decisions(world.database, opened).decide(clause, Verdict(Outcome.APPROVE), actor=branch)
    sending = Sending(world.meeting, sent_as, "Årsmöte 1 februari, § 12", date(2026, 2, 1))
    sent = await Forwarding(world.database, opened + timedelta(days=1)).send_on(motion, sending, actor=branch)
    async with world.database.unit(opened) as unit:
        row = await unit.motions.row(sent)
        assert (row.origin_id, row.sent_as, row.state) == (motion, sent_as, MotionState.SUBMITTED)
        assert row.receipt_number == 1
        found = await unit.motions.movers(sent)
        assert ["unit" if mover.unit_id else "member" for mover in found] == movers
    await _on_to_congress(world, sent)


async def _on_to_congress(world: World, motion: UUID) -> None:
    secretary, party = world.actor("secretary"), world.bodies["party/congress"]
    plan = Plan(party, world.bodies["party/board"], MeetingKind.CONGRESS, "Kongress 2026", STARTS + timedelta(days=200))
    congress = await Meetings(world.database, BEFORE).plan(plan, actor=world.actor("party_secretary"))
    await Meetings(world.database, BEFORE).call(congress, actor=world.actor("party_secretary"))
    await Admission(world.database, BEFORE).admit(motion, actor=secretary)
    await Decisions(world.database, BEFORE).schedule(motion, actor=secretary)
    await Meetings(world.database, STARTS).open(world.meeting, actor=secretary)
    (clause,) = await clause_ids(world, motion)
    await Decisions(world.database, STARTS).decide(clause, Verdict(Outcome.APPROVE), actor=secretary)
    sending = Sending(congress, SentAs.ADOPTED, "DÅK 21 mars, § 20", STARTS.date())
    at_congress = await Forwarding(world.database, STARTS).send_on(motion, sending, actor=secretary)
    async with world.database.unit(STARTS) as unit:
        top = await unit.motions.row(at_congress)
        middle = await unit.motions.row(motion)
        assert top.origin_id == motion
        assert middle.origin_id is not None
    late = replace(sending, meeting_id=congress)
    with pytest.raises(StepDenied, match="target_deadline_passed"):
        await Forwarding(world.database, STARTS + timedelta(days=180)).send_on(motion, late, actor=secretary)


async def test_movers_are_told_by_mail_and_by_letter(world: World) -> None:
    motion = await prepared(world)
    async with world.database.unit(BEFORE) as unit:
        rows = (await unit.session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()
    told = [(row.channel, row.purpose, row.member_id) for row in rows]
    assert told == [
        ("mail", "motion_receipt", world.members["mover"]),
        ("mail", "motion_admitted", world.members["mover"]),
    ]
    assert "nummer 1" in rows[0].body
    assert "10 januari 2026 kl. 13.00" in rows[0].body
    assert motion is not None


async def test_an_invited_co_mover_without_mail_gets_a_letter(world: World) -> None:
    drafting = Drafting(world.database, BEFORE)
    motion = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.invite(motion, world.numbers["birger"], actor=world.actor("mover"))
    async with world.database.unit(BEFORE) as unit:
        (row,) = (await unit.session.scalars(select(OutboxRow))).all()
        assert (row.channel, row.purpose) == ("letter", "motion_invitation")
    await drafting.submit(motion, actor=world.actor("mover"))
    assert await state_of(world, motion) is MotionState.SUBMITTED
