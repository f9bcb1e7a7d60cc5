"""Two who act at once on one matter: one outcome, and the other is told why."""

import asyncio

from democracy.services.proceedings.divisions import Divisions, Handed
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.orders import Orders
from tests.deciding import (
    at_passage,
)
from tests.world import World
from workflows.engine import StepDenied
from workflows.proceedings import Choice, ProposalKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState

K, S = ProposalKind, ProposalState
YES, NO = Choice.YES, Choice.NO


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
