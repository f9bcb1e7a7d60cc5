"""Divisions as they are written: locked, answered, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from democracy.errors import NotFoundError
from democracy.storage.rights import is_barred
from democracy.storage.tables.agenda import AgendaItemRow, GavelRow, MeetingOfficerRow
from democracy.storage.tables.division import CountRow, DemandRow, DivisionRow, LotShareRow, VoteRow
from democracy.storage.tables.matter import MatterRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import PresenceRow, RollEntryRow
from workflows.division import DivisionState
from workflows.proceedings import Choice, OfficerRole


@dataclass(frozen=True)
class Place:
    """Where a question belongs."""

    meeting_id: UUID
    item_id: UUID
    matter_id: UUID
    question_id: UUID


async def hold_question(session: AsyncSession, question_id: UUID) -> Place:
    """Lock a question for what its division does: the meeting with others, then item, matter and question.

    Raises NotFoundError when there is none. Whether it may be seen, the division's case decides.
    """
    found = await session.execute(
        select(MatterRow.meeting_id, MatterRow.item_id, MatterRow.id, QuestionRow.id)
        .join(QuestionRow, QuestionRow.matter_id == MatterRow.id)
        .where(QuestionRow.id == question_id)
    )
    row = found.one_or_none()
    if row is None:
        raise NotFoundError("question", question_id)
    place = Place(*row)
    shared = select(MeetingRow.id).where(MeetingRow.id == place.meeting_id)
    await session.execute(shared.with_for_update(read=True, key_share=False))
    for table, key in (
        (AgendaItemRow, place.item_id), (MatterRow, place.matter_id), (QuestionRow, place.question_id),
    ):  # fmt: skip
        await session.execute(select(table.id).where(table.id == key).with_for_update())
    return place


async def hold_division(session: AsyncSession, division_id: UUID) -> None:
    """Lock a division and, before it, what it belongs to. Raises NotFoundError when there is none."""
    question = await session.execute(select(DivisionRow.question_id).where(DivisionRow.id == division_id))
    found = question.scalar_one_or_none()
    if found is None:
        raise NotFoundError("division", division_id)
    await hold_question(session, found)
    await session.execute(select(DivisionRow.id).where(DivisionRow.id == division_id).with_for_update())


async def share_division(session: AsyncSession, division_id: UUID) -> None:
    """Lock a division with others, so that it does not close meanwhile: what is answered now is in."""
    locked = select(DivisionRow.id).where(DivisionRow.id == division_id)
    await session.execute(locked.with_for_update(read=True, key_share=False))


async def row_of(session: AsyncSession, division_id: UUID) -> DivisionRow:
    """The row itself, read anew after its lock, to be changed."""
    row = await session.get(DivisionRow, division_id, populate_existing=True)
    if row is None:
        raise NotFoundError("division", division_id)
    return row


async def ordered(session: AsyncSession, question_id: UUID) -> DivisionRow | None:
    """The division that has been asked for on a question and is not open yet."""
    waiting = DivisionRow.question_id == question_id, DivisionRow.state == DivisionState.ORDERED
    return (await session.scalars(select(DivisionRow).where(*waiting))).first()


async def never_opened(session: AsyncSession, matter_id: UUID) -> Sequence[UUID]:
    """Divisions on a matter that were asked for and not opened."""
    waiting = DivisionRow.matter_id == matter_id, DivisionRow.state == DivisionState.ORDERED
    return (await session.scalars(select(DivisionRow.id).where(*waiting).order_by(DivisionRow.id))).all()


async def ordered_in_chain(session: AsyncSession, question_id: UUID) -> DivisionRow | None:
    """The same for the whole chain of a question: named from the outside in, voted from the inside out."""
    own = aliased(QuestionRow)
    statement = (
        select(DivisionRow)
        .join(QuestionRow, QuestionRow.id == DivisionRow.question_id)
        .join(own, and_(own.order_id == QuestionRow.order_id, own.position == QuestionRow.position))
        .where(own.id == question_id, DivisionRow.state == DivisionState.ORDERED)
        .order_by(QuestionRow.level.desc())
    )
    return (await session.scalars(statement)).first()


async def same_chain(session: AsyncSession, first: UUID, second: UUID) -> bool:
    """Whether two questions belong to one chain, or are the same."""
    statement = select(QuestionRow.order_id, QuestionRow.position).where(QuestionRow.id.in_((first, second)))
    return len(set((await session.execute(statement)).all())) == 1


async def next_number(session: AsyncSession, matter_id: UUID) -> int:
    """The number of the next vote on a matter. Its lock is held."""
    highest = select(func.coalesce(func.max(DivisionRow.number), 0)).where(DivisionRow.matter_id == matter_id)
    return int((await session.execute(highest)).scalar_one() or 0) + 1


async def demands(session: AsyncSession, division_id: UUID) -> int:
    """How many have asked for it."""
    statement = select(func.count()).select_from(DemandRow).where(DemandRow.division_id == division_id)
    return (await session.execute(statement)).scalar_one()


async def demand(session: AsyncSession, division_id: UUID, member_id: UUID) -> DemandRow | None:
    """What somebody asked, if they did."""
    return await session.get(DemandRow, (division_id, member_id))


async def asks(session: AsyncSession, division_id: UUID, member_id: UUID) -> bool:
    """Whether somebody is among those who asked."""
    return await demand(session, division_id, member_id) is not None


async def asks_closed(session: AsyncSession, matter_id: UUID, member_id: UUID) -> bool:
    """Whether somebody has asked for the votes on a matter to be closed."""
    statement = (
        select(DemandRow.division_id)
        .join(DivisionRow, DivisionRow.id == DemandRow.division_id)
        .where(DivisionRow.matter_id == matter_id, DemandRow.member_id == member_id, DemandRow.secret)
    )
    return (await session.execute(statement)).first() is not None


async def votes_now(session: AsyncSession, meeting_id: UUID, member_id: UUID) -> bool:
    """Whether somebody is in the meeting with a vote."""
    statement = select(PresenceRow.id).where(
        PresenceRow.meeting_id == meeting_id,
        PresenceRow.member_id == member_id,
        PresenceRow.voting,
        PresenceRow.out_at.is_(None),
    )
    return (await session.execute(statement)).first() is not None


async def presiding(session: AsyncSession, meeting_id: UUID) -> UUID | None:
    """Who holds the gavel, where the meeting has said so."""
    statement = select(GavelRow.member_id).where(GavelRow.meeting_id == meeting_id, GavelRow.until.is_(None))
    return (await session.scalars(statement.order_by(GavelRow.since.desc()))).first()


async def counts_here(session: AsyncSession, meeting_id: UUID, member_id: UUID) -> bool:
    """Whether the meeting has elected somebody to count."""
    statement = select(MeetingOfficerRow.id).where(
        MeetingOfficerRow.meeting_id == meeting_id,
        MeetingOfficerRow.member_id == member_id,
        MeetingOfficerRow.role == OfficerRole.TELLER,
    )
    return (await session.execute(statement)).first() is not None


async def barred(session: AsyncSession, item_id: UUID, member_id: UUID) -> bool:
    """Whether somebody takes no part in an item."""
    return bool((await session.execute(select(is_barred(member_id, item_id)))).scalar_one())


async def weight_in(session: AsyncSession, roll_id: UUID | None, member_id: UUID) -> int | None:
    """How many votes somebody has in a roll; None for somebody who is not in it."""
    statement = select(RollEntryRow.votes).where(RollEntryRow.roll_id == roll_id, RollEntryRow.member_id == member_id)
    return (await session.execute(statement)).scalar_one_or_none()


@dataclass(frozen=True)
class Voter:
    """What somebody is to a division, in one look."""

    votes: int | None
    """How many they have in its roll; None for somebody who is not in it."""
    barred: bool
    answered: bool
    """On a device of their own: nobody else changes that."""


async def voter_in(
    session: AsyncSession, division_id: UUID, roll_id: UUID | None, item_id: UUID, member_id: UUID
) -> Voter:
    """What somebody is to a division."""
    votes = select(RollEntryRow.votes).where(RollEntryRow.roll_id == roll_id, RollEntryRow.member_id == member_id)
    own = exists().where(
        VoteRow.division_id == division_id, VoteRow.member_id == member_id, VoteRow.recorded_by.is_(None)
    )
    found = await session.execute(select(votes.scalar_subquery(), is_barred(member_id, item_id), own))
    row = found.one()
    return Voter(row[0], bool(row[1]), bool(row[2]))


async def answer(
    session: AsyncSession, division_id: UUID, member_id: UUID, *, choice: Choice, votes: int, at: datetime,
    recorded_by: UUID | None,
) -> None:  # fmt: skip
    """Enter a voter's answer in place of an earlier one."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    given = {"choice": choice, "votes": votes, "at": at, "recorded_by": recorded_by}
    statement = make(VoteRow).values(division_id=division_id, member_id=member_id, **given)
    await session.execute(
        statement.on_conflict_do_update(index_elements=[VoteRow.division_id, VoteRow.member_id], set_=given)
    )


async def tally(session: AsyncSession, division_id: UUID, item_id: UUID) -> Mapping[Choice, int]:
    """The votes for each answer, without those of voters who have been barred since."""
    counted = (
        select(VoteRow.choice, func.sum(VoteRow.votes))
        .where(VoteRow.division_id == division_id, ~is_barred(VoteRow.member_id, item_id))
        .group_by(VoteRow.choice)
    )
    return {choice: int(votes) for choice, votes in await session.execute(counted)}


async def entitled(session: AsyncSession, roll_id: UUID, item_id: UUID) -> int:
    """The votes in a roll, without those who are barred from an item."""
    votes = select(func.coalesce(func.sum(RollEntryRow.votes), 0)).where(
        RollEntryRow.roll_id == roll_id, ~is_barred(RollEntryRow.member_id, item_id)
    )
    return int((await session.execute(votes)).scalar_one())


async def answers(session: AsyncSession, division_id: UUID) -> Sequence[tuple[UUID, Choice]]:
    """Who answered what in a roll call."""
    statement = select(VoteRow.member_id, VoteRow.choice).where(VoteRow.division_id == division_id)
    return [(member, choice) for member, choice in await session.execute(statement.order_by(VoteRow.member_id))]


async def forget_answers(session: AsyncSession, division_id: UUID) -> None:
    """Take away who answered what."""
    await session.execute(delete(VoteRow).where(VoteRow.division_id == division_id))


async def counts(session: AsyncSession, division_id: UUID) -> Sequence[CountRow]:
    """The figures that tellers gave in and that stand."""
    statement = select(CountRow).where(CountRow.division_id == division_id, CountRow.replaced_by_id.is_(None))
    return (await session.scalars(statement.order_by(CountRow.at, CountRow.id))).all()


async def replace_counts(session: AsyncSession, old: Sequence[CountRow], new: CountRow) -> None:
    """Enter figures; those that they replace stay, and name them."""
    session.add(new)
    await session.flush()
    replaced = [each.id for each in old]
    await session.execute(
        update(CountRow).where(CountRow.id.in_(replaced)).values(replaced_by_id=new.id, reason=new.reason)
    )


async def shares(session: AsyncSession, division_id: UUID) -> Sequence[LotShareRow]:
    """The shares that were committed to, in their order."""
    statement = select(LotShareRow).where(LotShareRow.division_id == division_id)
    return (await session.scalars(statement.order_by(LotShareRow.committed_at, LotShareRow.commitment))).all()
