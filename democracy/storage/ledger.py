"""The append-only record of every step, written in the same transaction as the change."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, actor_key
from democracy.domain.ids import new_id
from democracy.storage.tables.step import KeptTextRow, StepRow, UnchainedRow
from workflows.engine import Step

RECORD_VERSION = 1


@dataclass(frozen=True)
class Text:
    """Free text that a step wrote: kept with a salt, known to the ledger by its digest only."""

    noun: str
    noun_id: UUID
    content: Mapping[str, str | None]
    about: UUID | None = None
    """The person whose text it is."""


@dataclass(frozen=True)
class Recorded:
    """One step with its case, waiting to be written."""

    step: Step[Any]
    case_id: UUID
    by: Actor
    statutes: str | None
    outcome: Mapping[str, Any] = field(default_factory=dict)
    texts: tuple[Text, ...] = ()
    meeting: UUID | None = None


class Ledger:
    """Collects the steps of one unit of work and writes them as its last statements, unchained."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._recorded: list[Recorded] = []

    def record(
        self,
        step: Step[Any],
        case_id: UUID,
        *,
        by: Actor,
        statutes: str | None = None,
        outcome: Mapping[str, Any] | None = None,
        texts: Sequence[Text] = (),
        meeting: UUID | None = None,
    ) -> None:
        """Keep a step. `outcome` holds ids, codes and numbers; whatever people wrote goes into `texts`.

        `meeting` is the meeting in which the step is taken: those who follow it hear of it.
        """
        self._recorded.append(Recorded(step, case_id, by, statutes, outcome or {}, tuple(texts), meeting))

    async def write_steps(self) -> None:
        """Insert what has been recorded. The sequencer gives it its place afterwards."""
        steps: list[dict[str, Any]] = []
        texts: list[dict[str, Any]] = []
        for recorded in self._recorded:
            step_id = new_id()
            kept = [_keep(step_id, text) for text in recorded.texts]
            steps.append(_row(step_id, recorded, kept))
            texts += kept
        self._recorded.clear()
        if not steps:
            return
        await self._session.execute(insert(StepRow), steps)
        if texts:
            await self._session.execute(insert(KeptTextRow), texts)
        await self._session.execute(insert(UnchainedRow), [{"step_id": step["id"]} for step in steps])


def text_digest(salt: bytes, content: str) -> str:
    """What the ledger knows of a text: SHA-256 over its salt and its canonical JSON, in hex."""
    return hashlib.sha256(salt + content.encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same bytes for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _keep(step_id: UUID, text: Text) -> dict[str, Any]:
    return {
        "id": new_id(),
        "step_id": step_id,
        "noun": text.noun,
        "noun_id": text.noun_id,
        "salt": secrets.token_bytes(16),
        "content": canonical(dict(text.content)),
        "about_id": text.about,
    }


def _row(step_id: UUID, recorded: Recorded, kept: list[dict[str, Any]]) -> dict[str, Any]:
    step, (actor_kind, actor_id) = recorded.step, actor_key(recorded.by)
    record = {
        "v": RECORD_VERSION,
        "id": step_id.hex,
        "workflow": step.workflow,
        "case": recorded.case_id.hex,
        "rule": step.rule,
        "source": step.source.name,
        "dest": step.dest.name,
        "paragraph": step.paragraph,
        "statutes": recorded.statutes,
        "actor": [actor_kind, actor_id.hex if actor_id else None],
        "roles": sorted(role.value for role in step.roles),
        "now": step.now.isoformat(),
        "facts": step.facts,
        "waived": sorted(step.waived),
        "warnings": [warning.code for warning in step.warnings],
        "outcome": recorded.outcome,
        "texts": [
            [text["id"].hex, text["noun"], text["noun_id"].hex, text_digest(text["salt"], text["content"])]
            for text in kept
        ],
    }
    return {
        "id": step_id,
        "workflow": step.workflow,
        "case_id": recorded.case_id,
        "meeting_id": recorded.meeting,
        "rule": step.rule,
        "source": step.source.name,
        "dest": step.dest.name,
        "paragraph": step.paragraph,
        "statutes_digest": recorded.statutes,
        "actor_kind": actor_kind,
        "actor_id": actor_id,
        "at": step.now,
        "record": canonical(record),
    }
