"""An election of persons as the minutes tell of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ElectionBallot:
    """One ballot with its figures: the most votes first."""

    number: int
    closed_at: datetime
    papers: bool
    secret: bool
    votes: tuple[tuple[UUID, int], ...]
    """Members and the ballots that name them."""
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True)
class ReferralRecord:
    """An election that the meeting left to a coming one."""

    title: str
    meeting: str
    """The coming meeting's name."""
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A list for a public election that the meeting has decided."""

    title: str
    assembly: str
    exception: str | None
    decided_at: datetime
    members: tuple[UUID, ...]
    """In their order."""


@dataclass(frozen=True, slots=True)
class ElectionRecord:
    """What was to be elected, how it was voted, who was elected."""

    title: str
    seats: int
    substitutes: int
    numbers_decided_at: datetime | None
    exception: str | None
    declared_at: datetime | None
    acclaimed: bool
    ballots: tuple[ElectionBallot, ...]
    lots: tuple[tuple[UUID, ...], ...]
    """Members between whom a lot was drawn, in the order in which they came up."""
    elected: tuple[UUID, ...]
    deputies: tuple[UUID, ...]
    """Substitutes in their order."""

    @property
    def named(self) -> tuple[UUID, ...]:
        """Everybody of whom it tells."""
        voted = tuple(member for ballot in self.ballots for member, _ in ballot.votes)
        return (*self.elected, *self.deputies, *voted)
