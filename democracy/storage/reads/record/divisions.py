"""Divisions with their figures, corrections, and the names of a roll call."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from democracy.domain.record.division import CountRecord, DivisionRecord, Figures
from democracy.storage.statutes import Connected
from democracy.storage.tables.division import CountRow, DivisionRow, VoteRow
from workflows.proceedings import Choice, DivisionMethod

_AFTER = aliased(CountRow)


async def read_divisions(connection: Connected, meeting_id: UUID) -> dict[UUID, list[DivisionRecord]]:
    """Every division that was opened, by its point, in the order of their numbers."""
    row = DivisionRow
    votes, counts = await _votes(connection, meeting_id), await _counts(connection, meeting_id)
    statement = (
        select(*row.__table__.columns)
        .where(row.meeting_id == meeting_id, row.opened_at.is_not(None), row.number.is_not(None))
        .order_by(row.number, row.id)
    )
    found: dict[UUID, list[DivisionRecord]] = defaultdict(list)
    for each in await connection.execute(statement):
        corrections, names = tuple(counts.get(each.id, ())), tuple(votes.get(each.id, ()))
        found[each.matter_id].append(_division(each, corrections, names))
    return found


def _division(row: Any, corrections: tuple[CountRecord, ...], votes: tuple[tuple[Choice, UUID], ...]) -> DivisionRecord:
    known = None not in (row.yes, row.no)
    return DivisionRecord(
        id=row.id,
        question_id=row.question_id,
        number=row.number,
        role=row.role or "single",
        yes_means=row.yes_means or "",
        no_means=row.no_means or "",
        method=row.method or DivisionMethod.SHOW_OF_CARDS,
        state=row.state,
        at=row.closed_at or row.opened_at,
        trial=row.trial,
        yes_id=row.yes_id,
        no_id=row.no_id,
        entitled=row.entitled,
        asked_by=row.asked_by,
        figures=Figures(row.yes, row.no, row.abstained or 0, row.blank or 0) if known else None,
        winner=row.winner,
        casting_vote=row.casting_vote,
        lot=row.lot is not None,
        annulled_at=row.annulled_at,
        annulled_reason=row.annulled_reason,
        corrections=corrections,
        votes=votes,
    )


async def _votes(connection: Connected, meeting_id: UUID) -> dict[UUID, list[tuple[Choice, UUID]]]:
    """Names, of roll calls only: no other way of voting leaves names in the minutes."""
    statement = (
        select(VoteRow.division_id, VoteRow.choice, VoteRow.member_id)
        .join(DivisionRow, DivisionRow.id == VoteRow.division_id)
        .where(DivisionRow.meeting_id == meeting_id, DivisionRow.method == DivisionMethod.ROLL_CALL)
        .order_by(VoteRow.at, VoteRow.member_id)
    )
    found: dict[UUID, list[tuple[Choice, UUID]]] = defaultdict(list)
    for row in await connection.execute(statement):
        found[row.division_id].append((row.choice, row.member_id))
    return found


async def _counts(connection: Connected, meeting_id: UUID) -> dict[UUID, list[CountRecord]]:
    """Figures that others replaced."""
    before, after = CountRow, _AFTER
    statement = (
        select(
            before.division_id, before.yes, before.no, before.abstained, before.blank, before.reason, after.at,
            after.yes.label("yes_after"), after.no.label("no_after"), after.abstained.label("abstained_after"),
            after.blank.label("blank_after"), after.reason.label("reason_after"),
        )
        .join(after, after.id == before.replaced_by_id)
        .join(DivisionRow, DivisionRow.id == before.division_id)
        .where(DivisionRow.meeting_id == meeting_id)
        .order_by(after.at, after.id)
    )  # fmt: skip
    found: dict[UUID, list[CountRecord]] = defaultdict(list)
    for row in await connection.execute(statement):
        new = Figures(row.yes_after, row.no_after, row.abstained_after, row.blank_after)
        old = Figures(row.yes, row.no, row.abstained, row.blank)
        found[row.division_id].append(CountRecord(old, new, row.at, row.reason_after or row.reason))
    return found
