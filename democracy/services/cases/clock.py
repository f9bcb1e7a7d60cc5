"""What the clock does about cases of boards: it goes on where a time is out, and reminds whoever lets one wait."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.domain.kinds import MandateRole
from democracy.services.appeals.rulings import Rulings
from democracy.services.appeals.sides import AppealSides
from democracy.services.appeals.trying import AppealTrying
from democracy.services.branches.hearing import Hearing
from democracy.services.cases.letters import tell
from democracy.storage import branch_applications, case_due, case_parts, rulings, statutes
from democracy.storage.unit_of_work import Database, Unit, retrying
from workflows.appeal import AppealState
from workflows.branch_application import BranchApplicationState
from workflows.engine import StepDenied
from workflows.statutes.parameters.order import Purpose

AGAIN = timedelta(days=7)
"""Between two reminders of a case that waits."""

_Act = Callable[[UUID], Awaitable[object]]


async def look_at_applications(database: Database, now: datetime) -> int:
    """Close hearings whose time is out; remind the board; tell who may call a founding meeting when it is silent."""
    async with database.read() as reader:
        due = await case_due.applications(reader, now)
    hearing = Hearing(database, now)
    for application_id in due:
        if not await _went_on(lambda key: hearing.close(key, actor=Clock()), application_id):
            await _unit(database, now, _remind_of_application, application_id)
    return len(due)


async def forget_left_founders(database: Database, now: datetime) -> int:
    """Remove the names of those who did not found after all, when the statutes' time for that is over.

    A signature reveals a political opinion. How many they were remains.
    """
    async with database.read() as reader:
        waiting = await case_due.left_founders(reader)
    removed = 0
    for application_id in waiting:

        async def once(application_id: UUID = application_id) -> int:
            async with database.unit(now) as unit:
                return await _forget(unit, application_id)

        removed += await retrying(once)
    return removed


async def _forget(unit: Unit, application_id: UUID) -> int:
    case = await branch_applications.opened(unit, application_id, actor=Clock())
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    kept = rules.parameters.retention.keep.get(Purpose.APPLICATION)
    row, removed = await branch_applications.row(unit, application_id), 0
    for founder in await branch_applications.founders(unit, application_id):
        gone_at = founder.left_at or founder.declined_at
        if kept is not None and gone_at is not None and unit.now >= kept.derive(gone_at, unit.zone).at:
            await unit.session.delete(founder)
            removed += 1
    row.withdrawn_signatures += removed
    return removed


async def look_at_rulings(database: Database, now: datetime) -> int:
    """Make decisions final that nobody has appealed in time."""
    async with database.read() as reader:
        due = await case_due.rulings(reader, now)
    final = Rulings(database, now)
    for ruling_id in due:
        if not await _went_on(lambda key: final.become_final(key, actor=Clock()), ruling_id):
            await _unit(database, now, _wait_for_notices, ruling_id)
    return len(due)


async def look_at_appeals(database: Database, now: datetime) -> int:
    """Ask for statements; go on where a side has been silent; remind whoever lets an appeal wait."""
    async with database.read() as reader:
        due = await case_due.appeals(reader, now)
    sides, trying = AppealSides(database, now), AppealTrying(database, now)
    acts: tuple[_Act, ...] = (
        lambda key: sides.request_statement(key, actor=Clock()),
        lambda key: sides.go_on(key, actor=Clock()),
        lambda key: trying.grant_by_silence(key, actor=Clock()),
    )
    for appeal_id in due:
        for act in acts:
            if await _went_on(act, appeal_id):
                break
        else:
            await _unit(database, now, _remind_of_appeal, appeal_id)
    return len(due)


async def _went_on(act: _Act, key: UUID) -> bool:
    """Whether the rules let the clock do it."""
    try:
        await act(key)
    except StepDenied:
        return False
    return True


async def _unit(database: Database, now: datetime, work: Callable[[Unit, UUID], Awaitable[None]], key: UUID) -> None:
    async def once() -> None:
        async with database.unit(now) as unit:
            await work(unit, key)

    await retrying(once)


async def _remind_of_application(unit: Unit, application_id: UUID) -> None:
    case = await branch_applications.opened(unit, application_id, actor=Clock())
    row = await branch_applications.row(unit, application_id)
    if row.due_at is None or row.due_at > unit.now:
        return  # looked at by another process meanwhile
    row.due_at = unit.now + AGAIN
    secretaries = await case_parts.holders_of(unit.session, case.body_id, unit.today, MandateRole.SECRETARY)
    if case.state is BranchApplicationState.APPROVED:
        row.due_at = None
        after = [] if row.next_caller_id is None else await case_parts.holders_of(
            unit.session, row.next_caller_id, unit.today, MandateRole.CHAIR, MandateRole.SECRETARY
        )  # fmt: skip
        await tell(unit, [*secretaries, *after], "founding_not_called", name=row.name, deadline=row.form_by)
        return
    standing = await branch_applications.standing(unit, application_id)
    await tell(unit, [*secretaries, *standing], "case_waits", title=row.name)


async def _wait_for_notices(unit: Unit, ruling_id: UUID) -> None:
    """Somebody has not been reached: the secretary is told, and the decision stays open for them."""
    case = await rulings.opened(unit, ruling_id, actor=Clock())
    row = await rulings.row(unit, ruling_id)
    if row.due_at is None or row.due_at > unit.now:
        return
    row.due_at = unit.now + AGAIN
    secretaries = await case_parts.holders_of(unit.session, case.office_id, unit.today, MandateRole.SECRETARY)
    await tell(unit, secretaries, "notice_unconfirmed", title=row.title)


async def _remind_of_appeal(unit: Unit, appeal_id: UUID) -> None:
    case = await rulings.appeal_opened(unit, appeal_id, actor=Clock())
    row = await rulings.appeal_row(unit, appeal_id)
    if row.due_at is None or row.due_at > unit.now or case.state is AppealState.DECIDED:
        return
    row.due_at = unit.now + AGAIN
    secretaries = await case_parts.holders_of(unit.session, case.office_id, unit.today, MandateRole.SECRETARY)
    name = (await rulings.row(unit, row.ruling_id)).title
    await tell(unit, secretaries, "case_waits", title=name)
