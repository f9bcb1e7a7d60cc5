"""Meetings that are over, with minutes in every stage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, update

from democracy.domain.ids import new_id
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_addenda import Correction, MinutesAddenda
from democracy.services.proceedings.minutes_signing import MinutesSigning, Signature
from democracy.storage.tables.agenda import AgendaItemRow, MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesAddendumRow, MinutesRow
from tests.world import BEFORE, World
from workflows.item import ItemState
from workflows.meeting import MeetingState
from workflows.proceedings import ItemKind, OfficerRole

STAGES = ("writing", "signing", "verified", "published")
KEPT = tuple(f"kept_{each}" for each in STAGES)
"""The meetings."""
OFFICERS = {
    "presidium": OfficerRole.CHAIR, "meeting_secretary": OfficerRole.SECRETARY, "neighbour": OfficerRole.VERIFIER,
    "invited": OfficerRole.VERIFIER, "delegate": OfficerRole.TELLER,
}  # fmt: skip
SIGN = ("presidium", "meeting_secretary", "neighbour", "invited")


@dataclass
class Kept:
    """Ids by the name of the stage."""

    minutes: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    addendum: UUID = field(default_factory=new_id)
    """A correction of the published ones, that waits for signatures."""


async def keep(world: World, meetings: dict[str, UUID], mark: Callable[[str, str], str]) -> Kept:
    """Take the minutes of `kept_writing`, `kept_signing` … to their stage."""
    kept = Kept()
    for stage in STAGES:
        await _close(world, kept, stage, meetings[f"kept_{stage}"])
        await _write(world, kept, stage, mark(f"minutes_{stage}", "wording"))
    for stage in STAGES[1:]:
        await _open(world, kept, stage)
    for stage in STAGES[2:]:
        for name in SIGN:
            given = Signature(kept.digests[stage])
            await MinutesSigning(world.database, BEFORE).sign(kept.minutes[stage], given, actor=world.actor(name))
    published, secretary = kept.minutes["published"], world.actor("meeting_secretary")
    await Minutes(world.database, BEFORE).publish(published, actor=secretary)
    error = Correction(kept.items["published"], "Öppnande", "Öppnandet", "Skrivfel.")
    await MinutesAddenda(world.database, BEFORE).propose(published, error, actor=secretary)
    async with world.database.read() as connection:
        kept.addendum = (await connection.execute(select(MinutesAddendumRow.id))).scalar_one()
    return kept


async def _close(world: World, kept: Kept, stage: str, meeting: UUID) -> None:
    kept.items[stage] = new_id()
    async with world.database.unit(BEFORE) as unit:
        unit.session.add(
            AgendaItemRow(
                id=kept.items[stage], meeting_id=meeting, kind=ItemKind.OTHER, state=ItemState.CLOSED, position=1,
                number=1, title="Öppnande", opened_at=BEFORE, closed_at=BEFORE, version=0,
            )
        )  # fmt: skip
        unit.session.add_all(
            MeetingOfficerRow(
                id=new_id(), meeting_id=meeting, member_id=world.members[name], role=role, position=1, since=BEFORE
            )
            for name, role in OFFICERS.items()
        )
        over = {"state": MeetingState.CLOSED, "closed_at": BEFORE}
        await unit.session.execute(update(MeetingRow).where(MeetingRow.id == meeting).values(over))
        found = await unit.minutes.of_meeting(meeting)
        assert found is not None
        kept.minutes[stage] = found


async def _write(world: World, kept: Kept, stage: str, text: str) -> None:
    service, secretary = Minutes(world.database, BEFORE), world.actor("meeting_secretary")
    await service.edit(kept.minutes[stage], kept.items[stage], f"Ordet {text}.", actor=secretary)


async def _open(world: World, kept: Kept, stage: str) -> None:
    minutes = kept.minutes[stage]
    await Minutes(world.database, BEFORE).open_signing(minutes, actor=world.actor("meeting_secretary"))
    async with world.database.unit(BEFORE) as unit:
        # The statutes' days are over, so that whoever is out of reach can be left out.
        await unit.session.execute(update(MinutesRow).where(MinutesRow.id == minutes).values(due_at=BEFORE))
        kept.digests[stage] = (await unit.minutes.row(minutes)).digest or ""
