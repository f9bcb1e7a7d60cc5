"""A district conference in progress: opened, with delegates from several branches checked in."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, UnitKind
from democracy.domain.swedish import sort_key
from democracy.services.meetings import Meetings
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, PresenceRow, SeatsRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from tests.world import SINCE, STARTS, World
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant

NOW = STARTS + timedelta(hours=1)
"""An hour into the conference."""

BRANCHES = ("Tallmo", "Sundbro", "Ekholma", "Björkskär")


@dataclass
class Conference:
    """Ids of those who take part, beside everybody in the world."""

    world: World
    ombud: list[UUID] = field(default_factory=list)
    """Delegates, checked in with a vote; one branch after the other takes turns."""
    substitutes: list[UUID] = field(default_factory=list)
    """One for each branch, reported but not there."""
    branches: list[UUID] = field(default_factory=list)
    delegates: dict[UUID, UUID] = field(default_factory=dict)
    """The place that each delegate and substitute was reported to, by member."""

    @property
    def meeting(self) -> UUID:
        """The conference itself."""
        return self.world.meeting

    @property
    def presidium(self) -> Member:
        """Who holds the gavel: no delegate, checked in to speak."""
        return Member(self.world.members["presidium"])

    @property
    def meeting_secretary(self) -> Member:
        """Who records."""
        return Member(self.world.members["meeting_secretary"])

    def actor(self, index: int) -> Member:
        """A delegate."""
        return Member(self.ombud[index])


async def conference(world: World, ombud: int = 6) -> Conference:
    """Open the conference with that many delegates checked in, and a board member who speaks and proposes."""
    made = Conference(world)
    async with world.database.unit(STARTS - timedelta(days=30)) as unit:
        await _branches(unit, made)
        await _delegates(unit, made, ombud)
        await _others(unit, made)
    await Meetings(world.database, STARTS).open(world.meeting, actor=made.meeting_secretary)
    return made


async def _branches(unit: Unit, made: Conference) -> None:
    world = made.world
    for name in BRANCHES:
        branch = new_id()
        made.branches.append(branch)
        unit.session.add(
            UnitRow(
                id=branch,
                parent_id=world.units["norrviken"],
                kind=UnitKind.LOCAL_BRANCH,
                code=sort_key(name),
                name=f"Partiföreningen {name}",
                sort_key=sort_key(name),
            )
        )
        await unit.session.flush()
        above = (branch, world.units["norrviken"], world.units["party"])
        unit.session.add_all(
            UnitAncestorRow(unit_id=branch, ancestor_id=each, distance=distance) for distance, each in enumerate(above)
        )


async def _delegates(unit: Unit, made: Conference, ombud: int) -> None:
    seats = {branch: len(range(index, ombud, len(BRANCHES))) for index, branch in enumerate(made.branches)}
    allotment = AllotmentRow(
        id=new_id(), meeting_id=made.meeting, counted_on=STARTS.date(), frozen_at=unit.now, protocol="{}"
    )
    unit.session.add(allotment)
    await unit.session.flush()
    unit.session.add_all(
        SeatsRow(allotment_id=allotment.id, unit_id=branch, members=20 * count, seats=count)
        for branch, count in seats.items()
    )
    for index in range(ombud):
        branch = made.branches[index % len(BRANCHES)]
        member = await _person(unit, f"Ombud {index + 1:03}", branch)
        made.ombud.append(member)
        made.delegates[member] = await _reported(unit, made, member, branch, Participant.DELEGATE, index)
        _check_in(unit, made, member, Participant.DELEGATE)
    for index, branch in enumerate(made.branches):
        member = await _person(unit, f"Ersättare {index + 1}", branch)
        made.substitutes.append(member)
        made.delegates[member] = await _reported(unit, made, member, branch, Participant.SUBSTITUTE, 1)


async def _others(unit: Unit, made: Conference) -> None:
    members = made.world.members
    _check_in(unit, made, members["presidium"], Participant.PRESIDIUM)
    _check_in(unit, made, members["meeting_secretary"], Participant.SECRETARY)
    _check_in(unit, made, members["board"], Participant.BOARD_MEMBER)


async def _person(unit: Unit, name: str, branch: UUID) -> UUID:
    member = MemberRow(
        id=new_id(),
        given_name="Lo",
        family_name=name,
        sort_key=sort_key(name),
        language="sv",
        protected=False,
        joined_on=SINCE,
    )
    unit.session.add(member)
    await unit.session.flush()
    membership = MembershipRow(id=new_id(), member_id=member.id, unit_id=branch, voting=True, effective_on=SINCE)
    unit.session.add(membership)
    return member.id


async def _reported(
    unit: Unit, made: Conference, member: UUID, branch: UUID, participant: Participant, position: int
) -> UUID:
    row = DelegateRow(
        id=new_id(),
        meeting_id=made.meeting,
        unit_id=branch,
        member_id=member,
        participant=participant,
        position=position,
        state=DelegateState.ACCEPTED,
        late=False,
        decision="Årsmötet § 9",
        channel=Channel.DIGITAL,
        received_at=unit.now,
        recorded_at=unit.now,
    )
    unit.session.add(row)
    await unit.session.flush()
    return row.id


def _check_in(unit: Unit, made: Conference, member: UUID, participant: Participant) -> None:
    votes = participant is Participant.DELEGATE
    row = PresenceRow(
        id=new_id(),
        meeting_id=made.meeting,
        member_id=member,
        delegate_id=made.delegates.get(member),
        participant=participant,
        speaks=participant is not Participant.SECRETARY,
        proposes=votes or participant is Participant.BOARD_MEMBER,
        speaks_as_mover=False,
        voting=votes,
        votes=1,
        remote=False,
        in_at=STARTS,
    )
    unit.session.add(row)
