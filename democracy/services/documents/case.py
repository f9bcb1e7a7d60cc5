"""What the use cases of a document and of an amendment share: take a step, keep the record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import ConflictError
from democracy.storage.amendment_case import AmendmentCase
from democracy.storage.document_case import DocumentCase
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AMENDMENT, AmendmentFacts
from workflows.document import DOCUMENT, DocumentFacts
from workflows.engine import StepDenied


async def take(
    unit: Unit,
    case: DocumentCase,
    rule: str,
    *,
    actor: Actor,
    facts: DocumentFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    meeting: UUID | None = None,
    follows: bool = False,
) -> None:
    """Follow a rule of a document, write its state and record it. Raises StepDenied with every reason.

    `meeting` is the meeting in which it is done, where it is done in one. `follows`: it follows from what the actor
    was allowed to do on the agenda, and is the meeting's act.
    """
    roles = case.roles | DOCUMENT.rules[rule].by if follows else case.roles
    try:
        step = DOCUMENT.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    await unit.documents.apply(step, await unit.documents.row(case.id))
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=meeting)


async def take_amendment(
    unit: Unit,
    case: AmendmentCase,
    rule: str,
    *,
    actor: Actor,
    facts: AmendmentFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    meeting: UUID | None = None,
    provenance: str | None = None,
    follows: bool = False,
) -> None:
    """The same for an amendment. `provenance` is what its place quotes, to be said where that is why not.

    `follows`: it follows from what the actor was allowed to do on the agenda, and is the meeting's act.
    """
    roles = case.roles | AMENDMENT.rules[rule].by if follows else case.roles
    try:
        step = AMENDMENT.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise _told(denied, provenance).under(case.statutes) from None
    await unit.documents.apply(step, await unit.documents.amendment(case.id))
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=meeting)


def expect_version(case: DocumentCase, expected: int | None) -> None:
    """Raise ConflictError if somebody else has changed the document since it was read."""
    if expected is not None and expected != case.version:
        raise ConflictError("version_changed", current=case.version)


def _told(denied: StepDenied, provenance: str | None) -> StepDenied:
    """The refusal with what the place quotes, which the facts do not hold."""
    if not provenance:
        return denied
    return StepDenied(
        tuple(
            replace(each, params={**each.params, "source": provenance}) if each.code == "locked" else each
            for each in denied.denials
        )
    )
