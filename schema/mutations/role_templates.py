"""Role templates over the API."""

from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.errors import NotFoundError
from democracy.services.role_templates import RoleTemplates, Template
from schema.context import Info
from schema.ids import key_of
from schema.mutations.results import KEY
from schema.types.post import RoleTemplate
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `adoptRoleTemplate`.")
class AdoptRoleTemplateInput:
    """Adopted."""

    unit_id: strawberry.ID = strawberry.field(description="The unit whose board declares it.")
    title: str = strawberry.field(description="What the post is called: internfeministiskt ansvarig.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    body_kind: BodyKind | None = strawberry.field(
        default=None, description="The kind of body that the post is in; leave out for the office."
    )
    role: MandateRole | None = strawberry.field(
        default=None, description="What its holder is there; leave out for the office."
    )
    unit_kind: UnitKind | None = strawberry.field(
        default=None, description="For every unit of this kind below; leave out for the unit itself."
    )
    expectations: str = strawberry.field(default="", description="Markdown: what is expected of its holder.")
    eligibility: str = strawberry.field(default="", description="Who can be elected.")
    residence_required: bool = strawberry.field(
        default=False, description="Its holder must be registered as living there."
    )
    term_months: int | None = strawberry.field(
        default=None, description="Months of a term, 1 to 120; by the statutes unless you say."
    )
    holders: int = strawberry.field(default=1, description="So many hold it at least, where it must be filled.")
    in_order: bool = strawberry.field(default=True, description="Substitutes step in in their order.")
    must_be_filled: bool = strawberry.field(default=False, description="The post must always be filled.")
    remind_days: int = strawberry.field(
        default=60, description="So many days before a term ends its holder is reminded."
    )
    idempotency_key: str | None = KEY


AdoptRoleTemplateResult: TypeAlias = Annotated[
    RoleTemplate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdoptRoleTemplateResult")
]


@strawberry.input(description="Input of `withdrawRoleTemplate`.")
class WithdrawRoleTemplateInput:
    """Withdrawn."""

    template_id: strawberry.ID = strawberry.field(description="The template.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


WithdrawRoleTemplateResult: TypeAlias = Annotated[
    RoleTemplate | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawRoleTemplateResult")
]


@strawberry.type
class RoleTemplateMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record a role template (uppdragsmall) that a board has adopted. It replaces the one of the same "
        "title for the same post; elections that are prepared from now on read it."
    )
    async def adopt_role_template(self, info: Info, input: AdoptRoleTemplateInput) -> AdoptRoleTemplateResult:
        """Adopted."""
        service = info.context.service(RoleTemplates, input.idempotency_key)
        given = Template(**{name: getattr(input, name) for name in Template.__dataclass_fields__})
        unit = key_of(input.unit_id, "Unit", path="unitId")
        return await _read(info, await service.adopt(unit, given, input.decision, actor=info.context.actor))

    @strawberry.mutation(description="Record that the board has withdrawn a role template (upphäva uppdragsmallen).")
    async def withdraw_role_template(self, info: Info, input: WithdrawRoleTemplateInput) -> WithdrawRoleTemplateResult:
        """Withdrawn."""
        service = info.context.service(RoleTemplates, input.idempotency_key)
        key = key_of(input.template_id, "RoleTemplate", path="templateId")
        return await _read(info, await service.withdraw(key, input.decision, actor=info.context.actor))


async def _read(info: Info, key: UUID) -> RoleTemplate:
    """The template as it is now."""
    info.context.fresh()
    view = await info.context.loaders.posts.template.load(key)
    if view is None:
        raise NotFoundError("role_template", key)
    return RoleTemplate.of(view)
