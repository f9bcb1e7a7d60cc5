"""What a meeting sets aside of its own order, or of statutes that let it; and that this ends."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.motions.decisions import Votes, majority_met
from democracy.services.proceedings.judging import reason_text, take_meeting
from democracy.services.use_case import Service, use_case
from democracy.storage import statutes
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.agenda import WaiverRow
from democracy.storage.unit_of_work import Unit
from democracy.storage.waivers import waived_codes
from workflows.statutes.parameters.meetings import Matter
from workflows.waivable import may_be_set_aside

LONGEST = 2_000


@dataclass(frozen=True)
class SetAside:
    """The rule, and what the meeting decided about it."""

    workflow: str
    """The procedure, as a refusal names it: `proposal`."""
    code: str
    """The condition, as a refusal names it: `proposals_closed`."""
    reason: str
    objections: str | None = None
    votes: Votes | None = None
    """Figures, where the vote was counted: they have to reach the majority of the statutes."""


class Waivers(Service):
    """Use cases of rules that are set aside."""

    @use_case
    async def waive(
        self, unit: Unit, meeting_id: UUID, rule: SetAside, item_id: UUID | None = None, *, actor: Actor
    ) -> UUID:
        """Record that the meeting sets a rule aside, for one item or for all of it. It holds until it is ended.

        With an item it ends when the item is closed. Returns the meeting's id.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        if item_id is not None and (await unit.items.case(item_id, actor=actor)).meeting_id != meeting_id:
            raise InvalidInputError(FieldError("itemId", "other_meeting"))
        facts = replace(
            case.facts,
            waivable=may_be_set_aside(rule.workflow, rule.code, statutes_too=await _statutes_too(unit, case)),
            waived_already=rule.code in await waived_codes(unit, meeting_id, item_id, workflow=rule.workflow),
            carried=rule.votes is None or await majority_met(unit, case.statutes, Matter.WAIVE, rule.votes),
            reason_given=bool(rule.reason.strip()),
        )
        row = _row(unit, meeting_id, item_id, rule)
        outcome = {"waiver": row.id.hex, "of": rule.workflow, "code": rule.code, "votes": _figures(rule.votes)}
        outcome["item"] = item_id.hex if item_id else None
        texts = reason_text("waiver", row.id, rule.reason, objections=row.objections)
        await take_meeting(unit, case, "waive", actor, facts=facts, outcome=outcome, texts=texts)
        unit.session.add(row)
        return meeting_id

    @use_case
    async def end(self, unit: Unit, waiver_id: UUID, reason: str | None = None, *, actor: Actor) -> UUID:
        """Record that the rule applies again. Returns the meeting's id."""
        row = await unit.session.get(WaiverRow, waiver_id)
        if row is None:
            raise NotFoundError("waiver", waiver_id)
        try:
            case = await unit.meetings.open(row.meeting_id, actor=actor)
        except NotFoundError:
            raise NotFoundError("waiver", waiver_id) from None
        await unit.session.refresh(row)
        facts = replace(case.facts, in_force=row.ended_at is None)
        outcome = {"waiver": row.id.hex, "of": row.workflow, "code": row.code}
        texts = reason_text("waiver", row.id, reason)
        await take_meeting(unit, case, "end_waiver", actor, facts=facts, outcome=outcome, texts=texts)
        row.ended_at = unit.now
        return row.meeting_id


async def _statutes_too(unit: Unit, case: MeetingCase) -> bool:
    """Whether the body that meets is one of those that may set a rule of the statutes aside."""
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    return case.kind.body in rules.parameters.rights.statutes_waived_by


def _figures(votes: Votes | None) -> list[int] | None:
    return [votes.for_, votes.against, votes.abstained] if votes else None


def _row(unit: Unit, meeting_id: UUID, item_id: UUID | None, rule: SetAside) -> WaiverRow:
    if max(len(rule.reason), len(rule.objections or "")) > LONGEST:
        raise InvalidInputError(FieldError("reason", "too_long", {"longest": LONGEST}))
    votes = rule.votes
    return WaiverRow(
        id=new_id(),
        meeting_id=meeting_id,
        item_id=item_id,
        workflow=rule.workflow,
        code=rule.code,
        reason=rule.reason.strip(),
        objections=(rule.objections or "").strip() or None,
        votes_for=votes.for_ if votes else None,
        votes_against=votes.against if votes else None,
        votes_abstained=votes.abstained if votes else None,
        decided_at=unit.now,
    )
