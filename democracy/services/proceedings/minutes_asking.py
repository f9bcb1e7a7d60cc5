"""Whom minutes ask to sign, until when, and when they are reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.services.proceedings.minutes_letters import tell
from democracy.storage.minutes import Part
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.tables.minutes import MinutesSignatoryRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import OfficerRole
from workflows.statutes.deadlines import Period, TimeUnit

WHOLE = (OfficerRole.CHAIR, OfficerRole.SECRETARY, OfficerRole.VERIFIER)
CORRECTION = (OfficerRole.CHAIR, OfficerRole.VERIFIER)
LAST_WORD = timedelta(days=2)
"""So long before the time is out comes the last reminder."""


def due_at(unit: Unit, case: MinutesCase) -> datetime:
    """When the statutes' days for signing have passed: they run from the day on which the text was fixed."""
    return Period(case.days, TimeUnit.DAYS).derive(unit.now, unit.zone).at


def next_look(asked_at: datetime, due: datetime, reminders: int) -> datetime | None:
    """When the clock looks next at somebody who has not signed: half-way, shortly before the end, and at the end."""
    half = asked_at + (due - asked_at) / 2
    looks = sorted({half, max(half, due - LAST_WORD), due})
    return looks[reminders] if reminders < len(looks) else None


async def ask_officers(
    unit: Unit, part: Part, case: MinutesCase, due: datetime | None, roles: Sequence[OfficerRole] = WHOLE
) -> None:
    """Ask everybody whom the meeting elected to one of the roles, and tell them. Whoever was asked is asked again."""
    wanted: dict[UUID, OfficerRole] = {}
    for officer in await unit.minutes.officers(case.meeting_id):
        if officer.role in roles:
            wanted.setdefault(officer.member_id, officer.role)
    known = {each.member_id: each for each in await unit.minutes.signatories(part)}
    for member_id, role in wanted.items():
        await ask(unit, part, member_id, role, due, known.get(member_id))
    await tell(unit, case, [*wanted], "minutes_signing", due)


async def ask_again(unit: Unit, part: Part, case: MinutesCase, due: datetime | None) -> None:
    """Ask those who still take part in the signing anew: what they signed has changed."""
    standing = [
        each for each in await unit.minutes.signatories(part) if each.left_out_at is None and each.replaced_by is None
    ]
    for each in standing:
        await ask(unit, part, each.member_id, each.role, due, each)
    await tell(unit, case, [each.member_id for each in standing], "minutes_changed", due)


async def ask(
    unit: Unit,
    part: Part,
    member_id: UUID,
    role: OfficerRole,
    due: datetime | None,
    known: MinutesSignatoryRow | None = None,
) -> None:
    """Ask one person to sign a part."""
    row = known or MinutesSignatoryRow(
        id=new_id(), minutes_id=part.minutes_id, item_id=part.item_id, addendum_id=part.addendum_id,
        member_id=member_id, role=role,
    )  # fmt: skip
    row.asked_at, row.reminders, row.signed_at, row.left_out_at, row.replaced_by = unit.now, 0, None, None, None
    row.due_at = next_look(unit.now, due, 0) if due else None
    unit.session.add(row)
    await unit.session.flush()
