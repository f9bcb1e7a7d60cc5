"""Names and descriptions of the enumerations of posts."""

import strawberry

from democracy.domain import kinds
from workflows.handover import HandoverState
from workflows.mandate import MandateState
from workflows.role_template import RoleTemplateState
from workflows.seat_by_right import SeatByRightState

strawberry.enum(
    RoleTemplateState,
    description="Where a role template stands: IN_FORCE (gäller), REPLACED (ersatt), WITHDRAWN (upphävd).",
)
strawberry.enum(
    MandateState,
    description="Where a mandate stands: HELD (gäller), RESIGNED (avsagt, väntar på beslut), RELEASED "
    "(avslutat genom beslut).",
)
strawberry.enum(SeatByRightState, description="Whether a seat by right is there: IN_FORCE (gäller), ENDED (avslutad).")
strawberry.enum(HandoverState, description="Where a handover stands: OPEN (pågår), DONE (klar).")
strawberry.enum(
    kinds.HandoverKind,
    name="HandoverKind",
    description="What is handed over: MEETING (ett möte som förbereds), ELECTION (ett val som pågår), FOLLOW_UP (ett "
    "uppdrag från ett möte), ROLE (ett annat uppdrag), OTHER (eget).",
)
strawberry.enum(
    kinds.VacancyGround,
    name="VacancyGround",
    description="Why a post must be filled: STATUTES (stadgarna), TEMPLATE (uppdragsmallen), ELECTION (valet).",
)
