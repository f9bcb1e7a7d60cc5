"""Enumerations of boards' cases, with their Swedish terms."""

import strawberry

from workflows.appeal_facts import AppealOutcome, AppealState, ConflictGround, DismissalGround, StayState
from workflows.branch_application_facts import BranchApplicationState, Position
from workflows.ruling import RulingState
from workflows.statutes.parameters.appeals import Decision

strawberry.enum(
    BranchApplicationState,
    description="Where an application to form a branch stands: GATHERING (namn samlas in), SUBMITTED (inlämnad), "
    "HEARING (berörda hörs), READY (kan avgöras), REFUSED (avslagen), APPROVED (godkänd, ej bildad), CALLED "
    "(bildandemötet är kallat), FORMED (bildad), WITHDRAWN (återkallad).",
)
strawberry.enum(
    Position,
    name="ConsultationPosition",
    description="What a branch that was heard thinks: SUPPORTS (tillstyrker), OPPOSES (avstyrker), NO_OPINION (har "
    "ingen synpunkt).",
)
strawberry.enum(
    RulingState,
    description="Where a decision that can be appealed stands: NEW (inte meddelat), OPEN (kan överklagas), APPEALED "
    "(överklagat), FINAL (slutligt), SET_ASIDE (upphävt).",
)
strawberry.enum(
    Decision,
    name="AppealableKind",
    description="What kind of decision is appealed: BRANCH_REFUSED (avslag på ansökan om förening), "
    "MEMBERSHIP_REFUSED (nekat medlemskap), EXCLUSION (uteslutning), SUSPENSION (suspension), ELECTION (val), "
    "BOARD_DECISION (styrelsebeslut), MEETING_DECISION (mötesbeslut).",
)
strawberry.enum(
    AppealState,
    description="Where an appeal stands: LODGED (inlämnat), AWAITING_STATEMENT (väntar på yttrande), AWAITING_REPLY "
    "(väntar på svar), READY (kan avgöras), DECIDED (avgjort), CLOSED (avslutat), DISMISSED (avvisat), RECONSIDERED "
    "(omprövat), WITHDRAWN (återkallat).",
)
strawberry.enum(
    AppealOutcome,
    description="What was decided: GRANTED (bifall, beslutet upphävs), CHANGED (ändrat), REJECTED (avslag), SENT_BACK "
    "(återförvisat).",
)
strawberry.enum(
    DismissalGround,
    description="Why an appeal is not tried: LATE (för sent), NO_STANDING (ingen klagorätt), WRONG_ADDRESSEE (fel "
    "mottagare).",
)
strawberry.enum(
    StayState,
    description="Whether a decision waits (inhibition): NONE (nej), SUSPENSIVE (ja, enligt stadgarna), ASKED (begärt), "
    "GRANTED (ja, enligt beslut), REFUSED (avslaget).",
)
strawberry.enum(
    ConflictGround,
    description="Why somebody takes no part (jäv): OWN_MATTER (egen sak), CLOSE_RELATION (närstående), TOOK_PART "
    "(deltog i beslutet eller beredningen), ANSWERED (deltog i yttrandet), EMPLOYED (anställd hos part), OTHER "
    "(annat).",
)
