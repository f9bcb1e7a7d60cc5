"""Posts in the API: role templates (uppdragsmallar) and vacancies (vakanser)."""

from datetime import datetime

import strawberry

from democracy.domain.kinds import BodyKind, MandateRole, UnitKind, VacancyGround
from democracy.storage.reads import vacancies
from democracy.storage.reads.role_templates import RoleTemplateView
from democracy.storage.reads.units import UnitView
from schema.context import Info
from schema.ids import global_id, maybe_global_id
from schema.types.case import HistoryStep, Reading
from schema.types.node import Node
from schema.types.unit import Unit
from workflows.role_template import RoleTemplateState


@strawberry.type(
    description="A role template (uppdragsmall): what a post asks for. Elections to such a post read it, and vacancies "
    "are reported by it."
)
class RoleTemplate(Node):
    """A template."""

    view: strawberry.Private[RoleTemplateView]
    state: RoleTemplateState = strawberry.field(description="Whether it is in force.")
    number: int = strawberry.field(description="Its version: 1, 2 …")
    title: str = strawberry.field(description="What the post is called.")
    unit_kind: UnitKind | None = strawberry.field(
        description="It is for every unit of this kind below its unit; null: for the unit itself."
    )
    body_kind: BodyKind | None = strawberry.field(
        description="The kind of body that the post is in; null: a role of the office (tjänstemannaroll)."
    )
    role: MandateRole | None = strawberry.field(description="What its holder is there.")
    expectations: str = strawberry.field(description="Markdown: what is expected of its holder.")
    eligibility: str = strawberry.field(description="Who can be elected (valbarhet).")
    residence_required: bool = strawberry.field(
        description="Its holder must be registered as living there (folkbokförd)."
    )
    term_months: int | None = strawberry.field(description="Months of a term (mandattid); null: by the statutes.")
    holders: int = strawberry.field(description="So many hold it at least, where it must be filled.")
    in_order: bool = strawberry.field(description="Substitutes step in in their order.")
    must_be_filled: bool = strawberry.field(description="The post must always be filled; a vacancy is reported.")
    remind_days: int = strawberry.field(description="So many days before a term ends its holder is reminded.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    adopted_at: datetime = strawberry.field(description="When it was adopted.")

    @strawberry.field(description="The unit that declared it.")
    async def unit(self, info: Info) -> Unit | None:
        """By the loader."""
        view = await info.context.loaders.register.unit.load(self.view.unit_id)
        return Unit.of(view) if view else None

    @strawberry.field(description="Every step that was taken, the oldest first.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        rules = await info.context.loaders.statutes.load(self.view.unit_id)
        reading = Reading(info.context.language, info.context.app.zone, rules)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.view.id)]

    @classmethod
    def of(cls, view: RoleTemplateView) -> "RoleTemplate":
        """From what was read."""
        same = {name: getattr(view, name) for name in _SAME}
        return cls(id=global_id("RoleTemplate", view.id), view=view, **same)


_SAME = (
    "state", "number", "title", "unit_kind", "body_kind", "role", "expectations", "eligibility", "residence_required",
    "term_months", "holders", "in_order", "must_be_filled", "remind_days", "decision", "adopted_at",
)  # fmt: skip


@strawberry.type(description="A post that must be filled and that nobody fills today (vakans).")
class Vacancy:
    """A vacancy. Somebody on leave does not fill a post, unless a substitute stands in."""

    ground: VacancyGround = strawberry.field(description="Why it must be filled.")
    unit: Unit = strawberry.field(description="The unit.")
    body_id: strawberry.ID | None = strawberry.field(description="The body; null for a role of the office.")
    role: str = strawberry.field(description="The role: `chair`, `internal_feminism` …; `staff` for one of the office.")
    title: str = strawberry.field(description="What the post is called; empty where the statutes alone ask for it.")
    missing: int = strawberry.field(description="How many of its places nobody fills.")
    election_id: strawberry.ID | None = strawberry.field(description="The election whose places are vacant.")
    template_id: strawberry.ID | None = strawberry.field(description="The role template that asks for it.")

    @classmethod
    def of(cls, found: vacancies.Vacancy, unit: UnitView) -> "Vacancy":
        """From what was read."""
        return cls(
            ground=found.ground,
            unit=Unit.of(unit),
            body_id=maybe_global_id("Body", found.body_id),
            role=found.role,
            title=found.title,
            missing=found.missing,
            election_id=maybe_global_id("Election", found.election_id),
            template_id=maybe_global_id("RoleTemplate", found.template_id),
        )
