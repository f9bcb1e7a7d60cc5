"""Who runs a meeting, which rules it has set aside, and how it reads unclear ones, in the API."""

from datetime import datetime

import strawberry

from democracy.storage.reads.agenda import InterpretationView, OfficerView, WaiverView
from schema.ids import global_id, maybe_global_id
from workflows.proceedings import OfficerRole


@strawberry.type(
    description="Somebody whom the meeting elected to preside, keep the minutes, verify or count (mötesfunktionär), or "
    "to whom the gavel was passed."
)
class Officer:
    """One officer."""

    member_id: strawberry.ID = strawberry.field(description="The person, who need not be a delegate.")
    name: str | None = strawberry.field(description="Their name; null where the person has been erased.")
    role: OfficerRole = strawberry.field(description="What they were elected to be.")
    position: int = strawberry.field(
        description="Order among those of the same role; 0 for whoever was given the gavel."
    )
    item_id: strawberry.ID | None = strawberry.field(
        description="The item at which they were elected, or for which they have the gavel."
    )
    since: datetime = strawberry.field(description="From when.")
    until: datetime | None = strawberry.field(description="Until when; null while they are.")

    @classmethod
    def of(cls, view: OfficerView) -> "Officer":
        """From what was read."""
        return cls(
            member_id=global_id("Member", view.member_id),
            name=view.name,
            role=view.role,
            position=view.position,
            item_id=maybe_global_id("AgendaItem", view.item_id),
            since=view.since,
            until=view.until,
        )


@strawberry.type(description="A rule that the meeting has set aside (satt åt sidan).")
class Waiver:
    """One waiver."""

    id: strawberry.ID = strawberry.field(description="For `endWaiver`.")
    item_id: strawberry.ID | None = strawberry.field(description="The item that it is for; null for the whole meeting.")
    workflow: str = strawberry.field(description="The procedure whose rule it is, as a denial's `workflow`.")
    code: str = strawberry.field(description="The condition that is set aside, as a denial's `code`.")
    reason: str = strawberry.field(description="Why.")
    objections: str | None = strawberry.field(description="What was said against it, and by whom.")
    votes_for: int | None = strawberry.field(description="Votes for it, where they were counted.")
    votes_against: int | None = strawberry.field(description="Votes against it.")
    votes_abstained: int | None = strawberry.field(description="Those who abstained.")
    decided_at: datetime = strawberry.field(description="From when it holds.")
    ended_at: datetime | None = strawberry.field(description="When it ended: by decision, or with its item.")

    @classmethod
    def of(cls, view: WaiverView) -> "Waiver":
        """From what was read."""
        return cls(
            id=global_id("Waiver", view.id),
            item_id=maybe_global_id("AgendaItem", view.item_id),
            **{name: getattr(view, name) for name in _SAME},
        )


@strawberry.type(description="How a meeting read an unclear paragraph (tolkning).")
class Interpretation:
    """One interpretation."""

    item_id: strawberry.ID | None = strawberry.field(description="The item at which it was decided.")
    paragraph: str = strawberry.field(description="Key of the paragraph.")
    text: str = strawberry.field(description="How it is read.")
    parameter: str | None = strawberry.field(description="The parameter that it settled.")
    value: str | None = strawberry.field(description="The value that followed, as JSON.")
    votes_for: int | None = strawberry.field(description="Votes for it, where they were counted.")
    votes_against: int | None = strawberry.field(description="Votes against it.")
    votes_abstained: int | None = strawberry.field(description="Those who abstained.")
    decided_at: datetime = strawberry.field(description="From when it holds.")

    @classmethod
    def of(cls, view: InterpretationView) -> "Interpretation":
        """From what was read."""
        return cls(
            item_id=maybe_global_id("AgendaItem", view.item_id),
            paragraph=view.paragraph,
            text=view.text,
            parameter=view.parameter,
            value=view.value,
            votes_for=view.votes_for,
            votes_against=view.votes_against,
            votes_abstained=view.votes_abstained,
            decided_at=view.decided_at,
        )


_SAME = (
    "workflow", "code", "reason", "objections", "votes_for", "votes_against", "votes_abstained", "decided_at",
    "ended_at",
)  # fmt: skip
