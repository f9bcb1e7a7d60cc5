"""Who knows of a matter before a council, and who reads its papers. By the time of the request: no worker lifts it."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import (
    OFFICERS,
    VOTING_ROLES,
    belongs_under,
    employed_above,
    holds,
    holds_in,
    mandate_in_force,
)
from democracy.storage.prepared import local_day
from democracy.storage.tables.council import CouncilAskedRow, CouncilConflictRow, CouncilDecisionRow, CouncilOpinionRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow
from workflows.council_kinds import Confidentiality

_C = CouncilDecisionRow
_L = Confidentiality
CHAIRS = (MandateRole.CHAIR, MandateRole.VICE_CHAIR)
SEATS = (*VOTING_ROLES, MandateRole.DELEGATE)
"""Places in a council or a board that carry a vote."""
_ASKED, _CONFLICT = aliased(CouncilAskedRow), aliased(CouncilConflictRow)
_MANDATE, _BODY, _OPINION = aliased(MandateRow), aliased(BodyRow), aliased(CouncilOpinionRow)


def council_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Chair, secretary and whoever raised it, always; others as its level says, and when its embargo has lifted.

    Besides those who are asked in a procedure, units that are asked for their opinion, and who is to carry it out.
    """
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return and_(_public(at), employed_above(actor.id, _C.unit_id, day))
    if not isinstance(actor, Member):
        return false()
    return or_(
        _always(actor.id, day),
        _by_level(actor.id, at, day),
        is_asked(actor.id),
        leads_asked(actor.id, day),
        carries_out(actor.id, day),
    )


def may_read_papers(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The same without those who only answer for a unit. Whoever is barred waits until everybody may read."""
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if not isinstance(actor, Member):
        return council_visible_to(actor, at, zone)
    free = not_(is_barred(actor.id))
    public = and_(_public(at), or_(_C.level == _L.OPEN, belongs_under(actor.id, _C.unit_id, day)))
    within = or_(_always(actor.id, day), _by_level(actor.id, at, day), carries_out(actor.id, day))
    return or_(public, and_(free, within))


def presides_over(member_id: UUID, day: Any) -> ColumnElement[bool]:
    """Chair of the deciding body, or of the unit's executive committee."""
    return or_(
        holds(member_id, _C.body_id, day, *CHAIRS),
        holds_in(member_id, _C.unit_id, BodyKind.EXECUTIVE_COMMITTEE, day, *CHAIRS),
    )


def keeps_records(member_id: UUID, day: Any) -> ColumnElement[bool]:
    """Secretary of either."""
    return or_(
        holds(member_id, _C.body_id, day, MandateRole.SECRETARY),
        holds_in(member_id, _C.unit_id, BodyKind.EXECUTIVE_COMMITTEE, day, MandateRole.SECRETARY),
    )


def is_asked(member_id: UUID) -> ColumnElement[bool]:
    """The member is asked in the matter's written procedure."""
    return exists(select(1).where(_ASKED.decision_id == _C.id, _ASKED.member_id == member_id))


def is_barred(member_id: UUID) -> ColumnElement[bool]:
    """The member has declared a conflict of interest."""
    return exists(select(1).where(_CONFLICT.decision_id == _C.id, _CONFLICT.member_id == member_id))


def carries_out(member_id: UUID, day: Any) -> ColumnElement[bool]:
    """The member is to see to it that the decision is carried out, or leads the group that it binds."""
    return or_(_C.responsible_id == member_id, holds(member_id, _C.bound_body_id, day, *OFFICERS))


def leads_asked(member_id: UUID, day: Any, *conditions: Any) -> ColumnElement[bool]:
    """The member is chair or secretary of the board of a unit that is asked for its opinion."""
    return exists(
        select(1)
        .select_from(_OPINION)
        .join(_BODY, and_(_BODY.unit_id == _OPINION.unit_id, _BODY.kind == BodyKind.BOARD))
        .join(_MANDATE, _MANDATE.body_id == _BODY.id)
        .where(
            _OPINION.decision_id == _C.id,
            _MANDATE.member_id == member_id,
            _MANDATE.role.in_(OFFICERS),
            mandate_in_force(_MANDATE, day),
            *conditions,
        )
    )


def leads_silent(member_id: UUID, day: Any) -> ColumnElement[bool]:
    """The same of a unit that has not answered."""
    return leads_asked(member_id, day, _OPINION.text.is_(None))


def _always(member_id: UUID, day: Any) -> ColumnElement[bool]:
    return or_(presides_over(member_id, day), keeps_records(member_id, day), _C.raised_by == member_id)


def _by_level(member_id: UUID, at: datetime, day: Any) -> ColumnElement[bool]:
    shown = _C.level.in_((_L.OPEN, _L.MEMBERS, _L.DELEGATES))
    return or_(
        and_(_public(at), or_(_C.level == _L.OPEN, belongs_under(member_id, _C.unit_id, day))),
        and_(shown, holds(member_id, _C.body_id, day, *SEATS)),
        and_(_C.level == _L.NEGOTIATORS, holds(member_id, _C.negotiators_id, day)),
    )


def _public(at: datetime) -> ColumnElement[bool]:
    """Out to the members: by its level, or because its embargo has lifted."""
    free = and_(_C.level.in_((_L.OPEN, _L.MEMBERS)), _C.embargo_until.is_(None))
    return or_(free, and_(_C.level.is_not(None), _C.embargo_until <= at))
