"""Queries for documents."""

import strawberry

from democracy.storage.paging import Asked
from democracy.storage.reads import documents
from democracy.storage.reads.documents import DocumentFilter
from schema.context import Info
from schema.ids import maybe_key, parsed
from schema.types.document import Document, DocumentConnection, DocumentEdge
from schema.types.page import page_info
from workflows.document import DocumentState
from workflows.statutes.parameters.order import DocumentKind


@strawberry.input(description="Which documents: every condition that is given must hold.")
class DocumentFilterInput:
    """A filter."""

    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Texts of this unit.")
    meeting_id: strawberry.ID | None = strawberry.field(default=None, description="Treated by this meeting.")
    kinds: list[DocumentKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    states: list[DocumentState] | None = strawberry.field(default=None, description="In one of these states.")


@strawberry.type
class DocumentQueries:
    """Root fields."""

    @strawberry.field(description="A document; null if there is none, or it is not yours to see.")
    async def document(self, info: Info, id: strawberry.ID) -> Document | None:
        """By its id."""
        found = parsed(id)
        if found is None or found[0] != "Document":
            return None
        view = await info.context.loaders.documents.document.load(found[1])
        return Document.of(view) if view else None

    @strawberry.field(description="Documents that you may see, by title. Ask for `first` or `last`, 1 to 100.")
    async def documents(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: DocumentFilterInput | None = None,
    ) -> DocumentConnection:
        """A page."""
        context, wanted = info.context, _filter(filter or DocumentFilterInput())
        async with context.app.database.read() as connection:
            page = await documents.listed(connection, context.reader, wanted, Asked(first, after, last, before))
        for view in page.rows:
            context.loaders.documents.document.prime(view.id, view)
        nodes = [Document.of(view) for view in page.rows]
        edges = [DocumentEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await documents.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return DocumentConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)


def _filter(given: DocumentFilterInput) -> DocumentFilter:
    return DocumentFilter(
        unit_id=maybe_key(given.unit_id, "Unit", path="filter.unitId"),
        meeting_id=maybe_key(given.meeting_id, "Meeting", path="filter.meetingId"),
        kinds=tuple(given.kinds or ()),
        states=tuple(given.states or ()),
    )
