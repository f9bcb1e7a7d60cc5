"""A district board and a party board with their cases, over HTTP, at whatever time it is."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx2

from democracy.app import Application
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.domain.secrets import new_session_token, token_digest
from democracy.domain.swedish import sort_key
from democracy.settings import Settings
from democracy.storage import sessions
from democracy.storage.tables.account import AccountRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow
from democracy.workers.clock import ClockWorker
from schema.attachment_files import attachment_files
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id
from schema.schema import schema
from tests.api import Client
from tests.world import SINCE, World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
REFUSED = """... on NotAllowed { message denials { code message allowedFrom } }
    ... on InvalidInput { fields { path code } } ... on NotFound { message }"""
APPLICATION = """... on BranchApplication { id state version name founderCount countedFounders neededFounders decideBy
    answersDueAt formBy decision decisionReasons meetingAt founders { name confirmedAt recorded channel }
    consultations { unitName position answer reply } draft barred { name ground } nextSteps { what who by }
    ruling { id state title appealInformation yourAppealUntil setAsideBy text notices { name receivedAt appealUntil } }
    actions { name allowed denials { code } warnings { code } } formedId foundedAt
    attachments { name url mediaType } }"""
RULING = """... on Ruling { id state title kind text decision appealInformation yourAppealUntil setAsideBy
    notices { name channel sentAt receivedAt appealUntil } nextSteps { what who } }"""
APPEAL = """... on Appeal { id state outcome ground decision reasons appellantCount quorum stay stayDecision lodgedAt
    statementDueAt statement statementConsidered stayRequest replyDueAt reply finality version present votesFor
    appellants { name inTime hasStanding sentTo grounds appealUntil leftAt } barred { name ground }
    ruling { state setAsideBy } nextSteps { what who by } history { step }
    actions { name allowed denials { code } warnings { code } } attachments { name url mediaType } }"""


def local(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A time on the clock on the wall."""
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


@dataclass
class Desk:
    """Devices of whoever is named, and a clock that can be set."""

    world: World
    app: Application
    http: httpx2.AsyncClient
    now: datetime = field(default_factory=lambda: local(2025, 12, 8))
    _accounts: dict[str, UUID] = field(default_factory=dict)
    _devices: dict[str, Client] = field(default_factory=dict)

    def at(self, when: datetime) -> None:
        """Let it be another time."""
        self.now = when
        self.app.story_offset = when - datetime.now(UTC)
        self._devices.clear()

    async def device(self, who: str) -> Client:
        """A session of today."""
        if who not in self._devices:
            async with self.world.database.unit(self.now) as unit:
                if who not in self._accounts:
                    self._accounts[who] = new_id()
                    unit.session.add(AccountRow(id=self._accounts[who], member_id=self.world.members[who]))
                    await unit.session.flush()
                token = new_session_token()
                opened = self.now - timedelta(minutes=1)
                await sessions.open_session(
                    unit.session, self._accounts[who], token_digest(token), opened, opened + timedelta(days=1)
                )
            self._devices[who] = Client(self.http, token)
        return self._devices[who]

    async def do(self, who: str, mutation: str, /, **given: Any) -> dict[str, Any]:
        """A mutation; what it answers with."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        shown = (
            APPLICATION
            if "pplication" in mutation or "ranch" in mutation or "ound" in mutation or "onsultation" in mutation
            else APPEAL
        )
        shown = RULING if "Ruling" in mutation and mutation != "reconsiderRuling" else shown
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ __typename {shown} {REFUSED} }} }}"
        return await (await self.device(who)).change(query, **given)

    async def did(self, who: str, mutation: str, /, **given: Any) -> dict[str, Any]:
        """The same, where nothing stands in the way."""
        found = await self.do(who, mutation, **given)
        assert found["__typename"] in {"BranchApplication", "Ruling", "Appeal"}, found
        return found

    async def see(self, who: str, field_: str, key: str) -> dict[str, Any] | None:
        """A case as somebody sees it."""
        shown = {"branchApplication": APPLICATION, "ruling": RULING, "appeal": APPEAL}[field_]
        query = f"query ($id: ID!) {{ found: {field_}(id: $id) {{ __typename {shown} }} }}"
        found: dict[str, Any] | None = (await (await self.device(who)).ask(query, id=key))["found"]
        return found

    async def clock(self) -> dict[str, int]:
        """One round of the clock."""
        return await ClockWorker(self.world.database, lambda: self.now).round()

    def member(self, name: str) -> str:
        """A member's id in the API."""
        return global_id("Member", self.world.members[name])

    def unit(self, code: str) -> str:
        """A unit's."""
        return global_id("Unit", self.world.units[code])

    def body(self, code: str) -> str:
        """A body's."""
        return global_id("Body", self.world.bodies[code])


@asynccontextmanager
async def desk(world: World, folder: Path) -> AsyncIterator[Desk]:
    """The API over one world."""
    app = Application(Settings(database_url=world.database.url, pool_size=4, seeds_folder=folder))
    factory = context_factory_of(app)
    edge = build_app(app, schema, factory, app.settings, pages=attachment_files(factory, app.now))
    transport = httpx2.ASGITransport(app=edge)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        made = Desk(world, app, http)
        made.at(made.now)
        yield made
    await app.close()


@dataclass(frozen=True)
class Newcomer:
    """Somebody more in the world."""

    name: str
    given: str
    family: str
    branch: str = "stenvika"
    paid_on: date = SINCE
    email: bool = True
    seats: Sequence[tuple[str, MandateRole]] = ()


async def welcome(world: World, at: datetime, people: Sequence[Newcomer]) -> None:
    """Let more people be members, with mandates."""
    async with world.database.unit(at) as unit:
        for index, each in enumerate(people, start=len(world.members)):
            world.members[each.name], world.numbers[each.name] = new_id(), f"7{index:03}"
            email = f"{each.name}@exempel.example" if each.email else None
            unit.session.add(
                MemberRow(
                    id=world.members[each.name],
                    number=world.numbers[each.name],
                    given_name=each.given,
                    family_name=each.family,
                    sort_key=sort_key(f"{each.family} {each.given}"),
                    email=email,
                    email_key=email,
                    language="sv",
                    protected=False,
                    joined_on=each.paid_on,
                )
            )
            await unit.session.flush()
            unit.session.add(
                MembershipRow(
                    id=new_id(),
                    member_id=world.members[each.name],
                    unit_id=world.units[each.branch],
                    voting=True,
                    fee_paid_on=each.paid_on,
                    effective_on=each.paid_on + timedelta(days=30),
                )
            )
            for body, role in each.seats:
                unit.session.add(
                    MandateRow(
                        id=new_id(),
                        member_id=world.members[each.name],
                        body_id=world.bodies[body],
                        role=role,
                        position=0,
                        starts_on=SINCE,
                    )
                )


async def add_body(world: World, at: datetime, code: str, owner: str, kind: BodyKind, name: str) -> None:
    """One more body."""
    world.bodies[code] = new_id()
    async with world.database.unit(at) as unit:
        unit.session.add(
            BodyRow(
                id=world.bodies[code],
                unit_id=world.units[owner],
                kind=kind,
                code=code,
                name=name,
                sort_key=sort_key(name),
            )
        )


def codes(answer: dict[str, Any]) -> list[str]:
    """Why something was refused."""
    return [each["code"] for each in answer.get("denials", answer.get("fields", []))]
