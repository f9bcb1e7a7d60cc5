"""How a matter is decided, on both databases: proposals, orders of questions, the gavel, and what it does."""

import asyncio
import json
from uuid import UUID

import pytest
from sqlalchemy import update

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, Outcome
from democracy.domain.question_order import Form
from democracy.services.motions.decisions import Decisions, Verdict, Votes
from democracy.services.motions.replies import Recommendation
from democracy.services.proceedings.blocks import AllTo, Blocks
from democracy.services.proceedings.divisions import Divisions, Handed
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Orders, Suggestion
from democracy.services.proceedings.preparing import prepare_matters
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.recording import Heard, Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.storage import proposals, statutes
from democracy.storage.tables.agenda import AgendaItemRow, WaiverRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.meeting import MeetingRow
from tests.deciding import OWN, Hall, MotionHall, at_item, at_motion, at_passage, item
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.motion import MotionState
from workflows.proceedings import Choice, Formality, ItemKind, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.statutes import packaged, resolve
from workflows.statutes.parameters.meetings import Matter

K, S = ProposalKind, ProposalState
YES, NO = Choice.YES, Choice.NO


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {denial.code for denial in refused.value.denials}


async def movers(hall: Hall, label: str) -> list[UUID | None]:
    """Those who stand behind a proposal."""
    found = (await hall.proposals())[label]
    async with hall.world.database.unit(hall.now) as unit:
        return [each.member_id for each in await proposals.standing_movers(unit.session, found.id)]


async def under_another_order(hall: Hall) -> None:
    """Let the meeting follow a small association's own statutes."""
    async with hall.world.database.unit(hall.now) as unit:
        digest = await statutes.keep(unit.session, resolve(packaged("smaforeningen")))
        await unit.session.execute(
            update(MeetingRow).where(MeetingRow.id == hall.conference.meeting).values(statutes_digest=digest)
        )


# Proposals


async def test_what_means_the_same_is_put_once_with_all_its_movers(world: World) -> None:
    hall = await at_passage(world)
    first = await hall.propose(K.REJECT, by=hall.ombud(1))
    again = await hall.propose(K.REJECT, by=hall.ombud(2))
    text = await hall.propose(K.AMENDMENT, "Heltid från 2027.", by=hall.ombud(1))
    same = await hall.propose(K.AMENDMENT, "  heltid  från 2027. ", by=hall.ombud(3))
    assert (first, text) == (again, same)
    assert list(await hall.proposals()) == ["A", "B", "C"]
    assert await movers(hall, "B") == [hall.ombud(1).id, hall.ombud(2).id]
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.ombud(2))
    assert codes(refused) == {"stands_already"}


async def test_only_those_with_the_right_propose_and_for_another_only_the_secretary(world: World) -> None:
    hall = await at_passage(world)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=world.actor("member"))
    assert codes(refused) == {"not_your_role", "mover_without_right"}
    for_another = Receipt(hall.ombud(2).id, Channel.FLOOR)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.ombud(1), receipt=for_another)
    assert codes(refused) == {"not_your_role"}
    without_right = Receipt(world.members["member"], Channel.PAPER)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.secretary, receipt=without_right)
    assert codes(refused) == {"mover_without_right"}
    assert list(await hall.proposals()) == ["A"]


async def test_what_a_proposal_lacks_is_told_at_once(world: World) -> None:
    hall = await at_passage(world)
    for kind, more, missing in (
        (K.AMENDMENT, {}, {"text_missing"}),
        (K.DEFER, {}, {"meeting_missing"}),
        (K.DEFER, {"back_at": hall.conference.meeting}, {"named_meeting_unfit"}),
        (K.ADDITION, {"text": "Det utvärderas.", "adds_to": None}, {"adds_to_missing"}),
        (K.REFER, {}, {"recipient_missing"}),
        (K.REFER_BACK, {"recipient": "DS", "reason": "Oklart."}, {"instruction_missing", "return_missing"}),
    ):
        with pytest.raises(StepDenied) as refused:
            await hall.propose(kind, **more)
        assert codes(refused) == missing


async def test_after_yrkandestopp_only_formal_proposals_unless_the_meeting_waives_it(world: World) -> None:
    hall = await at_passage(world)
    made = await hall.propose(K.REJECT, by=hall.ombud(1))
    await hall.change(AgendaItemRow, hall.item, proposals_close_at=hall.now)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.AMENDMENT, "Heltid.")
    assert codes(refused) == {"proposals_closed"}
    await hall.propose(K.DEFER, back_at=world.next_meeting)
    await hall.service(Proposals).join(made, OWN, actor=hall.ombud(2))
    await hall.service(Proposals).withdraw(made, OWN, actor=hall.ombud(1))
    async with world.database.unit(hall.now) as unit:
        unit.session.add(
            WaiverRow(
                id=new_id(), meeting_id=hall.conference.meeting, item_id=hall.item, workflow="proposal",
                code="proposals_closed", reason="Alla hann inte.", decided_at=hall.now,
            )
        )  # fmt: skip
    await hall.propose(K.AMENDMENT, "Heltid.")
    assert await movers(hall, "B") == [hall.ombud(2).id]


async def test_a_withdrawn_proposal_is_taken_over_by_another(world: World) -> None:
    hall = await at_passage(world)
    made = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(1))
    service = hall.service(Proposals)
    with pytest.raises(StepDenied) as refused:
        await service.withdraw(made, OWN, actor=hall.ombud(2))
    assert codes(refused) == {"not_your_role", "not_a_mover"}
    await service.withdraw(made, OWN, actor=hall.ombud(1))
    assert (await hall.states())["B"] is S.WITHDRAWN
    await service.take_over(made, OWN, actor=hall.ombud(2))
    assert ((await hall.states())["B"], await movers(hall, "B")) == (S.MADE, [hall.ombud(2).id])


async def test_the_board_withdraws_its_own_and_a_matter_without_proposals_lapses(world: World) -> None:
    hall = await at_passage(world)
    first = (await hall.proposals())["A"].id
    with pytest.raises(StepDenied) as refused:
        await hall.service(Matters).lapse(hall.matter, actor=hall.chair)
    assert codes(refused) == {"proposals_stand"}
    await hall.service(Proposals).withdraw(first, OWN, actor=hall.board)
    await hall.service(Matters).lapse(hall.matter, actor=hall.chair)
    assert await hall.state() is MatterState.LAPSED
    await hall.service(Reopening).reopen(hall.matter, "Någon vill yrka.", actor=hall.chair)
    await hall.service(Proposals).take_over(first, OWN, actor=hall.ombud(0))
    assert await hall.states() == {"A": S.MADE}


async def test_a_declined_reconciliation_leaves_its_sources_as_they_were(world: World) -> None:
    hall = await at_passage(world)
    one = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(0))
    other = await hall.propose(K.AMENDMENT, "Heltid 2027.", by=hall.ombud(1), variant_of=one)
    service, text = hall.service(Reconciling), Wording(K.AMENDMENT, "Heltid, helst 2027.")
    with pytest.raises(StepDenied) as refused:
        await service.reconcile(hall.matter, [one, new_id()], text, OWN, actor=hall.ombud(0))
    assert codes(refused) == {"sources_missing"}
    jamkning = await service.reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    with pytest.raises(StepDenied) as refused:
        await service.accept(jamkning, OWN, actor=hall.ombud(2))
    assert codes(refused) == {"not_your_role", "not_asked"}
    await service.decline(jamkning, OWN, actor=hall.ombud(1))
    assert await hall.states() == {"A": S.MADE, "B1": S.MADE, "B2": S.MADE, "B": S.WITHDRAWN}
    again = await service.reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    await service.accept(again, OWN, actor=hall.ombud(1))
    assert (await hall.states())["C"] is S.MADE


async def test_a_reconciliation_that_nobody_answers_comes_to_nothing_when_the_order_is_approved(world: World) -> None:
    hall = await at_passage(world)
    one = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(0))
    other = await hall.propose(K.AMENDMENT, "Heltid 2027.", by=hall.ombud(1))
    text = Wording(K.AMENDMENT, "Heltid, helst 2027.")
    await hall.service(Reconciling).reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    await hall.ordered()
    assert await hall.states() == {"A": S.MADE, "B": S.MADE, "C": S.MADE, "D": S.WITHDRAWN}


# The order of questions


async def test_an_order_has_to_hold_every_proposal_once(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.AMENDMENT, "Heltid.")
    with pytest.raises(StepDenied) as refused:
        await hall.order()
    assert codes(refused) == {"wrong_state"}
    await hall.debate_over()
    with pytest.raises(StepDenied) as refused:
        await hall.order(by=hall.ombud(2))
    assert codes(refused) == {"chair_order_missing"}
    with pytest.raises(StepDenied) as refused:
        await hall.order(Suggestion(rivals=(b,)))
    assert codes(refused) == {"order_unfit"}
    with pytest.raises(StepDenied) as refused:
        await hall.approve()
    assert codes(refused) == {"order_missing"}
    await hall.order(Suggestion(main=b, form=Form.SEQUENCE))
    await hall.approve()
    (rivals,) = await hall.questions()
    assert json.loads(rivals.proposals)[0] == b.hex


async def test_the_meeting_may_prefer_a_rival_order_and_then_the_chair_cannot_change_it(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.AMENDMENT, "Heltid.")
    await hall.debate_over()
    await hall.order()
    await hall.order(Suggestion(main=b), by=hall.ombud(1))
    with pytest.raises(StepDenied) as refused:
        await hall.approve()
    assert codes(refused) == {"rival_order_undecided"}
    await hall.name(NO)
    await hall.ask_division(hall.ombud(2))
    await hall.vote(2, 3, 1)
    await hall.gavel()
    with pytest.raises(StepDenied) as refused:
        await hall.order()
    assert codes(refused) == {"order_chosen"}
    await hall.approve()
    rivals = next(each for each in await hall.questions() if each.kind is QuestionKind.RIVALS)
    assert json.loads(rivals.proposals)[0] == b.hex


async def test_the_debate_is_opened_again_as_long_as_nothing_was_put(world: World) -> None:
    hall = await at_passage(world)
    await hall.ordered()
    await hall.service(Matters).reopen_debate(hall.matter, actor=hall.chair)
    await hall.propose(K.REJECT)
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Matters).reopen_debate(hall.matter, actor=hall.chair)
    assert codes(refused) == {"question_put"}


# The gavel


async def test_a_single_proposal_can_be_said_no_to(world: World) -> None:
    hall = await at_passage(world)
    await hall.propose(K.ADDITION, "Det utvärderas.")
    await hall.ordered()
    await hall.find(NO)
    assert await hall.states() == {"A": S.LOST, "B": S.FALLEN}
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.REJECT, (await hall.proposals())["A"].id)


async def test_the_chair_names_another_winner_until_the_gavel_falls(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.AMENDMENT, "Heltid.")
    addition = await hall.propose(K.ADDITION, "Det utvärderas.", adds_to=b)
    await hall.ordered()
    await hall.name(b)
    with pytest.raises(StepDenied) as refused:
        await hall.name(addition)
    assert codes(refused) == {"named_unfit"}
    question = await hall.name((await hall.proposals())["A"].id)
    await hall.gavel(unanimous=True)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Gavel).fall(question, actor=hall.chair)
    assert codes(refused) == {"wrong_state"}
    assert await hall.states() == {"A": S.CARRIED, "B": S.LOST, "C": S.FALLEN}
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.unanimous) == (Outcome.APPROVE, True)


async def test_referring_back_decides_the_matter_and_everything_else_falls(world: World) -> None:
    hall = await at_passage(world)
    await hall.propose(K.AMENDMENT, "Heltid.")
    back = await hall.propose(
        K.REFER_BACK, recipient="DS", instruction="Räkna.", reason="Oklart.", back_by="nästa år"
    )  # fmt: skip
    await hall.ordered()
    await hall.find(NO)
    assert await hall.states() == {"A": S.FALLEN, "B": S.FALLEN, "C": S.CARRIED}
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.REFER_BACK, back)


async def test_several_ways_of_not_deciding_today_are_put_one_after_the_other(world: World) -> None:
    hall = await at_passage(world)
    await hall.propose(K.REFER_BACK, recipient="DS", instruction="Räkna.", reason="Oklart.", back_by="i höst")
    later = await hall.propose(K.DEFER, back_at=world.next_meeting)
    await hall.ordered()
    await hall.find(YES)
    await hall.find(NO)
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.DEFER, later)


async def test_a_third_of_those_present_sends_a_matter_back_once_where_the_statutes_say_so(world: World) -> None:
    hall = await at_passage(world, ombud=9)
    await under_another_order(hall)
    await hall.propose(K.REFER_BACK, recipient="DS", instruction="Räkna.", reason="Oklart.", back_by="i höst")
    await hall.ordered()
    for _ in range(2):
        await hall.name(YES)
        for index in range(3):
            await hall.ask_division(hall.ombud(index))
        await hall.vote(6, 3)
        await hall.gavel()
        if await hall.state() is MatterState.DECIDED:
            (decision,) = await hall.decisions()
            assert (decision.outcome, decision.by_minority) == (Outcome.REFER_BACK, True)
            await hall.service(Reopening).reopen(hall.matter, "Siffrorna finns.", actor=hall.chair)
            await hall.ordered()
    assert (await hall.states())["B"] is S.LOST
    assert await hall.state() is MatterState.ORDERED


async def test_rejection_is_put_first_by_itself_where_the_statutes_say_so(world: World) -> None:
    hall = await at_passage(world)
    await under_another_order(hall)
    await hall.propose(K.REJECT)
    await hall.propose(K.ADDITION, "Det utvärderas.")
    await hall.ordered()
    assert [len(json.loads(each.proposals)) for each in await hall.questions()] == [1, 1, 1]
    await hall.find(NO)
    await hall.find(YES)
    await hall.find(YES)
    assert await hall.states() == {"A": S.CARRIED, "B": S.LOST, "C": S.CARRIED}


async def test_equal_figures_on_a_matter_defer_it_and_nothing_is_lost(world: World) -> None:
    hall = await at_motion(world)
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    await hall.ask_division()
    await hall.vote(3, 3)
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.DEFER, None)
    assert [each.outcome for each in await hall.clause_decisions()] == [Outcome.DEFER]


async def test_what_changes_the_statutes_meets_what_is_unchanged_under_the_greater_majority(world: World) -> None:
    hall = await at_motion(world, Recommendation(1, Outcome.APPROVE), ombud=9)
    await hall.change(MatterRow, hall.matter, majority=Matter.STATUTES.value)
    b = await hall.propose(K.AMENDMENT, "att stadgan ändras lite.")
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    await hall.ask_division()
    await hall.service(Gavel).approve_voting((await hall.questions())[0].id, actor=hall.chair)
    await hall.vote(4, 5)
    await hall.vote(5, 4)
    (root,) = await hall.questions()
    assert (root.named_id, root.answer) == (None, NO)
    await hall.gavel()
    assert await hall.states() == {"A": S.LOST, "B": S.LOST}
    assert [each.outcome for each in await hall.clause_decisions()] == [Outcome.REJECT]
    assert b in {row.id for row in (await hall.proposals()).values()}


async def test_a_proposal_withdrawn_in_mid_chain_leaves_its_place(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(1))
    c = await hall.propose(K.COUNTER, "En fond.", by=hall.ombud(2))
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    await hall.ask_division()
    await hall.find(b)
    await hall.service(Proposals).withdraw(b, OWN, actor=hall.ombud(1))
    await hall.vote(2, 4)
    await hall.gavel()
    assert await hall.states() == {"A": S.LOST, "B": S.WITHDRAWN, "C": S.CARRIED}
    assert (await hall.decisions())[0].proposal_id == c


async def test_with_everything_withdrawn_the_debate_is_open_again(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(1))
    first = (await hall.proposals())["A"].id
    await hall.ordered()
    await hall.name(b)
    await hall.service(Proposals).withdraw(b, OWN, actor=hall.ombud(1))
    (question,) = await hall.questions()
    assert question.state is QuestionState.PUT
    await hall.service(Proposals).withdraw(first, OWN, actor=hall.board)
    assert await hall.state() is MatterState.OPEN
    await hall.service(Proposals).take_over(first, OWN, actor=hall.ombud(3))
    await hall.ordered()
    await hall.find(YES)
    assert await hall.state() is MatterState.DECIDED


# Motions


async def test_an_att_sats_begins_with_the_boards_proposal_and_its_own(world: World) -> None:
    hall = await at_motion(world)
    kinds = [(label, row.kind, row.from_board, row.of_motion) for label, row in (await hall.proposals()).items()]
    assert kinds == [("A", K.REJECT, True, False), ("B", K.APPROVE, False, True)]
    hall.matter = hall.matters[1]
    kinds = [(label, row.kind, row.from_board, row.of_motion) for label, row in (await hall.proposals()).items()]
    assert kinds == [("A", K.APPROVE, True, True)]
    made = (await hall.proposals())["A"].id
    await hall.service(Proposals).withdraw(made, OWN, actor=hall.board)
    assert (await movers(hall, "A"), (await hall.proposals())["A"].from_board) == ([world.members["mover"]], False)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Proposals).withdraw(made, OWN, actor=world.actor("mover"))
    assert codes(refused) == {"belongs_to_meeting"}


async def test_each_att_sats_is_decided_under_the_items_number_and_then_the_motion_is(world: World) -> None:
    hall = await at_motion(world)
    b = (await hall.proposals())["B"].id
    await hall.propose(K.ADDITION, "Det ska vara klart till jul.")
    await hall.ordered()
    await hall.find(b)
    await hall.find(YES)
    hall.matter = hall.matters[1]
    await hall.ordered()
    await hall.find(YES)
    first, second = await hall.clause_decisions()
    assert (first.outcome, first.paragraph) == (Outcome.APPROVE_REWORDED, "§ 14")
    assert first.wording == "att distriktet gör sak 1.\n\nDet ska vara klart till jul."
    assert (second.outcome, second.as_recommended) == (Outcome.APPROVE, True)
    assert await hall.motion_state() is MotionState.DECIDED


async def test_what_the_meeting_has_taken_up_is_not_decided_beside_it(world: World) -> None:
    hall = await at_motion(world)
    async with world.database.unit(hall.now) as unit:
        clause = (await unit.motions.clauses(hall.motion))[0].id
    with pytest.raises(StepDenied) as refused:
        await hall.service(Decisions).decide(clause, Verdict(Outcome.APPROVE), actor=hall.chair)
    assert codes(refused) == {"under_proceedings"}
    b = (await hall.proposals())["B"].id
    await hall.service(Recording).decide(hall.matter, Heard(b), actor=hall.chair)
    assert [each.outcome for each in await hall.clause_decisions()] == [Outcome.APPROVE]


async def test_what_was_heard_in_the_room_has_to_be_a_proposal_that_stands(world: World) -> None:
    hall = await at_passage(world)
    reject = await hall.propose(K.REJECT)
    addition = await hall.propose(K.ADDITION, "Det utvärderas.")
    for heard in (Heard(None), Heard(new_id()), Heard(addition), Heard(reject, (addition,))):
        with pytest.raises(StepDenied) as refused:
            await hall.service(Recording).decide(hall.matter, heard, actor=hall.chair)
        assert codes(refused) == {"winner_unfit"}
    with pytest.raises(StepDenied) as refused:
        await hall.service(Recording).decide(hall.matter, Heard(reject), actor=hall.ombud(1))
    assert codes(refused) == {"not_your_role"}
    await hall.service(Recording).decide(hall.matter, Heard(reject), actor=hall.secretary)
    assert await hall.states() == {"A": S.LOST, "B": S.CARRIED, "C": S.FALLEN}


async def test_a_decided_matter_is_locked_until_the_meeting_takes_it_up_again(world: World) -> None:
    hall = await at_motion(world)
    made = await hall.proposals()
    reject, approve = made["A"].id, made["B"].id
    await hall.service(Recording).decide(hall.matter, Heard(reject), actor=hall.chair)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.NOTED)
    assert codes(refused) == {"debate_closed"}
    reopening = hall.service(Reopening)
    with pytest.raises(StepDenied) as refused:
        await reopening.reopen(hall.matter, " ", Votes(2, 3), actor=hall.chair)
    assert codes(refused) == {"reopening_not_carried", "reason_missing"}
    await reopening.reopen(hall.matter, "En siffra var fel.", Votes(4, 1), actor=hall.chair)
    assert await hall.states() == {"A": S.MADE, "B": S.MADE}
    await hall.ordered()
    await hall.find(approve)
    old, new = await hall.decisions()
    assert (old.replaced_reason, new.outcome, new.replaced_at) == ("En siffra var fel.", Outcome.APPROVE, None)
    assert [each.outcome for each in await hall.clause_decisions()] == [Outcome.APPROVE]


# Blocks


async def in_a_block(world: World) -> tuple[MotionHall, UUID]:
    """A block that holds a motion with two att-satser."""
    hall = await at_motion(world)
    block = await item(hall, ItemKind.MOTION_BLOCK, number=20)
    await hall.change(AgendaItemRow, hall.item, parent_id=block, state=ItemState.PLANNED, number=None)
    return hall, block


async def test_a_block_decides_each_matter_in_it_as_the_board_proposes(world: World) -> None:
    hall, block = await in_a_block(world)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Blocks).decide(block, actor=hall.ombud(0))
    assert codes(refused) == {"not_your_role"}
    await hall.service(Blocks).decide(block, actor=hall.chair)
    decided = await hall.clause_decisions()
    assert [each.outcome for each in decided] == [Outcome.REJECT, Outcome.APPROVE]
    assert all(each.as_recommended for each in decided)
    assert ((await hall.decisions())[0].in_block, await hall.motion_state()) == (True, MotionState.DECIDED)


async def test_whoever_may_propose_lifts_an_item_out_until_the_gavel(world: World) -> None:
    hall, _block = await in_a_block(world)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Blocks).lift(hall.item, OWN, actor=world.actor("member"))
    assert codes(refused) == {"not_your_role"}
    await hall.service(Blocks).lift(hall.item, OWN, actor=hall.ombud(2))
    await hall.change(AgendaItemRow, hall.item, state=ItemState.OPEN, number=21)
    await hall.ordered()
    await hall.find((await hall.proposals())["B"].id)
    assert [each.outcome for each in await hall.clause_decisions()] == [Outcome.APPROVE]
    assert "matter.lift" in await hall.steps()


async def test_what_is_contested_is_not_decided_in_a_block(world: World) -> None:
    hall, block = await in_a_block(world)
    await hall.propose(K.CONSIDERED_ANSWERED)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Blocks).decide(block, actor=hall.chair)
    assert codes(refused) == {"contested"}
    assert await hall.clause_decisions() == []


async def test_a_whole_category_is_referred_in_one_decision(world: World) -> None:
    hall, block = await in_a_block(world)
    all_to = AllTo(K.REFER, "Distriktsstyrelsen", Receipt(hall.ombud(1).id, Channel.FLOOR))
    await hall.service(Blocks).decide(block, all_to, actor=hall.secretary)
    decided = await hall.clause_decisions()
    assert [(each.outcome, each.recipient) for each in decided] == [(Outcome.REFER, "Distriktsstyrelsen")] * 2


# The meeting's own forms


async def test_what_the_meeting_decides_on_its_roll_fixes_it(world: World) -> None:
    hall = await at_item(world, ItemKind.FORMALITIES, formality=Formality.ROLL)
    await hall.ordered()
    await hall.find(YES)
    assert "roll.adjust" in await hall.steps()


async def test_items_give_the_meeting_something_to_decide_once(world: World) -> None:
    hall = await at_item(world, ItemKind.DISCHARGE)
    assert {label: row.kind for label, row in (await hall.proposals()).items()} == {"A": K.APPROVE}
    async with world.database.unit(hall.now) as unit:
        assert await prepare_matters(unit, hall.item, actor=hall.chair) == []
    report = await at_item_again(hall, ItemKind.REPORT)
    assert {label: row.kind for label, row in (await report.proposals()).items()} == {"A": K.NOTED}


async def at_item_again(hall: Hall, kind: ItemKind) -> Hall:
    """The same conference at another item."""
    other = Hall(hall.conference)
    other.item = await item(hall, kind, number=15)
    async with hall.world.database.unit(hall.now) as unit:
        (other.matter,) = await prepare_matters(unit, other.item, actor=hall.chair)
    return other


# Two at once


async def raced(*attempts: object) -> list[object]:
    """Everybody at the same time."""
    return list(await asyncio.gather(*attempts, return_exceptions=True))  # type: ignore[call-overload]


async def test_of_two_gavels_one_decides_and_the_other_is_told_why(world: World) -> None:
    hall = await at_passage(world)
    await hall.ordered()
    question = await hall.name(YES)
    gavel = hall.service(Gavel)
    results = await raced(gavel.fall(question, actor=hall.chair), gavel.fall(question, actor=hall.secretary))
    (refused,) = [each for each in results if isinstance(each, StepDenied)]
    assert [each.code for each in refused.denials] == ["wrong_state"]
    assert len(await hall.decisions()) == 1


async def test_of_a_gavel_and_a_division_asked_for_one_wins_and_the_other_is_told_why(world: World) -> None:
    hall = await at_passage(world)
    await hall.ordered()
    question = await hall.name(YES)
    results = await raced(
        hall.service(Divisions).request(question, Handed(), actor=hall.ombud(0)),
        hall.service(Gavel).fall(question, actor=hall.chair),
    )
    (refused,) = [each for each in results if isinstance(each, Exception)]
    assert isinstance(refused, StepDenied)
    decided = bool(await hall.decisions())
    assert {each.code for each in refused.denials} <= ({"gavel_fallen", "wrong_state"} if decided else {"wrong_state"})
    (root,) = await hall.questions()
    assert root.state is (QuestionState.DECIDED if decided else QuestionState.DIVIDING)


async def test_two_chairs_approve_one_order(world: World) -> None:
    hall = await at_passage(world)
    await hall.debate_over()
    await hall.order()
    orders = hall.service(Orders)
    results = await raced(
        orders.approve(hall.matter, actor=hall.chair), orders.approve(hall.matter, actor=hall.secretary)
    )
    assert len([each for each in results if isinstance(each, StepDenied)]) == 1
    assert len(await hall.questions()) == 1


async def test_ten_proposals_at_once_get_ten_labels(world: World) -> None:
    hall = await at_passage(world, ombud=10)
    texts = [f"Förslag {number}." for number in range(10)]
    await raced(*(hall.propose(K.COUNTER, text, by=hall.ombud(at)) for at, text in enumerate(texts)))
    assert list(await hall.proposals()) == sorted("ABCDEFGHIJK")
