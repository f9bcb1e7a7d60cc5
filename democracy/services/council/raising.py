"""A matter comes up: raised, its papers, its report, what sort of matter it is, who may read it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Anonymous, Member
from democracy.domain.ids import new_id, unordered_id
from democracy.domain.secret_papers import bears_secrecy_stamp
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.council.case import hold_role, open_case, person_meant, take, written
from democracy.services.motions.case import required
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import council, statutes
from democracy.storage.ledger import Text
from democracy.storage.tables.council import (
    CouncilAccessRow,
    CouncilConflictRow,
    CouncilDecisionRow,
    CouncilPaperRow,
)
from democracy.storage.unit_of_work import Unit
from workflows.council_decision import COUNCIL_DECISION, CouncilDecisionState
from workflows.council_kinds import Confidentiality, Initiative, MatterSort, Route
from workflows.engine import StepDenied


@dataclass(frozen=True)
class Matter:
    """What is known of a matter when it is raised."""

    body_id: UUID
    title: str
    summary: str
    sort: MatterSort
    initiative: Initiative
    received_at: datetime | None = None


@dataclass(frozen=True)
class Report:
    """What those who prepare a matter lay before the body."""

    text: str
    alternatives: tuple[str, ...]
    costs: str
    consequences: str


class Raising(Service):
    """Until the body decides."""

    @use_case
    async def raise_(self, unit: Unit, matter: Matter, *, actor: Actor) -> UUID:
        """Raise a matter before a council or a board. Who, through which channel and when is kept."""
        body = await unit.meetings.body(matter.body_id)
        if isinstance(actor, Anonymous):
            raise NotFoundError("body", matter.body_id)
        if not isinstance(actor, Member):
            raise COUNCIL_DECISION.wrong_role("raise")
        if not await council.may_raise(unit, actor.id, body):
            raise NotFoundError("body", matter.body_id)
        rules = await statutes.in_force(unit.session, body.unit_id, unit.today)
        received = matter.received_at or unit.now
        if received > unit.now:
            raise InvalidInputError(FieldError("receivedAt", "in_the_future"))
        row = CouncilDecisionRow(
            id=unordered_id(), unit_id=body.unit_id, body_id=body.id, state=CouncilDecisionState.RAISED,
            sort=matter.sort, title=required("title", matter.title, longest=200),
            summary=required("summary", matter.summary), initiative=matter.initiative, raised_by=actor.id,
            raised_at=received, created_at=unit.now, statutes_digest=await statutes.keep(unit.session, rules),
            version=0,
        )  # fmt: skip
        unit.session.add(row)
        case = await council.case(unit, row.id, actor=actor)
        policy = await council.route(unit, body.unit_id, matter.sort, Route.COUNCIL)
        facts = replace(
            case.facts,
            route_open=policy is None or not policy.closed,
        )
        text = written(case, {"title": row.title, "summary": row.summary}, actor.id)
        outcome = {"initiative": matter.initiative.name, "sort": matter.sort.name, "received": received.isoformat()}
        told = {"route_closed": {"ground": policy.ground if policy else ""}}
        await take(unit, case, "raise", actor=actor, facts=facts, outcome=outcome, texts=[text], told=told)
        return row.id

    @use_case
    async def attach(
        self, unit: Unit, key: UUID, title: str, text: str, *, marked_secret: bool = False, actor: Actor
    ) -> UUID:
        """Add a paper. One that is secret by law is refused at every level."""
        case = await open_case(unit, key, actor)
        secret = marked_secret or bears_secrecy_stamp(f"{title}\n{text}")
        facts = replace(case.facts, secret_by_law=secret)
        paper_id = new_id()
        kept = Text("council_paper", paper_id, {"title": title.strip(), "text": text.strip()})
        outcome = {"paper": paper_id.hex}
        await take(unit, case, "attach", actor=actor, facts=facts, outcome=outcome, texts=[kept])
        unit.session.add(
            CouncilPaperRow(
                id=paper_id, decision_id=key, title=required("title", title, longest=200),
                text=required("text", text, longest=200_000), added_at=unit.now,
            )
        )  # fmt: skip
        return key

    @use_case
    async def prepare(
        self, unit: Unit, key: UUID, report: Report, expected_version: int | None = None, *, actor: Actor
    ) -> UUID:
        """Lay the report before the body: alternatives, what they cost, what follows from them."""
        case = await open_case(unit, key, actor, expected_version)
        ways = [each.strip() for each in report.alternatives if each.strip()]
        facts = replace(
            case.facts, report_given=bool(report.text.strip()), alternatives=len(ways),
            costs_given=bool(report.costs.strip()), consequences_given=bool(report.consequences.strip()),
        )  # fmt: skip
        text = written(case, {"report": report.text, "costs": report.costs, "consequences": report.consequences})
        await take(unit, case, "prepare", actor=actor, facts=facts, texts=[text])
        row = await council.row(unit, key)
        row.report = required("text", report.text)
        row.alternatives = "\n".join(each.replace("\n", " ")[:500] for each in ways)
        row.costs, row.consequences = required("costs", report.costs), required("consequences", report.consequences)
        return key

    @use_case
    async def declare(
        self, unit: Unit, key: UUID, decision: str, reason: str, *, principle: bool, urgent: bool, actor: Actor
    ) -> UUID:
        """Record that a body has declared the matter important in principle, urgent, or both. Never inferred."""
        case = await open_case(unit, key, actor)
        if not principle and not urgent:
            raise InvalidInputError(FieldError("principle", "required"))
        facts = replace(case.facts, decision_given=bool(decision.strip()), reason_given=bool(reason.strip()))
        text = written(case, {"decision": decision.strip(), "reason": reason.strip()})
        outcome = {"principle": principle, "urgent": urgent}
        await take(unit, case, "declare", actor=actor, facts=facts, outcome=outcome, texts=[text])
        row = await council.row(unit, key)
        by, why = required("decision", decision, longest=500), required("reason", reason)
        if principle:
            row.principle_by, row.principle_reason = by, why
        if urgent:
            row.urgent_by = by
        return key

    @use_case
    async def set_level(
        self,
        unit: Unit,
        key: UUID,
        level: Confidentiality,
        embargo_until: datetime | None,
        reason: str = "",
        *,
        negotiators_id: UUID | None = None,
        actor: Actor,
    ) -> UUID:
        """Say who reads the papers, and when every member may. A reason is needed to change it, not the first time."""
        case = await open_case(unit, key, actor)
        hold_role("set_level", case)
        if level is Confidentiality.NEGOTIATORS and negotiators_id is None:
            raise InvalidInputError(FieldError("negotiatorsId", "required"))
        if negotiators_id is not None and (await unit.meetings.body(negotiators_id)).unit_id != case.unit_id:
            raise InvalidInputError(FieldError("negotiatorsId", "not_below"))
        facts = replace(
            case.facts, new_embargo=embargo_until, reason_given=bool(reason.strip()) or not case.facts.level_set
        )
        outcome = {"level": level.name, "embargo": embargo_until.isoformat() if embargo_until else None}
        text = written(case, {"reason": reason.strip()})
        await take(unit, case, "set_level", actor=actor, facts=facts, outcome=outcome, texts=[text])
        row = await council.row(unit, key)
        row.level, row.embargo_until, row.negotiators_id = level, embargo_until, negotiators_id
        return key

    @use_case
    async def open_paper(self, unit: Unit, paper_id: UUID, *, actor: Actor) -> UUID:
        """Open a paper; that you did is written into the access log. Returns the paper's id."""
        paper = await council.paper(unit, paper_id)
        try:
            case = await council.case(unit, paper.decision_id, actor=actor)
        except NotFoundError:
            raise NotFoundError("council_paper", paper_id) from None
        try:
            COUNCIL_DECISION.step("open_paper", case.state, case.facts, roles=case.roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(case.statutes) from None
        member = actor.id if isinstance(actor, Member) else None
        unit.session.add(
            CouncilAccessRow(
                id=new_id(), decision_id=case.id, paper_id=paper_id, member_id=member,
                staff_id=None if member else getattr(actor, "id", None), at=unit.now,
            )
        )  # fmt: skip
        return paper_id

    @use_case
    async def declare_conflict(
        self, unit: Unit, key: UUID, reason: str, person: Person | None = None, *, actor: Actor
    ) -> UUID:
        """Declare a conflict of interest (jäv): you take no part, and the papers are closed to you."""
        case = await open_case(unit, key, actor)
        who = await person_meant(unit, case, "declare_conflict", person, actor)
        facts = replace(
            case.facts, entitled=await council.has_seat(unit, case.body_id, who), reason_given=bool(reason.strip()),
            barred=await council.is_barred(unit, key, who),
        )  # fmt: skip
        text = written(case, {"reason": reason.strip()}, who)
        await take(unit, case, "declare_conflict", actor=actor, facts=facts, texts=[text])
        unit.session.add(
            CouncilConflictRow(
                id=new_id(), decision_id=key, member_id=who, reason=required("reason", reason), at=unit.now
            )
        )
        await council.erase_answers(unit, key, who)
        return key

    @use_case
    async def withdraw(self, unit: Unit, key: UUID, reason: str, *, actor: Actor) -> UUID:
        """Take the matter back, before anything is decided."""
        case = await open_case(unit, key, actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = written(case, {"reason": reason.strip()})
        await take(unit, case, "withdraw", actor=actor, facts=facts, texts=[text])
        (await council.row(unit, key)).ended_reason = required("reason", reason)
        return key
