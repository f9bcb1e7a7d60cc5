"""What every case answers alike, asked for without knowing what kind of case it is."""

from schema.ids import global_id
from tests.conference import NOW, conference
from tests.drafts import drafts
from tests.end_to_end.organisation import organisation
from tests.world import World

ASKED = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Governed {
    documentation actions { name whoMay denials { code message } } nextSteps { what who } } } }"""


async def test_one_fragment_serves_a_meeting_and_a_motion(world_url: tuple[str, World]) -> None:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(NOW)
        here = world.over(running.app.database)
        motion = (await drafts(here, 1))[0][1]
        made = await conference(here)
        mover = await running.sign_in("mover")

        found = (await mover.ask(ASKED, ids=[global_id("Meeting", made.meeting), global_id("Motion", motion)]))["nodes"]

    assert [(each["__typename"], each["documentation"]) for each in found] == [
        ("Meeting", "/docs/meeting"),
        ("Motion", "/docs/motion"),
    ]
    assert all(each["actions"] and each["nextSteps"] for each in found)
