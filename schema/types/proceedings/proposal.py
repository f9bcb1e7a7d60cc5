"""A proposal (yrkande) in the API."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.storage.reads.matters import MoverView, NomineeView, ProposalView
from democracy.storage.reads.members import PROTECTED
from democracy.texts.markdown import to_html
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from workflows.proceedings import PlaceOperation, ProposalKind
from workflows.proposal import PROPOSAL, ProposalState
from workflows.words import moment


@strawberry.type(description="Somebody behind a proposal, or asked whether they accept a reconciliation (jämkning).")
class ProposalMover:
    """A mover."""

    name: str | None = strawberry.field(
        description="The person's or the body's name; null for somebody erased, or who has left it; `skyddad "
        "identitet` for one whose name is protected."
    )
    member_id: strawberry.ID | None = strawberry.field(description="The member, if it is one who is named here.")
    body_id: strawberry.ID | None = strawberry.field(description="The body, if it is one: the board.")
    accepted_at: datetime | None = strawberry.field(description="When they made it, joined it or accepted it.")
    declined_at: datetime | None = strawberry.field(description="When they declined a reconciliation.")
    left_at: datetime | None = strawberry.field(description="When they left it.")

    @classmethod
    def of(cls, view: MoverView) -> "ProposalMover":
        """From what was read."""
        named = view.member_id is not None and view.erased_at is None and view.left_at is None
        person = (PROTECTED if view.protected else f"{view.given_name} {view.family_name}") if named else None
        shown = view.member_id if named and not view.protected else None
        return cls(
            name=view.body_name or person,
            member_id=global_id("Member", shown) if shown else None,
            body_id=global_id("Body", view.body_id) if view.body_id else None,
            accepted_at=view.accepted_at,
            declined_at=view.declined_at,
            left_at=view.left_at,
        )


@strawberry.type(description="Somebody whom a proposal would elect.")
class Nominee:
    """A nominee."""

    name: str | None = strawberry.field(
        description="Null for somebody erased; `skyddad identitet` for one whose name is protected."
    )
    member_id: strawberry.ID | None = strawberry.field(description="The member, where they are named here.")

    @classmethod
    def of(cls, view: NomineeView) -> "Nominee":
        """From what was read."""
        gone = view.erased_at is not None
        name = PROTECTED if view.protected else f"{view.given_name} {view.family_name}"
        shown = None if gone or view.protected else global_id("Member", view.member_id)
        return cls(name=None if gone else name, member_id=shown)


@strawberry.type(
    description="A proposal (yrkande) on a matter. What means the same is put once, with all its movers. The board's "
    "recommendation, and what a motion asks for, are proposals from the start."
)
class Proposal(Governed):
    """A proposal."""

    workflow: ClassVar = PROPOSAL
    view: strawberry.Private[ProposalView]
    matter_id: strawberry.ID = strawberry.field(description="The matter.")
    kind: ProposalKind = strawberry.field(description="What sort of yrkande it is.")
    state: ProposalState = strawberry.field(description="Where it stands.")
    label: str = strawberry.field(description="What the chair calls it: A, B; B1 and B2 for variants of one another.")
    text: str = strawberry.field(
        description="What the meeting would decide, in Markdown; empty where its kind says it."
    )
    place: str | None = strawberry.field(description="The place in the text that it changes.")
    operation: PlaceOperation | None = strawberry.field(description="How it changes that place.")
    adds_to_id: strawberry.ID | None = strawberry.field(
        description="An addition (tilläggsyrkande): the proposal that it adds to and falls with; null for the matter."
    )
    reconciled_into_id: strawberry.ID | None = strawberry.field(
        description="The reconciliation (jämkning) that replaced it, or would."
    )
    recipient: str | None = strawberry.field(description="Referring: to whom.")
    instruction: str | None = strawberry.field(description="Referring back (återremiss): what they are to do.")
    reason: str | None = strawberry.field(description="Referring back: why.")
    back_by: str | None = strawberry.field(description="Referring back: when it is to return.")
    back_at_id: strawberry.ID | None = strawberry.field(
        description="The meeting that it returns to, or is deferred to (bordläggs)."
    )
    from_board: bool = strawberry.field(description="The board's recommendation.")
    of_motion: bool = strawberry.field(description="What the motion asks for.")
    channel: Channel = strawberry.field(description="How it came in.")
    received_at: datetime = strawberry.field(description="When it came in: deadlines look at this.")
    recorded_at: datetime = strawberry.field(description="When it was recorded here.")
    version: int = strawberry.field(description="Grows with every change.")

    @strawberry.field(description="The text as sanitised HTML.")
    def text_html(self) -> str:
        """Markdown, rendered."""
        return to_html(self.text)

    @strawberry.field(
        description="When it came in and was recorded, in words, where those are two times: »Mottaget 10.12, infört "
        "10.20 av sekreteraren.« Null where it was made on a device."
    )
    def receipt(self, info: Info) -> str | None:
        """In the reader's language."""
        if self.view.recorded_by is None:
            return None
        zone, english = info.context.app.zone, info.context.language == "en"
        came, entered = (at.astimezone(zone) for at in (self.view.received_at, self.view.recorded_at))
        if came.date() != entered.date():
            when = [moment(at, language=info.context.language, zone=zone) for at in (came, entered)]
        else:
            when = [f"{at:%H:%M}" if english else f"{at:%H.%M}" for at in (came, entered)]
        words = "Received {}, recorded {} by the secretary." if english else "Mottaget {}, infört {} av sekreteraren."
        return words.format(*when)

    @strawberry.field(description="Those behind it, or asked whether they accept it, in their order.")
    async def movers(self, info: Info) -> list[ProposalMover]:
        """By the loader."""
        return [ProposalMover.of(view) for view in await info.context.loaders.deciding.movers.load(self.view.id)]

    @strawberry.field(description="Those whom it would elect, in order.")
    async def nominees(self, info: Info) -> list[Nominee]:
        """By the loader."""
        return [Nominee.of(view) for view in await info.context.loaders.deciding.nominees.load(self.view.id)]

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.deciding.proposal_case.load(self.view.id)

    @classmethod
    def of(cls, view: ProposalView) -> "Proposal":
        """From what was read."""
        return cls(
            id=global_id("Proposal", view.id),
            view=view,
            matter_id=global_id("Matter", view.matter_id),
            adds_to_id=maybe_id("Proposal", view.adds_to_id),
            reconciled_into_id=maybe_id("Proposal", view.reconciled_into_id),
            back_at_id=maybe_id("Meeting", view.back_at_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "label", "text", "place", "operation", "recipient", "instruction", "reason", "back_by",
    "from_board", "of_motion", "channel", "received_at", "recorded_at", "version",
)  # fmt: skip


def maybe_id(kind: str, key: UUID | None) -> strawberry.ID | None:
    """A global id, or none."""
    return None if key is None else global_id(kind, key)
