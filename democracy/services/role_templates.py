"""Role templates: what a post asks for, adopted by a unit's board and read by every election."""

from dataclasses import dataclass
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.use_case import Service, use_case
from democracy.storage import elections, role_templates
from democracy.storage.branches import leads
from democracy.storage.ledger import Text
from democracy.storage.mandate_case import digest_of
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, StepDenied
from workflows.role_template import ROLE_TEMPLATE, RoleTemplateFacts, RoleTemplateState

LONGEST_TERM = 120
MOST_HOLDERS = 200
LONGEST_REMINDER = 366


@dataclass(frozen=True)
class Template:
    """What a post asks for. Without a body and a role it is a role of the office."""

    title: str
    body_kind: BodyKind | None = None
    role: MandateRole | None = None
    unit_kind: UnitKind | None = None
    expectations: str = ""
    eligibility: str = ""
    residence_required: bool = False
    term_months: int | None = None
    holders: int = 1
    in_order: bool = True
    must_be_filled: bool = False
    remind_days: int = 60

    def check(self) -> None:
        """Raise InvalidInputError with every number that is out of range."""
        ranges = (
            ("termMonths", self.term_months, 1, LONGEST_TERM),
            ("holders", self.holders, 1, MOST_HOLDERS),
            ("remindDays", self.remind_days, 1, LONGEST_REMINDER),
        )
        faults = [
            FieldError(name, "out_of_range", {"least": least, "most": most})
            for name, given, least, most in ranges
            if given is not None and not least <= given <= most
        ]
        if faults:
            raise InvalidInputError(*faults)


class RoleTemplates(Service):
    """Use cases of a unit's board."""

    @use_case
    async def adopt(self, unit: Unit, unit_id: UUID, template: Template, decision: str, *, actor: Actor) -> UUID:
        """Record the template that a board has adopted. It replaces the one of the same name for the same post."""
        roles = await self._roles(unit, unit_id, actor)
        if ROLE_TEMPLATE.rules["adopt"].open_to(roles):
            template.check()
        facts = RoleTemplateFacts(
            text_given=bool(template.title.strip()),
            decision_given=bool(decision.strip()),
            post_named=(template.body_kind is None) == (template.role is None),
        )
        given = {name: getattr(template, name) for name in _SAME}
        texts = {name: getattr(template, name).strip() for name in _TEXTS}
        row = RoleTemplateRow(
            id=new_id(), unit_id=unit_id, state=RoleTemplateState.IN_FORCE, decision=decision.strip(),
            adopted_at=unit.now, **given, **texts,
        )  # fmt: skip
        current, row.number = await role_templates.replaced_by(unit, row)
        kept = Text("role_template", row.id, {**texts, "decision": row.decision})
        await self._take(unit, row, "adopt", roles, facts, actor, texts=[kept])
        if current is not None:
            await self._take(unit, current, "replace", roles, RoleTemplateFacts(), actor)
        unit.session.add(row)
        await unit.session.flush()
        return row.id

    @use_case
    async def withdraw(self, unit: Unit, template_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """Record that the board has withdrawn a template. Elections that have read it stand."""
        row = await role_templates.locked(unit, template_id)
        roles = await self._roles(unit, row.unit_id, actor, NotFoundError("role_template", template_id))
        facts = RoleTemplateFacts(decision_given=bool(decision.strip()))
        kept = Text("role_template", template_id, {"decision": decision.strip()})
        await self._take(unit, row, "withdraw", roles, facts, actor, texts=[kept])
        return template_id

    async def _roles(
        self, unit: Unit, unit_id: UUID, actor: Actor, unseen: NotFoundError | None = None
    ) -> frozenset[Role]:
        if not await elections.knows_unit(unit, unit_id, actor):
            raise unseen or NotFoundError("unit", unit_id)
        keeps = await leads(unit.session, actor, unit_id, unit.today)
        return frozenset({Role.SECRETARY}) if keeps else frozenset()

    async def _take(
        self, unit: Unit, row: RoleTemplateRow, rule: str, roles: frozenset[Role], facts: RoleTemplateFacts,
        actor: Actor, texts: list[Text] | None = None,
    ) -> None:  # fmt: skip
        digest = await digest_of(unit, row.unit_id)
        try:
            step = ROLE_TEMPLATE.step(rule, row.state, facts, roles=roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(digest) from None
        row.state = step.dest
        outcome = {"unit": row.unit_id.hex, "number": row.number}
        unit.record(step, row.id, by=actor, statutes=digest, outcome=outcome, texts=texts or [])


_TEXTS = ("title", "expectations", "eligibility")
_SAME = (
    "body_kind", "role", "unit_kind", "residence_required", "term_months", "holders", "in_order", "must_be_filled",
    "remind_days",
)  # fmt: skip
