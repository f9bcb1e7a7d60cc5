"""What the story is played on: the database, and everybody and everything in it by name."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from democracy.demo.cast import Cast, board_of
from democracy.demo.content import Content
from democracy.domain.actors import Member, Operator, Staff
from democracy.domain.kinds import BodyKind
from democracy.domain.swedish import plain_word
from democracy.storage.register_mandates import body_ids, known_staff
from democracy.storage.register_members import member_ids
from democracy.storage.register_units import known_units
from democracy.storage.tables.motion import ClauseRow
from democracy.storage.unit_of_work import Database

PARTY = "parti"
DISTRICT = "norrviken"
SOUTH = "sydslatten"
SYSTEM = Operator()
"""Whoever set the installation up."""

_STANDARD = frozenset({BodyKind.BOARD, BodyKind.NOMINATION_COMMITTEE, BodyKind.AUDITORS})


def is_standard(kind: BodyKind) -> bool:
    """Whether every district has such a body."""
    return kind in _STANDARD


def body_code(name: str, kind: BodyKind) -> str:
    """The code of one of the district's bodies."""
    return f"{DISTRICT}/{kind.value if is_standard(kind) else plain_word(name)}"


@dataclass
class Stage:
    """Filled as the story goes on."""

    database: Database
    content: Content
    cast: Cast
    codes: dict[str, str]
    """Units' codes by their names."""
    units: dict[str, UUID] = field(default_factory=dict)
    """By code."""
    bodies: dict[str, UUID] = field(default_factory=dict)
    """By code."""
    members: dict[str, UUID] = field(default_factory=dict)
    """By member number."""
    staff: dict[str, UUID] = field(default_factory=dict)
    """By e-mail address."""
    meetings: dict[str, UUID] = field(default_factory=dict)
    motions: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """By meeting and title: one that is sent on keeps its title."""

    applications: dict[str, UUID] = field(default_factory=dict)
    """To form a branch, by its name."""
    appeals: dict[str, UUID] = field(default_factory=dict)
    """Against a refusal, by the branch's name."""
    documents: dict[str, UUID] = field(default_factory=dict)
    """By title."""
    items: dict[str, UUID] = field(default_factory=dict)
    """Of the agenda of the conference that is going on, by title."""

    async def look(self) -> None:
        """Learn the ids of what the register holds now."""
        async with self.database.read() as connection:
            self.units = {code: each["id"] for code, each in (await known_units(connection)).items()}
            self.bodies = await body_ids(connection)
            self.members = await member_ids(connection, {each.number for each in self.cast.members})
            self.staff = {email: each["id"] for email, each in (await known_staff(connection)).items()}

    def member(self, name: str) -> Member:
        """A member as an actor, by name."""
        return Member(self.members[self.cast.named(name).number])

    def employee(self) -> Staff:
        """The district's employee."""
        return Staff(next(iter(self.staff.values())))

    def unit(self, name: str) -> UUID:
        """A unit by its name."""
        return self.units[self.codes[name]]

    def body(self, unit: str, kind: str) -> UUID:
        """A unit's body, by the unit's name."""
        return self.bodies[f"{self.codes[unit]}/{kind}"]

    def district_body(self, name: str) -> UUID:
        """One of the district's bodies, by its name in the story."""
        found = next(each for each in self.content.district.bodies if each.name == name)
        return self.bodies[body_code(found.name, found.kind)]

    def chair(self, branch: str) -> Member:
        """Who leads a branch."""
        return self._leader(branch, 0)

    def secretary(self, branch: str) -> Member:
        """Who writes for a branch."""
        return self._leader(branch, 1)

    def _leader(self, branch: str, place: int) -> Member:
        keep_out = [each.name for each in self.content.people]
        return Member(self.members[board_of(self.cast, self.content.branch(branch), keep_out)[place].number])

    async def clauses(self, motion_id: UUID, at: datetime) -> list[ClauseRow]:
        """A motion's att-satser in their order."""
        async with self.database.unit(at) as unit:
            return list(await unit.motions.clauses(motion_id))
