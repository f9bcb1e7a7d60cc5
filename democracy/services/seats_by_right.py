"""Seats by right in nomination committees: granted and ended by decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.use_case import Service, use_case
from democracy.storage import seats_by_right
from democracy.storage.ledger import Text
from democracy.storage.mandate_case import BodyCase, open_body
from democracy.storage.tables.post import SeatByRightRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.seat_by_right import SEAT_BY_RIGHT, SeatByRightFacts, SeatByRightState


@dataclass(frozen=True)
class Seat:
    """The place that gives the seat, and the decision: meeting and paragraph."""

    from_body_id: UUID
    from_role: MandateRole
    decision: str
    first: date | None = None
    """First day; None: today."""


class SeatsByRight(Service):
    """Use cases of whoever records what is decided of a committee."""

    @use_case
    async def grant(self, unit: Unit, body_id: UUID, seat: Seat, *, actor: Actor) -> UUID:
        """Let whoever holds a place in another body sit in the committee too, for as long as they hold it."""
        body = await open_body(unit, body_id, actor=actor)
        if not SEAT_BY_RIGHT.rules["grant"].open_to(body.roles):
            raise SEAT_BY_RIGHT.wrong_role("grant").under(body.statutes)
        committee, other = await unit.meetings.body(body_id), await unit.meetings.body(seat.from_body_id)
        facts = SeatByRightFacts(
            decision_given=bool(seat.decision.strip()),
            of_committee=committee.kind is BodyKind.NOMINATION_COMMITTEE and other.id != body_id,
            granted_before=await seats_by_right.granted(unit, body_id, other.id, seat.from_role),
        )
        row = SeatByRightRow(
            id=new_id(), body_id=body_id, from_body_id=other.id, from_role=seat.from_role,
            state=SeatByRightState.IN_FORCE, starts_on=seat.first or unit.today, decision=seat.decision.strip(),
        )  # fmt: skip
        self._take(unit, row, "grant", body, facts, actor, row.decision)
        unit.session.add(row)
        await unit.session.flush()
        return row.id

    @use_case
    async def end(self, unit: Unit, seat_id: UUID, last: date, decision: str, *, actor: Actor) -> UUID:
        """Record that the place gives no seat after a last day."""
        row = await seats_by_right.locked(unit, seat_id)
        try:
            body = await open_body(unit, row.body_id, actor=actor)
        except NotFoundError:
            raise NotFoundError("seat_by_right", seat_id) from None
        facts = SeatByRightFacts(decision_given=bool(decision.strip()))
        self._take(unit, row, "end", body, facts, actor, decision.strip())
        if last < row.starts_on:
            raise InvalidInputError(FieldError("lastDay", "last_before_first"))
        row.ends_on = last
        row.decision = "; ".join((row.decision, decision.strip()))
        return seat_id

    def _take(
        self, unit: Unit, row: SeatByRightRow, rule: str, body: BodyCase, facts: SeatByRightFacts, actor: Actor,
        decision: str,
    ) -> None:  # fmt: skip
        try:
            step = SEAT_BY_RIGHT.step(rule, row.state, facts, roles=body.roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(body.statutes) from None
        row.state = step.dest
        outcome = {"body": row.body_id.hex, "from": row.from_body_id.hex, "role": row.from_role.name}
        kept = Text("seat_by_right", row.id, {"decision": decision})
        unit.record(step, row.id, by=actor, statutes=body.statutes, outcome=outcome, texts=[kept])
