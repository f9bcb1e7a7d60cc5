"""Judges every recorded step by today's rules: a change that would refuse an old step needs a parameter of its own."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from democracy.storage import ledger_rows
from democracy.storage.ledger_rows import StoredStep
from democracy.storage.unit_of_work import Database
from workflows.replay import NotReplayable, replay


@dataclass(frozen=True)
class Refused:
    """A recorded step that today's rules would refuse, or cannot judge."""

    position: int
    step: str
    workflow: str
    rule: str
    codes: tuple[str, ...]
    """Every denial's code, or what the rules no longer have (`unknown_rule: …`)."""


@dataclass
class RulesReport:
    """What a replay saw."""

    LIMIT = 100

    steps: int = 0
    refused: list[Refused] = field(default_factory=list)
    """The first ones, in the ledger's order."""
    found: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    """Steps of workflows that these rules do not have, by the workflow's name."""

    def add(self, refused: Refused) -> None:
        """Count one, and keep it if it is among the first."""
        self.found += 1
        if len(self.refused) < self.LIMIT:
            self.refused.append(refused)


async def replay_ledger(database: Database) -> RulesReport:
    """Judge every step that has its position, in batches. What cannot be read is `verify_ledger`'s to report."""
    report = RulesReport()
    async with database.read() as reader:
        async for row in ledger_rows.links(reader):
            if row.step is not None:
                report.steps += 1
                _judge(report, row.position, row.step)
    return report


def _judge(report: RulesReport, position: int, step: StoredStep) -> None:
    try:
        record: Mapping[str, Any] = json.loads(step.record)
        codes = tuple(denial.code for denial in replay(record))
        workflow, rule = str(record["workflow"]), str(record["rule"])
    except NotReplayable as error:
        if error.code == "unknown_workflow":
            report.unknown[error.name] += 1
            return
        codes, workflow, rule = (str(error),), str(record["workflow"]), str(record["rule"])
    except (ValueError, TypeError, KeyError):
        codes, workflow, rule = ("unreadable",), "", ""
    if codes:
        report.add(Refused(position, step.id, workflow, rule, codes))
