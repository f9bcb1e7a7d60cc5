"""A representantskap of twenty-three, with its executive committee and its group, behind the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from democracy.app import Application
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole, MeetingKind
from democracy.domain.swedish import sort_key
from democracy.services.meetings import Meetings, Plan
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.items import Items
from democracy.settings import Settings
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id
from schema.schema import schema
from tests.api import Client, tokens
from tests.world import SINCE, World
from workflows.proceedings import ItemKind

SIZE = 23
RAISED = datetime(2026, 10, 13, 14, 0, tzinfo=UTC)
"""Tuesday 13 October 2026 at 16.00 in Sweden."""
NAMED = {
    "chair_of_council": ("Henrik", "Soltorp"), "secretary_of_council": ("Fatima", "Lindehed"),
    "leader": ("Malin", "Åsbrink"), "barred": ("Ola", "Granberga"), "unreached": ("Siv", "Mårdhult"),
    "fifth": ("Kerstin", "Vallby"),
}  # fmt: skip
ROLES = {"chair_of_council": MandateRole.CHAIR, "secretary_of_council": MandateRole.SECRETARY}
PLACES = (*NAMED, *(f"delegate{index}" for index in range(len(NAMED), SIZE)))
SHOWN = """id state title level embargoUntil outcome decisionText minutes question answersNeeded meetingsNeeded
    principleBy initiative raisedAt inForceFrom carriedOut rationale reportedItemId
    papers { id title } report { costs } accessLog { name paper } asked { name answered attempts }
    figures { asked answered yes no abstained meetingsAsked } ownAnswer { answer channel askedForMeeting }
    reservations { name text } opinions { unitName text } conflicts { name reason }
    actions { name allowed } nextSteps { what who } history { step }"""
REFUSED = """... on NotAllowed { message denials { code message force } } ... on NotFound { message }
    ... on InvalidInput { fields { path code } } ... on Conflict { code }"""


class Council:
    """Devices of its delegates, and of a member outside it."""

    def __init__(self, world: World, devices: dict[str, Client], app: Application) -> None:
        self.world, self.devices, self.app = world, devices, app

    def at(self, when: datetime) -> None:
        """Let it be another time."""
        self.app.story_offset = when - datetime.now(UTC)

    async def do(self, who: str, name: str, shown: str = SHOWN, **given: Any) -> dict[str, Any]:
        """A mutation; what it answers with."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"""mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename
            ... on CouncilDecision {{ {shown} }} {REFUSED} }} }}"""
        return await self.devices[who].change(query, **given)

    async def see(self, who: str, matter: str) -> dict[str, Any] | None:
        """A matter as somebody sees it."""
        query = f"query ($id: ID!) {{ node(id: $id) {{ ... on CouncilDecision {{ {SHOWN} }} }} }}"
        found: dict[str, Any] | None = (await self.devices[who].ask(query, id=matter))["node"]
        return found

    async def raised(self) -> str:
        """The leader of the group raises a matter, the secretary prepares it and makes it confidential."""
        made = await self.do(
            "leader", "raiseCouncilMatter", bodyId=self.body("council"), title="Uppgörelse om bostadsbolaget",
            summary="Godkänna uppgörelsen om kommunens bostadsbolag.", sort="AGREEMENT", initiative="GROUP",
        )  # fmt: skip
        assert made["__typename"] == "CouncilDecision", made
        return str(made["id"])

    async def prepared(self, embargo: datetime) -> str:
        """The same with a paper, a report and a level."""
        matter = await self.raised()
        paper = {"title": "Uppgörelsen", "text": "Vi sammanfattar den här."}
        await self.do("leader", "attachCouncilPaper", decisionId=matter, **paper)
        report: dict[str, Any] = {
            "text": "Läget.",
            "alternatives": ["Godkänna", "Avstå"],
            "costs": "Inga.",
            "consequences": "Bostäder.",
        }
        await self.do("secretary_of_council", "prepareCouncilMatter", decisionId=matter, **report)
        level = {"level": "DELEGATES", "embargoUntil": embargo.isoformat()}
        done = await self.do("secretary_of_council", "setCouncilConfidentiality", decisionId=matter, **level)
        assert done["level"] == "DELEGATES", done
        return matter

    async def asking(self, matter: str, closes: datetime) -> dict[str, Any]:
        """The chair opens the window, as the executive committee decided."""
        return await self.do(
            "chair_of_council", "openWrittenProcedure", decisionId=matter, question="Godkänns uppgörelsen?",
            closesAt=closes.isoformat(), decision="AU § 41", orderedById=self.body("executive"),
        )  # fmt: skip

    async def item(self, when: datetime, title: str) -> str:
        """An item that the council's meeting has treated and closed."""
        database, secretary = self.world.database, self.world.actor("secretary_of_council")
        bodies = self.world.bodies
        plan = Plan(bodies["council"], bodies["executive"], MeetingKind.COUNCIL_MEETING, title, when)
        meetings, items = Meetings(database, when - timedelta(days=1)), Items(database, when)
        meeting = await meetings.plan(plan, actor=secretary)
        await meetings.call(meeting, actor=secretary)
        item = await Agenda(database, when).add(meeting, Item(ItemKind.OTHER, title), actor=secretary)
        await Meetings(database, when).open(meeting, actor=secretary)
        await items.open(item, actor=secretary)
        await items.close(item, actor=secretary)
        return global_id("AgendaItem", item)

    def body(self, name: str) -> str:
        """The global id of a body."""
        return global_id("Body", self.world.bodies[name])

    def member(self, name: str) -> str:
        """The global id of somebody."""
        return global_id("Member", self.world.members[name])


@asynccontextmanager
async def council(world: World) -> AsyncIterator[Council]:
    """Norrviken's council, and an API in front of it."""
    async with world.database.unit(RAISED - timedelta(days=300)) as unit:
        _bodies(unit, world)
        await _people(unit, world)
    names = (*PLACES, "member", "neighbour", "outsider", "branch_chair")
    issued = await tokens(world, names, RAISED)
    app = Application(Settings(database_url=world.database.url, pool_size=4))
    transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        made = Council(world, {name: Client(http, token) for name, token in zip(names, issued, strict=True)}, app)
        made.at(RAISED)
        yield made
    await app.close()


def _bodies(unit: Unit, world: World) -> None:
    kinds = {
        "council": (BodyKind.REPRESENTATIVE_COUNCIL, "Representantskapet"),
        "executive": (BodyKind.EXECUTIVE_COMMITTEE, "Arbetsutskottet"),
        "group": (BodyKind.MUNICIPAL_GROUP, "Kommungruppen"),
    }
    for name, (kind, called) in kinds.items():
        world.bodies[name] = new_id()
        unit.session.add(
            BodyRow(id=world.bodies[name], unit_id=world.units["norrviken"], kind=kind, code=name, name=called,
                    sort_key=sort_key(called))
        )  # fmt: skip


async def _people(unit: Unit, world: World) -> None:
    for index, name in enumerate(PLACES):
        given, family = NAMED.get(name, ("Ledamot", f"Nummer{index}"))
        world.members[name], world.numbers[name] = new_id(), f"7{index:03}"
        mail = None if name == "unreached" else f"d{index}@example.org"
        unit.session.add(
            MemberRow(id=world.members[name], number=world.numbers[name], given_name=given, family_name=family,
                      sort_key=sort_key(f"{family} {given}"), email=mail, email_key=mail, language="sv")
        )  # fmt: skip
    await unit.session.flush()
    places = [("council", name, ROLES.get(name, MandateRole.DELEGATE)) for name in PLACES]
    places += [("executive", name, role) for name, role in ROLES.items()]
    places += [("group", "leader", MandateRole.CHAIR)]
    for name in PLACES:
        unit.session.add(
            MembershipRow(id=new_id(), member_id=world.members[name], unit_id=world.units["granvik"], voting=True,
                          effective_on=SINCE)
        )  # fmt: skip
    unit.session.add_all(
        MandateRow(id=new_id(), member_id=world.members[name], body_id=world.bodies[body], role=role, position=0,
                   starts_on=SINCE)
        for body, name, role in places
    )  # fmt: skip
