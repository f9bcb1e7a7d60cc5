"""Queries for what boards decide: applications to form a branch, decisions that can be appealed, appeals."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from democracy.errors import FieldError, InvalidInputError
from democracy.storage.paging import MOST, Asked
from democracy.storage.reads import appeals, branch_applications, inbox
from schema.context import Context, Info
from schema.ids import is_of, key_of
from schema.reading import reading_of
from schema.types.appeal import Appeal, AppealConnection, AppealEdge, Ruling, RulingConnection, RulingEdge
from schema.types.board_case import BarredMember
from schema.types.branch_application import BranchApplication, BranchApplicationConnection, BranchApplicationEdge
from schema.types.case import NextStep
from schema.types.page import page_info
from workflows.appeal import APPEAL
from workflows.branch_application import BRANCH_APPLICATION
from workflows.engine import Workflow
from workflows.ruling import RULING

BoardCase: TypeAlias = Annotated[
    BranchApplication | Ruling | Appeal, strawberry.union("BoardCase", description="A case of a board.")
]
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@strawberry.type(description="A case that waits at a board.")
class BoardInboxItem:
    """What is asked, and of whom."""

    case: BoardCase = strawberry.field(description="The case.")
    next_step: NextStep = strawberry.field(description="What it waits for, of whom, until when.")
    since: datetime | None = strawberry.field(description="Since when it waits.")
    on_silence: NextStep | None = strawberry.field(
        description="What happens by itself, or what others may do, when nobody acts in time."
    )
    barred: list[BarredMember] = strawberry.field(description="Those who take no part in it (jäv).")


@strawberry.type
class BoardCaseQueries:
    """Root fields."""

    @strawberry.field(description="One application to form a branch; null if there is none that you may see.")
    async def branch_application(self, info: Info, id: strawberry.ID) -> BranchApplication | None:
        """By the loader."""
        if not is_of(id, "BranchApplication"):
            return None
        view = await info.context.loaders.cases.application.load(key_of(id, "BranchApplication"))
        return BranchApplication.of(view) if view else None

    @strawberry.field(description="One decision that can be appealed; null if there is none that you may see.")
    async def ruling(self, info: Info, id: strawberry.ID) -> Ruling | None:
        """By the loader."""
        if not is_of(id, "Ruling"):
            return None
        view = await info.context.loaders.cases.ruling.load(key_of(id, "Ruling"))
        return Ruling.of(view) if view else None

    @strawberry.field(description="One appeal (överklagande); null if there is none that you may see.")
    async def appeal(self, info: Info, id: strawberry.ID) -> Appeal | None:
        """By the loader."""
        if not is_of(id, "Appeal"):
            return None
        view = await info.context.loaders.cases.appeal.load(key_of(id, "Appeal"))
        return Appeal.of(view) if view else None

    @strawberry.field(description="Applications that you may see, the newest first. `first` or `last`, 1 to 100.")
    async def branch_applications(
        self, info: Info, first: int | None = None, after: str | None = None, last: int | None = None,
        before: str | None = None,
    ) -> BranchApplicationConnection:  # fmt: skip
        """A page."""
        context = info.context
        async with context.app.database.read() as connection:
            page = await branch_applications.listed(connection, context.reader, Asked(first, after, last, before))
        nodes = [BranchApplication.of(view) for view in page.rows]
        edges = [BranchApplicationEdge(node=node, cursor=at) for node, at in zip(nodes, page.cursors, strict=True)]
        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        counter = _counter(context, branch_applications.counted)
        return BranchApplicationConnection(edges=edges, nodes=nodes, page_info=info_, counter=counter)

    @strawberry.field(
        description="Decisions that can or could be appealed, as far as you may see them, the newest first."
    )
    async def rulings(
        self, info: Info, first: int | None = None, after: str | None = None, last: int | None = None,
        before: str | None = None,
    ) -> RulingConnection:  # fmt: skip
        """A page."""
        context = info.context
        async with context.app.database.read() as connection:
            page = await appeals.rulings_listed(connection, context.reader, Asked(first, after, last, before))
        nodes = [Ruling.of(view) for view in page.rows]
        edges = [RulingEdge(node=node, cursor=at) for node, at in zip(nodes, page.cursors, strict=True)]
        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        counter = _counter(context, appeals.rulings_counted)
        return RulingConnection(edges=edges, nodes=nodes, page_info=info_, counter=counter)

    @strawberry.field(description="Appeals that you may see, the newest first. `first` or `last`, 1 to 100.")
    async def appeals(
        self, info: Info, first: int | None = None, after: str | None = None, last: int | None = None,
        before: str | None = None,
    ) -> AppealConnection:  # fmt: skip
        """A page."""
        context = info.context
        async with context.app.database.read() as connection:
            page = await appeals.appeals_listed(connection, context.reader, Asked(first, after, last, before))
        nodes = [Appeal.of(view) for view in page.rows]
        edges = [AppealEdge(node=node, cursor=at) for node, at in zip(nodes, page.cursors, strict=True)]
        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        counter = _counter(context, appeals.appeals_counted)
        return AppealConnection(edges=edges, nodes=nodes, page_info=info_, counter=counter)

    @strawberry.field(
        description="What waits at a board (styrelsens inkorg), as far as you may see it: since when, until when, what "
        "happens when nobody acts, and who is barred. The most urgent first; `first` is 1 to 100.",
        metadata={"list_size": 50},
    )
    async def board_inbox(self, info: Info, body_id: strawberry.ID, first: int = 50) -> list[BoardInboxItem]:
        """Open cases of one body."""
        if not 1 <= first <= MOST:
            raise InvalidInputError(FieldError("first", "page_size", {"most": MOST}))
        context, body = info.context, key_of(body_id, "Body", path="bodyId")
        async with context.app.database.read() as connection:
            applied = await branch_applications.of_body(connection, context.reader, body, inbox.MOST)
            decided = await appeals.rulings_of_body(connection, context.reader, body, inbox.MOST)
            appealed = await appeals.of_body(connection, context.reader, body, inbox.MOST)
            since = await inbox.since(connection, [*applied, *decided, *appealed])
        cases = context.loaders.cases
        items = [
            *await _items(context, BRANCH_APPLICATION, await cases.application_case.load_many(applied), since),
            *await _items(context, RULING, await cases.ruling_case.load_many(decided), since),
            *await _items(context, APPEAL, await cases.appeal_case.load_many(appealed), since),
        ]
        items.sort(key=lambda item: (item.next_step.by or END_OF_TIME, item.since or END_OF_TIME))
        return items[:first]


def _counter(context: Context, count: Callable[..., Awaitable[int]]) -> Callable[[], Awaitable[int]]:
    async def counted() -> int:
        async with context.app.database.read() as connection:
            return await count(connection, context.reader)

    return counted


async def _items(
    context: Context, workflow: Workflow[Any, Any], found: Sequence[Any], since: dict[UUID, datetime]
) -> list[BoardInboxItem]:
    items = []
    for case in filter(None, found):
        asked = workflow.next_steps(case.state, case.facts, now=context.at)
        shown = await shown_case(context, workflow.name, case.id)
        if not asked or shown is None:
            continue
        reading = await reading_of(context, case.statutes)
        steps = [reading.next_step(workflow.name, each) for each in asked]
        barred = await context.loaders.cases.conflicts.load(case.id) if _sees_barred(case) else []
        items.append(
            BoardInboxItem(
                case=shown,
                next_step=steps[0],
                since=since.get(case.id),
                on_silence=next((each for each in steps if each.who in SILENCE), None),
                barred=[BarredMember.of(view) for view in barred],
            )
        )
    return items


SILENCE = ("clock", "next_caller")
"""Those who go on with a case when nobody else does."""


def _sees_barred(case: Any) -> bool:
    return bool(getattr(case, "sees_founders", False) or getattr(case, "sees_grounds", False))


async def shown_case(context: Context, workflow: str, case_id: UUID) -> BranchApplication | Ruling | Appeal | None:
    """A case as it is shown; None where the reader may not see it."""
    cases = context.loaders.cases
    if workflow == BRANCH_APPLICATION.name:
        application = await cases.application.load(case_id)
        return BranchApplication.of(application) if application else None
    if workflow == RULING.name:
        ruling = await cases.ruling.load(case_id)
        return Ruling.of(ruling) if ruling else None
    appeal = await cases.appeal.load(case_id)
    return Appeal.of(appeal) if appeal else None
