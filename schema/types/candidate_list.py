"""A list for a public election in the API."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.storage.reads.candidate_lists import CandidateListView, ListPlaceView
from schema.context import Context, Info
from schema.ids import global_id
from schema.types.governed import Governed, Standing
from workflows.candidate_list import CANDIDATE_LIST, CandidateListState


@strawberry.type(
    description="A place on a list. Others than those who prepare it see it once its holder has consented."
)
class ListPlace:
    """Somebody."""

    position: int = strawberry.field(description="1 for the first name.")
    member_id: strawberry.ID = strawberry.field(description="Whoever stands there.")
    name: str = strawberry.field(description="Their name; `skyddad identitet` without their consent.")
    consented_at: datetime | None = strawberry.field(description="When they agreed to stand there (samtycke).")
    declined_at: datetime | None = strawberry.field(description="When they said no; shown to who prepares the list.")

    @classmethod
    def of(cls, view: ListPlaceView) -> "ListPlace":
        """From what was read."""
        return cls(
            position=view.position,
            member_id=global_id("Member", view.member_id),
            name=view.name,
            consented_at=view.consented_at,
            declined_at=view.declined_at,
        )


@strawberry.type(
    description="A list for a public election (valsedelslista): names in order, women and men by turns (varvat) where "
    "the statutes ask for equal representation. Its order shows what people have said of their gender: each consents."
)
class CandidateList(Governed):
    """A list."""

    workflow: ClassVar = CANDIDATE_LIST
    view: strawberry.Private[CandidateListView]
    state: CandidateListState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="The list's name.")
    assembly: str = strawberry.field(description="The public assembly, with the constituency where it has several.")
    most: int = strawberry.field(description="So many names at most.")
    exception: str | None = strawberry.field(description="Why women and men do not stand by turns.")
    reason: str | None = strawberry.field(description="Why it was cancelled.")
    published_at: datetime | None = strawberry.field(description="When it was proposed to the conference.")
    decided_at: datetime | None = strawberry.field(description="When the conference decided it.")
    version: int = strawberry.field(description="Grows with every change.")
    meeting_id: strawberry.ID = strawberry.field(description="The election conference (valkonferens) that decides.")

    @property
    def key(self) -> UUID:
        """Its own id."""
        return self.view.id

    async def standing(self, context: Context) -> Standing | None:
        """By the loader."""
        return await context.loaders.elections.list_case.load(self.view.id)

    @strawberry.field(description="Who stands on it, in order, as far as you may see.", metadata={"list_size": 20})
    async def places(self, info: Info) -> list[ListPlace]:
        """By the loader."""
        return [ListPlace.of(view) for view in await info.context.loaders.elections.places.load(self.view.id)]

    @classmethod
    def of(cls, view: CandidateListView) -> "CandidateList":
        """From what was read."""
        return cls(
            id=global_id("CandidateList", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = ("state", "title", "assembly", "most", "exception", "reason", "published_at", "decided_at", "version")
