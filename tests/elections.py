"""An election at the conference, over HTTP, as the people in the room go through it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import insert, select, update

from democracy.app import Application
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, Gender, MandateRole
from democracy.settings import Settings
from democracy.storage import statutes
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.election import CandidacyRow, ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.tables.unit import BodyRow
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id, key_of
from schema.schema import schema
from tests.api import Client, tokens
from tests.conference import NOW, Conference, conference
from tests.urns import Held
from tests.world import SINCE, World
from workflows.candidacy import CandidacyState
from workflows.election import ElectionState
from workflows.meeting import MeetingState
from workflows.proceedings import OfficerRole
from workflows.statutes import packaged
from workflows.statutes.resolved import resolve

ENDS = date(2027, 3, 21)
"""Last day of what is elected: a year for a district's board."""
PEOPLE = (
    "presidium",
    "meeting_secretary",
    "secretary",
    "member",
    "mover",
    "neighbour",
    "invited",
    "board",
    "branch_secretary",
)
BARE = "id state"
"""All that most steps on the way need: asking for everything takes ten times as long."""
ELECTION = """id state seats substitutes vacantSeats protocol lotNeeded { label candidacyIds }
    candidacies { id state name }
    rounds { number method secret urnId entitled seats candidateIds
        figures { ballots blank invalid candidates { candidacyId votes } } }"""
WHOLE = (
    ELECTION.replace("candidacies { id", "candidacies { proposed proposedReasons position nominatingUnits id")
    + """
    exception meetingId referrals { fromMeetingId toMeetingId reason }
    representationOfCandidates { total required met women }
    representationOfProposal { total met }
    representationOfElected { met women men }
    committeeWork { state draft { candidacyId reasons } notes { text by } }
    pledge { id number } actions { name allowed } nextSteps { what who } history { step }"""
)
CANDIDACY = "id state name presentation pledgeSigned"
REFUSED = """... on NotAllowed { message denials { code } } ... on InvalidInput { fields { path code } }
    ... on NotFound { message }"""
OTHERS = {"adoptCandidatePledge": "CandidatePledge { id number }", "referElection": "Meeting { id state }"}
"""What these mutations answer with instead of the election or the candidacy."""


class Hall:
    """Devices of people at the conference."""

    def __init__(self, made: Conference, devices: dict[str, Client], app: Application) -> None:
        self.conference, self.devices, self.app = made, devices, app
        self.committee = new_id()

    @property
    def world(self) -> World:
        return self.conference.world

    def at(self, when: datetime) -> None:
        """Let it be another time."""
        self.app.story_offset = when - datetime.now(UTC)

    async def do(self, who: str, name: str, shows: str = ELECTION, /, **given: Any) -> dict[str, Any]:
        """A mutation; what it answers with."""
        shown = f"... on Election {{ {shows} }} ... on Candidacy {{ {CANDIDACY} }}"
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {_only(name, shown)} }} }}"
        return await self.devices[who].change(query, **given)

    async def see(self, who: str, election: str) -> dict[str, Any] | None:
        """An election as somebody sees it."""
        found = await self.devices[who].ask(f"query ($id: ID!) {{ election(id: $id) {{ {WHOLE} }} }}", id=election)
        seen: dict[str, Any] | None = found["election"]
        return seen

    async def prepare(self, seats: int = 3, **more: Any) -> str:
        """An election to the district's board."""
        given = {"bodyId": global_id("Body", self.world.bodies["district/board"]), "title": "Ledamöter", "seats": seats}
        made = await self.do(
            "meeting_secretary", "prepareElection", BARE, meetingId=global_id("Meeting", self.conference.meeting),
            **given | more,
        )  # fmt: skip
        assert made["__typename"] == "Election", made
        return str(made["id"])

    async def published(self, seats: int = 3, names: Sequence[int] = (), **more: Any) -> tuple[str, list[str]]:
        """An election whose names are out, with delegates who stand, and its numbers decided: written down at once."""
        given: dict[str, Any] = {"title": "Ledamöter", "role": "MEMBER", "substitutes": 0} | more
        row = ElectionRow(
            id=new_id(), meeting_id=self.conference.meeting, body_id=self.world.bodies["district/board"],
            state=ElectionState.PROPOSED, role=MandateRole[given["role"]], title=given["title"], seats=seats,
            substitutes=given["substitutes"], ends_on=ENDS, expectations="", eligibility="", in_order=True,
            must_be_filled=False, numbers_decided_at=self.app.now(), names_out_at=self.app.now(),
        )  # fmt: skip
        stand = [
            CandidacyRow(
                id=new_id(), election_id=row.id, member_id=self.conference.ombud[index], from_floor=True,
                state=CandidacyState.ACCEPTED, asked_at=NOW + timedelta(seconds=at), answered_at=NOW,
            )
            for at, index in enumerate(names)
        ]  # fmt: skip
        async with self.world.database.unit(NOW) as unit:
            unit.session.add(row)
            await unit.session.flush()
            unit.session.add_all(stand)
        return global_id("Election", row.id), [global_id("Candidacy", each.id) for each in stand]

    async def stands(self, election: str, index: int) -> str:
        """A delegate is added at the meeting and accepts."""
        person = global_id("Member", self.conference.ombud[index])
        added = await self.do("presidium", "addCandidate", electionId=election, memberId=person)
        accepted = await self.do("meeting_secretary", "acceptNomination", candidacyId=added["id"])
        assert accepted["state"] == "ACCEPTED", accepted
        return str(added["id"])

    async def paper(self, election: str, ballots: Sequence[tuple[Sequence[str], int]], **more: Any) -> dict[str, Any]:
        """A vote on papers: opened, typed in twice, closed."""
        opened = await self.do("presidium", "openElection", BARE, electionId=election, method="PAPERS")
        assert opened["state"] == "OPEN", opened
        given = [{"candidacyIds": list(names), "number": number} for names, number in ballots]
        for who in ("presidium", "meeting_secretary"):
            typed = await self.do(who, "enterElectionPapers", BARE, electionId=election, ballots=given, **more)
            assert typed["__typename"] == "Election", typed
        return await self.do("presidium", "closeElection", electionId=election)

    async def seal(self, urn: str, index: int, names: Sequence[str]) -> None:
        """A delegate's client seals a ballot, and it is cast."""
        app, voter = self.app, self.conference.actor(index)
        held = Held(app.database, app.seeds, voter, UUID(int=0))
        held.urn = key_of(urn, "Urn")
        candidates = (await held.manifest(app.now()))[0].questions[0].options
        chosen = sorted((key_of(each, "Candidacy").hex for each in names), key=candidates.index)
        box = await held.box(voter.id, chosen, app.now())
        await app.desk.cast(held.urn, await held.m(app.now()), box, actor=voter)

    async def close(self) -> None:
        """The meeting closes, and it is the day after."""
        closed = "mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { __typename } }"
        meeting = global_id("Meeting", self.conference.meeting)
        answer = await self.devices["presidium"].change(closed, meetingId=meeting)
        assert answer["__typename"] == "Meeting", answer
        self.at(NOW + timedelta(days=1))

    async def reconvene(self) -> None:
        """The next meeting is opened, and everybody is there again."""
        last, self.world.meeting = self.world.meeting, self.world.next_meeting
        async with self.world.database.unit(NOW) as unit:
            opened = update(MeetingRow).where(MeetingRow.id == self.world.meeting)
            await unit.session.execute(opened.values(state=MeetingState.OPENED, opened_at=NOW, starts_at=NOW))
            for each in list(await unit.session.scalars(select(PresenceRow).where(PresenceRow.meeting_id == last))):
                there = {name: getattr(each, name) for name in ("member_id", "participant", "voting", "votes", "in_at")}
                may = {"speaks": True, "proposes": True, "speaks_as_mover": False, "remote": False}
                unit.session.add(PresenceRow(id=new_id(), meeting_id=self.world.meeting, **there, **may))

    async def mandates(self) -> list[MandateRow]:
        """Those of the delegates in the district's board, as they were made."""
        board, people = self.world.bodies["district/board"], self.conference.ombud
        async with self.world.database.unit(NOW) as unit:
            wanted = select(MandateRow).where(MandateRow.body_id == board, MandateRow.member_id.in_(people))
            return list(await unit.session.scalars(wanted.order_by(MandateRow.id)))

    async def under(self, name: str) -> None:
        """Let the conference follow another organisation's statutes."""
        async with self.world.database.unit(NOW) as unit:
            digest = await statutes.keep(unit.session, resolve(packaged(name)))
            chosen = update(MeetingRow).where(MeetingRow.id == self.conference.meeting)
            await unit.session.execute(chosen.values(statutes_digest=digest))

    async def genders(self, **given: Gender) -> None:
        """What delegates have said of themselves: by `o` and their index."""
        async with self.world.database.unit(NOW) as unit:
            for name, gender in given.items():
                person = self.conference.ombud[int(name[1:])]
                await unit.session.execute(update(MemberRow).where(MemberRow.id == person).values(gender=gender))

    async def numbers(self, *indexes: int) -> list[str]:
        """Membership numbers of delegates."""
        found = [f"9{index:03}" for index in indexes]
        async with self.world.database.unit(NOW) as unit:
            for index, number in zip(indexes, found, strict=True):
                chosen = update(MemberRow).where(MemberRow.id == self.conference.ombud[index])
                await unit.session.execute(chosen.values(number=number))
        return found


@asynccontextmanager
async def hall(world: World, folder: Path, ombud: int = 8) -> AsyncIterator[Hall]:
    """A conference with delegates, a nomination committee of one (`neighbour`), and somebody who counts."""
    made = await conference(world, ombud)
    world.members.update({f"o{index}": person for index, person in enumerate(made.ombud)})
    names = (*PEOPLE, *(f"o{index}" for index in range(ombud)))
    issued = await tokens(world, names, NOW)
    app = Application(Settings(database_url=world.database.url, pool_size=4, seeds_folder=folder))
    transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        devices = {name: Client(http, token) for name, token in zip(names, issued, strict=True)}
        room = Hall(made, devices, app)
        room.at(NOW)
        await _committee(room)
        yield room
    await app.close()


async def _committee(room: Hall) -> None:
    world = room.world
    async with world.database.unit(NOW) as unit:
        unit.session.add(committee_body(room.committee, world.units["norrviken"]))
        await unit.session.flush()
        unit.session.add(seat_in(room.committee, world.members["neighbour"]))
        await unit.session.execute(
            insert(MeetingOfficerRow).values(
                id=new_id(), meeting_id=room.conference.meeting, member_id=world.members["board"],
                role=OfficerRole.TELLER, position=1, since=NOW,
            )
        )  # fmt: skip


def committee_body(key: UUID, unit_id: UUID) -> BodyRow:
    """A nomination committee."""
    return BodyRow(id=key, unit_id=unit_id, kind=BodyKind.NOMINATION_COMMITTEE, code=f"valberedning-{key.hex[-6:]}",
                   name="Valberedningen", sort_key="valberedningen")  # fmt: skip


def seat_in(body_id: UUID, member_id: UUID) -> MandateRow:
    """A place in it."""
    return MandateRow(
        id=new_id(), member_id=member_id, body_id=body_id, role=MandateRole.MEMBER, position=0, starts_on=SINCE
    )


def _only(name: str, shown: str) -> str:
    """What the result of a mutation may be."""
    election, candidacy = shown.split(" ... on Candidacy")
    if name in OTHERS:
        return f"{REFUSED} ... on {OTHERS[name]}"
    of_candidate = {"nominate", "addCandidate", "presentCandidate", "acceptNomination", "declineNomination",
                    "withdrawCandidacy", "chooseOtherPost", "signCandidatePledge", "declareAcceptance"}  # fmt: skip
    return f"... on Candidacy{candidacy} {REFUSED}" if name in of_candidate else f"{election} {REFUSED}"


def codes(answer: dict[str, Any]) -> list[str]:
    """Why something was refused."""
    return [each["code"] for each in answer.get("denials", answer.get("fields", []))]


def by_state(election: dict[str, Any], state: str) -> list[str]:
    """Candidacies that have come to a state."""
    return [each["id"] for each in election["candidacies"] if each["state"] == state]
