"""What the clock does about minutes: it reminds, leaves out whoever is out of reach, and sees what was corrected."""

from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.services.proceedings.minutes_asking import next_look
from democracy.services.proceedings.minutes_letters import tell
from democracy.services.proceedings.minutes_renewal import renew_if_changed
from democracy.services.proceedings.minutes_signing import MinutesSigning
from democracy.storage import minutes_due
from democracy.storage.minutes import Part
from democracy.storage.tables.minutes import MinutesSignatoryRow
from democracy.storage.unit_of_work import Database, Unit, retrying
from workflows.engine import StepDenied
from workflows.minutes_facts import MinutesState
from workflows.proceedings import OfficerRole


async def follow_corrections(database: Database, now: datetime) -> int:
    """Let signatures fall under minutes whose events have been corrected. Returns how many had to be renewed."""
    async with database.read() as reader:
        meetings = await minutes_due.corrected(reader)
    renewed = 0
    for meeting_id in meetings:

        async def once(meeting_id: UUID = meeting_id) -> bool:
            async with database.unit(now) as unit:
                return await renew_if_changed(unit, meeting_id, actor=Clock())

        renewed += await retrying(once)
    return renewed


async def wait_for_signatures(database: Database, now: datetime) -> int:
    """Remind those who have not signed; past the statutes' days, leave verifiers out or tell who has to decide."""
    async with database.read() as reader:
        waiting = await minutes_due.unsigned(reader, now)
    done = 0
    for signatory_id in waiting:

        async def once(signatory_id: UUID = signatory_id) -> UUID | None:
            async with database.unit(now) as unit:
                return await _look(unit, signatory_id)

        absent = await retrying(once)
        done += 1
        if absent is not None:
            await _time_is_up(database, now, signatory_id, absent)
    return done


async def _look(unit: Unit, signatory_id: UUID) -> UUID | None:
    """Remind somebody; the id of their minutes when their time is up instead."""
    row = await unit.session.get(MinutesSignatoryRow, signatory_id)
    if row is None:
        return None
    case = await unit.minutes.open(row.minutes_id, actor=Clock())
    await unit.session.refresh(row)
    if row.due_at is None or row.due_at > unit.now:
        return None  # signed, or looked at by another process, meanwhile
    due = (await unit.minutes.row(row.minutes_id)).due_at
    if case.state is not MinutesState.SIGNING or due is None:
        row.due_at = None
        return None
    if unit.now >= due:
        row.due_at = None
        return row.minutes_id
    row.reminders += 1
    row.due_at = next_look(row.asked_at, due, row.reminders)
    await tell(unit, case, [row.member_id], "minutes_reminder", due)
    return None


async def _time_is_up(database: Database, now: datetime, signatory_id: UUID, minutes_id: UUID) -> None:
    """As the statutes say: the verifier is left out; where that is not for the clock, chair and secretary are told."""
    async with database.unit(now) as unit:
        row = await unit.session.get(MinutesSignatoryRow, signatory_id)
    assert row is not None  # noqa: S101 - just claimed
    try:
        await MinutesSigning(database, now).leave_out(minutes_id, row.member_id, actor=Clock())
    except StepDenied:
        async with database.unit(now) as unit:
            case = await unit.minutes.open(minutes_id, actor=Clock())
            asked = await unit.minutes.signatories(Part(minutes_id))
            leaders = {each.member_id for each in asked if each.role is not OfficerRole.VERIFIER} - {row.member_id}
            await tell(unit, case, sorted(leaders), "minutes_absent", None)
