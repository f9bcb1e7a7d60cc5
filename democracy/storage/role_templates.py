"""Role templates as they are written, and as elections and vacancies read them."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from democracy.domain.kinds import MandateRole
from democracy.errors import NotFoundError
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from workflows.role_template import RoleTemplateState

_T = RoleTemplateRow
IN_FORCE = _T.state == RoleTemplateState.IN_FORCE


def applies_to_unit() -> ColumnElement[bool]:
    """A template of the unit's own, or one that a unit above has for units of its kind.

    The statement must join the unit, and its line to the template's unit.
    """
    own = and_(_T.unit_kind.is_(None), UnitAncestorRow.distance == 0)
    return or_(own, _T.unit_kind == UnitRow.kind)


async def locked(unit: Unit, template_id: UUID) -> RoleTemplateRow:
    """The row itself; NotFoundError when there is none."""
    found = (await unit.session.scalars(select(_T).where(_T.id == template_id).with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError("role_template", template_id)
    return found


async def replaced_by(unit: Unit, new: RoleTemplateRow) -> tuple[RoleTemplateRow | None, int]:
    """The version in force for the same post of the same unit, and the number of the next."""
    await unit.session.execute(select(UnitRow.id).where(UnitRow.id == new.unit_id).with_for_update())
    same = (
        _T.unit_id == new.unit_id,
        _T.unit_kind.is_not_distinct_from(new.unit_kind),
        _T.body_kind.is_not_distinct_from(new.body_kind),
        _T.role.is_not_distinct_from(new.role),
        _T.title == new.title,
    )
    current = (await unit.session.scalars(select(_T).where(*same, IN_FORCE))).one_or_none()
    highest = (await unit.session.execute(select(func.max(_T.number)).where(*same))).scalar_one()
    return current, (highest or 0) + 1


async def fitting(unit: Unit, body: BodyRow, role: MandateRole | None) -> list[RoleTemplateRow]:
    """Templates in force for posts of a body, the unit's own first; of one role where it is given."""
    wanted = [] if role is None else [_T.role == role]
    statement = (
        select(_T)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == _T.unit_id)
        .join(UnitRow, UnitRow.id == UnitAncestorRow.unit_id)
        .where(UnitRow.id == body.unit_id, _T.body_kind == body.kind, IN_FORCE, applies_to_unit(), *wanted)
        .order_by(UnitAncestorRow.distance, _T.adopted_at, _T.id)
    )
    return list(await unit.session.scalars(statement))
