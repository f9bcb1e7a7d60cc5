"""The page of fifty motions that speed is measured by, and what it shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2

from democracy.app import Application
from democracy.domain.kinds import Outcome
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.settings import Settings
from schema.context import context_factory_of
from schema.edge import build_app
from schema.schema import schema
from tests.api import Client, tokens
from tests.drafts import drafts
from tests.world import BEFORE, STARTS, World

PAGE = """query ($first: Int!) { motions(first: $first) { nodes { id title state receiptNumber documentNumber
    movers { name } reply { reasons decision }
    clauses { number text recommendation { outcome wording } decision { outcome wording } }
    actions { name allowed denials { code message paragraph { number } } opensAt closesAt }
    nextSteps { what who by paragraph { number } } deadlines { name at derivation } } } }"""
REPLY = Reply(
    "Styrelsen delar motionärens bild, men kallelsen räcker.",
    (Recommendation(1, Outcome.APPROVE), Recommendation(2, Outcome.REJECT)),
    "DS 12 februari, § 8",
    3,
)


async def fifty_motions(world: World) -> None:
    """Fifty motions of two att-satser to an open meeting: some submitted, some admitted, half of them decided."""
    secretary, database = world.actor("secretary"), world.database
    decided = []
    for number, (name, motion) in enumerate(await drafts(world, 50, clauses=2)):
        await Drafting(database, BEFORE).submit(motion, actor=world.actor(name))
        if number % 4:
            await Admission(database, BEFORE).admit(motion, actor=secretary)
        if number % 4 > 1:
            await Replies(database, BEFORE).adopt(motion, REPLY, actor=secretary)
            await Decisions(database, BEFORE).schedule(motion, actor=secretary)
            decided.append(motion)
    await Meetings(database, BEFORE).send_papers(world.meeting, actor=secretary)
    await Meetings(database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    for motion in decided:
        async with database.unit(STARTS) as unit:
            clause = (await unit.motions.clauses(motion))[0].id
        await Decisions(database, STARTS).decide(clause, Verdict(Outcome.APPROVE), actor=world.actor("presidium"))


@asynccontextmanager
async def reading(world: World, who: str = "secretary") -> AsyncIterator[tuple[Application, Client]]:
    """A server in this process, and a member who asks it during the meeting."""
    (token,) = await tokens(world, [who], STARTS)
    settings = Settings(database_url=world.database.url, pool_size=5)
    app = Application(settings, story_offset=STARTS - datetime.now(UTC))
    transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield app, Client(http, token)
    await app.close()
