"""How a council is made up and what it may decide: the political position, and the routes of the unit's policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from democracy.counting.allotment import allot
from democracy.counting.faults import CountError
from democracy.domain.actors import Actor
from democracy.domain.council_seats import BranchSeats, changed_seats
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.motions.case import required
from democracy.services.proceedings.sharing_out import counting_rule
from democracy.services.use_case import Service, use_case
from democracy.storage import council_seats, elections, statutes
from democracy.storage.branches import leads
from democracy.storage.ledger import Text
from democracy.storage.statutes import Connected
from democracy.storage.tables.council import DecisionRouteRow, PoliticalPositionRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.unit_of_work import Unit
from workflows.council_kinds import MatterSort, PoliticalPosition, Route
from workflows.engine import Role, StepDenied
from workflows.statutes import Resolved
from workflows.statutes.parameters.delegates import Position
from workflows.unit_policy import UNIT_POLICY, UnitPolicyFacts, UnitPolicyState


@dataclass(frozen=True)
class Composition:
    """A council as it would be in a position."""

    branches: Sequence[BranchSeats]
    rule_given: bool
    countable: bool


async def composition(
    connection: Connected, rules: Resolved, unit_id: UUID, body_id: UUID, position: PoliticalPosition, day: date
) -> Composition:
    """Count the branches' places by the statutes' rule for a position, and who keeps theirs. Writes nothing."""
    below = await council_seats.branches(connection, unit_id, day)
    held = await council_seats.held(connection, body_id, day)
    if position is PoliticalPosition.NONE:
        return Composition(changed_seats(below, {}, held), rule_given=True, countable=True)
    rule = rules.parameters.delegates.council.get(Position(position.value))
    if rule is None:
        return Composition((), rule_given=False, countable=True)
    members = {key.hex: number for key, _, number in below}
    try:
        protocol = allot(members, rule.total, counting_rule(rule, "delegates"), snapshot=day.isoformat())
    except CountError:
        return Composition((), rule_given=True, countable=False)
    allotted = {UUID(hex=key): seats for key, seats in dict(protocol.more["allotted"]).items()}
    return Composition(changed_seats(below, allotted, held), rule_given=True, countable=protocol.settled)


class Composing(Service):
    """Recorded by the chair or secretary of the unit's board, as the body decided."""

    @use_case
    async def set_route(
        self, unit: Unit, unit_id: UUID, sort: MatterSort, route: Route, decision: str, *, closed: bool, actor: Actor
    ) -> UUID:
        """Close or open a route for one sort of matter. Without a word in the policy every route is open."""
        row = DecisionRouteRow(
            id=new_id(), unit_id=unit_id, sort=sort, route=route, closed=closed, ground=decision.strip(), since=unit.now
        )
        outcome: dict[str, object] = {"sort": sort.name, "route": route.name, "closed": closed}
        facts = UnitPolicyFacts(decision_given=bool(row.ground))
        await self._take(unit, unit_id, "set_route", row.id, facts, outcome, decision, actor)
        required("decision", decision, longest=500)
        unit.session.add(row)
        return unit_id

    @use_case
    async def set_position(
        self, unit: Unit, body_id: UUID, position: PoliticalPosition, starts_on: date, decision: str, *, actor: Actor
    ) -> UUID:
        """Record the party's new position from a day: the council's places follow. Returns the unit's id.

        Whoever loses a place keeps it until the day before. A written procedure that is going on keeps its roll: the
        matter is decided by those who were asked.
        """
        body = await unit.meetings.body(body_id)
        await self._known(unit, body.unit_id, actor)
        if starts_on < unit.today:
            raise InvalidInputError(FieldError("startsOn", "in_past"))
        rules = await statutes.in_force(unit.session, body.unit_id, unit.today)
        found = await composition(unit.session, rules, body.unit_id, body_id, position, unit.today)
        last = await council_seats.last_began(unit.session, body_id)
        facts = UnitPolicyFacts(
            decision_given=bool(decision.strip()), is_council=body.kind is BodyKind.REPRESENTATIVE_COUNCIL,
            rule_given=found.rule_given, countable=found.countable,
            starts_at=_midnight(starts_on, unit), last_began_at=_midnight(last, unit) if last else None,
        )  # fmt: skip
        row = PoliticalPositionRow(
            id=new_id(), unit_id=body.unit_id, body_id=body_id, position=position, starts_on=starts_on,
            decision=decision.strip(), decided_at=unit.now,
        )  # fmt: skip
        leaving = [seat.mandate_id for branch in found.branches for seat in branch.leaving]
        outcome: dict[str, object] = {
            "position": position.name,
            "starts": starts_on.isoformat(),
            "leaving": [each.hex for each in leaving],
        }
        await self._take(unit, body.unit_id, "set_position", row.id, facts, outcome, decision, actor)
        unit.session.add(row)
        for key in leaving:
            (await unit.session.get_one(MandateRow, key)).ends_on = starts_on - timedelta(days=1)
        return body.unit_id

    async def _take(
        self,
        unit: Unit,
        unit_id: UUID,
        rule: str,
        key: UUID,
        facts: UnitPolicyFacts,
        outcome: dict[str, object],
        decision: str,
        actor: Actor,
    ) -> None:
        await self._known(unit, unit_id, actor)
        keeps = await leads(unit.session, actor, unit_id, unit.today)
        digest = await statutes.keep(unit.session, await statutes.in_force(unit.session, unit_id, unit.today))
        roles = frozenset({Role.SECRETARY}) if keeps else frozenset()
        try:
            step = UNIT_POLICY.step(rule, UnitPolicyState.IN_FORCE, facts, roles=roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(digest) from None
        text = Text("unit_policy", key, {"decision": decision.strip()})
        unit.record(step, key, by=actor, statutes=digest, outcome=outcome, texts=[text])

    async def _known(self, unit: Unit, unit_id: UUID, actor: Actor) -> None:
        if not await elections.knows_unit(unit, unit_id, actor):
            raise NotFoundError("unit", unit_id)


def _midnight(day: date, unit: Unit) -> datetime:
    return datetime.combine(day, time(), unit.zone)
