"""Something that has happened, as a subscription tells it."""

from datetime import datetime

import strawberry

from democracy.storage.events import Event
from schema.ids import global_id
from schema.language import Language
from workflows.words import messages

KINDS = {
    "motion": "Motion", "meeting": "Meeting", "item": "AgendaItem", "matter": "Matter", "proposal": "Proposal",
    "question": "Question", "division": "Division", "statement": "Statement", "floor": "Meeting", "speech": "Speech",
    "delegate": "Delegate", "presence": "Presence", "roll": "Roll", "minutes": "Minutes", "document": "Document",
    "amendment": "Amendment", "member_ballot": "MemberBallot", "election": "Election", "candidacy": "Candidacy",
    "candidate_list": "CandidateList",
    "council_decision": "CouncilDecision",
    "branch_application": "BranchApplication", "ruling": "Ruling", "appeal": "Appeal",
    "mandate": "Mandate", "role_template": "RoleTemplate", "seat_by_right": "SeatByRight",
}  # fmt: skip
"""The type in the API of each kind of case."""

TOLD_IN_MEETINGS = frozenset(KINDS) - {
    "motion", "member_ballot", "minutes", "candidacy", "candidate_list", "mandate", "role_template", "seat_by_right",
    "council_decision", "branch_application", "ruling", "appeal",
}  # fmt: skip
"""Those of which everybody hears who sees the meeting. The others have a visibility of their own: see `caseEvents`."""


@strawberry.type(description="A step of a case (händelse). Names nobody: read the case for what it now is.")
class CaseEvent:
    """One event."""

    position: str = strawberry.field(
        description="Its sequence number, always growing, with gaps where others hear. Give the last one that you "
        "had as `after` when you come back."
    )
    case_id: strawberry.ID = strawberry.field(description="The case: ask `node` for it.")
    workflow: str = strawberry.field(description="The kind of case: `motion`, `meeting`, `item` …")
    step: str = strawberry.field(description="Name of the rule that was followed.")
    label: str = strawberry.field(description="In words.")
    from_: str = strawberry.field(name="from", description="State before.")
    to: str = strawberry.field(description="State after.")
    at: datetime = strawberry.field(description="When the request had been read.")

    @classmethod
    def of(cls, event: Event, language: Language) -> "CaseEvent":
        """An event in the reader's words."""
        return cls(
            position=str(event.position),
            case_id=global_id(KINDS[event.workflow], event.case_id),
            workflow=event.workflow,
            step=event.rule,
            label=messages(language).get(f"{event.workflow}.action.{event.rule}", event.rule),
            from_=event.source,
            to=event.dest,
            at=event.at,
        )


@strawberry.type(description="A step taken in a meeting (händelse i mötet). Names nobody: ask for what it is about.")
class MeetingEvent:
    """One event of a meeting."""

    position: str = strawberry.field(
        description="Its sequence number, always growing, with gaps where other things happened. Give the last one "
        "that you had as `after` when you come back."
    )
    noun: str = strawberry.field(description="The kind of thing: `meeting`, `item`, `matter`, `division`, `speech` …")
    id: strawberry.ID = strawberry.field(description="Which one.")
    step: str = strawberry.field(description="Name of the rule that was followed: `open`, `give`, `gavel` …")
    label: str = strawberry.field(description="In words.")
    from_: str = strawberry.field(name="from", description="State before.")
    to: str = strawberry.field(description="State after.")
    at: datetime = strawberry.field(description="When the request had been read.")

    @classmethod
    def of(cls, event: Event, language: Language) -> "MeetingEvent":
        """An event in the reader's words."""
        return cls(
            position=str(event.position),
            noun=event.workflow,
            id=global_id(KINDS[event.workflow], event.case_id),
            step=event.rule,
            label=messages(language).get(f"{event.workflow}.action.{event.rule}", event.rule),
            from_=event.source,
            to=event.dest,
            at=event.at,
        )
