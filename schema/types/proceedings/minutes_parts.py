"""Who signs minutes, and what was put right afterwards, in the API."""

from datetime import datetime

import strawberry

from democracy.services.proceedings.minutes_reading import Shown
from democracy.storage.reads.minutes_signing import AddendumView, SignatoryView, SignatureView
from democracy.texts.minutes.names import filled
from schema.ids import global_id, maybe_global_id
from workflows.minutes_facts import AddendumState
from workflows.proceedings import OfficerRole


@strawberry.type(description="Somebody who has been asked to sign the minutes, one § at once, or a correction.")
class MinutesSignatory:
    """Somebody who signs."""

    member_id: strawberry.ID | None = strawberry.field(
        description="The person, for `leaveOutSignatory`; null where their identity is protected."
    )
    name: str = strawberry.field(description="As the minutes name them.")
    role: OfficerRole = strawberry.field(description="In what capacity.")
    item_id: strawberry.ID | None = strawberry.field(description="The § that is verified at once; null for the others.")
    addendum_id: strawberry.ID | None = strawberry.field(description="The correction; null for the others.")
    asked_at: datetime = strawberry.field(description="When they were asked.")
    signed_at: datetime | None = strawberry.field(description="When they signed what now stands.")
    left_out_at: datetime | None = strawberry.field(description="When they were left out: out of reach (utgår).")
    replaced_by: str | None = strawberry.field(description="Name of whoever signs instead.")
    decision: str | None = strawberry.field(description="The decision to leave them out or to replace them.")

    @classmethod
    def of(cls, view: SignatoryView, shown: Shown) -> "MinutesSignatory":
        """From what was read."""
        return cls(
            member_id=None if shown.people[view.member_id].protected else global_id("Member", view.member_id),
            name=shown.name(view.member_id),
            role=view.role,
            item_id=maybe_global_id("AgendaItem", view.item_id),
            addendum_id=maybe_global_id("MinutesAddendum", view.addendum_id),
            asked_at=view.asked_at,
            signed_at=view.signed_at,
            left_out_at=view.left_out_at,
            replaced_by=shown.name(view.replaced_by) if view.replaced_by else None,
            decision=view.decision,
        )


@strawberry.type(description="A signature (underskrift).")
class MinutesSignature:
    """A signature."""

    name: str = strawberry.field(description="As the minutes name them.")
    role: OfficerRole = strawberry.field(description="In what capacity.")
    digest: str = strawberry.field(description="SHA-256 of what was signed.")
    item_id: strawberry.ID | None = strawberry.field(
        description="The § that was verified at once; null for the others."
    )
    addendum_id: strawberry.ID | None = strawberry.field(description="The correction; null for the others.")
    dissent: str | None = strawberry.field(description="Where they disagree (avvikande mening), in their own words.")
    place: str | None = strawberry.field(description="Where they were, in their own words.")
    signed_at: datetime = strawberry.field(description="When.")
    fallen_at: datetime | None = strawberry.field(
        description="When it fell: what it was under had been corrected, or was taken back."
    )

    @classmethod
    def of(cls, view: SignatureView, shown: Shown) -> "MinutesSignature":
        """From what was read."""
        return cls(
            name=shown.name(view.member_id),
            role=view.role,
            digest=view.digest,
            item_id=maybe_global_id("AgendaItem", view.item_id),
            addendum_id=maybe_global_id("MinutesAddendum", view.addendum_id),
            dissent=view.dissent,
            place=view.place,
            signed_at=view.signed_at,
            fallen_at=view.fallen_at,
        )


@strawberry.type(description="A clerical error in verified minutes put right (rättelse av skrivfel).")
class MinutesAddendum:
    """A correction."""

    id: strawberry.ID = strawberry.field(description="Give it to `signMinutesCorrection`.")
    state: AddendumState = strawberry.field(description="Where it stands.")
    item_id: strawberry.ID | None = strawberry.field(description="The item of the §; null for the head.")
    number: int | None = strawberry.field(description="The §.")
    before: str = strawberry.field(description="What stands in the minutes.")
    after: str = strawberry.field(description="What it is to be.")
    reason: str = strawberry.field(description="What went wrong.")
    digest: str | None = strawberry.field(description="SHA-256 that the signatures are under.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    in_force_at: datetime | None = strawberry.field(description="When the chair and the verifiers had all signed.")

    @classmethod
    def of(cls, view: AddendumView, shown: Shown) -> "MinutesAddendum":
        """From what was read."""
        return cls(
            id=global_id("MinutesAddendum", view.id),
            state=view.state,
            item_id=maybe_global_id("AgendaItem", view.item_id),
            number=view.number,
            before=filled(view.before, shown.people),
            after=filled(view.after, shown.people),
            reason=view.reason,
            digest=view.digest,
            proposed_at=view.proposed_at,
            in_force_at=view.in_force_at,
        )
