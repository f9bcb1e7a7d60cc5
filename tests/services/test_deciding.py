"""How a matter is decided, on both databases: orders of questions, the gavel, and what it does."""

import json

import pytest

from democracy.domain.kinds import Outcome
from democracy.domain.question_order import Form
from democracy.services.motions.replies import Recommendation
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Suggestion
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.reopening import Reopening
from democracy.storage.tables.matter import MatterRow
from tests.deciding import OWN, at_motion, at_passage, codes, under_another_order
from tests.world import World
from workflows.engine import StepDenied
from workflows.matter import MatterState
from workflows.proceedings import Choice, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.statutes.parameters.meetings import Matter

K, S = ProposalKind, ProposalState
YES, NO = Choice.YES, Choice.NO


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
