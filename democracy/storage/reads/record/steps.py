"""What only the ledger remembers of a meeting: breaks, when items were taken up, what the chair first found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from democracy.domain.record.item import ItemRecord
from democracy.domain.record.meeting import NotedRecord, PauseRecord, Sitting
from democracy.storage.statutes import Connected
from democracy.storage.tables.step import StepRow

_RULES = {
    "meeting": ("open", "adjourn", "resume", "judge_notice", "set_agenda"),
    "item": ("open", "reopen", "adjourn"),
    "question": ("name",),
    "floor": ("decide_rules", "set_speech_time", "draw_streck", "lift_streck"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One step."""

    workflow: str
    rule: str
    case_id: UUID
    at: datetime
    outcome: Mapping[str, Any]
    actor_id: UUID | None


@dataclass(frozen=True)
class Steps:
    """The steps of one meeting that its minutes need, the oldest first."""

    told: Sequence[Told]

    def named(self, question_id: UUID, until: datetime | None) -> Told | None:
        """What the chair found last, before a division was asked for."""
        found = [each for each in self._of("question", "name") if each.case_id == question_id]
        return next((each for each in reversed(found) if until is None or each.at <= until), None)

    def opener(self) -> UUID | None:
        """Who opened the meeting."""
        return next((each.actor_id for each in self._of("meeting", "open")), None)

    def noted(self) -> tuple[NotedRecord, ...]:
        """What the meeting decided about itself in passing."""
        told = [*self._of("meeting", "judge_notice", "set_agenda"), *self._of("floor", *_RULES["floor"])]
        return tuple(
            NotedRecord(each.at, f"{each.workflow}.{each.rule}", each.outcome)
            for each in sorted(told, key=lambda each: each.at)
        )

    def sittings(self) -> tuple[Sitting, ...]:
        """When each item was opened or taken up again."""
        return tuple(Sitting(each.at, each.case_id) for each in self._of("item", "open", "reopen"))

    @staticmethod
    def of_items(items: Sequence[ItemRecord]) -> tuple[Sitting, ...]:
        """The same from the items' own times, where no step tells."""
        begun = sorted((each.opened_at, each.position, each.id) for each in items if each.opened_at is not None)
        return tuple(Sitting(at, item_id) for at, _, item_id in begun)

    def pauses(self) -> tuple[PauseRecord, ...]:
        """Adjournments of the meeting, and of items that were taken up again later."""
        whole = self._of("meeting", "adjourn", "resume")
        own = [
            PauseRecord(each.at, _next(whole[place + 1 :], "resume"))
            for place, each in enumerate(whole)
            if each.rule == "adjourn"
        ]
        return tuple(sorted([*own, *self._item_pauses()], key=lambda pause: pause.at))

    def _item_pauses(self) -> list[PauseRecord]:
        steps = self._of("item", "open", "adjourn")
        return [
            PauseRecord(each.at, _next([s for s in steps[place:] if s.case_id == each.case_id], "open"), each.case_id)
            for place, each in enumerate(steps)
            if each.rule == "adjourn"
        ]

    def _of(self, workflow: str, *rules: str) -> list[Told]:
        return [each for each in self.told if each.workflow == workflow and each.rule in rules]


def _next(steps: Sequence[Told], rule: str) -> datetime | None:
    return next((each.at for each in steps if each.rule == rule), None)


async def read_steps(connection: Connected, meeting_id: UUID) -> Steps:
    """In one statement."""
    mine = or_(StepRow.meeting_id == meeting_id, StepRow.case_id == meeting_id)
    wanted = or_(
        *(and_(StepRow.workflow == workflow, StepRow.rule.in_(rules)) for workflow, rules in _RULES.items())
    )  # fmt: skip
    statement = select(StepRow.workflow, StepRow.rule, StepRow.case_id, StepRow.at, StepRow.record, StepRow.actor_id)
    rows = await connection.execute(statement.where(mine, wanted).order_by(StepRow.at, StepRow.id))
    return Steps(
        [
            Told(row.workflow, row.rule, row.case_id, row.at, json.loads(row.record)["outcome"], row.actor_id)
            for row in rows
        ]
    )  # fmt: skip
