"""The record that minutes are written from, read from both databases."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from democracy.domain.kinds import Outcome
from democracy.domain.record.item import DecisionRecord, ItemRecord
from democracy.storage.reads.record.record import read_record
from democracy.texts.minutes.whole import sections, whole
from tests.minutes_rows import agenda_item, write, write_item
from tests.statements import recorded
from tests.texts import story
from tests.world import World
from workflows.proceedings import ProposalKind

ZONE = ZoneInfo("Europe/Stockholm")


async def test_what_was_written_is_what_is_read(world: World) -> None:
    told = story.meeting()
    await write(world, told)
    with recorded(world.database.reader) as statements:
        async with world.database.read() as connection:
            read = await read_record(connection, world.meeting)
    assert read is not None
    assert len(statements) < 40
    assert {key: replace(person, belongs=None) for key, person in read.people.items()} == {
        key: replace(person, belongs=None) for key, person in told.people.items()
    }
    assert read.people[story.named("åsa")].belongs == "DS"
    assert read.people[story.named("tora")].belongs == "Stenvika"
    assert whole(sections(read, ZONE), {}) == whole(sections(told, ZONE), {})


async def test_a_meeting_of_many_items_takes_no_more_statements(world: World) -> None:
    await write(world, story.meeting())
    few = await statements_for(world)
    async with world.database.unit(story.at("12.00")) as unit:
        for number in range(20, 50):
            unit.session.add(agenda_item(world, one_more(number)))
            await unit.session.flush()
            await write_item(unit, world, one_more(number))
    assert await statements_for(world) == few


async def statements_for(world: World) -> int:
    """How many statements the whole record takes."""
    with recorded(world.database.reader) as statements:
        async with world.database.read() as connection:
            assert await read_record(connection, world.meeting) is not None
    return len(statements)


def one_more(number: int) -> ItemRecord:
    """An item like any other, decided on one proposal."""
    whose = story.proposal(f"förslag {number}", "Vi möts oftare.", "tora", ProposalKind.APPROVE)
    matter = replace(
        story.matter(), id=story.named(f"ärende {number}"), proposals=(whose,), orders=(), questions=(), divisions=(),
        decisions=(DecisionRecord(Outcome.APPROVE, whose.id, story.at("11.48")),),
    )  # fmt: skip
    own = story.named(f"punkt {number}")
    return replace(story.item(), id=own, number=number, position=number, statements=(), matters=(matter,))


async def test_a_meeting_that_is_not_has_no_record(world: World) -> None:
    async with world.database.read() as connection:
        assert await read_record(connection, story.named("nothing")) is None
