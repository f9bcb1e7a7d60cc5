"""Elections in three stages, with a nomination committee that works on one of them; each text marked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from democracy.domain.ids import new_id
from democracy.services.elections.committee import Committee, Line
from democracy.services.elections.holding import ElectionHolding
from democracy.services.elections.nominating import Nominating, Nomination
from democracy.services.elections.preparing import ElectionPreparing, Numbers, Post
from democracy.services.proceedings.persons import Person
from democracy.storage.reads.election_parts import pledges
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.tables.election import CandidacyRow, ElectionReferralRow, ElectionRow
from democracy.storage.tables.member import MemberRow
from tests.elections import committee_body, seat_in
from tests.schema.permissions.heard import heard
from tests.world import BEFORE, SINCE, World
from workflows.candidacy import CandidacyState
from workflows.candidate_list import CANDIDATE_LIST, CandidateListState
from workflows.election import VoteMethod

LISTS = {"list_draft": "called", "list_proposed": "room_asking"}
"""The meeting of each list. On the draft stands the mover, who has not answered; on the other the member."""
ELECTIONS = {"election_nominating": "called", "election_proposed": "room_asking", "election_voting": "room_asking"}
"""The meeting of each. In the first the auditor alone is the nomination committee."""

Mark = Callable[[str, str], str]


@dataclass
class Elected:
    """Ids by name."""

    elections: dict[str, UUID] = field(default_factory=dict)
    candidacies: dict[str, UUID] = field(default_factory=dict)
    lists: dict[str, UUID] = field(default_factory=dict)
    pledge: UUID = field(default_factory=new_id)


async def seed_elections(world: World, meetings: dict[str, UUID], mark: Mark) -> Elected:
    """Prepare them, nominate, let the committee work, publish, and open a vote."""
    made, database, secretary = Elected(), world.database, world.actor("secretary")
    preparing, nominating = ElectionPreparing(database, BEFORE), Nominating(database, BEFORE)
    committee, holding = Committee(database, BEFORE), ElectionHolding(database, BEFORE)
    made.pledge = await preparing.adopt_pledge(
        world.units["norrviken"], f"Jag lovar {mark('pledge', 'text')}.", "DS § 3", actor=secretary
    )
    body = await _committee(world)
    for name, meeting in ELECTIONS.items():
        post = Post(
            world.bodies["district/board"], f"Val {mark(name, 'title')}", seats=1,
            expectations=f"Vi väntar oss {mark(name, 'expected')}.",
            committee_id=body if name == "election_nominating" else None,
        )  # fmt: skip
        made.elections[name] = await preparing.prepare(meetings[meeting], post, actor=secretary)
    waiting = made.elections["election_nominating"]
    asked = await nominating.nominate(
        waiting, Nomination(Person(number=world.numbers["mover"])), actor=world.actor("branch_chair")
    )
    await nominating.present(asked, f"Jag är {mark('asked', 'presentation')}.", actor=world.actor("mover"))
    await committee.note(waiting, f"Osäkert {mark('committee', 'note')}.", actor=world.actor("auditor"))
    lines = [Line(asked, f"Erfaren {mark('committee', 'reasons')}.")]
    await committee.propose(waiting, lines, actor=world.actor("auditor"))
    made.candidacies["candidacy_asked"] = asked
    await _nominations_over(world, made)
    for name in ("election_proposed", "election_voting"):
        made.candidacies[f"candidacy_in_{name}"] = await _stands(world, made.elections[name])
    voted = made.elections["election_voting"]
    await holding.open(voted, VoteMethod.DEVICES, secret=False, actor=world.actor("presidium"))
    await _lists(world, made, meetings, mark)
    await _referred_and_hidden(world, made.elections["election_proposed"], meetings, mark)
    made.candidacies["candidacy_stands"] = made.candidacies.pop("candidacy_in_election_proposed")
    made.candidacies["candidacy_voted"] = made.candidacies.pop("candidacy_in_election_voting")
    return made


async def _stands(world: World, election: UUID) -> UUID:
    """Names are out, the member has been added and stands, and the meeting has decided the numbers."""
    database, chair = world.database, world.actor("presidium")
    preparing, nominating = ElectionPreparing(database, BEFORE), Nominating(database, BEFORE)
    await Committee(database, BEFORE).publish(election, actor=world.actor("secretary"))
    stands = await nominating.add(election, Person(number=world.numbers["member"]), actor=chair)
    pledge = await _pledge(world)
    await nominating.accept(stands, pledge, actor=world.actor("member"))
    await preparing.decide_numbers(election, Numbers(1), actor=chair)
    return stands


async def _lists(world: World, made: Elected, meetings: dict[str, UUID], mark: Mark) -> None:
    """A draft that waits for a consent, and a public proposal with somebody who has not answered besides."""
    async with world.database.unit(BEFORE) as unit:
        for name, meeting in LISTS.items():
            draft = name == "list_draft"
            row = CandidateListRow(
                id=new_id(), meeting_id=meetings[meeting], title=f"Lista {mark(name, 'title')}", assembly="Norrvik",
                state=CandidateListState.DRAFT if draft else CandidateListState.PROPOSED, most=3,
                published_at=None if draft else BEFORE,
            )  # fmt: skip
            made.lists[name] = row.id
            unit.session.add(row)
            await unit.session.flush()
            unit.session.add(_on(row.id, world.members["mover" if draft else "member"], None if draft else BEFORE))
            heard(unit, CANDIDATE_LIST, "place", row.id, row.state)


def _on(list_id: UUID, member_id: UUID, consented_at: datetime | None) -> ListPlaceRow:
    return ListPlaceRow(
        id=new_id(), list_id=list_id, member_id=member_id, position=1, asked_at=BEFORE, consented_at=consented_at
    )


async def _referred_and_hidden(world: World, election: UUID, meetings: dict[str, UUID], mark: Mark) -> None:
    """It came from another meeting; and somebody with a protected identity has been asked, and has not answered."""
    hidden = MemberRow(
        id=new_id(), given_name="Skyddad", family_name=mark("protected", "name"), sort_key="skyddad", language="sv",
        protected=True, joined_on=SINCE,
    )  # fmt: skip
    async with world.database.unit(BEFORE) as unit:
        unit.session.add(hidden)
        await unit.session.flush()
        unit.session.add(
            ElectionReferralRow(
                id=new_id(), election_id=election, from_meeting_id=meetings["called"],
                to_meeting_id=meetings["room_asking"], reason=f"Sent {mark('election_proposed', 'referred')}.",
                at=BEFORE,
            )
        )  # fmt: skip
        unit.session.add(
            CandidacyRow(
                id=new_id(), election_id=election, member_id=hidden.id, state=CandidacyState.ASKED, from_floor=True,
                asked_at=BEFORE, presentation=f"Jag är {mark('protected', 'presentation')}.",
            )
        )  # fmt: skip


async def _pledge(world: World) -> UUID:
    unit = world.units["norrviken"]
    async with world.database.read() as connection:
        return (await pledges(connection, [unit]))[unit].id


async def _committee(world: World) -> UUID:
    body = new_id()
    async with world.database.unit(BEFORE) as unit:
        unit.session.add(committee_body(body, world.units["norrviken"]))
        await unit.session.flush()
        unit.session.add(seat_in(body, world.members["auditor"]))
    return body


async def _nominations_over(world: World, made: Elected) -> None:
    """In all but the first."""
    async with world.database.unit(BEFORE) as unit:
        others = [key for name, key in made.elections.items() if name != "election_nominating"]
        over = update(ElectionRow).where(ElectionRow.id.in_(others))
        await unit.session.execute(over.values(nominations_close_at=BEFORE - timedelta(days=1)))
