"""The record that minutes are written from, read from both databases."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from democracy.storage.reads.record.record import read_record
from democracy.texts.minutes.whole import sections, whole
from tests.minutes_rows import write
from tests.statements import recorded
from tests.texts import story
from tests.world import World

ZONE = ZoneInfo("Europe/Stockholm")


async def test_what_was_written_is_what_is_read(world: World) -> None:
    told = story.meeting()
    await write(world, told)
    with recorded(world.database.reader) as statements:
        async with world.database.read() as connection:
            read = await read_record(connection, world.meeting)
    assert read is not None
    assert len(statements) == 30, "the same for a meeting of any size"
    assert {key: replace(person, belongs=None) for key, person in read.people.items()} == {
        key: replace(person, belongs=None) for key, person in told.people.items()
    }
    assert read.people[story.named("åsa")].belongs == "DS"
    assert read.people[story.named("tora")].belongs == "Stenvika"
    assert whole(sections(read, ZONE), {}) == whole(sections(told, ZONE), {})


async def test_a_meeting_that_is_not_has_no_record(world: World) -> None:
    async with world.database.read() as connection:
        assert await read_record(connection, story.named("nothing")) is None
