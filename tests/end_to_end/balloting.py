"""A member ballot in the API: what is asked, who votes, and the hands that a ballot needs beside it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from democracy.ballotbox.urn import mixer_destroyed_leaf
from democracy.services.ballots.clock import hold_ballots
from democracy.services.urns.log import place_waiting, sign_checkpoint
from democracy.storage import urns
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.urn import SealedBallotRow
from schema.ids import global_id
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.urns import Held, new_seed
from tests.world import BEFORE, World
from workflows.engine import StepDenied

DAY = timedelta(days=1)
OPENS = BEFORE + 10 * DAY
CLOSES = OPENS + 21 * DAY
DURING = OPENS + 3 * DAY
CERTIFYING = CLOSES + 15 * DAY
FIELDS = """id state outcome certifiedBy endedReason electorateSize electorateDigest viewerHasVoted
    turnout { electors digital byPost } turnoutByUnit { unitName units electors voted }
    corrections { id kind inForceAt } objections { id text finding answer }
    promise sides { name readability { lix words } }
    toSign { voids paper } actions { name allowed denials { code } } nextSteps { what who }
    result { outcome electors takenPart digital papers papersSpoilt quorumMet
        questions { number outcome winners blank options { code votes paper } } }"""
REFUSED = """... on NotAllowed { denials { code message paragraph { key } } } ... on NotFound { message }
    ... on InvalidInput { fields { path code message } } ... on Conflict { code }"""


@asynccontextmanager
async def ballots(world_url: tuple[str, World], folder: Path) -> AsyncIterator[Organisation]:
    """The organisation before anything has been ordered, with a folder for the seeds of urns."""
    url, world = world_url
    async with organisation(url, world, seeds_folder=folder / "seeds") as running:
        running.at(BEFORE)
        yield running


async def do(person: Person, mutation: str, kind: str = "MemberBallot", /, **given: Any) -> dict[str, Any]:
    """The result of a mutation, with every kind of refusal spelt out."""
    name, fields = mutation[0].upper() + mutation[1:], FIELDS if kind == "MemberBallot" else "id"
    query = f"""mutation($input: {name}Input!) {{ found: {mutation}(input: $input) {{
        __typename ... on {kind} {{ {fields} }} {REFUSED} }} }}"""
    found: dict[str, Any] = (await person.ask(query, input=given))["found"]
    return found


def codes(refused: dict[str, Any]) -> list[str]:
    return [each["code"] for each in refused.get("denials") or refused["fields"]]


class Ballot:
    """A ballot under way: its secretary, its urn, and what people ask for by name."""

    def __init__(self, here: Organisation, secretary: Person) -> None:
        self.here, self.secretary = here, secretary
        self.id = ""
        self.people: dict[str, Person] = {}

    async def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = await self.here.sign_in(name)
        return self.people[name]

    async def later(self, at: datetime) -> None:
        """So much later that everybody signs in again."""
        self.here.at(at)
        self.people.clear()
        self.secretary = await self.person("party_secretary")

    async def do(self, mutation: str, /, by: str | None = None, **given: Any) -> dict[str, Any]:
        who = self.secretary if by is None else await self.person(by)
        return await do(who, mutation, ballotId=self.id, **given)

    async def seen(self, by: str) -> dict[str, Any]:
        query = f"query($id: ID!) {{ node(id: $id) {{ ... on MemberBallot {{ {FIELDS} }} }} }}"
        found: dict[str, Any] = (await (await self.person(by)).ask(query, id=self.id))["node"]
        return found

    async def prepare(self, **more: Any) -> None:
        """Write it down, order it, inform, count the electorate, announce it."""
        draft = {"bodyId": self.here.id("Body", "party/board"), "title": "Kollektivtrafiken", **TIMES, **more}
        self.id = (await do(self.secretary, "draftMemberBallot", ballot=draft))["id"]
        await self.do("orderMemberBallot", decision="PS 9 januari, § 4")
        await self.do("informMemberBallot", side="Ja-sidan", text="Bussen ska vara till för alla.", author="Tora")
        await self.do("informMemberBallot", side="Nej-sidan")
        await self.do("fixElectorate", countedOn="2026-01-01")
        assert (await self.do("announceMemberBallot"))["state"] == "ANNOUNCED"

    async def urn(self) -> None:
        """The urn, with keys of its own for officers and key holder."""
        actor, app = self.here.world.actor("party_secretary"), self.here.app
        key = next(iter(await self._keys()))
        self.held = Held(app.database, app.seeds, actor, key, mixers=[new_seed()])
        await self.held.prepare(self.here.app.now())

    async def _keys(self) -> list[Any]:
        from schema.ids import key_of

        return [key_of(self.id, "MemberBallot")]

    async def cast(self, name: str, choices: dict[str, list[str]]) -> dict[str, Any]:
        """Vote through the API."""
        import base64
        import secrets

        from democracy.ballotbox.ballot import Body, seal

        manifest, m = await self.held.manifest(self.here.app.now())
        body = Body({key: tuple(value) for key, value in choices.items()}, "A" * 16, "1234")
        slot = await self.held.slot(self.here.world.members[name])
        box = seal(manifest, m, slot, secrets.token_bytes(32), body.message(manifest))[0].box
        given = {"urn": global_id("Urn", self.held.urn), "manifest": m.hex(), "sealed": base64.b64encode(box).decode()}
        query = """mutation($input: CastBallotInput!) { castBallot(input: $input) { __typename
            ... on NotAllowed { denials { code } } } }"""
        found: dict[str, Any] = (await (await self.person(name)).ask(query, input=given))["castBallot"]
        return found

    async def sign_and_add(self, leaves: list[str], at: datetime) -> None:
        """Two officers sign on their own machines, and the office hands it in."""
        for each in leaves:
            signed = self.held.signed(json.loads(each))
            await self.held.building(at).add(self.held.urn, signed, actor=self.held.keeper)

    async def declare_destroyed(self) -> None:
        """Every key holder states that the key is destroyed, once."""
        at, building = self.here.app.now(), self.held.building(self.here.app.now())
        for number, each in enumerate(self.held.mixers, 1):
            leaf = mixer_destroyed_leaf(await self.held.m(at), number, each.sign)
            await building.add(self.held.urn, leaf, actor=self.held.keeper)
            with pytest.raises(StepDenied) as twice:
                await building.add(self.held.urn, leaf, actor=self.held.keeper)
            assert [denial.code for denial in twice.value.denials] == ["declared_already"]

    async def checkpoint(self, at: datetime) -> None:
        async with self.here.app.database.unit(at) as unit:
            row = await urns.locked(unit.session, self.held.urn)
            assert row is not None
            while await place_waiting(unit, row):
                pass
        await sign_checkpoint(self.here.app.database, self.here.app.seeds, self.held.urn, at)

    async def clock(self, at: datetime) -> None:
        self.here.at(at)
        await hold_ballots(self.here.app.seeds, self.here.app.database, self.here.app.now())


TIMES = {"opensAt": OPENS.isoformat(), "closesAt": CLOSES.isoformat()}
YES, NO = ("member", "mover", "co_mover", "chair", "party_chair"), ("delegate", "board")
VOTED = dict.fromkeys(YES, "ja") | dict.fromkeys(NO, "nej")


async def purposes(here: Organisation, purpose: str) -> set[Any]:
    """To whom messages of a purpose wait."""
    async with here.app.database.read() as connection:
        found = await connection.execute(select(OutboxRow.member_id).where(OutboxRow.purpose == purpose))
        return set(found.scalars())


async def boxes(here: Organisation) -> set[bytes]:
    async with here.app.database.read() as connection:
        return set((await connection.execute(select(SealedBallotRow.box))).scalars())
