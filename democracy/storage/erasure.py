"""Taking away everything that names a person. What remains is an id, and the ledger that knows nothing but ids."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, text, update
from sqlalchemy.orm import aliased

from democracy.domain.kinds import HandoverKind
from democracy.domain.swedish import sort_key
from democracy.storage.search import index_motion
from democracy.storage.tables.account import AccountRow, IdempotencyRow, PasswordLinkRow, SessionRow
from democracy.storage.tables.council import CouncilAskedRow, CouncilConflictRow
from democracy.storage.tables.division import StatementRow
from democracy.storage.tables.election import CandidacyRow, NominationDraftRow, NominationNoteRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.minutes import MinutesSignatureRow
from democracy.storage.tables.motion import ClauseRow, MotionRow, MoverRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.post import HandoverLineRow, HandoverRow
from democracy.storage.tables.step import KeptTextRow
from democracy.storage.unit_of_work import Unit
from workflows.motion import MotionState


@dataclass(frozen=True)
class Erased:
    """What was taken away, in figures."""

    texts: int
    messages: int
    sessions: int
    drafts: int


async def erase_person(unit: Unit, member_id: UUID) -> Erased:
    """Empty a person's row, their messages and their kept texts; end what they belong to; take their account away."""
    await _overwrite(unit)
    erased = Erased(
        texts=await _count(unit, KeptTextRow, KeptTextRow.about_id == member_id, KeptTextRow.content.is_not(None)),
        messages=await _count(unit, OutboxRow, OutboxRow.member_id == member_id),
        sessions=await _account(unit, member_id),
        drafts=await _drafts(unit, member_id),
    )
    await _end(unit, member_id)
    await unit.session.execute(
        update(KeptTextRow)
        .where(KeptTextRow.about_id == member_id, KeptTextRow.content.is_not(None))
        .values(content=None, salt=None, erased_at=unit.now)
    )
    await unit.session.execute(
        update(OutboxRow).where(OutboxRow.member_id == member_id).values(subject="", body="", due_at=None, error=None)
    )
    await unit.session.execute(update(StatementRow).where(StatementRow.member_id == member_id).values(text=None))
    await _stood_for(unit, member_id)
    await _sat_in_councils(unit, member_id)
    await _handed_over(unit, member_id)
    own = update(MinutesSignatureRow).where(MinutesSignatureRow.member_id == member_id)
    await unit.session.execute(own.values(dissent=None, place=None))
    await unit.session.execute(update(MemberRow).where(MemberRow.id == member_id).values(_nobody(unit)))
    return erased


async def _stood_for(unit: Unit, member_id: UUID) -> None:
    """What they wrote of themselves as a candidate, what was written of them, and what they noted in a committee."""
    session, theirs = unit.session, CandidacyRow.member_id == member_id
    about = select(CandidacyRow.id).where(theirs)
    await session.execute(update(CandidacyRow).where(theirs).values(presentation=None, proposed_reasons=None))
    drafted = update(NominationDraftRow).where(NominationDraftRow.candidacy_id.in_(about))
    await session.execute(drafted.values(reasons=""))
    await session.execute(update(NominationNoteRow).where(NominationNoteRow.member_id == member_id).values(text=""))


async def _sat_in_councils(unit: Unit, member_id: UUID) -> None:
    """What they answered, why they reserved themselves or took no part; that they were asked remains."""
    asked, conflict = CouncilAskedRow, CouncilConflictRow
    gone = {"answer": None, "reservation": None}
    await unit.session.execute(update(asked).where(asked.member_id == member_id).values(**gone))
    await unit.session.execute(update(conflict).where(conflict.member_id == member_id).values(reason=""))


async def _handed_over(unit: Unit, member_id: UUID) -> None:
    """What was written by hand when they left a place."""
    lists = select(HandoverRow.id).join(MandateRow, MandateRow.id == HandoverRow.mandate_id)
    line, theirs = HandoverLineRow, lists.where(MandateRow.member_id == member_id)
    written = update(line).where(line.kind == HandoverKind.OTHER, line.handover_id.in_(theirs))
    await unit.session.execute(written.values(text=""))


def _nobody(unit: Unit) -> dict[str, object]:
    emptied = ("number", "email", "email_key", "phone", "address", "birth_date", "gender", "joined_on")
    names = {"given_name": "", "family_name": "", "sort_key": sort_key("")}
    return {**dict.fromkeys(emptied), **names, "protected": False, "language": "sv", "erased_at": unit.now}


async def _overwrite(unit: Unit) -> None:
    """SQLite leaves what was there in the file until the space is used again, unless it is told otherwise."""
    if unit.session.get_bind().dialect.name == "sqlite":
        await unit.session.execute(text("PRAGMA secure_delete = ON"))


async def _account(unit: Unit, member_id: UUID) -> int:
    account = (await unit.session.execute(select(AccountRow.id).where(AccountRow.member_id == member_id))).scalar()
    await unit.session.execute(delete(IdempotencyRow).where(IdempotencyRow.actor == f"member:{member_id.hex}"))
    if account is None:
        return 0
    sessions = await _count(unit, SessionRow, SessionRow.account_id == account)
    for table in (SessionRow, PasswordLinkRow):
        await unit.session.execute(delete(table).where(table.account_id == account))
    await unit.session.execute(delete(AccountRow).where(AccountRow.id == account))
    return sessions


async def _end(unit: Unit, member_id: UUID) -> None:
    """End memberships and places today; a place that would begin later never does."""
    await unit.session.execute(
        update(MembershipRow)
        .where(
            MembershipRow.member_id == member_id,
            or_(MembershipRow.ended_on.is_(None), MembershipRow.ended_on > unit.today),
        )
        .values(ended_on=unit.today, voting=False)
    )
    mine = MandateRow.member_id == member_id
    lasting = or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= unit.today)
    await unit.session.execute(
        update(MandateRow)
        .where(mine, lasting, or_(MandateRow.released_on.is_(None), MandateRow.released_on > unit.today))
        .values(released_on=unit.today)
    )


async def _drafts(unit: Unit, member_id: UUID) -> int:
    """Empty what nobody else has seen: drafts with no other mover. What has been handed in belongs to the meeting."""
    own, other = aliased(MoverRow), aliased(MoverRow)
    alone = (
        select(MotionRow.id)
        .join(own, own.motion_id == MotionRow.id)
        .where(own.member_id == member_id, MotionRow.state == MotionState.DRAFT)
        .where(~exists(select(1).where(other.motion_id == MotionRow.id, other.id != own.id)))
    )
    ids = list((await unit.session.execute(alone)).scalars())
    await unit.session.execute(update(MotionRow).where(MotionRow.id.in_(ids)).values(title="", reasoning=""))
    await unit.session.execute(update(ClauseRow).where(ClauseRow.motion_id.in_(ids)).values(text=""))
    for motion_id in ids:
        await index_motion(unit.session, motion_id, [])
    return len(ids)


async def _count(unit: Unit, table: type, *conditions: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(table).where(*conditions)
    return (await unit.session.execute(statement)).scalar_one()
