"""Proves that nothing in the ledger was altered, or names the first row that was."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.chain import EMPTY, START, Head, link
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.storage import chain, ledger_rows
from democracy.storage.ledger import text_digest
from democracy.storage.ledger_rows import Link, StoredStep, StoredText
from democracy.storage.unit_of_work import Database


async def verify_ledger(database: Database, noted: Sequence[Head] = ()) -> LedgerReport:
    """Walk through the whole ledger. `noted` are heads that somebody wrote down outside the database earlier.

    Without them a forger who hashes everything after an altered row anew is not seen; with them that is seen too.
    Memory does not grow with the ledger, and it may be written to meanwhile.
    """
    walk = _Walk(EMPTY, noted)
    async with database.read() as reader:
        async for row in ledger_rows.links(reader, after=-(2**62)):
            walk.take(row)
        report = walk.end()
        await _check_waiting(reader, report)
        for each in await ledger_rows.unplaced(reader, report.LIMIT):
            report.add(Finding(Fault.STEP_UNPLACED, step=each))
        for each in await ledger_rows.texts_without_step(reader, report.LIMIT):
            report.add(Finding(Fault.TEXT_WITHOUT_STEP, detail=each))
    return report


async def verify_tail(database: Database, length: int) -> LedgerReport:
    """Walk through the last `length` positions only, taking for granted what comes before them."""
    async with database.read() as reader:
        start = await chain.before_last(reader, length)
        walk = _Walk(start)
        async for row in ledger_rows.links(reader, after=start.position):
            walk.take(row)
        report = walk.end()
        await _check_waiting(reader, report)
    return report


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


class _Walk:
    """Goes along the chain. Each link is judged by the stored hash before it, so that one fraud gives one finding."""

    def __init__(self, start: Head, noted: Sequence[Head] = ()) -> None:
        self.report = LedgerReport(head=start)
        self._noted: dict[int, set[bytes]] = {}
        for head in noted:
            self._noted.setdefault(head.position, set()).add(head.hash)
        self._previous: bytes | None = start.hash
        self._suspect: tuple[Finding, bytes] | None = None
        """The link before, if it did not fit, and what its hash should have been."""
        self._proven = start.position
        """The last position whose hash somebody had noted down, rightly."""
        self._compare(EMPTY)

    def take(self, row: Link) -> None:
        """Judge the next row."""
        if row.position < 1:
            self.report.add(Finding(Fault.POSITION_BEFORE_FIRST, row.position, row.step_id))
            return
        self._gap(row)
        self._link(row)
        if row.step is not None:
            self.report.steps += 1
            _check_step(self.report, row.step, row.position)
        self._previous = row.hash if isinstance(row.hash, bytes) and len(row.hash) == len(START) else None
        self.report.head = Head(row.position, self._previous or b"")
        self._compare(self.report.head)

    def end(self) -> LedgerReport:
        """Judge what only the end can tell."""
        if self._suspect is not None:
            self._rename(Fault.RECORD_OR_HASH_ALTERED)
        for position in sorted(self._noted):
            self.report.add(Finding(Fault.LEDGER_SHORTER, position))
        return self.report

    def _gap(self, row: Link) -> None:
        expected = self.report.head.position + 1
        if row.position > expected:
            count = row.position - expected
            self.report.add(Finding(Fault.POSITIONS_MISSING, expected, detail=str(count)))
            self._previous, self._suspect = None, None

    def _link(self, row: Link) -> None:
        suspect, self._suspect = self._suspect, None
        if row.step is None:
            self.report.add(Finding(Fault.STEP_MISSING, row.position, row.step_id))
            return
        if suspect is not None and link(row.position, suspect[1], row.step.record) == row.hash:
            self._suspect = suspect
            self._rename(Fault.HASH_ALTERED)
            return
        if self._previous is None:
            return
        right = link(row.position, self._previous, row.step.record)
        if right != row.hash:
            before = row.position - 1
            doubtful = None if before == self._proven else str(before)
            finding = Finding(Fault.RECORD_ALTERED, row.position, row.step_id, doubtful)
            self.report.add(finding)
            self._suspect = finding, right

    def _rename(self, fault: Fault) -> None:
        assert self._suspect is not None  # noqa: S101 - asked only where there is one
        finding, self._suspect = self._suspect[0], None
        known = self.report.findings
        if finding in known:
            known[known.index(finding)] = Finding(fault, finding.position, finding.step)

    def _compare(self, head: Head) -> None:
        for noted in sorted(self._noted.pop(head.position, ())):
            if noted == head.hash:
                self._proven = head.position
            else:
                self.report.add(Finding(Fault.HEAD_DIFFERS, head.position))


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
