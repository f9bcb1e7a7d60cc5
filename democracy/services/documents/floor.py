"""Amendments on the agenda: how a proposal on a passage is recorded as an amendment, and what a decision does to it.

The proposals and the decisions themselves are the proceedings' own. In the unit of work in which a proposal with a
place is made they call `record_amendment`; when a matter on a passage is prepared they ask `submitted` and `tie` each
to its proposal; when the gavel has fallen, or a matter is reopened, they call `settle` or `unsettle`. What follows
from an act of the meeting is the meeting's own, whether or not whoever acted reads the amendment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.services.documents.amending import kept, new_row, told
from democracy.services.documents.case import take_amendment
from democracy.services.documents.places import Change, judged, meaning
from democracy.services.motions.drafting import Arrival
from democracy.storage.tables.document import AmendmentRow
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AmendmentState


@dataclass(frozen=True)
class Settled:
    """What a decision did to an amendment."""

    amendment_id: UUID
    decision_id: UUID
    approved: bool
    text: str | None = None
    """The words that were approved, where they are not the mover's: after a reconciliation."""


async def record_amendment(
    unit: Unit,
    document_id: UUID,
    change: Change,
    *,
    proposal_id: UUID,
    mover_id: UUID | None,
    arrival: Arrival,
    recorded_by: UUID | None = None,
    actor: Actor,
) -> UUID:
    """Record what a proposal from the floor changes in the document. Returns the amendment's id.

    Raises StepDenied where the place is locked (with what it quotes), unknown, or the text says nothing new.
    """
    document = await unit.documents.share(document_id, actor=Clock())
    row = await new_row(unit, document_id, change, "", arrival)
    row.proposal_id, row.mover_member_id, row.recorded_by = proposal_id, mover_id, recorded_by
    unit.session.add(row)
    row.number = await unit.documents.number(document_id)
    case = await unit.documents.amendment_case(row.id, actor=Clock())
    text = await unit.documents.text(document.base_id)
    facts, provenance = judged(case.facts, meaning(change, text), text)
    await take_amendment(
        unit,
        case,
        "move_on_floor",
        actor=actor,
        facts=facts,
        outcome={**told(row, text), "proposal": proposal_id.hex},
        texts=[kept(row)],
        meeting=document.meeting_id,
        provenance=provenance,
        follows=True,
    )
    return row.id


async def submitted(unit: Unit, document_id: UUID) -> Sequence[AmendmentRow]:
    """Amendments that were handed in and are not on the agenda yet, in the order in which they came in."""
    found = await unit.documents.amendments(document_id, AmendmentState.SUBMITTED)
    return [each for each in found if each.proposal_id is None]


async def tie(unit: Unit, amendment_id: UUID, proposal_id: UUID) -> None:
    """The amendment has become a proposal on the agenda, and is decided there."""
    (await unit.documents.amendment(amendment_id)).proposal_id = proposal_id
    await unit.session.flush()


async def settle(unit: Unit, rows: Sequence[Settled], *, actor: Actor) -> None:
    """The meeting has decided: each amendment is approved or rejected."""
    for each in rows:
        case = await unit.documents.open_amendment(each.amendment_id, actor=Clock())
        row = await unit.documents.amendment(each.amendment_id)
        row.decision_id, row.decided_at = each.decision_id, unit.now
        row.adopted_text = each.text if each.approved else None
        await take_amendment(
            unit,
            case,
            "approve" if each.approved else "reject",
            actor=actor,
            facts=replace(case.facts, on_agenda=False),
            outcome={"decision": each.decision_id.hex},
            meeting=case.meeting_id,
            follows=True,
        )


async def send_back(unit: Unit, amendments: Sequence[UUID], decision_id: UUID, *, actor: Actor) -> None:
    """Their passage went back, and the rest of the text is adopted without it."""
    for amendment_id in amendments:
        case = await unit.documents.open_amendment(amendment_id, actor=Clock())
        row = await unit.documents.amendment(amendment_id)
        row.decision_id, row.decided_at, row.adopted_text = decision_id, unit.now, None
        facts, outcome = replace(case.facts, on_agenda=False), {"decision": decision_id.hex}
        await take_amendment(
            unit, case, "send_back", actor=actor, facts=facts, outcome=outcome, meeting=case.meeting_id, follows=True
        )  # fmt: skip


async def unsettle(unit: Unit, amendments: Sequence[UUID], *, actor: Actor) -> None:
    """The matter was reopened: its amendments stand undecided again."""
    for amendment_id in amendments:
        case = await unit.documents.open_amendment(amendment_id, actor=Clock())
        row = await unit.documents.amendment(amendment_id)
        row.decision_id = row.decision = row.adopted_text = row.decided_at = None
        facts = replace(case.facts, on_agenda=False)
        await take_amendment(unit, case, "reopen", actor=actor, facts=facts, meeting=case.meeting_id, follows=True)


async def withdraw(unit: Unit, amendment_id: UUID, *, actor: Actor) -> None:
    """Its proposal was withdrawn on the floor."""
    await _follow(unit, amendment_id, "withdraw_on_floor", AmendmentState.SUBMITTED, actor)


async def take_over(unit: Unit, amendment_id: UUID, *, actor: Actor) -> None:
    """Its proposal was taken over by another."""
    await _follow(unit, amendment_id, "take_over", AmendmentState.WITHDRAWN, actor)


async def _follow(unit: Unit, amendment_id: UUID, rule: str, source: AmendmentState, actor: Actor) -> None:
    case = await unit.documents.open_amendment(amendment_id, actor=Clock())
    if case.state is source:
        await take_amendment(unit, case, rule, actor=actor, meeting=case.meeting_id, follows=True)
