"""How a ballot comes about: a body orders it, or branches that hold enough members demand it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.bodies import statutes_body
from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.draft import BallotDraft, question_rows
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, council, electorate, statutes
from democracy.storage.ballot_case import BallotCase
from democracy.storage.branches import leads, lies_below, unit_kind
from democracy.storage.ledger import Text
from democracy.storage.tables.ballot import BallotSideRow, BallotSupportRow, MemberBallotRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.council_kinds import MatterSort, Route
from workflows.engine import Role
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotState
from workflows.statutes import Resolved
from workflows.statutes.parameters.ballots import MemberBallots


class BallotOrdering(Service):
    """Drafts, orders and demands."""

    @use_case
    async def draft(self, unit: Unit, draft: BallotDraft, *, actor: Actor) -> UUID:
        """Write a ballot down. Its statutes are those in force today."""
        body = await unit.meetings.body(draft.body_id)
        rules = await statutes.in_force(unit.session, body.unit_id, unit.today)
        ballot_id = new_id()
        kind = await unit_kind(unit.session, body.unit_id)
        row = _row(ballot_id, draft, body, kind, rules, unit)
        row.statutes_digest = await statutes.keep(unit.session, rules)
        unit.session.add(row)
        await unit.session.flush()
        unit.session.add_all(_sides(ballot_id, draft))
        await ballots.replace_questions(unit, ballot_id, question_rows(ballot_id, draft.questions))
        case = await ballots.case(unit, ballot_id, actor=actor)
        await take(unit, case, "edit", actor=actor, texts=[_text(row)])
        return ballot_id

    @use_case
    async def edit(
        self, unit: Unit, ballot_id: UUID, draft: BallotDraft, expected_version: int | None = None, *, actor: Actor
    ) -> UUID:
        """Write it anew, as long as it has not been announced. Texts that sides have handed in stay where they are."""
        case = await open_ballot(unit, ballot_id, actor, expected_version)
        row = await ballots.row(unit, ballot_id)
        await take(unit, case, "edit", actor=actor)
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        _write(row, draft, rules)
        await ballots.replace_questions(unit, ballot_id, question_rows(ballot_id, draft.questions))
        return ballot_id

    @use_case
    async def order(self, unit: Unit, ballot_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """Record the body's decision to hold the ballot."""
        case = await open_ballot(unit, ballot_id, actor)
        text = Text("member_ballot", ballot_id, {"decision": decision.strip()})
        row = await ballots.row(unit, ballot_id)
        sort = MatterSort.AGREEMENT if row.agreement else MatterSort.POLICY
        policy = await council.route(unit, case.unit_id, sort, Route.MEMBER_BALLOT)
        facts = replace(
            case.facts, decision_given=bool(decision.strip()), route_open=policy is None or not policy.closed
        )
        await take(unit, case, "order", actor=actor, facts=facts, texts=[text])
        (await ballots.row(unit, ballot_id)).decision = decision.strip()
        return ballot_id

    @use_case
    async def demand(
        self, unit: Unit, ballot_id: UUID, branch_id: UUID, decision: str, decided_on: date, *, actor: Actor
    ) -> UUID:
        """Record that a branch's meeting demands it. The members of every supporting branch are counted today."""
        case = await open_ballot(unit, ballot_id, actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()))
        await self._acts_for(unit, case, "demand", branch_id, actor)
        _check_day(unit, decided_on)
        row = await ballots.row(unit, ballot_id)
        needed = await _support_needed(unit, case)
        await take(unit, case, "demand", actor=actor, facts=facts, outcome={"branch": branch_id.hex})
        row.demanded_on, row.decision, row.support_needed = unit.today, decision.strip(), needed
        await self._support(unit, ballot_id, branch_id, decision, decided_on, unit.today)
        await self._meet(unit, ballot_id, actor)
        return ballot_id

    @use_case
    async def support(
        self, unit: Unit, ballot_id: UUID, branch_id: UUID, decision: str, decided_on: date, *, actor: Actor
    ) -> UUID:
        """Record that a branch's meeting supports the demand. When they hold enough members the ballot is ordered."""
        case = await open_ballot(unit, ballot_id, actor)
        await self._acts_for(unit, case, "support", branch_id, actor)
        _check_day(unit, decided_on)
        standing = await ballots.support_of(unit, ballot_id, branch_id)
        facts = replace(case.facts, decision_given=bool(decision.strip()), supports_already=standing is not None)
        await take(unit, case, "support", actor=actor, facts=facts, outcome={"branch": branch_id.hex})
        counted_on = (await ballots.row(unit, ballot_id)).demanded_on or unit.today
        await self._support(unit, ballot_id, branch_id, decision, decided_on, counted_on)
        await self._meet(unit, ballot_id, actor)
        return ballot_id

    @use_case
    async def withdraw_support(
        self, unit: Unit, ballot_id: UUID, branch_id: UUID, decision: str, *, actor: Actor
    ) -> UUID:
        """Record that a branch's meeting no longer supports the demand."""
        case = await open_ballot(unit, ballot_id, actor)
        await self._acts_for(unit, case, "withdraw_support", branch_id, actor)
        standing = await ballots.support_of(unit, ballot_id, branch_id)
        facts = replace(case.facts, decision_given=bool(decision.strip()), supports_already=standing is not None)
        text = Text("member_ballot", ballot_id, {"decision": decision.strip()})
        outcome = {"branch": branch_id.hex}
        await take(unit, case, "withdraw_support", actor=actor, facts=facts, outcome=outcome, texts=[text])
        if standing is not None:
            standing.withdrawn_at = unit.now
        return ballot_id

    @use_case
    async def cancel(self, unit: Unit, ballot_id: UUID, decision: str, reason: str, *, actor: Actor) -> UUID:
        """Record the body's decision not to hold it after all. Only before it opens."""
        case = await open_ballot(unit, ballot_id, actor)
        facts = replace(case.facts, decision_given=bool(decision.strip()), reason_given=bool(reason.strip()))
        text = Text("member_ballot", ballot_id, {"decision": decision.strip(), "reason": reason.strip()})
        await take(unit, case, "cancel", actor=actor, facts=facts, texts=[text])
        (await ballots.row(unit, ballot_id)).ended_reason = reason.strip()
        return ballot_id

    async def _acts_for(self, unit: Unit, case: BallotCase, rule: str, branch_id: UUID, actor: Actor) -> None:
        """A branch is spoken for by its own officers; the office records for anyone."""
        hold_role(rule, case)
        if not await lies_below(unit.session, branch_id, case.unit_id):
            raise InvalidInputError(FieldError("branchId", "not_below"))
        # Branches demand: a district that came beside its own would have its members counted twice.
        if await unit_kind(unit.session, branch_id) in {UnitKind.PARTY, UnitKind.DISTRICT}:
            raise InvalidInputError(FieldError("branchId", "no_branch"))
        if Role.SECRETARY not in case.roles and not await leads(unit.session, actor, branch_id, unit.today):
            raise MEMBER_BALLOT.wrong_role(rule).under(case.statutes)

    async def _support(
        self, unit: Unit, ballot_id: UUID, branch_id: UUID, decision: str, decided_on: date, counted_on: date
    ) -> None:
        unit.session.add(
            BallotSupportRow(
                id=new_id(),
                ballot_id=ballot_id,
                unit_id=branch_id,
                decision=required("decision", decision, longest=500),
                decided_on=decided_on,
                members=await electorate.members_of(unit.session, branch_id, counted_on),
                at=unit.now,
            )
        )
        await unit.session.flush()

    async def _meet(self, unit: Unit, ballot_id: UUID, actor: Actor) -> None:
        """When the branches hold members enough, the ballot is to be held: nobody decides that."""
        case = await ballots.case(unit, ballot_id, actor=actor)
        if 0 < case.facts.support_needed <= case.facts.supported and case.state is MemberBallotState.COLLECTING:
            outcome = {"supported": case.facts.supported, "needed": case.facts.support_needed}
            await take(unit, case, "meet_demand", actor=actor, outcome=outcome)


def _check_day(unit: Unit, decided_on: date) -> None:
    """A meeting has been held before its decision is recorded."""
    if decided_on > unit.today:
        raise InvalidInputError(FieldError("decidedOn", "in_the_future"))


async def _support_needed(unit: Unit, case: BallotCase) -> int | None:
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    share = rules.parameters.minorities.member_ballot
    if share is None:
        return None
    return share.needed(await electorate.members_of(unit.session, case.unit_id, unit.today))


def _row(
    ballot_id: UUID, draft: BallotDraft, body: BodyRow, kind: UnitKind, rules: Resolved, unit: Unit
) -> MemberBallotRow:
    order = _order(rules)
    row = MemberBallotRow(
        id=ballot_id,
        unit_id=body.unit_id,
        body_id=body.id,
        state=MemberBallotState.DRAFT,
        effect=order.effect,
        may_order=statutes_body(body.kind, kind) in order.ordered_by,
        support_needed=0 if rules.parameters.minorities.member_ballot is not None else None,
        created_at=unit.now,
        version=0,
    )
    _write(row, draft, rules)
    return row


def _order(rules: Resolved) -> MemberBallots:
    order = rules.parameters.member_ballots
    if order is None:
        raise InvalidInputError(FieldError("bodyId", "no_ballots"))
    return order


def _write(row: MemberBallotRow, draft: BallotDraft, rules: Resolved) -> None:
    order = _order(rules)
    row.title = required("title", draft.title, longest=200)
    row.background = draft.background.strip()
    row.urgent, row.agreement, row.majority_possible = draft.urgent, draft.agreement, draft.majority_possible
    row.level = draft.level
    row.opens_at, row.closes_at, row.embargo_until = draft.opens_at, draft.closes_at, draft.embargo_until
    days = order.urgent_days if draft.urgent else order.days
    row.earliest_close_at = draft.opens_at + timedelta(days=days) if draft.opens_at else None


def _sides(ballot_id: UUID, draft: BallotDraft) -> list[BallotSideRow]:
    names = [required(f"sides.{at}", name, longest=100) for at, name in enumerate(draft.sides)]
    if len(set(names)) < len(names):
        raise InvalidInputError(FieldError("sides", "twice"))
    return [BallotSideRow(id=new_id(), ballot_id=ballot_id, position=at, name=name) for at, name in enumerate(names, 1)]


def _text(row: MemberBallotRow) -> Text:
    return Text("member_ballot", row.id, {"title": row.title, "background": row.background})
