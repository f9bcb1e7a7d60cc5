"""Divisions with their votes and figures, and what people have noted beside a decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.division import DivisionState
from workflows.proceedings import Choice, DivisionMethod, StatementKind


class DivisionRow(Table):
    """A division (votering): one pair of proposals, or one yes-or-no question, voted on."""

    __tablename__ = "division"
    __table_args__ = (Index("ix_division_matter_id_number", "matter_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("matter.id"))
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), index=True)
    number: Mapped[int | None]
    """1 for the first vote that was opened on the matter, rising; None until it is opened."""
    role: Mapped[str | None] = mapped_column(Code)
    """`preparatory`, `main`, `qualified` or `single`."""
    yes_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    no_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    yes_means: Mapped[str | None]
    no_means: Mapped[str | None]
    majority: Mapped[str | None] = mapped_column(Code)
    """Which of the statutes' majorities it needs, by its name there."""
    sends_back: Mapped[bool] = mapped_column(default=False)
    """Nej means that the matter is referred back, and the right of the few to that has not been used on it."""
    method: Mapped[DivisionMethod | None]
    """How it is taken; None, as what yes and no mean, until it is opened."""
    trial: Mapped[bool]
    """Försöksvotering: a show of cards, uncounted."""
    state: Mapped[DivisionState]
    roll_id: Mapped[UUID | None] = mapped_column(ForeignKey("roll.id"))
    entitled: Mapped[int | None]
    """Votes in the roll, without those who are barred."""
    urn_id: Mapped[UUID | None] = mapped_column(ForeignKey("urn.id"))
    """The sealed urn that its votes are cast into, where it is secret and not taken on paper."""
    counters: Mapped[int] = mapped_column(default=1)
    """How many tellers count, each for themselves: their figures have to agree."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    blank: Mapped[int | None]
    casting_vote: Mapped[Choice | None]
    lot: Mapped[str | None]
    """Canonical JSON of a lot that settled equal figures."""
    winner: Mapped[Choice | None]
    """None when announced: equal figures have deferred the matter."""
    settled_by: Mapped[str | None] = mapped_column(Code)
    """`majority`, `minority` (the right of the few), or what settled equal figures."""
    announced_at: Mapped[datetime | None]
    annulled_at: Mapped[datetime | None]
    annulled_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=0)


class DemandRow(Table):
    """That a voter asked for a division, or for a trial vote to be counted."""

    __tablename__ = "division_demand"

    division_id: Mapped[UUID] = mapped_column(ForeignKey("division.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    secret: Mapped[bool] = mapped_column(default=False, server_default=false())
    """They asked for it to be closed."""


class LotShareRow(Table):
    """A share of a lot that somebody committed to before the votes were counted."""

    __tablename__ = "lot_share"
    __table_args__ = (UniqueConstraint("division_id", "commitment"),)

    division_id: Mapped[UUID] = mapped_column(ForeignKey("division.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    commitment: Mapped[str] = mapped_column(Code)
    """SHA-256 in hex, published at once."""
    share: Mapped[str | None]
    """In hex, once it is revealed."""
    committed_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]


class VoteRow(Table):
    """One voter's answer. In a roll call it stays; from a device it is gone once the figures stand."""

    __tablename__ = "vote"

    division_id: Mapped[UUID] = mapped_column(ForeignKey("division.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    choice: Mapped[Choice]
    votes: Mapped[int]
    at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    """Who entered it for the voter: the secretary, from the floor."""


class CountRow(Table):
    """Figures that the tellers gave in: mistyped ones stay, and name the ones that replaced them."""

    __tablename__ = "teller_count"
    __table_args__ = (CheckConstraint("yes >= 0 AND no >= 0 AND abstained >= 0 AND blank >= 0", name="not_negative"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division_id: Mapped[UUID] = mapped_column(ForeignKey("division.id"), index=True)
    yes: Mapped[int]
    no: Mapped[int]
    abstained: Mapped[int]
    blank: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[UUID | None]
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("teller_count.id"))
    reason: Mapped[str | None]


class StatementRow(Table):
    """A reservation, a note or a special statement in the minutes."""

    __tablename__ = "statement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("matter.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[StatementKind]
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    """The proposal in whose favour somebody reserves themselves."""
    text: Mapped[str | None]
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
