"""What the use cases of a meeting and of its agenda share: take a step, and record it in the meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.storage.item_case import ItemCase
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.unit_of_work import Unit
from workflows.denial import Said
from workflows.engine import Step, StepDenied
from workflows.item import ITEM, ItemFacts
from workflows.meeting import MEETING, MeetingFacts


async def take_meeting(
    unit: Unit,
    case: MeetingCase,
    rule: str,
    actor: Actor,
    *,
    facts: MeetingFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    told: Mapping[str, Mapping[str, Said]] | None = None,
    follows: bool = False,
) -> Step[Any]:
    """Follow a rule of the meeting, write the state that it leads to, and record it. Raises StepDenied.

    `told` completes what a refusal says, by its code: facts hold no text. `follows`: it follows from what the actor
    was allowed to do at another meeting, of which this is a part.
    """
    roles = case.roles | MEETING.rules[rule].by if follows else case.roles
    try:
        step = MEETING.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now, waived=case.waived)
    except StepDenied as denied:
        raise telling(denied, told or {}).under(case.statutes) from None
    await unit.meetings.apply(step, case.id)
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.id)
    return step


async def take_item(
    unit: Unit,
    case: ItemCase,
    rule: str,
    actor: Actor,
    *,
    facts: ItemFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    told: Mapping[str, Mapping[str, Said]] | None = None,
    follows: bool = False,
) -> None:
    """The same for an item.

    `follows`: it follows from what the actor was allowed to do, and is then the meeting's act, not a further person's.
    """
    roles = case.roles | ITEM.rules[rule].by if follows else case.roles
    try:
        step = ITEM.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now, waived=case.waived)
    except StepDenied as denied:
        raise telling(denied, told or {}).under(case.statutes) from None
    await unit.items.apply(step, case.id)
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts, meeting=case.meeting_id)


def telling(denied: StepDenied, told: Mapping[str, Mapping[str, Said]]) -> StepDenied:
    """The same refusal, its messages completed by the values given for their codes."""
    return StepDenied(
        tuple(replace(each, params={**each.params, **told.get(each.code, {})}) for each in denied.denials)
    )


def reason_text(noun: str, noun_id: UUID, reason: str | None, **more: str | None) -> list[Text]:
    """The reason that somebody gave, for the record; nothing where none was given."""
    content = {"reason": (reason or "").strip(), **more}
    kept = {name: value for name, value in content.items() if value}
    return [Text(noun, noun_id, kept)] if kept else []
