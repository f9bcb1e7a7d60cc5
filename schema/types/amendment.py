"""An amendment (ändringsyrkande) in the API."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.domain.numbered_text.amendments import Operation, text_at
from democracy.domain.numbered_text.collisions import CollisionKind, collision
from democracy.domain.numbered_text.diff import SegmentKind, word_diff
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.services.documents.places import meaning
from democracy.storage.reads.amendments import AmendmentView
from democracy.storage.reads.members import PROTECTED
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from workflows.amendment import AMENDMENT, AmendmentState
from workflows.proceedings import PlaceOperation

STANDING = frozenset({AmendmentState.SUBMITTED, AmendmentState.APPROVED})
"""Amendments that something may still come of."""


@strawberry.type(description="Some words of a comparison (ordjämförelse).")
class WordDiffSegment:
    """A segment."""

    kind: SegmentKind = strawberry.field(description="Whether the words stand in both texts, or only in one.")
    text: str = strawberry.field(description="The words, with their spaces.")


def segments(before: str, after: str) -> list[WordDiffSegment]:
    """The comparison of two texts."""
    return [WordDiffSegment(kind=each.kind, text=each.text) for each in word_diff(before, after)]


@strawberry.type(description="Another amendment that is in this one's way.")
class Collision:
    """A collision."""

    kind: CollisionKind = strawberry.field(description="How they collide.")
    amendment_id: strawberry.ID = strawberry.field(description="The other one.")
    number: int = strawberry.field(description="Its number.")


@strawberry.type(
    description="An amendment (ändringsyrkande): a proposal to change one place of a document's text, a paragraph or "
    "a point under it."
)
class Amendment(Governed):
    """An amendment."""

    workflow: ClassVar = AMENDMENT
    view: strawberry.Private[AmendmentView]
    document_id: strawberry.ID = strawberry.field(description="The document that it changes.")
    number: int = strawberry.field(description="Without gaps within the document, in the order in which they came in.")
    state: AmendmentState = strawberry.field(description="Where it stands.")
    operation: PlaceOperation = strawberry.field(description="What it does with the place.")
    paragraph_id: strawberry.ID | None = strawberry.field(
        description="The paragraph, in the version that was laid before the meeting; null: before the first one."
    )
    subanchor: str = strawberry.field(
        description="The letter of the point (underpunkt); empty for the paragraph itself."
    )
    before: bool = strawberry.field(description="What is added or moved is put before the place, not after it.")
    to_paragraph_id: strawberry.ID | None = strawberry.field(description="Moving: the paragraph that it is put beside.")
    to_subanchor: str = strawberry.field(description="Moving: the point that it is put beside.")
    text: str = strawberry.field(description="The text that is wanted; a line that begins with `- ` is a point.")
    reasons: str = strawberry.field(description="Why, in Markdown.")
    mover_name: str | None = strawberry.field(
        description="Whoever moved it: a member or a unit. `skyddad identitet` for a protected name; null once erased."
    )
    mover_unit_id: strawberry.ID | None = strawberry.field(description="The unit that moved it, if it was one.")
    mover_decision: str | None = strawberry.field(description="A unit's: the meeting and paragraph that decided it.")
    channel: Channel = strawberry.field(description="How it came in.")
    received_at: datetime = strawberry.field(description="When it came in, by whatever channel.")
    recorded_at: datetime = strawberry.field(description="When it was recorded here.")
    on_agenda: bool = strawberry.field(description="It has become a proposal on the agenda, and is decided there.")
    decision: str | None = strawberry.field(description="The meeting's decision: the paragraph of its minutes.")
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    adopted_text: str | None = strawberry.field(
        description="The words that were approved, where they are not the mover's."
    )
    version: int = strawberry.field(description="Grows with every change.")

    @strawberry.field(description="The place as people say it: `17`, `17 A`, `17 b`; `0` for the very beginning.")
    async def place(self, info: Info) -> str:
        """From the version that was laid."""
        return str(meaning(self.view, await _base(info, self.view)).place)

    @strawberry.field(
        description="What it changes, in whole words (ordjämförelse): the place as it was laid before the meeting "
        "against the text that is wanted. Moving changes no word.",
        metadata={"list_size": 5},
    )
    async def word_diff(self, info: Info) -> list[WordDiffSegment]:
        """Segments in order; deletions before insertions."""
        text = await _base(info, self.view)
        amendment = meaning(self.view, text, self.view.adopted_text)
        before = text_at(list(text.values()), amendment.place) or ""
        return {
            Operation.INSERT: segments("", amendment.text),
            Operation.DELETE: segments(before, ""),
            Operation.MOVE: segments(before, before),
        }.get(amendment.operation) or segments(before, amendment.text)

    @strawberry.field(
        description="Other amendments that cannot be adopted together with it, say the same, or stand in the same gap. "
        "Only those that you may see.",
        metadata={"list_size": 2},
    )
    async def collisions(self, info: Info) -> list[Collision]:
        """Each with how."""
        if self.view.state not in STANDING:
            return []
        text = await _base(info, self.view)
        own = meaning(self.view, text)
        found = []
        for other in await info.context.loaders.documents.amendments.load(self.view.document_id):
            if other.id == self.view.id or other.state not in STANDING:
                continue
            kind = collision(own, meaning(other, text))
            if kind is not None:
                key = global_id("Amendment", other.id)
                found.append(Collision(kind=kind, amendment_id=key, number=other.number))
        return found

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.documents.amendment_case.load(self.view.id)

    @classmethod
    def of(cls, view: AmendmentView) -> "Amendment":
        """From what was read."""
        return cls(
            id=global_id("Amendment", view.id),
            view=view,
            document_id=global_id("Document", view.document_id),
            paragraph_id=_paragraph_id(view.paragraph_id),
            subanchor=view.letter,
            to_paragraph_id=_paragraph_id(view.to_paragraph_id),
            to_subanchor=view.to_letter,
            mover_name=view.unit_name or _person(view),
            mover_unit_id=global_id("Unit", view.mover_unit_id) if view.mover_unit_id else None,
            on_agenda=view.proposal_id is not None,
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "number", "state", "operation", "before", "text", "reasons", "mover_decision", "channel", "received_at",
    "recorded_at", "decision", "decided_at", "adopted_text", "version",
)  # fmt: skip


def _paragraph_id(key: UUID | None) -> strawberry.ID | None:
    return global_id("DocumentParagraph", key) if key else None


def _person(view: AmendmentView) -> str | None:
    if view.given_name is None or view.erased_at is not None:
        return None
    return PROTECTED if view.protected else f"{view.given_name} {view.family_name}"


async def _base(info: Info, view: AmendmentView) -> Mapping[UUID, Paragraph]:
    """The version that was laid before the meeting, by paragraph."""
    found = await info.context.loaders.documents.paragraphs.load(view.base_id) if view.base_id else []
    return {each.id: each.paragraph for each in found}
