"""Divisions between the chair's words and the gavel: trial votes, chains, annulled and corrected votes, ties."""

from dataclasses import replace
from uuid import UUID

import pytest

from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.services.meetings import Meetings
from democracy.services.proceedings.announcing import Announcing, Correction, HandLot, Tiebreak
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.trials import Trials
from democracy.storage import statutes
from democracy.storage.tables.agenda import AgendaItemRow, MeetingOfficerRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.member import MemberRow
from tests.deciding import Hall, at_passage
from tests.workflows.zone import STOCKHOLM
from tests.world import World
from workflows.division import DivisionState
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import Choice, DivisionMethod, OfficerRole, ProposalKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.statutes import packaged, resolve
from workflows.statutes.majority import Share
from workflows.words import explain

K = ProposalKind
YES, NO = Choice.YES, Choice.NO


async def between_two(world: World) -> Hall:
    """The board's proposal A and a counter-proposal B; the chair has found A."""
    hall = await at_passage(world)
    await hall.propose(K.COUNTER, "En fond.", by=hall.ombud(1))
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    return hall


async def root(hall: Hall) -> UUID:
    return next(row.id for row in await hall.questions() if row.level == 0)


async def state(hall: Hall) -> QuestionState:
    return next(row.state for row in await hall.questions() if row.level == 0)


async def divided(hall: Hall, yes: int, no: int) -> UUID:
    await hall.ask_division()
    division = await hall.open_division()
    await hall.count(division, yes, no)
    return division


async def row_of(hall: Hall, division: UUID) -> DivisionRow:
    async with hall.world.database.unit(hall.now) as unit:
        return await unit.session.get_one(DivisionRow, division)


async def numbers(hall: Hall, *indexes: int) -> tuple[str, ...]:
    for index in indexes:
        await hall.change(MemberRow, hall.conference.ombud[index], number=f"90{index}")
    return tuple(f"90{index}" for index in indexes)


async def test_after_a_trial_vote_the_gavel_falls_on_what_it_showed(world: World) -> None:
    hall = await between_two(world)
    await hall.ask_division()
    trial = await hall.service(Trials).open(await root(hall), actor=hall.chair)
    await hall.service(Trials).announce(trial, NO, actor=hall.chair)
    assert await state(hall) is QuestionState.NAMED
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert decision.proposal_id == (await hall.proposals())["B"].id


async def test_after_a_trial_vote_anybody_with_a_vote_may_still_have_a_count(world: World) -> None:
    hall = await between_two(world)
    await hall.ask_division()
    trial = await hall.service(Trials).open(await root(hall), actor=hall.chair)
    await hall.service(Trials).announce(trial, NO, actor=hall.chair)
    division = await divided(hall, 4, 2)
    assert division != trial
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert (await row_of(hall, division)).yes_means == "A"
    assert decision.proposal_id == (await hall.proposals())["A"].id


async def test_a_trial_vote_becomes_a_count_while_it_is_under_way(world: World) -> None:
    hall = await between_two(world)
    await hall.ask_division()
    question = await root(hall)
    trial = await hall.service(Trials).open(question, actor=hall.chair)
    await hall.service(Trials).count_instead(trial, Handed(), actor=hall.ombud(0))
    way = Way(DivisionMethod.SHOW_OF_CARDS)
    assert await hall.service(Divisions).open(question, way, actor=hall.chair) == trial
    await hall.count(trial, 2, 4)
    row = await row_of(hall, trial)
    assert (row.trial, row.number, row.winner) == (False, 1, NO)


async def test_only_the_vote_that_settles_a_question_is_taken_on_trial(world: World) -> None:
    hall = await at_passage(world)
    b = await hall.propose(K.COUNTER, "En fond.", by=hall.ombud(1))
    await hall.propose(K.COUNTER, "Ingenting.", by=hall.ombud(2))
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    await hall.ask_division()
    await hall.name(b)
    await hall.ask_division()
    await hall.service(Gavel).approve_voting(await root(hall), actor=hall.chair)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Trials).open(await root(hall), actor=hall.chair)
    assert {each.code for each in refused.value.denials} == {"trial_settles_nothing"}
    first = await hall.open_division()
    row = await row_of(hall, first)
    assert (row.role, row.number) == ("preparatory", 1)
    await hall.count(first, 2, 4)
    second = await hall.open_division()
    row = await row_of(hall, second)
    assert (row.role, row.number, row.no_means) == ("main", 2, "C")


async def test_the_chair_may_have_a_question_voted_on_that_nobody_asked_for(world: World) -> None:
    hall = await between_two(world)
    way = Way(DivisionMethod.SHOW_OF_CARDS)
    division = await hall.service(Divisions).open(await root(hall), way, actor=hall.chair)
    await hall.count(division, 5, 1)
    assert (await row_of(hall, division)).asked_by is None
    await hall.gavel()
    assert len(await hall.decisions()) == 1


async def test_an_annulled_vote_holds_the_gavel_until_it_is_taken_again(world: World) -> None:
    hall = await between_two(world)
    division = await divided(hall, 4, 2)
    await hall.service(Divisions).annul(division, "Korten räknades fel", actor=hall.chair)
    assert await state(hall) is QuestionState.DIVIDING
    again = await hall.open_division()
    await hall.count(again, 2, 4)
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert decision.proposal_id == (await hall.proposals())["B"].id
    # Until the item is closed it is not too late: what the vote decided is undone, and everything is put again.
    await hall.service(Divisions).annul(again, "Halva salen hade gått på lunch", actor=hall.chair)
    assert await hall.state() is MatterState.DEBATE_CLOSED
    assert set((await hall.states()).values()) == {ProposalState.MADE}
    (replaced,) = await hall.decisions()
    assert replaced.replaced_reason == "Halva salen hade gått på lunch"
    await hall.order()
    await hall.approve()
    await hall.name((await hall.proposals())["A"].id)
    third = await divided(hall, 5, 1)
    await hall.gavel()
    assert [each.proposal_id for each in await hall.decisions() if each.replaced_at is None] == [
        (await hall.proposals())["A"].id
    ]
    await hall.change(AgendaItemRow, hall.item, state=ItemState.CLOSED)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Divisions).annul(third, "För sent", actor=hall.chair)
    assert "item_closed" in {each.code for each in refused.value.denials}


async def test_a_meeting_is_not_adjourned_in_the_midst_of_a_vote_and_is_told_which(world: World) -> None:
    hall = await between_two(world)
    await hall.ask_division()
    await hall.open_division()
    with pytest.raises(StepDenied) as refused:
        await hall.service(Meetings).adjourn(world.meeting, actor=hall.chair)
    (denial,) = refused.value.denials
    assert explain(denial, language="sv", zone=STOCKHOLM) == (
        "§ 14 har en votering som inte är avslutad: JA A, NEJ B. Läs upp resultatet eller annullera den först."
    )


async def test_corrected_figures_name_another_winner_before_the_gavel(world: World) -> None:
    hall = await between_two(world)
    (number,) = await numbers(hall, 5)
    async with world.database.unit(hall.now) as unit:
        teller = MeetingOfficerRow(
            id=new_id(), meeting_id=world.meeting, member_id=hall.conference.ombud[5], role=OfficerRole.TELLER,
            position=1, since=hall.now,
        )  # fmt: skip
        unit.session.add(teller)
    division = await divided(hall, 4, 2)
    right = Correction(Count(2, 4), "Förväxlade", number)
    await hall.service(Announcing).correct(division, right, actor=hall.chair)
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert decision.proposal_id == (await hall.proposals())["B"].id


async def test_equal_figures_defer_the_matter_when_the_gavel_falls(world: World) -> None:
    hall = await between_two(world)
    await divided(hall, 3, 3)
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert decision.outcome is Outcome.DEFER


async def test_equal_figures_on_whether_it_is_decided_today_are_settled_by_lot(world: World) -> None:
    hall = await at_passage(world)
    await hall.propose(K.REFER_BACK, by=hall.ombud(1), recipient="DS", instruction="räkna", reason="kostnaden",
                       back_at=world.next_meeting)  # fmt: skip
    await hall.ordered()
    await hall.name(YES)
    await hall.ask_division()
    division = await hall.open_division()
    await hall.service(Divisions).close(division, Count(3, 3), actor=hall.chair)
    tiebreak = Tiebreak(by_hand=HandLot(NO, await numbers(hall, 2, 3)))
    await hall.service(Announcing).announce(division, tiebreak, actor=hall.chair)
    await hall.gavel()
    (decision,) = await hall.decisions()
    assert decision.outcome is Outcome.REFER_BACK


async def test_what_too_few_asked_for_lapses_with_the_gavel(world: World) -> None:
    hall = await between_two(world)
    question = await root(hall)
    async with world.database.unit(hall.now) as unit:
        # As under statutes where three have to ask: one has.
        division = DivisionRow(
            id=new_id(), meeting_id=world.meeting, matter_id=hall.matter, question_id=question, trial=False,
            state=DivisionState.ORDERED, counters=1, sends_back=False, version=0,
        )  # fmt: skip
        unit.session.add(division)
    await hall.gavel()
    assert (await row_of(hall, division.id)).state is DivisionState.LAPSED


async def test_a_vote_is_not_opened_while_fewer_are_present_than_the_statutes_want(world: World) -> None:
    hall = await between_two(world)
    own = packaged("vansterpartiet")
    changed = replace(own, settings={**own.settings, "meetings.quorum.district_conference": Share(3, 4)})
    async with world.database.unit(hall.now) as unit:
        digest = await statutes.keep(unit.session, resolve(changed))
        (await unit.meetings.row(world.meeting)).statutes_digest = digest
    gone = [hall.ombud(index) for index in (4, 5)]
    for each in gone:
        await hall.service(Presences).check_out(world.meeting, Door(), actor=each)
    await hall.ask_division()
    with pytest.raises(StepDenied) as refused:
        await hall.open_division()
    (denial,) = refused.value.denials
    assert (denial.code, denial.params["count"], denial.params["needed"]) == ("too_few_present", 4, 5)
    await hall.service(Presences).check_in(world.meeting, Door(), actor=gone[0])
    await hall.count(await hall.open_division(), 3, 2)
