"""Proves that nothing in the ledger was altered, or names the first row that was."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.merkle import peaks
from democracy.ballotbox.note import VerifierKey
from democracy.domain.chain import Head
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.verifying.marks import Kept, Marks
from democracy.services.verifying.tree import TreeWalk
from democracy.services.verifying.walk import Walk
from democracy.storage import chain, ledger_rows, ledger_tree
from democracy.storage.ledger import text_digest
from democracy.storage.ledger_rows import StoredStep, StoredText
from democracy.storage.unit_of_work import Database

LAST_SIGNED = "last_signed"
"""Where a finding says that what differs is what the key's holder remembers."""


@dataclass(frozen=True)
class Held:
    """What the ledger is held to from outside the database."""

    noted: Sequence[Head] = ()
    """Heads that somebody wrote down."""
    kept: Sequence[Kept] = ()
    """Checkpoints that somebody kept."""
    keys: Sequence[VerifierKey] = ()
    """Those that may have signed them, and the stored ones; without any, the key that the database itself names."""
    last_signed: Checkpoint | None = None
    """What the ledger's key signed last, as its holder remembers."""


async def verify_ledger(database: Database, noted: Sequence[Head] = (), held: Held | None = None) -> LedgerReport:
    """Walk through the whole ledger. `noted` are heads that somebody wrote down outside the database earlier.

    Without them, or something else in `held`, whoever has the database and the ledger's key can make everything anew
    after an altered row and is not seen. Memory does not grow with the ledger, and it may be written to meanwhile.
    """
    report = LedgerReport()
    async with database.read() as reader:
        marks = await _marks(reader, report, noted, held or Held())
        await Walk(reader, report, TreeWalk(report), marks, _check_step).whole()
        await _check_waiting(reader, report)
        for each in await ledger_rows.unplaced(reader, report.LIMIT):
            report.add(Finding(Fault.STEP_UNPLACED, step=each))
        for each in await ledger_rows.texts_without_step(reader, report.LIMIT):
            report.add(Finding(Fault.TEXT_WITHOUT_STEP, detail=each))
    return report


async def verify_tail(database: Database, length: int) -> LedgerReport:
    """Walk through the last `length` positions only, taking for granted what comes before them."""
    report = LedgerReport()
    async with database.read() as reader:
        start = max(0, await chain.length(reader) - length)
        known = await ledger_tree.nodes(reader, peaks(start))
        if len(known) < len(peaks(start)):
            report.add(Finding(Fault.NODE_MISSING, start))
        else:
            tree = TreeWalk(report, start, known)
            await Walk(reader, report, tree, Marks(report), _check_step).onwards(start)
        await _check_waiting(reader, report)
    return report


async def _marks(reader: ledger_rows.Reader, report: LedgerReport, noted: Sequence[Head], held: Held) -> Marks:
    marks, keys = Marks(report), list(held.keys)
    announced = await ledger_tree.setting(reader, ledger_tree.LOG)
    if not keys and announced is not None:
        keys = [VerifierKey.parse(announced)]
    marks.note_heads([*noted, *held.noted])
    marks.hold_to_stored(await ledger_tree.checkpoints(reader), keys)
    marks.hold_to_kept(held.kept, keys)
    marks.hold_to_last(held.last_signed, LAST_SIGNED)
    return marks


async def steps_altered(reader: ledger_rows.Reader, ids: Sequence[UUID]) -> list[str]:
    """Those of some steps whose columns or texts are not what their own record says, each with what is wrong."""
    report = LedgerReport()
    async for step in ledger_rows.named(reader, ids):
        _check_step(report, step, None)
    return [f"{each.step}: {each.fault.value} {each.detail or ''}".rstrip() for each in report.findings]


async def _check_waiting(reader: ledger_rows.Reader, report: LedgerReport) -> None:
    async for step in ledger_rows.waiting(reader):
        report.waiting += 1
        _check_step(report, step, None)
    for each in await ledger_rows.waiting_wrongly(reader, report.LIMIT):
        report.add(Finding(Fault.WAITS_WRONGLY, step=each))


def _check_step(report: LedgerReport, step: StoredStep, position: int | None) -> None:
    """Compare a step's columns and texts with its record."""
    try:
        record = json.loads(step.record)
        known = {entry[0]: entry[1:] for entry in record["texts"]}
        differing = _differing(step.columns, record)
    except (ValueError, TypeError, KeyError, IndexError):
        report.add(Finding(Fault.RECORD_UNREADABLE, position, step.id))
        return
    if differing:
        report.add(Finding(Fault.COLUMNS_DIFFER, position, step.id, ", ".join(differing)))
    _check_texts(report, step, known, position)


def _differing(columns: Mapping[str, Any], record: Mapping[str, Any]) -> list[str]:
    said = {name: record[name] for name in columns} | {"now": ledger_rows.moment(record["now"])}
    return sorted(name for name in columns if columns[name] != said[name])


def _check_texts(report: LedgerReport, step: StoredStep, known: dict[str, Any], position: int | None) -> None:
    for text in step.texts:
        entry = known.pop(text.id, None)
        if entry is None:
            report.add(Finding(Fault.TEXT_ADDED, position, step.id, text.id))
            continue
        report.texts += 1
        erased = text.erased and text.content is None and text.salt is None
        report.erased += erased
        if [text.noun, text.noun_id] != entry[:2] or not (erased or _unaltered(text, entry[2])):
            report.add(Finding(Fault.TEXT_ALTERED, position, step.id, text.id))
    for missing in sorted(known):
        report.add(Finding(Fault.TEXT_MISSING, position, step.id, missing))


def _unaltered(text: StoredText, digest: str) -> bool:
    if not isinstance(text.content, str) or not isinstance(text.salt, bytes):
        return False
    return text_digest(text.salt, text.content) == digest
