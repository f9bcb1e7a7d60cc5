"""What people have noted beside a decision."""

from datetime import timedelta

import pytest

from democracy.domain.actors import Operator
from democracy.domain.kinds import Channel
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.people import People
from democracy.services.proceedings.statements import Statement
from democracy.storage.person_export import everything_about
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.meeting import MeetingRow
from tests.divisions import Choice, Room, codes, room
from tests.world import World
from workflows.engine import StepDenied
from workflows.meeting import MeetingState
from workflows.proceedings import DivisionMethod, StatementKind
from workflows.words import explain

RESERVATION, NOTE = StatementKind.RESERVATION, StatementKind.MINUTE_NOTE


def of(deciding: Room, kind: StatementKind = RESERVATION, **more: object) -> Statement:
    return Statement(kind, deciding.item, deciding.matter, **more)  # type: ignore[arg-type]


async def decided(world: World) -> Room:
    """The first proposal was carried a minute ago."""
    deciding = await room(world)
    await deciding.decide(deciding.proposals[0])
    deciding.now += timedelta(minutes=1)
    return deciding


async def test_who_took_part_with_a_vote_reserves_themselves_in_favour_of_a_proposal(world: World) -> None:
    deciding = await decided(world)
    given = of(deciding, proposal_id=deciding.proposals[1], text="Fonden hade varit bättre.")
    reservation = await deciding.statements.record(given, actor=deciding.ombud(2))
    (step,) = await deciding.steps(reservation)
    assert (step.rule, step.meeting_id) == ("reserve", world.meeting)
    assert "Fonden" not in step.record
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding), actor=deciding.ombud(2))
    assert codes(refused) == {"made_before"}


async def test_a_board_member_without_a_vote_is_told_to_ask_for_a_note_and_gets_one(world: World) -> None:
    deciding = await decided(world)
    board = world.actor("board")
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding), actor=board)
    (denial,) = refused.value.denials
    said = explain(denial, language="sv", zone=world.database.zone)
    assert said == "Reservation kräver att du deltog i beslutet. Du kan begära protokollsanteckning."
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding, NOTE), actor=board)
    assert codes(refused) == {"text_missing"}
    await deciding.statements.record(of(deciding, NOTE, text="DS stod bakom halvtid."), actor=board)
    await deciding.statements.record(
        of(deciding, StatementKind.SPECIAL_STATEMENT, text="Så här tänkte vi."), actor=board
    )
    assert await deciding.count(StatementRow) == 2


async def test_nobody_reserves_themselves_before_the_gavel_nor_for_what_was_carried(world: World) -> None:
    deciding = await room(world)
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding), actor=deciding.ombud(0))
    assert "undecided" in codes(refused)
    await deciding.decide(deciding.proposals[0])
    given = of(deciding, proposal_id=deciding.proposals[0])
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(given, actor=deciding.ombud(0))
    assert codes(refused) == {"for_the_decision"}


async def test_who_was_barred_or_not_there_took_no_part(world: World) -> None:
    deciding = await decided(world)
    await deciding.bar(deciding.conference.ombud[1])
    for actor in (deciding.ombud(1), world.actor("member")):
        with pytest.raises(StepDenied) as refused:
            await deciding.statements.record(of(deciding), actor=actor)
        assert codes(refused) == {"took_no_part"}
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding, NOTE, text="Hemifrån."), actor=world.actor("member"))
    assert codes(refused) == {"not_at_the_meeting"}
    with pytest.raises(NotFoundError):
        await deciding.statements.record(of(deciding), actor=world.actor("outsider"))


async def test_who_has_left_since_may_still_reserve_themselves(world: World) -> None:
    deciding = await decided(world)
    await deciding.leave(deciding.conference.ombud[3])
    deciding.now += timedelta(minutes=1)
    await deciding.statements.record(of(deciding), actor=deciding.ombud(3))


async def test_the_secretary_records_a_slip_for_somebody_with_both_times(world: World) -> None:
    deciding = await decided(world)
    number = await deciding.number(deciding.conference.ombud[4], "7004")
    slip = of(deciding, member_number=number, channel=Channel.PAPER, received_at=deciding.now - timedelta(seconds=30))
    await deciding.statements.record(slip, actor=deciding.secretary)
    for actor in (deciding.ombud(0), world.actor("board")):
        with pytest.raises(StepDenied) as refused:
            await deciding.statements.record(of(deciding, member_number=number), actor=actor)
        assert codes(refused) == {"not_your_role"}
    with pytest.raises(InvalidInputError):
        await deciding.statements.record(of(deciding, member_number="okänd"), actor=deciding.secretary)


async def test_it_is_taken_back_by_whoever_made_it_or_the_secretary_until_the_meeting_closes(world: World) -> None:
    deciding = await decided(world)
    reservation = await deciding.statements.record(of(deciding), actor=deciding.ombud(0))
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.withdraw(reservation, actor=deciding.ombud(1))
    assert codes(refused) == {"not_yours"}
    await deciding.statements.withdraw(reservation, actor=deciding.ombud(0))
    with pytest.raises(StepDenied):
        await deciding.statements.withdraw(reservation, actor=deciding.ombud(0))
    again = await deciding.statements.record(of(deciding), actor=deciding.ombud(0))
    await deciding.change(MeetingRow, world.meeting, state=MeetingState.CLOSED)
    for actor in (deciding.ombud(0), deciding.secretary):
        with pytest.raises(StepDenied) as refused:
            await deciding.statements.withdraw(again, actor=actor)
        assert codes(refused) == {"too_late"}
    with pytest.raises(StepDenied) as refused:
        await deciding.statements.record(of(deciding), actor=deciding.ombud(1))
    assert codes(refused) == {"too_late"}


async def test_a_proposal_of_another_matter_is_unknown_here(world: World) -> None:
    deciding = await decided(world)
    with pytest.raises(InvalidInputError):
        await deciding.statements.record(of(deciding, proposal_id=deciding.item), actor=deciding.ombud(0))


async def test_what_somebody_had_noted_is_theirs_to_get_and_goes_when_they_are_erased(world: World) -> None:
    deciding = await decided(world)
    member = deciding.conference.ombud[2]
    await deciding.statements.record(of(deciding, text="Min åsikt."), actor=deciding.ombud(2))
    async with world.database.read() as connection:
        before = (await everything_about(connection, member))["statements"]
    assert [(each["kind"], each["text"]) for each in before] == [("reservation", "Min åsikt.")]
    await People(world.database, deciding.now).erase(member, "Har begärt det.", actor=Operator())
    async with world.database.read() as connection:
        left = await everything_about(connection, member)
    assert [each["text"] for each in left["statements"]] == [None]
    assert all(each["content"] is None for each in left["kept_texts"] if each["noun"] == "statement")


async def test_the_answers_of_a_roll_call_are_in_the_export_and_those_from_devices_are_kept_nowhere(
    world: World,
) -> None:
    deciding = await room(world)
    await deciding.ask(deciding.ombud(1))
    for method in (DivisionMethod.DEVICES, DivisionMethod.ROLL_CALL):
        division = await deciding.open(method, decided=True)
        await deciding.votes.cast(division, Choice.NO, actor=deciding.ombud(1))
        await deciding.divisions.close(division, actor=deciding.chair)
        await deciding.divisions.annul(division, "Igen", actor=deciding.chair)
    async with world.database.read() as connection:
        found = await everything_about(connection, deciding.conference.ombud[1])
    assert [each["choice"] for each in found["answers_by_name"]] == ["no"]
    assert len(found["division_demands"]) == 1
