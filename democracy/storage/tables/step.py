"""The ledger's tables: nothing in them is changed or removed, and the database itself refuses it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import BigInt, Code, Table


class StepRow(Table):
    """One step of one case: ids, codes and salted digests, never a name or a text."""

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_case_id_at", "case_id", "at"), Index("ix_step_meeting_id", "meeting_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workflow: Mapped[str] = mapped_column(Code)
    case_id: Mapped[UUID]
    meeting_id: Mapped[UUID | None]
    """The meeting in which it was taken, for those who follow that meeting."""
    rule: Mapped[str] = mapped_column(Code)
    source: Mapped[str] = mapped_column(Code)
    dest: Mapped[str] = mapped_column(Code)
    paragraph: Mapped[str] = mapped_column(Code)
    statutes_digest: Mapped[str | None] = mapped_column(Code)
    actor_kind: Mapped[str] = mapped_column(Code)
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]
    """When the request had been read: what deadlines look at."""
    record: Mapped[str]
    """Canonical JSON: everything above, the facts, the roles and the outcome. This is what is hashed."""


class ChainRow(Table):
    """The ledger's order: the step at `position` is leaf `position - 1` of the tree (tables/ledger.py)."""

    __tablename__ = "chain"

    position: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("step.id"), unique=True)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """The link of the plain chain, for steps that were placed before there was a tree; null since."""


class UnchainedRow(Table):
    """Steps that wait for the sequencer. Empty within a second of the last one."""

    __tablename__ = "unchained"

    number: Mapped[int] = mapped_column(BigInt, primary_key=True)
    """Given by the database while the case is locked, so that of two steps in one case the later has the higher."""
    step_id: Mapped[UUID] = mapped_column(ForeignKey("step.id"), unique=True)


class KeptTextRow(Table):
    """A text as it stood at one step, with its digest's salt. Erasing empties both, and the chain still verifies."""

    __tablename__ = "kept_text"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    step_id: Mapped[UUID] = mapped_column(ForeignKey("step.id"), index=True)
    noun: Mapped[str] = mapped_column(Code)
    noun_id: Mapped[UUID]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    content: Mapped[str | None]
    """Canonical JSON of the fields."""
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    """The person whose text it is: erasing them empties it."""
    erased_at: Mapped[datetime | None]


class CounterRow(Table):
    """A gapless series of numbers, taken under a lock in the transaction that uses them."""

    __tablename__ = "counter"

    scope: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class SettingRow(Table):
    """A value that the installation itself keeps, such as the demo's clock."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Code, primary_key=True)
    value: Mapped[str]
