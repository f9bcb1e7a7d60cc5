"""Writes minutes out anew from what happened, and compares them with what was signed."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from typing import Any
from zoneinfo import ZoneInfo

from democracy.domain.minutes_verdict import MinutesFault, MinutesFinding, MinutesReport
from democracy.services.proceedings.minutes_text import digest_of, written
from democracy.services.verify import steps_altered
from democracy.services.verifying.rows import compare_rows
from democracy.services.verifying.signing import compare_signing
from democracy.storage import minutes_ledger
from democracy.storage.ledger_rows import Reader as AsyncReader
from democracy.storage.minutes_ledger import Recorded
from democracy.storage.unit_of_work import Database
from democracy.texts.minutes.chapters import chapters

FIXES = ("open_signing", "renew")
"""Steps that fix the text."""


async def verify_minutes(database: Database, meeting: str | None = None) -> MinutesReport:
    """Verify all minutes, or those of one meeting (its id, or a part of its name).

    Whether the ledger itself is whole, `verify_ledger` says: what is proven here is proven against it.
    """
    async with database.read() as connection:
        return await verify_within(connection, database.zone, meeting)


async def verify_within(connection: AsyncReader, zone: ZoneInfo, meeting: str | None = None) -> MinutesReport:
    """The same as one connection sees it."""
    report = MinutesReport()
    for row in await minutes_ledger.all_minutes(connection, meeting):
        report.minutes += 1
        await _one(connection, row, zone, report)
    return report


async def _one(connection: AsyncReader, row: Any, zone: ZoneInfo, report: MinutesReport) -> None:
    steps = await minutes_ledger.steps_of(connection, row.id, row.meeting_id)
    altered = await steps_altered(connection, [step.id for step in steps])
    texts = await minutes_ledger.kept_texts(connection, [step.id for step in steps])
    rows = await minutes_ledger.rows_of(connection, row.meeting_id)
    signatures, signing = await compare_signing(connection, row, steps, texts)
    report.signatures += signatures
    report.rows += sum(len(those) for those in rows.values())
    report.findings += [
        *(MinutesFinding(row.name, MinutesFault.RECORD_ALTERED, each) for each in altered),
        *_state(row, steps),
        *compare_rows(row.name, rows, steps, texts),
        *signing,
    ]
    if row.text is not None:
        report.fixed += 1
        report.findings += [*_text(row, steps), *await _events(connection, row, zone)]


def _state(row: Any, steps: Sequence[Recorded]) -> Iterator[MinutesFinding]:
    own = [step for step in steps if step.case_id == row.id]
    told = own[-1].dest if own else "WRITING"
    if row.state.name != told:
        yield MinutesFinding(row.name, MinutesFault.STATE_ALTERED, str(row.id), row.state.name, told)


def _text(row: Any, steps: Sequence[Recorded]) -> Iterator[MinutesFinding]:
    fixed = [step.outcome["digest"] for step in steps if step.case_id == row.id and step.rule in FIXES]
    told = fixed[-1] if fixed else None
    if row.digest != told:
        yield MinutesFinding(row.name, MinutesFault.DIGEST_ALTERED, str(row.id), row.digest, told)
    if digest_of(row.text) != told:
        yield MinutesFinding(row.name, MinutesFault.TEXT_ALTERED, str(row.id), digest_of(row.text), told)


async def _events(connection: AsyncReader, row: Any, zone: ZoneInfo) -> list[MinutesFinding]:
    now = await written(connection, row.meeting_id, row.id, zone)
    stored, told = _by_heading(row.text), _by_heading(now.text)
    return [
        MinutesFinding(
            row.name, MinutesFault.EVENTS_DIFFER, heading, *_differing(stored.get(heading), told.get(heading))
        )
        for heading in dict.fromkeys([*stored, *told])
        if stored.get(heading) != told.get(heading)
    ]


def _by_heading(text: str) -> Mapping[str, str]:
    return {each.heading: each.text for each in chapters(text)}


def _differing(stored: str | None, told: str | None) -> tuple[str | None, str | None]:
    """The lines of each that the other does not have."""
    diff = list(unified_diff((stored or "").splitlines(), (told or "").splitlines(), lineterm="", n=0))[2:]
    gone = " ".join(line[1:] for line in diff if line.startswith("-"))
    new = " ".join(line[1:] for line in diff if line.startswith("+"))
    return gone or None, new or None
