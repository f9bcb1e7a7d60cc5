"""What is known of a post when its election is prepared, with what its role template says."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from democracy.domain.kinds import MandateRole
from democracy.errors import FieldError, InvalidInputError
from democracy.storage import role_templates
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Post:
    """What is known of an election when it is prepared."""

    body_id: UUID
    title: str = ""
    role: MandateRole | None = None
    """None: the template's, or a member's."""
    seats: int | None = None
    """None in a by-election: as many as are vacant."""
    substitutes: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    expectations: str = ""
    eligibility: str = ""
    in_order: bool | None = None
    must_be_filled: bool | None = None
    committee_id: UUID | None = None
    fills_id: UUID | None = None
    template_id: UUID | None = None
    """The role template to read; None: the one in force for such a post, if there is one."""


async def template_of(unit: Unit, post: Post, body: BodyRow) -> RoleTemplateRow | None:
    """The role template that an election reads. Raises InvalidInputError for one that is not for such a post."""
    role = post.role if post.template_id is not None else post.role or MandateRole.MEMBER
    found = await role_templates.fitting(unit, body, role)
    if post.template_id is None:
        named = [each for each in found if post.title.strip() == each.title]
        return named[0] if named else found[0] if len(found) == 1 or (found and not post.title.strip()) else None
    chosen = next((each for each in found if each.id == post.template_id), None)
    if chosen is None:
        raise InvalidInputError(FieldError("templateId", "template_does_not_fit"))
    return chosen


def filled_from(template: RoleTemplateRow | None, post: Post) -> Post:
    """The post with what was left unsaid taken from its template."""
    if template is None:
        return post
    return replace(
        post,
        title=post.title.strip() or template.title,
        role=post.role or template.role,
        expectations=post.expectations.strip() or template.expectations,
        eligibility=post.eligibility.strip() or template.eligibility,
        in_order=template.in_order if post.in_order is None else post.in_order,
        must_be_filled=template.must_be_filled if post.must_be_filled is None else post.must_be_filled,
    )
