"""What a meeting sets aside, and how it reads an unclear paragraph, on both databases."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.meetings import Meetings
from democracy.services.motions.decisions import Votes
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.interpretations import Interpretations, Reading
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.waivers import SetAside, Waivers
from democracy.storage import statutes
from democracy.storage.tables.agenda import WaiverRow
from democracy.storage.waivers import waived_codes
from tests.conference import NOW, conference
from tests.world import BEFORE, World
from workflows.engine import StepDenied
from workflows.meeting import MeetingState
from workflows.proceedings import ItemKind
from workflows.statutes import Resolved

LEFT = SetAside("meeting", "items_left", "Sista bussen går.")
STOP = SetAside("proposal", "proposals_closed", "Jämkningen blev sen.")
STOPPED = Reading(
    "motion-admissibility", "Ett möte tar inte upp det som styrelsen har stoppat.",
    "motions.stopped_may_be_taken_up", "false",
)  # fmt: skip


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {denial.code for denial in refused.value.denials}


async def sitting(world: World) -> UUID:
    """The conference in progress, with one item on its agenda."""
    other = Item(ItemKind.OTHER, "Övriga frågor")
    item: UUID = await Agenda(world.database, BEFORE).add(world.meeting, other, actor=world.actor("secretary"))
    await conference(world)
    return item


async def rules_of(world: World, unit: str) -> Resolved:
    async with world.database.read() as reader:
        return await statutes.in_force(reader, world.units[unit], NOW.date())


async def test_a_rule_of_the_meetings_own_order_is_set_aside_and_no_longer_stops_anything(world: World) -> None:
    await sitting(world)
    meetings, chair = Meetings(world.database, NOW), world.actor("presidium")
    with pytest.raises(StepDenied) as refused:
        await meetings.close(world.meeting, actor=chair)
    assert codes(refused) == {"items_left"}
    await Waivers(world.database, NOW).waive(world.meeting, LEFT, actor=chair)
    await meetings.close(world.meeting, actor=chair)
    async with world.database.unit(NOW) as unit:
        assert (await unit.meetings.row(world.meeting)).state is MeetingState.CLOSED


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (SetAside("meeting", "item_open", "Vi vill gå hem."), "not_waivable"),
        (SetAside("motion", "deadline_passed", "Den är bra."), "not_waivable"),
        (SetAside("meeting", "nothing_such", "Skäl."), "not_waivable"),
        (SetAside("ingenting", "items_left", "Skäl."), "not_waivable"),
        (replace(LEFT, reason=" "), "reason_missing"),
        (replace(LEFT, votes=Votes(30, 20)), "not_carried"),
    ],
)
async def test_what_the_meeting_cannot_set_aside_is_refused_with_the_reason(
    world: World, rule: SetAside, code: str
) -> None:
    await sitting(world)
    with pytest.raises(StepDenied) as refused:
        await Waivers(world.database, NOW).waive(world.meeting, rule, actor=world.actor("presidium"))
    assert codes(refused) == {code}


async def test_two_thirds_carry_it_and_the_figures_and_objections_are_kept(world: World) -> None:
    await sitting(world)
    rule = replace(LEFT, votes=Votes(40, 20, 3), objections="Sjöhage: det är för viktigt.")
    await Waivers(world.database, NOW).waive(world.meeting, rule, actor=world.actor("presidium"))
    row = await _only(world)
    assert (row.votes_for, row.votes_against, row.votes_abstained) == (40, 20, 3)
    assert row.objections == "Sjöhage: det är för viktigt."
    with pytest.raises(StepDenied) as refused:
        await Waivers(world.database, NOW).waive(world.meeting, LEFT, actor=world.actor("presidium"))
    assert codes(refused) == {"waived_already"}


async def test_what_is_set_aside_for_an_item_ends_with_it(world: World) -> None:
    item, chair = await sitting(world), world.actor("presidium")
    await Items(world.database, NOW).open(item, actor=chair)
    await Waivers(world.database, NOW).waive(world.meeting, STOP, item, actor=chair)
    assert await _waived(world, item) == {"proposals_closed"}
    await Items(world.database, NOW).close(item, actor=chair)
    assert await _waived(world, item) == frozenset()


async def test_the_meeting_ends_it_once_and_a_stranger_does_not_find_it(world: World) -> None:
    await sitting(world)
    waivers, chair = Waivers(world.database, NOW), world.actor("presidium")
    await waivers.waive(world.meeting, STOP, actor=chair)
    waiver = (await _only(world)).id
    with pytest.raises(NotFoundError):
        await waivers.end(waiver, actor=world.actor("outsider"))
    await waivers.end(waiver, "Nu räcker det.", actor=chair)
    assert await _waived(world) == frozenset()
    with pytest.raises(StepDenied) as refused:
        await waivers.end(waiver, actor=chair)
    assert codes(refused) == {"waiver_ended"}


async def _only(world: World) -> WaiverRow:
    async with world.database.unit(NOW) as unit:
        return (await unit.session.scalars(select(WaiverRow))).one()


async def _waived(world: World, item: UUID | None = None) -> frozenset[str]:
    async with world.database.unit(NOW) as unit:
        return await waived_codes(unit, world.meeting, item)


async def test_an_interpretation_becomes_the_source_of_the_parameter_and_the_meeting_follows_it(world: World) -> None:
    await sitting(world)
    assert (await rules_of(world, "norrviken")).parameters.motions.stopped_may_be_taken_up
    await Interpretations(world.database, NOW).record(world.meeting, STOPPED, actor=world.actor("presidium"))
    rules = await rules_of(world, "norrviken")
    assert not rules.parameters.motions.stopped_may_be_taken_up
    source = rules.source_of("motions.stopped_may_be_taken_up")
    assert source is not None
    assert source.interpretation is not None
    assert (source.interpretation.text, source.interpretation.decided_on) == (STOPPED.text, NOW.date())
    assert source.paragraph.key == "motion-admissibility"
    async with world.database.unit(NOW) as unit:
        assert (await unit.meetings.row(world.meeting)).statutes_digest == rules.digest
        # A meeting that was called under the old reading keeps it.
        assert (await unit.meetings.row(world.annual_meeting)).statutes_digest != rules.digest


async def test_a_unit_without_statutes_of_its_own_gets_a_set_with_the_interpretation_alone(world: World) -> None:
    branch, meeting = world.actor("branch_secretary"), world.annual_meeting
    await Meetings(world.database, NOW).open(meeting, actor=branch)
    reading = Reading("minutes", "En justerare räcker i en liten förening.", "minutes.verifiers", "1")
    await Interpretations(world.database, NOW).record(meeting, reading, actor=branch)
    assert (await rules_of(world, "granvik")).parameters.minutes.verifiers == 1
    assert (await rules_of(world, "stenvika")).parameters.minutes.verifiers == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parameter": "motions.late_may_be_taken_up", "value": "true"}, "overruled"),
        ({"value": "42"}, "not_readable"),
        ({"parameter": "motions.nothing_such"}, "not_readable"),
        ({"paragraph": "nothing-such"}, "not_readable"),
        ({"votes": Votes(2, 3)}, "not_carried"),
    ],
)
async def test_a_reading_that_cannot_stand_is_refused_and_changes_nothing(
    world: World, changes: dict[str, Any], code: str
) -> None:
    await sitting(world)
    before = (await rules_of(world, "norrviken")).digest
    with pytest.raises(StepDenied) as refused:
        await Interpretations(world.database, NOW).record(
            world.meeting, replace(STOPPED, **changes), actor=world.actor("presidium")
        )
    assert codes(refused) == {code}
    assert (await rules_of(world, "norrviken")).digest == before


async def test_a_value_that_is_no_json_and_a_text_that_is_missing_are_refused_with_their_field(world: World) -> None:
    await sitting(world)
    for reading, path in ((replace(STOPPED, value="nej"), "value"), (replace(STOPPED, text=""), "text")):
        with pytest.raises(InvalidInputError) as refused:
            await Interpretations(world.database, NOW).record(world.meeting, reading, actor=world.actor("presidium"))
        assert [each.path for each in refused.value.fields] == [path]
