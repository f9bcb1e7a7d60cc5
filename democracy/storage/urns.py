"""Urns as they are written: the row, the lock that casts share, roll, lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage import ballots
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import ElectorRow, MemberBallotRow
from democracy.storage.tables.urn import RollSlotRow, SealedBallotRow, UrnCheckpointRow, UrnFileRow, UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Step
from workflows.urn import UrnFacts, UrnState


@dataclass(frozen=True)
class UrnCase:
    """An urn with its row, to be changed, and the roles of one actor in its ballot."""

    row: UrnRow
    facts: UrnFacts
    roles: frozenset[Role]

    @property
    def state(self) -> UrnState:
        """Where it stands."""
        return self.row.state


async def opened(unit: Unit, urn_id: UUID, *, actor: Actor) -> UrnCase:
    """Lock an urn; NotFoundError when there is none in a ballot that the actor may see."""
    row = await locked(unit.session, urn_id)
    if row is None or row.ballot_id is None:
        raise NotFoundError("urn", urn_id)
    try:
        ballot = await ballots.case(unit, row.ballot_id, actor=actor)
    except NotFoundError:
        raise NotFoundError("urn", urn_id) from None
    # A rehearsal begins when it is drawn up.
    facts = UrnFacts(opens_at=None if row.rehearsal else row.opens_at, closes_at=row.closes_at, rehearsal=row.rehearsal)
    return UrnCase(row, facts, ballot.roles)


async def of_meeting(unit: Unit, urn_id: UUID) -> UrnCase:
    """Lock an urn of a meeting. What is done with it follows from what the meeting does, and was judged there."""
    row = await locked(unit.session, urn_id)
    if row is None or row.meeting_id is None:
        raise NotFoundError("urn", urn_id)
    return UrnCase(row, UrnFacts(closes_at=row.closes_at, by_chair=True), frozenset({Role.SECRETARY}))


async def locked(session: AsyncSession, urn_id: UUID) -> UrnRow | None:
    """The row, locked: its log does not grow until this transaction ends. Ballots that come in refer to the row, and do
    not wait for that."""
    statement = select(UrnRow).where(UrnRow.id == urn_id).with_for_update(key_share=True)
    return (await session.scalars(statement.execution_options(populate_existing=True))).one_or_none()


async def of_ballot(session: AsyncSession, ballot_id: UUID) -> UrnRow | None:
    """The urn of a ballot, its rehearsals apart; a spoilt one only if there is no other."""
    statement = select(UrnRow).where(UrnRow.ballot_id == ballot_id, UrnRow.rehearsal.is_(False))
    found = list(await session.scalars(statement.order_by(UrnRow.made_at.desc())))
    sound = [row for row in found if row.state is not UrnState.SPOILT]
    return next(iter(sound or found), None)


@dataclass(frozen=True)
class Listed:
    """A ballot, and one of its urns."""

    title: str
    ballot_id: UUID
    urn_id: UUID | None
    rehearsal: bool
    state: UrnState | None


async def listed(connection: Connected) -> list[Listed]:
    """Every ballot with its urns, rehearsals too, in the order in which they were made."""
    ballot, row = MemberBallotRow, UrnRow
    statement = (
        select(ballot.title, ballot.id, row.id, row.rehearsal, row.state)
        .outerjoin(row, row.ballot_id == ballot.id)
        .order_by(ballot.created_at, row.made_at)
    )
    found = await connection.execute(statement)
    return [Listed(title, key, urn, bool(rehearsal), state) for title, key, urn, rehearsal, state in found]


async def draft(connection: Connected, urn_id: UUID) -> str:
    """The manifest as it was drawn up, to be signed."""
    return (await connection.execute(select(UrnRow.draft).where(UrnRow.id == urn_id))).scalar_one()


async def ballot_of(connection: Connected, urn_id: UUID) -> UUID | None:
    """The ballot whose members vote in an urn; None for a rehearsal, a meeting's urn, and where there is none."""
    row = UrnRow
    statement = select(row.ballot_id).where(row.id == urn_id, row.rehearsal.is_(False))
    found: UUID | None = (await connection.execute(statement)).scalar_one_or_none()
    return found


async def is_taken(session: AsyncSession, ballot_id: UUID) -> bool:
    """Whether a ballot has an urn that may take votes: a second one would split them."""
    row = await of_ballot(session, ballot_id)
    return row is not None and row.state is not UrnState.SPOILT


async def apply(unit: Unit, step: Step[Any], row: UrnRow) -> None:
    """Write the state that a step led to."""
    row.state = step.dest
    await unit.session.flush()


async def ended(connection: Connected, ids: Sequence[UUID]) -> list[UUID]:
    """Those of some urns that are counted or given up."""
    states = (UrnState.COUNTED, UrnState.FINAL, UrnState.SPOILT)
    found = await connection.execute(select(UrnRow.id).where(UrnRow.id.in_(ids), UrnRow.state.in_(states)))
    return list(found.scalars())


def lock_number(urn_id: UUID) -> int:
    """The number of an urn's advisory lock: casts share it, the close holds it alone."""
    return urn_id.int % (1 << 62)


async def share(connection: AsyncConnection, urn_id: UUID) -> None:
    """Keep the urn from closing until this transaction ends. On SQLite units pass one at a time anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock_shared(lock_number(urn_id))))


async def hold_alone(session: AsyncSession, urn_id: UUID) -> None:
    """Wait for the casts that are under way, and keep others out until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(lock_number(urn_id))))


async def electors(session: AsyncSession, ballot_id: UUID) -> list[UUID]:
    """Everybody who may vote in a ballot, in no order that means anything."""
    statement = select(ElectorRow.member_id).where(ElectorRow.ballot_id == ballot_id, ElectorRow.removed_at.is_(None))
    return list(await session.scalars(statement))


async def write_roll(session: AsyncSession, urn_id: UUID, rows: Sequence[tuple[bytes, int, bytes]]) -> None:
    """Write (tag, slot, hash of the leaf) in the order of the tags, so that the rows' own order says nothing."""
    values = [
        {"urn_id": urn_id, "tag": tag, "slot": slot, "leaf": leaf, "void": False} for tag, slot, leaf in sorted(rows)
    ]
    for at in range(0, len(values), 1000):
        await session.execute(insert(RollSlotRow), values[at : at + 1000])


async def set_apart(session: AsyncSession, urn_id: UUID, former: Mapping[int, bytes]) -> None:
    """Let void slots lie under other tags, so that those of their members are free for new ones."""
    row = RollSlotRow
    for slot, tag in former.items():
        await session.execute(update(row).where(row.urn_id == urn_id, row.slot == slot).values(tag=tag))


async def marks(connection: Connected, urn_id: UUID) -> list[tuple[bytes, int]]:
    """(tag, slot) of everybody in an urn's roll."""
    row = RollSlotRow
    return [
        (tag, slot) for tag, slot in await connection.execute(select(row.tag, row.slot).where(row.urn_id == urn_id))
    ]


async def roll_size(connection: Connected, urn_id: UUID) -> int:
    """How many slots an urn's roll has."""
    found = await connection.execute(select(func.max(RollSlotRow.slot)).where(RollSlotRow.urn_id == urn_id))
    last: int | None = found.scalar_one()
    return 0 if last is None else last + 1


async def roll_leaves(connection: Connected, urn_id: UUID) -> list[bytes]:
    """The hash of every leaf of the roll's tree, by slot."""
    row = RollSlotRow
    found = await connection.execute(select(row.leaf).where(row.urn_id == urn_id).order_by(row.slot))
    return list(found.scalars())


async def is_void(connection: Connected, urn_id: UUID, slot: int) -> bool | None:
    """Whether a slot votes no more; None where there is no such slot."""
    row = RollSlotRow
    found = await connection.execute(select(row.void).where(row.urn_id == urn_id, row.slot == slot))
    void: bool | None = found.scalar_one_or_none()
    return void


async def void_slot(session: AsyncSession, urn_id: UUID, slot: int) -> None:
    """Let a slot vote no more."""
    where = (RollSlotRow.urn_id == urn_id, RollSlotRow.slot == slot)
    await session.execute(update(RollSlotRow).where(*where).values(void=True))


async def last_boxes(session: AsyncSession, urn_id: UUID) -> list[tuple[int, bytes]]:
    """The last sealed ballot of every slot that is not void."""
    box, slot = SealedBallotRow, RollSlotRow
    last = select(box.slot, func.max(box.seq).label("seq")).where(box.urn_id == urn_id).group_by(box.slot).subquery()
    statement = (
        select(box.slot, box.box)
        .join(last, (last.c.slot == box.slot) & (last.c.seq == box.seq))
        .join(slot, (slot.urn_id == box.urn_id) & (slot.slot == box.slot))
        .where(box.urn_id == urn_id, slot.void.is_(False))
    )
    return [(at, data) for at, data in await session.execute(statement)]


async def keep_file(session: AsyncSession, urn_id: UUID, name: str, data: bytes) -> None:
    """Keep a file of the urn; it is written once."""
    session.add(UrnFileRow(urn_id=urn_id, name=name, data=data))
    await session.flush()


async def file(session: Connected, urn_id: UUID, name: str) -> bytes | None:
    """A file of the urn."""
    statement = select(UrnFileRow.data).where(UrnFileRow.urn_id == urn_id, UrnFileRow.name == name)
    found: bytes | None = (await session.execute(statement)).scalar_one_or_none()
    return found


async def files(connection: Connected, urn_id: UUID) -> dict[str, bytes]:
    """Every file of the urn by its name."""
    statement = select(UrnFileRow.name, UrnFileRow.data).where(UrnFileRow.urn_id == urn_id)
    return {row.name: row.data for row in await connection.execute(statement)}


async def empty(session: AsyncSession, urn_id: UUID) -> None:
    """Remove sealed ballots, lists, and what was for auditors alone. Who voted from which slot stays, as in the log."""
    files = UrnFileRow
    await session.execute(update(SealedBallotRow).where(SealedBallotRow.urn_id == urn_id).values(box=b""))
    withheld = await file(session, urn_id, "secret") is not None
    gone = or_(files.name.like("list-%"), files.name.in_(("secret", "final") if withheld else ()))
    await session.execute(delete(files).where(files.urn_id == urn_id, gone))


async def with_log(connection: Connected) -> list[UUID]:
    """Urns whose log may grow, or whose last checkpoint may be unsigned."""
    row = UrnRow
    newest = select(func.max(UrnCheckpointRow.size)).where(UrnCheckpointRow.urn_id == row.id).scalar_subquery()
    grown = func.coalesce(newest, 0) < row.log_size
    statement = select(row.id).where(row.m.is_not(None), (row.state == UrnState.READY) | grown)
    return list((await connection.execute(statement)).scalars())
