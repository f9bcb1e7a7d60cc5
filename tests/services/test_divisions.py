"""A division from the first voice that asks for it to the figures that everybody reads."""

import json
from datetime import timedelta

import pytest

from democracy.domain.kinds import Channel
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.proceedings.divisions import Handed
from democracy.services.proceedings.outcome import Count
from democracy.storage.tables.division import CountRow, DivisionRow
from tests.divisions import Choice, VoteRow, codes, room
from tests.world import World
from workflows.division import DivisionState
from workflows.engine import StepDenied
from workflows.proceedings import DivisionMethod
from workflows.words import explain

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


async def test_one_voter_is_enough_to_have_a_division_and_the_question_is_voted_on(world: World) -> None:
    deciding = await room(world)
    division = await deciding.ask(deciding.ombud(2))
    row = await deciding.row(division)
    assert (row.state, row.asked_by) == (DivisionState.ORDERED, deciding.conference.ombud[2])
    (step,) = await deciding.steps(division)
    assert (step.rule, step.meeting_id) == ("request", world.meeting)


async def test_who_has_no_vote_asks_in_vain_also_by_the_secretary(world: World) -> None:
    deciding = await room(world)
    for actor in (deciding.chair, world.actor("board"), world.actor("member")):
        with pytest.raises(StepDenied) as refused:
            await deciding.ask(actor)
        assert codes(refused) >= {"not_your_role"}
    number = world.numbers["board"]
    with pytest.raises(StepDenied) as refused:
        await deciding.ask(deciding.secretary, Handed(number, Channel.FLOOR))
    assert codes(refused) == {"asked_without_vote"}
    with pytest.raises(NotFoundError):
        await deciding.ask(world.actor("outsider"))
    assert await deciding.count(DivisionRow) == 0


async def test_the_secretary_asks_for_a_voter_from_the_floor_with_both_times(world: World) -> None:
    deciding = await room(world)
    number = await deciding.number(deciding.conference.ombud[1], "7001")
    said = deciding.now - timedelta(minutes=2)
    division = await deciding.ask(deciding.secretary, Handed(number, Channel.FLOOR, said))
    assert (await deciding.row(division)).asked_by == deciding.conference.ombud[1]
    with pytest.raises(StepDenied) as refused:
        await deciding.ask(deciding.ombud(1), Handed(number))
    assert codes(refused) == {"not_your_role"}


async def test_a_second_voice_is_told_that_a_division_is_asked_for_already(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    for index in (0, 1):
        with pytest.raises(StepDenied) as refused:
            await deciding.ask(deciding.ombud(index))
        assert "already_ordered" in codes(refused)


async def test_after_the_gavel_nobody_asks_and_nothing_is_opened(world: World) -> None:
    deciding = await room(world)
    await deciding.decide()
    with pytest.raises(StepDenied) as refused:
        await deciding.ask()
    assert "gavel_fallen" in codes(refused)
    with pytest.raises(StepDenied) as refused:
        await deciding.open()
    assert "gavel_fallen" in codes(refused)


async def test_votes_on_devices_are_counted_and_only_the_figures_remain(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    division = await deciding.open()
    row = await deciding.row(division)
    assert (row.entitled, row.number, row.yes_means, row.no_means) == (6, 1, "A", "B")
    for index, choice in enumerate((YES, NO, NO, ABSTAIN)):
        await deciding.votes.cast(division, choice, actor=deciding.ombud(index))
    await deciding.votes.cast(division, YES, actor=deciding.ombud(1))
    assert await deciding.count(VoteRow) == 4
    await deciding.divisions.close(division, actor=deciding.chair)
    assert await deciding.count(VoteRow) == 0
    await deciding.announcing.announce(division, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.yes, row.no, row.abstained, row.winner) == (2, 1, 1, YES)
    assert row.settled_by == "majority"


async def test_nothing_that_is_kept_names_a_voter_of_an_open_division(world: World) -> None:
    deciding = await room(world)
    await deciding.ask(deciding.ombud(5))
    division = await deciding.open()
    for index in range(5):
        await deciding.votes.cast(division, YES, actor=deciding.ombud(index))
    await deciding.divisions.close(division, actor=deciding.chair)
    await deciding.announcing.announce(division, actor=deciding.chair)
    voters = {member.hex for member in deciding.conference.ombud[:5]}
    for step in await deciding.steps(division):
        assert step.rule != "cast"
        assert not any(voter in step.record for voter in voters)
        assert step.actor_id not in set(deciding.conference.ombud[:5])
    (closed,) = [each for each in await deciding.steps(division) if each.rule == "close"]
    assert json.loads(closed.record)["outcome"] == {"count": [5, 0, 0, 0], "entitled": 6}


async def test_only_those_in_the_roll_that_was_fixed_vote_whoever_comes_or_goes(world: World) -> None:
    deciding = await room(world)
    await deciding.leave(deciding.conference.ombud[5])
    await deciding.ask()
    division = await deciding.open()
    assert (await deciding.row(division)).entitled == 5
    await deciding.leave(deciding.conference.ombud[4])
    await deciding.votes.cast(division, YES, actor=deciding.ombud(4))
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, actor=deciding.ombud(5))
    assert "not_in_roll" in codes(refused)
    with pytest.raises(StepDenied):
        await deciding.votes.cast(division, YES, actor=deciding.chair)
    assert await deciding.count(VoteRow) == 1


async def test_whoever_is_barred_takes_no_part_and_the_base_shrinks_also_in_mid_vote(world: World) -> None:
    deciding = await room(world)
    await deciding.bar(deciding.conference.ombud[0])
    with pytest.raises(StepDenied) as refused:
        await deciding.ask(deciding.ombud(0))
    assert codes(refused) == {"barred"}
    await deciding.ask(deciding.ombud(1))
    division = await deciding.open()
    assert (await deciding.row(division)).entitled == 5
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, actor=deciding.ombud(0))
    assert codes(refused) == {"barred"}
    for index in (1, 2):
        await deciding.votes.cast(division, YES, actor=deciding.ombud(index))
    await deciding.bar(deciding.conference.ombud[1])
    await deciding.divisions.close(division, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.entitled, row.yes) == (4, 1)


async def test_the_secretary_answers_for_a_voter_but_never_over_an_answer_of_their_own(world: World) -> None:
    deciding = await room(world)
    number = await deciding.number(deciding.conference.ombud[3], "7003")
    await deciding.ask()
    division = await deciding.open()
    await deciding.votes.cast(division, NO, number, actor=deciding.secretary)
    await deciding.votes.cast(division, YES, number, actor=deciding.secretary)
    await deciding.votes.cast(division, NO, actor=deciding.ombud(3))
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, number, actor=deciding.secretary)
    assert codes(refused) == {"answered_themselves"}
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, number, actor=deciding.ombud(1))
    assert codes(refused) == {"not_your_role"}
    with pytest.raises(InvalidInputError):
        await deciding.votes.cast(division, YES, "finns inte", actor=deciding.secretary)


async def test_a_vote_after_the_closing_is_refused_in_words(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    division = await deciding.open()
    await deciding.divisions.close(division, actor=deciding.chair)
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, actor=deciding.ombud(0))
    assert codes(refused) == {"wrong_state"}
    said = explain(refused.value.denials[0], language="sv", zone=world.database.zone)
    assert said == "Rösta går inte nu: omröstningen är stängd."


async def test_a_roll_call_is_decided_by_the_meeting_and_keeps_its_names(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    with pytest.raises(StepDenied) as refused:
        await deciding.open(DivisionMethod.ROLL_CALL)
    assert codes(refused) == {"method_undecided"}
    division = await deciding.open(DivisionMethod.ROLL_CALL, decided=True)
    for index in range(3):
        await deciding.votes.cast(division, YES, actor=deciding.ombud(index))
    await deciding.divisions.close(division, actor=deciding.chair)
    await deciding.announcing.announce(division, actor=deciding.chair)
    assert await deciding.count(VoteRow) == 3
    (closed,) = [each for each in await deciding.steps(division) if each.rule == "close"]
    assert len(json.loads(closed.record)["texts"]) == 3


async def test_a_sum_above_the_roll_is_refused_at_once_in_these_words(world: World) -> None:
    deciding = await room(world, ombud=57)
    await deciding.ask()
    division = await deciding.open(DivisionMethod.TELLERS)
    with pytest.raises(StepDenied) as refused:
        await deciding.tellers.enter(division, Count(72, 29, 1), actor=deciding.chair)
    said = explain(refused.value.denials[0], language="sv", zone=world.database.zone)
    assert said == "72 + 29 + 1 = 102, röstlängden har 57. Räkna om."
    assert await deciding.count(CountRow) == 0
    await deciding.tellers.enter(division, Count(27, 29, 1), actor=deciding.chair)
    await deciding.divisions.close(division, actor=deciding.chair)
    await deciding.announcing.announce(division, actor=deciding.chair)
    row = await deciding.row(division)
    assert (row.yes, row.no, row.abstained, row.winner) == (27, 29, 1, NO)
    with pytest.raises(InvalidInputError):
        await deciding.tellers.enter(division, Count(-1, 0), actor=deciding.chair)


async def test_two_tellers_who_count_each_for_themselves_have_to_agree(world: World) -> None:
    deciding = await room(world)
    first, second = deciding.conference.ombud[4:6]
    for teller in (first, second):
        await deciding.elect_teller(teller)
    await deciding.ask()
    division = await deciding.open(DivisionMethod.TELLERS, counters=2)
    await deciding.divisions.close(division, actor=deciding.chair)
    await deciding.tellers.enter(division, Count(3, 2), actor=deciding.ombud(4))
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.announce(division, actor=deciding.chair)
    assert codes(refused) == {"figures_missing"}
    await deciding.tellers.enter(division, Count(2, 3), actor=deciding.ombud(5))
    with pytest.raises(StepDenied) as refused:
        await deciding.announcing.announce(division, actor=deciding.chair)
    assert codes(refused) == {"figures_disagree"}
    await deciding.tellers.enter(division, Count(3, 2), actor=deciding.ombud(5))
    await deciding.announcing.announce(division, actor=deciding.chair)
    assert (await deciding.row(division)).winner is YES
    assert await deciding.count(CountRow) == 3


async def test_a_division_on_devices_takes_no_figures_and_one_by_cards_no_answers(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    division = await deciding.open()
    with pytest.raises(StepDenied) as refused:
        await deciding.tellers.enter(division, Count(1, 0), actor=deciding.chair)
    assert codes(refused) == {"counted_by_devices"}
    await deciding.divisions.annul(division, "Fel sätt", actor=deciding.chair)
    division = await deciding.open(DivisionMethod.SHOW_OF_CARDS)
    with pytest.raises(StepDenied) as refused:
        await deciding.votes.cast(division, YES, actor=deciding.ombud(0))
    assert codes(refused) == {"not_on_devices"}


async def test_only_one_division_is_open_at_a_time(world: World) -> None:
    deciding = await room(world)
    await deciding.ask()
    await deciding.open()
    with pytest.raises(StepDenied) as refused:
        await deciding.open()
    assert "another_vote_open" in codes(refused)


async def test_a_trial_vote_names_a_winner_without_figures_or_becomes_a_count(world: World) -> None:
    deciding = await room(world)
    await deciding.ask(deciding.ombud(0))
    division = await deciding.trials.open(deciding.question, actor=deciding.chair)
    with pytest.raises(StepDenied) as refused:
        await deciding.divisions.close(division, actor=deciding.chair)
    assert codes(refused) == {"not_counted"}
    await deciding.trials.count_instead(division, Handed(), actor=deciding.ombud(0))
    again = await deciding.open(DivisionMethod.SHOW_OF_CARDS)
    assert again == division
    await deciding.divisions.annul(division, "Försök igen", actor=deciding.chair)
    trial = await deciding.trials.open(deciding.question, actor=deciding.chair)
    await deciding.trials.announce(trial, NO, actor=deciding.chair)
    row = await deciding.row(trial)
    assert (row.state, row.winner, row.yes, row.number) == (DivisionState.ANNOUNCED, NO, None, None)
