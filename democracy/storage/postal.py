"""Envelopes and papers of a member ballot, and which slots of its urn have voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select, update

from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import ElectorRow, PaperCountRow, PostalVoteRow
from democracy.storage.tables.urn import LogLeafRow, RollSlotRow, SealedBallotRow, UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.urn import UrnState


@dataclass(frozen=True, slots=True)
class Slot:
    """A voter's place in an urn."""

    number: int
    void: bool
    voted: bool


async def envelope(unit: Unit, ballot_id: UUID, member_id: UUID) -> PostalVoteRow | None:
    """The envelope of somebody that counts."""
    row = PostalVoteRow
    statement = select(row).where(row.ballot_id == ballot_id, row.member_id == member_id, row.set_aside.is_(False))
    return (await unit.session.scalars(statement)).one_or_none()


async def by_post(connection: Connected, ballot_id: UUID) -> list[UUID]:
    """Those whose envelopes count, the first received first."""
    row = PostalVoteRow
    statement = select(row.member_id).where(row.ballot_id == ballot_id, row.set_aside.is_(False))
    found = await connection.execute(statement.order_by(row.received_on, row.id))
    return [each for each in found.scalars() if each is not None]


async def voided(connection: Connected, ballot_id: UUID) -> bool:
    """Whether the log of the ballot's urn already holds a void for an envelope."""
    leaf, urn = LogLeafRow, UrnRow
    statement = (
        select(leaf.data).join(urn, urn.id == leaf.urn_id).where(urn.ballot_id == ballot_id, leaf.kind == "void")
    )
    return any(b'"reason":"paper"' in data for data in (await connection.execute(statement)).scalars())


async def paper_counts(unit: Unit, ballot_id: UUID) -> list[PaperCountRow]:
    """What the tellers have come to, the first first."""
    row = PaperCountRow
    return list(await unit.session.scalars(select(row).where(row.ballot_id == ballot_id).order_by(row.at, row.id)))


async def slots(connection: Connected, urn_id: UUID) -> dict[bytes, Slot]:
    """Every place of an urn by the tag that leads to it."""
    roll, box = RollSlotRow, SealedBallotRow
    voted = set((await connection.execute(select(box.slot).where(box.urn_id == urn_id).distinct())).scalars())
    found = await connection.execute(select(roll.tag, roll.slot, roll.void).where(roll.urn_id == urn_id))
    return {tag: Slot(slot, void, slot in voted) for tag, slot, void in found}


async def slot_of(connection: Connected, urn_id: UUID, tag: bytes) -> Slot | None:
    """The place that one tag leads to."""
    roll = RollSlotRow
    found = await connection.execute(select(roll.slot, roll.void).where(roll.urn_id == urn_id, roll.tag == tag))
    place = found.one_or_none()
    return None if place is None else Slot(place.slot, place.void, await slot_voted(connection, urn_id, place.slot))


async def electors(connection: Connected, ballot_id: UUID) -> Sequence[tuple[UUID, UUID, bool]]:
    """(member, unit, taken out) of everybody who stands or has stood in an electorate."""
    row = ElectorRow
    statement = select(row.member_id, row.unit_id, row.removed_at.is_not(None)).where(row.ballot_id == ballot_id)
    found = await connection.execute(statement.order_by(row.member_id))
    return [(member, unit, removed) for member, unit, removed in found]


async def forget_senders(unit: Unit, ballot_id: UUID) -> None:
    """Let the envelopes be numbers: who voted by post is nobody's concern once the ballot is over."""
    row = PostalVoteRow
    await unit.session.execute(update(row).where(row.ballot_id == ballot_id).values(member_id=None))


async def urns_of(connection: Connected, ballot_id: UUID) -> list[UUID]:
    """The urns in which the ballot is held: neither rehearsals nor those that were given up."""
    row = UrnRow
    held = (row.rehearsal.is_(False), row.state != UrnState.SPOILT)
    return list((await connection.execute(select(row.id).where(row.ballot_id == ballot_id, *held))).scalars())


async def slot_voted(connection: Connected, urn_id: UUID, slot: int) -> bool:
    """Whether a sealed ballot has come in from a slot."""
    row = SealedBallotRow
    found = exists().where(row.urn_id == urn_id, row.slot == slot)
    return bool((await connection.execute(select(found))).scalar_one())
