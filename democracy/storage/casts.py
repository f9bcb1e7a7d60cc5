"""Casting: sealed ballots of many voters in one statement, and what waits for its place in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ARRAY, Integer, LargeBinary, Select, Uuid, bindparam, delete, exists, func, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.storage.prepared import IDS
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import ElectorRow, MemberBallotRow, PostalVoteRow
from democracy.storage.tables.urn import RollSlotRow, SealedBallotRow, UrnRow, WaitingBallotRow
from democracy.storage.types import any_bytes, any_number, any_of
from workflows.member_ballot import MemberBallotState
from workflows.urn import UrnState

InUnit: TypeAlias = AsyncConnection
"""A unit's own connection. Nothing here loads rows as objects, so that a session's care for them is not paid for."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A sealed ballot on its way into the urn."""

    slot: int
    box: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class UrnGate:
    """What decides whether an urn takes ballots, read under the lock that casts share."""

    state: UrnState
    opens_at: datetime
    closes_at: datetime
    m: bytes
    box_bytes: int
    revote: bool
    ballot_id: UUID | None
    """None in a meeting's urn."""
    ballot_state: MemberBallotState | None
    statutes: str


async def gate(session: Connected, urn_id: UUID) -> UrnGate | None:
    """The urn's gate; None for an urn that there is not, or that has no manifest."""
    row, ballot = UrnRow, MemberBallotRow
    statement = (
        select(
            row.state, row.opens_at, row.closes_at, row.m, row.box_bytes, row.revote,
            row.ballot_id, ballot.state, row.statutes_digest,
        )
        .outerjoin(ballot, ballot.id == row.ballot_id)
        .where(row.id == urn_id, row.m.is_not(None))
    )  # fmt: skip
    found: Any = (await session.execute(statement)).one_or_none()
    return None if found is None else UrnGate(*found)


async def slots_of(connection: InUnit, urn_id: UUID, tags: Sequence[bytes]) -> dict[bytes, tuple[int, bool]]:
    """The slot that each tag in the roll leads to, and whether it votes no more."""
    statement = _slots(connection.dialect.name)
    found = await connection.execute(statement, {"urn_id": urn_id, "tags": list(tags)})
    return {tag: (slot, void) for tag, slot, void in found}


async def rights_of(connection: InUnit, ballot_id: UUID, members: Sequence[UUID]) -> dict[UUID, tuple[bool, bool]]:
    """Of those who stand or have stood in an electorate: whether they do today, and whether their envelope counts."""
    found = await connection.execute(_RIGHTS, {"ballot_id": ballot_id, "ids": list(members)})
    return {member: (elector, by_post) for member, elector, by_post in found}


@cache
def _slots(dialect: str) -> Select[*tuple[Any, ...]]:
    row, urn_id = RollSlotRow, bindparam("urn_id", type_=Uuid())
    return select(row.tag, row.slot, row.void).where(row.urn_id == urn_id, any_bytes(row.tag, dialect, "tags"))


def _rights() -> Select[*tuple[Any, ...]]:
    elector, post, ballot_id = ElectorRow, PostalVoteRow, bindparam("ballot_id", type_=Uuid())
    envelope = exists().where(
        post.ballot_id == ballot_id, post.member_id == elector.member_id, post.set_aside.is_(False)
    )
    return select(elector.member_id, elector.removed_at.is_(None), envelope).where(
        elector.ballot_id == ballot_id, any_of(elector.member_id, IDS)
    )


_RIGHTS = _rights()


async def slot_of(connection: Connected, urn_id: UUID, tag: bytes) -> tuple[int | None, bool]:
    """The slot that a tag leads to, None for whoever is not in the roll; and whether it votes no more."""
    row = RollSlotRow
    found = (
        await connection.execute(select(row.slot, row.void).where(row.urn_id == urn_id, row.tag == tag))
    ).one_or_none()
    return (None, False) if found is None else (found.slot, found.void)


async def digests_of_others(connection: InUnit, urn_id: UUID, sent: Sequence[Cast]) -> frozenset[bytes]:
    """Those of some ballots that stand in the urn under another slot: copies of somebody else's."""
    row, slots = SealedBallotRow, {each.digest: each.slot for each in sent}
    statement = select(row.digest, row.slot).where(row.urn_id == urn_id, row.digest.in_(list(slots)))
    return frozenset(digest for digest, slot in await connection.execute(statement) if slots[digest] != slot)


async def standing(connection: InUnit, urn_id: UUID, slots: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """The last sequence number and digest of each of these slots that has voted."""
    row = SealedBallotRow
    statement = (
        select(row.slot, row.seq, row.digest)
        .where(row.urn_id == urn_id, any_number(row.slot, slots))
        .order_by(row.slot, row.seq)
    )
    return {slot: (seq, digest) for slot, seq, digest in await connection.execute(statement)}


async def write(connection: InUnit, urn_id: UUID, casts: Mapping[int, tuple[int, Cast]]) -> frozenset[int]:
    """Insert each slot's ballot with its sequence number, in the order of the digests; returns the slots written.

    Another process may have been first: what is there stays, and is not among those returned.
    """
    rows = [
        {"urn_id": urn_id, "slot": slot, "seq": seq, "box": cast.box, "digest": cast.digest}
        for slot, (seq, cast) in sorted(casts.items(), key=lambda item: item[1][1].digest)
    ]
    if connection.dialect.name == "postgresql":
        return await _write_arrays(connection, urn_id, rows)
    statement = insert(SealedBallotRow).values(rows).on_conflict_do_nothing().returning(SealedBallotRow.slot)
    written = frozenset((await connection.execute(statement)).scalars())
    waiting = [
        {"urn_id": urn_id, "digest": row["digest"], "slot": row["slot"], "seq": row["seq"]}
        for row in rows
        if row["slot"] in written
    ]
    if waiting:
        await connection.execute(insert(WaitingBallotRow).values(waiting))
    return written


_BOTH = text("""
    WITH taken AS (
        INSERT INTO sealed_ballot (urn_id, slot, seq, box, digest)
        SELECT :urn_id, slot, seq, box, digest
        FROM unnest(:slots, :seqs, :boxes, :digests) AS sent (slot, seq, box, digest)
        ON CONFLICT DO NOTHING RETURNING slot, seq, digest
    )
    INSERT INTO waiting_ballot (urn_id, digest, slot, seq)
    SELECT :urn_id, digest, slot, seq FROM taken RETURNING slot
""").bindparams(
    bindparam("urn_id", type_=Uuid()),
    bindparam("slots", type_=ARRAY(Integer)),
    bindparam("seqs", type_=ARRAY(Integer)),
    bindparam("boxes", type_=ARRAY(LargeBinary)),
    bindparam("digests", type_=ARRAY(LargeBinary)),
)
"""Both tables in one statement, whose text is the same however many are cast: PostgreSQL plans it once."""


async def _write_arrays(connection: InUnit, urn_id: UUID, rows: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    arrays = {f"{name}s": [row[name] for row in rows] for name in ("slot", "seq", "digest")}
    given = {"urn_id": urn_id, "boxes": [row["box"] for row in rows], **arrays}
    return frozenset((await connection.execute(_BOTH, given)).scalars())


async def take_waiting(session: AsyncSession, urn_id: UUID, most: int) -> list[tuple[int, int, bytes]]:
    """Take the ballots (slot, seq, digest) that wait for the log: in the order of their digests, and of a slot that has
    changed its vote meanwhile the earlier one first."""
    row = WaitingBallotRow
    statement = (
        select(row.slot, row.seq, row.digest).where(row.urn_id == urn_id).order_by(row.seq, row.digest).limit(most)
    )
    found = [(slot, seq, digest) for slot, seq, digest in await session.execute(statement)]
    if found:
        digests = [digest for _, _, digest in found]
        await session.execute(delete(row).where(row.urn_id == urn_id, row.digest.in_(digests)))
    return found


async def waits(session: AsyncSession, urn_id: UUID) -> int:
    """How many wait."""
    statement = select(func.count()).select_from(WaitingBallotRow).where(WaitingBallotRow.urn_id == urn_id)
    return (await session.execute(statement)).scalar_one()


async def turnout(session: Connected, urn_id: UUID) -> int:
    """How many slots have voted."""
    statement = select(func.count(func.distinct(SealedBallotRow.slot))).where(SealedBallotRow.urn_id == urn_id)
    return (await session.execute(statement)).scalar_one()


async def in_log(session: Connected, urn_id: UUID) -> int:
    """How many ballots stand in the log: all that were cast, once nothing waits."""
    statement = select(func.count()).select_from(SealedBallotRow).where(SealedBallotRow.urn_id == urn_id)
    return (await session.execute(statement)).scalar_one()
