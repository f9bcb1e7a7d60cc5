"""Figures of a division: equal, settled by lot, corrected, annulled and taken again."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from democracy.counting.lots import commit
from democracy.errors import InvalidInputError
from democracy.services.proceedings.announcing import Correction, HandLot, Tiebreak
from democracy.services.proceedings.outcome import Count
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import CountRow
from tests.divisions import Choice, Room, codes, room
from tests.world import World
from workflows.division import DivisionState
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.proceedings import DivisionMethod, ProposalKind, QuestionKind

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


async def test_equal_figures_defer_the_matter_the_first_time(world: World) -> None:
    deciding = await room(world)
    division = await deciding.counted(3, 3)
    await deciding.announcing.announce(division, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.winner, row.settled_by) == (None, "deferred")


async def test_equal_figures_on_procedure_are_settled_by_lot_before_two_witnesses(world: World) -> None:
    deciding = await room(world, kind=QuestionKind.TODAY, kinds=(ProposalKind.REFER_BACK,))
    numbers = [await deciding.number(deciding.conference.ombud[index], f"80{index}") for index in (1, 2)]
    division = await deciding.counted(2, 2, 1)
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.announce(division, actor=deciding.chair)
    assert codes(refused) == {"lot_missing"}
    for witnesses in (tuple(numbers[:1]), (numbers[0], numbers[0]), (numbers[0], world.numbers["presidium"])):
        tiebreak = Tiebreak(by_hand=HandLot(NO, witnesses))
        with pytest.raises(InvalidInputError):
            await deciding.announcing.announce(division, tiebreak, actor=deciding.chair)
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.announce(division, Tiebreak(casting=YES), actor=deciding.chair)
    assert codes(refused) == {"lot_missing", "casting_vote_not_given"}
    tiebreak = Tiebreak(by_hand=HandLot(NO, tuple(numbers)))
    await deciding.announcing.announce(division, tiebreak, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.winner, row.settled_by) == (NO, "lot")
    assert row.lot is not None
    assert json.loads(row.lot)["lots"][0]["order"] == ["nej", "ja"]


async def test_a_lot_is_drawn_from_shares_that_were_committed_to_before_the_vote(world: World) -> None:
    deciding = await room(world, kind=QuestionKind.TODAY, kinds=(ProposalKind.REFER_BACK,))
    shares = [bytes([index]) * 32 for index in range(2)]
    division = await deciding.ask()
    for index, share in enumerate(shares):
        await deciding.lots.commit(division, commit(share), actor=deciding.ombud(index))
    with pytest.raises(StepDenied) as refused:
        await deciding.lots.commit(division, commit(b"andra" * 8), actor=deciding.ombud(0))
    assert codes(refused) == {"committed_before"}
    await deciding.open(DivisionMethod.SHOW_OF_CARDS)
    await deciding.divisions.close(division, Count(3, 3), actor=deciding.chair)
    with pytest.raises(StepDenied) as refused:
        await deciding.lots.reveal(division, shares[1].hex(), actor=deciding.ombud(0))
    assert codes(refused) == {"share_unknown"}
    await deciding.lots.reveal(division, shares[0].hex(), actor=deciding.ombud(0))
    await deciding.announcing.announce(division, Tiebreak(by_shares=True), actor=deciding.chair)
    row = await deciding.row(division)
    assert row.lot is not None
    kept = json.loads(row.lot)
    assert row.settled_by == "lot"
    assert kept["withheld"] == [commit(shares[1])]
    assert {"ja": YES, "nej": NO}[kept["lots"][0]["order"][0]] is row.winner


async def test_a_lot_where_there_is_a_majority_is_refused(world: World) -> None:
    deciding = await room(world)
    numbers = [await deciding.number(deciding.conference.ombud[index], f"80{index}") for index in (1, 2)]
    division = await deciding.counted(4, 2)
    tiebreak = Tiebreak(by_hand=HandLot(NO, tuple(numbers)))
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.announce(division, tiebreak, actor=deciding.chair)
    assert codes(refused) == {"lot_not_due"}


async def test_figures_are_corrected_with_a_teller_and_the_outcome_is_named_anew(world: World) -> None:
    deciding = await room(world)
    await deciding.elect_teller(deciding.conference.ombud[4])
    number = await deciding.number(deciding.conference.ombud[4], "9004")
    division = await deciding.counted(4, 2)
    await deciding.announcing.announce(division, actor=deciding.chair)
    for wrong, code in (
        (Correction(Count(2, 4), "", number), "reason_missing"),
        (Correction(Count(2, 4), "Förväxlade", "okänd"), "teller_missing"),
        (Correction(Count(5, 4), "Förväxlade", number), "above_roll"),
    ):
        with pytest.raises(StepDenied) as refused:
            await deciding.announcing.correct(division, wrong, actor=deciding.chair)
        assert codes(refused) == {code}
    right = Correction(Count(2, 4), "Förväxlade", number)
    await deciding.announcing.correct(division, right, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.yes, row.no, row.winner) == (2, 4, NO)
    assert await deciding.count(CountRow) == 2
    step = (await deciding.steps(division))[-1]
    outcome = json.loads(step.record)["outcome"]
    assert (outcome["before"], outcome["after"]) == ([4, 2, 0, 0], [2, 4, 0, 0])


async def test_once_the_next_item_is_open_figures_are_corrected_aloud_and_never_turn_what_was_decided(
    world: World,
) -> None:
    deciding = await room(world)
    await deciding.elect_teller(deciding.conference.ombud[4])
    number = await deciding.number(deciding.conference.ombud[4], "9004")
    division = await deciding.counted(4, 2)
    await deciding.announcing.announce(division, actor=deciding.chair)
    await deciding.decide()
    deciding.now += timedelta(minutes=5)
    await _next_item(deciding)
    quietly, aloud = Correction(Count(3, 2), "Fel", number), Correction(Count(3, 2), "Fel", number, aloud=True)
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.correct(division, quietly, actor=deciding.chair)
    assert codes(refused) == {"next_item_opened"}
    turned = Correction(Count(2, 3), "Fel", number, aloud=True)
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.correct(division, turned, actor=deciding.chair)
    assert codes(refused) == {"decided_stands"}
    await deciding.announcing.correct(division, aloud, actor=deciding.chair)
    assert (await deciding.row(division)).yes == 3


async def _next_item(deciding: Room) -> None:
    await deciding.change(AgendaItemRow, deciding.item, state=ItemState.CLOSED)
    async with deciding.world.database.unit(deciding.now) as unit:
        old = await unit.session.get_one(AgendaItemRow, deciding.item)
        unit.session.add(
            AgendaItemRow(
                id=UUID(int=15), meeting_id=old.meeting_id, kind=old.kind, state=ItemState.OPEN, position=2, number=15,
                title="Nästa", opened_at=deciding.now, version=0,
            )
        )  # fmt: skip


async def test_a_vote_that_went_wrong_is_annulled_with_a_reason_and_taken_again(world: World) -> None:
    deciding = await room(world)
    division = await deciding.counted(4, 2)
    with pytest.raises(StepDenied) as refused:
        await deciding.divisions.annul(division, " ", actor=deciding.chair)
    assert codes(refused) == {"reason_missing"}
    await deciding.announcing.announce(division, actor=deciding.chair)
    await deciding.divisions.annul(division, "Korten räknades två gånger", actor=deciding.chair)
    async with world.database.read():
        row = await deciding.row(division)
    assert (row.state, row.annulled_reason) == (DivisionState.ANNULLED, "Korten räknades två gånger")
    again = await deciding.open(DivisionMethod.SHOW_OF_CARDS)
    assert again != division
    assert (await deciding.row(again)).number == 2
    await deciding.change(AgendaItemRow, deciding.item, state=ItemState.CLOSED)
    with pytest.raises(StepDenied) as refused:
        await deciding.divisions.annul(again, "För sent", actor=deciding.chair)
    assert codes(refused) == {"item_closed"}
