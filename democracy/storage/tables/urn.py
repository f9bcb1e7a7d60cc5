"""A sealed urn. Beside a sealed ballot stands nothing that tells when it came or what is in it.

Natural keys and no time: the rows of `sealed_ballot`, `waiting_ballot`, `log_leaf` and `roll_slot` say what the public
log says. On SQLite they have no rowid.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Code, Table
from workflows.urn import UrnState

_NO_ROWID = {"sqlite_with_rowid": False}


class UrnRow(Table):
    """The urn of one ballot or its rehearsal, or of one secret vote in a meeting."""

    __tablename__ = "urn"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ballot_id: Mapped[UUID | None] = mapped_column(ForeignKey("member_ballot.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    """Of a secret vote in a meeting; either this or `ballot_id`."""
    state: Mapped[UrnState]
    rehearsal: Mapped[bool]
    origin: Mapped[str] = mapped_column(Code, unique=True)
    """The name of its log."""
    draft: Mapped[str]
    """The manifest before it was signed: canonical JSON."""
    manifest: Mapped[bytes | None] = mapped_column(LargeBinary)
    m: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Digest of the manifest."""
    box_bytes: Mapped[int | None]
    """The length of a sealed ballot."""
    revote: Mapped[bool]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """Extensions included."""
    log_size: Mapped[int]
    statutes_digest: Mapped[str] = mapped_column(ForeignKey("resolved_statutes.digest"))
    made_at: Mapped[datetime]


class RollSlotRow(Table):
    """The slot of a voter, found by a tag that only the holder of the API's seed can make."""

    __tablename__ = "roll_slot"
    __table_args__ = (UniqueConstraint("urn_id", "slot"), _NO_ROWID)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    slot: Mapped[int]
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Hash of the voter's leaf in the roll's tree."""
    void: Mapped[bool]
    """The slot no longer votes."""


class SealedBallotRow(Table):
    """A sealed ballot."""

    __tablename__ = "sealed_ballot"
    __table_args__ = (UniqueConstraint("urn_id", "digest"), _NO_ROWID)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class WaitingBallotRow(Table):
    """A sealed ballot that is not yet in the log."""

    __tablename__ = "waiting_ballot"
    __table_args__ = (_NO_ROWID,)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    slot: Mapped[int]
    seq: Mapped[int]


class LogLeafRow(Table):
    """A leaf of an urn's log."""

    __tablename__ = "log_leaf"
    __table_args__ = (_NO_ROWID,)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class LogNodeRow(Table):
    """A perfect subtree of a log's tree: never changed once it is there."""

    __tablename__ = "log_node"
    __table_args__ = (_NO_ROWID,)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class UrnCheckpointRow(Table):
    """A signed checkpoint of an urn's log, with the witnesses' lines that have come in."""

    __tablename__ = "urn_checkpoint"
    __table_args__ = (_NO_ROWID,)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]


class UrnFileRow(Table):
    """A list, the opened ballots, the protocol: whole files that everybody fetches, or auditors alone."""

    __tablename__ = "urn_file"
    __table_args__ = (_NO_ROWID,)

    urn_id: Mapped[UUID] = mapped_column(ForeignKey("urn.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Code, primary_key=True)
    """`list-0` … `list-k`, `final`, `codes`, `protocol`, `paper`."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
