"""Casting: sealed ballots of many voters in one statement, and what waits for its place in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.urn import RollSlotRow, SealedBallotRow, UrnRow, WaitingBallotRow
from workflows.member_ballot import MemberBallotState
from workflows.urn import UrnState


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

    def takes(self, at: datetime) -> bool:
        """Whether it takes ballots at a moment: by the time alone, so that it matters to nobody if the clock rests."""
        return self.state is UrnState.READY and self.opens_at <= at < self.closes_at


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


async def slot_of(session: Connected, urn_id: UUID, tag: bytes) -> tuple[int | None, bool]:
    """The slot that a tag leads to, None for whoever is not in the roll; and whether it votes no more."""
    row = RollSlotRow
    found = (
        await session.execute(select(row.slot, row.void).where(row.urn_id == urn_id, row.tag == tag))
    ).one_or_none()
    return (None, False) if found is None else (found.slot, found.void)


async def digests_of_others(session: AsyncSession, urn_id: UUID, sent: Sequence[Cast]) -> frozenset[bytes]:
    """Those of some ballots that stand in the urn under another slot: copies of somebody else's."""
    row, slots = SealedBallotRow, {each.digest: each.slot for each in sent}
    statement = select(row.digest, row.slot).where(row.urn_id == urn_id, row.digest.in_(list(slots)))
    return frozenset(digest for digest, slot in await session.execute(statement) if slots[digest] != slot)


async def standing(session: AsyncSession, urn_id: UUID, slots: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """The last sequence number and digest of each of these slots that has voted."""
    row = SealedBallotRow
    statement = (
        select(row.slot, row.seq, row.digest)
        .where(row.urn_id == urn_id, row.slot.in_(slots))
        .order_by(row.slot, row.seq)
    )
    return {slot: (seq, digest) for slot, seq, digest in await session.execute(statement)}


async def write(session: AsyncSession, urn_id: UUID, casts: Mapping[int, tuple[int, Cast]]) -> frozenset[int]:
    """Insert each slot's ballot with its sequence number, in the order of the digests; returns the slots written.

    Another process may have been first: what is there stays, and is not among those returned.
    """
    rows = [
        {"urn_id": urn_id, "slot": slot, "seq": seq, "box": cast.box, "digest": cast.digest}
        for slot, (seq, cast) in sorted(casts.items(), key=lambda item: item[1][1].digest)
    ]
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = make(SealedBallotRow).values(rows).on_conflict_do_nothing().returning(SealedBallotRow.slot)
    written = frozenset((await session.execute(statement)).scalars())
    waiting = [
        {"urn_id": urn_id, "digest": row["digest"], "slot": row["slot"], "seq": row["seq"]}
        for row in rows
        if row["slot"] in written
    ]
    if waiting:
        await session.execute(make(WaitingBallotRow).values(waiting))
    return written


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
