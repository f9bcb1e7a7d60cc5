"""A page of motions asks the database for a fixed number of things, however long it is."""

from tests.motions_page import PAGE, fifty_motions, reading
from tests.statements import recorded
from tests.world import World

MOST = 12
"""The session, the page, and one statement for each kind of thing that belongs to a motion."""


async def test_a_page_takes_the_same_number_of_statements_whether_it_shows_one_motion_or_fifty(world: World) -> None:
    await fifty_motions(world)
    counts = {}
    async with reading(world) as (app, client):
        await client.ask(PAGE, first=1)  # statutes never change, so a process reads each set once
        for size in (1, 10, 50):
            with recorded(app.database.reader) as statements, recorded(app.database.writer) as written:
                page = await client.ask(PAGE, first=size)
            assert len(page["motions"]["nodes"]) == size
            assert written == []
            counts[size] = len(statements)
    _shows_everything(page["motions"]["nodes"])
    assert counts[1] == counts[10] == counts[50] <= MOST, statements


def _shows_everything(motions: list[dict[str, object]]) -> None:
    for field in ("movers", "clauses", "actions", "nextSteps", "deadlines"):
        assert all(motion[field] for motion in motions), field
    replied = [motion for motion in motions if motion["reply"]]
    assert len(replied) == 24
