"""Queries for elections."""

import strawberry

from democracy.domain.actors import Member
from democracy.storage.paging import Asked
from democracy.storage.reads import election_parts, elections
from schema.context import Info
from schema.ids import is_of, key_of, maybe_key
from schema.types.election import Election, ElectionConnection, ElectionEdge
from schema.types.election_parts import Candidacy
from schema.types.page import page_info


@strawberry.type
class ElectionQueries:
    """Root fields."""

    @strawberry.field(description="One election (personval); null if there is none that you may see.")
    async def election(self, info: Info, id: strawberry.ID) -> Election | None:
        """By the loader."""
        if not is_of(id, "Election"):
            return None
        view = await info.context.loaders.elections.election.load(key_of(id, "Election"))
        return Election.of(view) if view else None

    @strawberry.field(
        description="Elections that you may see, the newest first. Ask for `first` or `last`, 1 to 100; `meetingId` "
        "asks for those of one meeting."
    )
    async def elections(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        meeting_id: strawberry.ID | None = None,
    ) -> ElectionConnection:
        """A page."""
        context, meeting = info.context, maybe_key(meeting_id, "Meeting", path="meetingId")
        async with context.app.database.read() as connection:
            page = await elections.listed(connection, context.reader, meeting, Asked(first, after, last, before))
        for view in page.rows:
            context.loaders.elections.election.prime(view.id, view)
        nodes = [Election.of(view) for view in page.rows]
        edges = [ElectionEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await elections.counted(connection, context.reader, meeting)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return ElectionConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)

    @strawberry.field(
        description="What you have been nominated for, the newest first: asked, accepted, declined, elected or not.",
        metadata={"list_size": 5},
    )
    async def my_candidacies(self, info: Info) -> list[Candidacy]:
        """The reader's own."""
        actor = info.context.actor
        if not isinstance(actor, Member):
            return []
        async with info.context.app.database.read() as connection:
            found = await election_parts.mine(connection, info.context.reader, actor.id)
        return [Candidacy.of(view) for view in found]
