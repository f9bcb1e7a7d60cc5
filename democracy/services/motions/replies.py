"""The board's reply: a recommendation on every att-sats, reasons, and its members' reservations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import MotionService, expect_version, hold_role, member_id, required
from democracy.services.use_case import use_case
from democracy.storage import replies
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.tables.motion import ClauseRow, RecommendationRow, ReplyRow, ReservationRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.motion import MotionFacts, MotionState

NEEDS_WORDING = frozenset({Outcome.APPROVE_REWORDED})
NEEDS_RECIPIENT = frozenset({Outcome.REFER, Outcome.REFER_BACK})


@dataclass(frozen=True)
class Recommendation:
    """What the board recommends on one att-sats, by its number."""

    clause: int
    outcome: Outcome
    wording: str | None = None
    """The changed wording, where approval is recommended with one."""
    recipient: str | None = None
    """Whom it is referred to."""

    @property
    def complete(self) -> bool:
        """Whether it has what its outcome needs."""
        return is_complete(self.outcome, self.wording, self.recipient)


@dataclass(frozen=True)
class Reply:
    """A reply as the board adopts it."""

    reasons: str
    recommendations: tuple[Recommendation, ...]
    decision: str
    """The board's own meeting and paragraph."""
    present: int
    """Members who took part; whoever was barred is not counted."""
    reservation_until: datetime | None = None


def is_complete(outcome: Outcome, wording: str | None, recipient: str | None) -> bool:
    """Whether an outcome has the wording or the recipient that it needs."""
    if outcome in NEEDS_WORDING:
        return bool((wording or "").strip())
    return outcome not in NEEDS_RECIPIENT or bool((recipient or "").strip())


class Replies(MotionService):
    """The board's answers."""

    @use_case
    async def adopt(
        self, unit: Unit, motion_id: UUID, reply: Reply, expected_version: int | None = None, *, actor: Actor
    ) -> UUID:
        """Record the reply that the board has adopted, in place of an earlier one."""
        case = await unit.motions.open(motion_id, actor=actor)
        expect_version(case, expected_version)
        decision = required("decision", reply.decision, longest=200)
        clauses = {each.number: each for each in await unit.motions.clauses(motion_id) if each.fault is None}
        given = _by_clause(reply.recommendations, clauses)
        facts = _facts(case, reply, clauses, given)
        await replies.remove(unit.session, motion_id)
        row = ReplyRow(
            id=new_id(),
            motion_id=motion_id,
            body_id=case.board_id,
            reasons=reply.reasons.strip(),
            decision=decision,
            present=reply.present,
            adopted_at=unit.now,
            reservation_until=reply.reservation_until,
        )
        outcome = {
            "recommendations": {str(n): each.outcome.name for n, each in given.items()},
            "present": reply.present,
        }
        text = Text("reply", row.id, {"reasons": row.reasons, "decision": decision, **_wordings(given)})
        rule = "revise_reply" if case.state is MotionState.SCHEDULED else "adopt_reply"
        await self.take(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=[text])
        unit.session.add(row)
        await unit.session.flush()
        unit.session.add_all(_row(row.id, clauses[number].id, each) for number, each in given.items())
        return motion_id

    @use_case
    async def reserve(
        self, unit: Unit, motion_id: UUID, text: str, member_number: str | None = None, *, actor: Actor
    ) -> UUID:
        """Record a board member's reservation: one's own, or by the secretary for a member of the board."""
        case = await unit.motions.open(motion_id, actor=actor)
        text = required("text", text)
        if member_number is not None:
            # Only the office records for another: a member of the board puts no words into a colleague's mouth.
            case = replace(case, roles=case.roles & {Role.SECRETARY})
        hold_role("reserve", case.roles, case.statutes)
        by = member_id(actor) if member_number is None else await unit.motions.member_by_number(member_number.strip())
        if by is None or not await replies.sits_in(unit.session, by, case.board_id, unit.today):
            raise InvalidInputError(FieldError("memberNumber", "not_in_board"))
        reply_id, number = await replies.next_reservation(unit.session, motion_id)
        if reply_id is None:
            raise InvalidInputError(FieldError("motionId", "no_reply"))
        row = ReservationRow(id=new_id(), reply_id=reply_id, number=number, member_id=by, text=text, at=unit.now)
        kept = Text("reservation", row.id, {"text": text}, about=by)
        await self.take(unit, case, "reserve", actor=actor, outcome={"number": number}, texts=[kept])
        unit.session.add(row)
        return motion_id


def _by_clause(given: Sequence[Recommendation], clauses: Mapping[int, ClauseRow]) -> dict[int, Recommendation]:
    """The recommendations by number; InvalidInputError for a number that is doubled or that is no att-sats."""
    found: dict[int, Recommendation] = {}
    faults = []
    for index, each in enumerate(given):
        if each.clause not in clauses:
            faults.append(FieldError(f"recommendations.{index}.clause", "unknown_clause", {"number": each.clause}))
        elif each.clause in found:
            faults.append(FieldError(f"recommendations.{index}.clause", "doubled", {"number": each.clause}))
        found[each.clause] = each
    if faults:
        raise InvalidInputError(*faults)
    return found


def _facts(
    case: MotionCase, reply: Reply, clauses: Mapping[int, ClauseRow], given: Mapping[int, Recommendation]
) -> MotionFacts:
    return replace(
        case.facts,
        reply_missing=len(clauses) - len(given),
        reply_incomplete=sum(not each.complete for each in given.values()),
        reply_has_reasons=bool(reply.reasons.strip()),
        board_present=reply.present,
    )


def _wordings(given: Mapping[int, Recommendation]) -> dict[str, Any]:
    return {f"wording {number}": each.wording for number, each in given.items() if each.wording}


def _row(reply_id: UUID, clause_id: UUID, each: Recommendation) -> RecommendationRow:
    return RecommendationRow(
        id=new_id(),
        reply_id=reply_id,
        clause_id=clause_id,
        outcome=each.outcome,
        wording=each.wording,
        recipient=each.recipient,
    )
