"""Names and descriptions of the enumerations of councils."""

import strawberry

from workflows import council_kinds
from workflows.council_decision import CouncilDecisionState

strawberry.enum(
    CouncilDecisionState,
    description="Where a matter before a council stands: RAISED (väckt), PREPARED (berett), ASKING (per capsulam "
    "pågår), CALLED (går till möte), DECIDED (beslutat), CLOSED (avslutat), WITHDRAWN (återtaget).",
)
strawberry.enum(
    council_kinds.MatterSort,
    description="What a unit's policy tells apart: DAILY (gruppens dagliga arbete), POLICY (politiskt ställningstagande"
    "), AGREEMENT (uppgörelse), PROGRAMME (program).",
)
strawberry.enum(
    council_kinds.Initiative,
    description="Through which channel a matter was raised: GROUP (gruppen), COUNCIL (representantskapet), BOARD "
    "(styrelsen), BRANCH (förening), MEMBER (medlem), OTHER_LEVEL (annan nivå).",
)
strawberry.enum(
    council_kinds.Confidentiality,
    description="Who reads papers: OPEN (alla medlemmar), MEMBERS (enhetens medlemmar), DELEGATES (ledamöterna), "
    "NEGOTIATORS (förhandlarna).",
)
strawberry.enum(council_kinds.CouncilAnswer, description="YES (ja), NO (nej), ABSTAIN (avstår).")
strawberry.enum(council_kinds.CouncilOutcome, description="APPROVED (bifall), REJECTED (avslag).")
strawberry.enum(
    council_kinds.Route,
    name="DecisionRouteKind",
    description="Who decides: GROUP (gruppen), COUNCIL (representantskapet), CONFERENCE (konferensen), MEMBER_BALLOT "
    "(medlemsomröstning).",
)
strawberry.enum(
    council_kinds.PoliticalPosition,
    description="MAJORITY (majoritet), OPPOSITION (opposition), NONE (inga mandat, inget representantskap).",
)
