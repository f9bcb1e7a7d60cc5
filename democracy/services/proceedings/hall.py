"""A meeting with the rules that say who may do what in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from democracy.domain.meeting_rights import MeetingRights, body_of, rights_of
from democracy.domain.seating import Vote
from democracy.storage import presences, statutes
from democracy.storage.capacities import Capacity
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.unit_of_work import Unit
from workflows.statutes import Participant, Resolved, Right
from workflows.statutes.parameters.delegates import Allotment, Delegates
from workflows.statutes.parameters.membership import DualVote


@dataclass(frozen=True)
class Hall:
    """The meeting's matrix and what the statutes say of its delegates."""

    case: MeetingCase
    rules: Resolved
    matrix: Mapping[Participant, tuple[Right, ...]]
    day: date
    shared_out: bool
    """Seats have been shared out: those who were reported are delegates. Otherwise those elected for a term are."""

    @property
    def delegates(self) -> Delegates:
        """What holds for delegates and substitutes."""
        return self.rules.parameters.delegates

    @property
    def allotment(self) -> Allotment | None:
        """How the seats of such a meeting are shared out; None for a meeting without delegates."""
        return self.delegates.allotment.get(self.case.kind)

    @property
    def votes_as(self) -> Participant | None:
        """The capacity whose votes are places that somebody else can fill; None where members vote for themselves."""
        places = (Participant.DELEGATE, Participant.BOARD_MEMBER)
        return next((each for each in places if Right.VOTE in self.matrix.get(each, ())), None)

    def general(self, person: Capacity) -> MeetingRights:
        """What somebody may do by what they are, whoever fills their place."""
        return self._of(person, person.capacities or frozenset({Participant.GUEST}))

    def rights(self, person: Capacity, vote: Vote | None = None) -> MeetingRights:
        """What somebody may do with the place that they fill, or without one."""
        place = frozenset({self.votes_as} if self.votes_as else ())
        held = person.capacities - place | (place if vote else frozenset())
        return self._of(person, held or frozenset({Participant.GUEST}))

    def _of(self, person: Capacity, held: frozenset[Participant]) -> MeetingRights:
        seated = self.allotment.ex_officio if self.allotment else ()
        found = rights_of(self.matrix, held, seated)
        if found.votes and not self._votes_as_member(person):
            return replace(found, votes=rights_of(self.matrix, held - {Participant.MEMBER}, seated).votes)
        return found

    def old_enough(self, born: date | None) -> bool:
        """Whether somebody has reached the age that the statutes ask of a voter."""
        minimum = self.rules.parameters.membership.minimum_age
        return not minimum or (born is not None and _age(born, self.day) >= minimum)

    def _votes_as_member(self, person: Capacity) -> bool:
        each_unit = self.rules.parameters.membership.dual_vote is DualVote.EACH_UNIT
        return (each_unit or person.votes_here) and self.old_enough(person.born)


async def hall_of(unit: Unit, case: MeetingCase) -> Hall:
    """The rules of a meeting, as they were when it was planned."""
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    kind = await statutes.unit_kind(unit.session, case.unit_id)
    assert kind is not None  # noqa: S101 - a meeting is of a unit
    matrix = rules.parameters.rights.matrix.get(body_of(case.kind, kind), {})
    return Hall(case, rules, matrix, unit.today, await presences.shared_out(unit.session, case.id))


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
