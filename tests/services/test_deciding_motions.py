"""Motions, blocks and the forms of a meeting: decided point by point, or many at once."""

from uuid import UUID

import pytest

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, Outcome
from democracy.services.motions.decisions import Decisions, Verdict, Votes
from democracy.services.proceedings.blocks import AllTo, Blocks
from democracy.services.proceedings.preparing import prepare_matters
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.recording import Heard, Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.storage.tables.agenda import AgendaItemRow
from tests.deciding import (
    OWN,
    Hall,
    MotionHall,
    at_item,
    at_motion,
    at_passage,
    codes,
    item,
    movers,
)
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.motion import MotionState
from workflows.proceedings import Choice, Formality, ItemKind, ProposalKind
from workflows.proposal import ProposalState

K, S = ProposalKind, ProposalState
YES, NO = Choice.YES, Choice.NO


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
