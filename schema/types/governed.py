"""What every case that follows a workflow answers alike: why, what next, what has been, and where it is explained."""

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast
from uuid import UUID

import strawberry

from schema.context import Context, Info
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep, NextStep
from schema.types.node import Node
from workflows.engine import Role, Workflow


class Standing(Protocol):
    """Where a case stands for whoever asks; each noun's own case is one. State and facts are its workflow's."""

    @property
    def state(self) -> Any:
        """Of its workflow."""

    @property
    def facts(self) -> Any:
        """What its workflow's guards look at."""

    @property
    def roles(self) -> frozenset[Role]:
        """The reader's."""

    @property
    def statutes(self) -> str | None:
        """Digest of the version it is tried by."""


async def actions_in(context: Context, workflow: Workflow[Any, Any], case: Standing | None) -> list[Action]:
    """Every option in the case's state, with what has been waived; none of a case that the reader has no part in."""
    if case is None:
        return []
    reading = await reading_of(context, case.statutes)
    waived: frozenset[str] = getattr(case, "waived", frozenset())
    options = workflow.options(case.state, case.facts, roles=case.roles, now=context.at, waived=waived)
    return [reading.action(workflow.name, option) for option in options]


async def next_steps_in(context: Context, workflow: Workflow[Any, Any], case: Standing | None) -> list[NextStep]:
    """What the case waits for."""
    if case is None:
        return []
    reading = await reading_of(context, case.statutes)
    awaiting = workflow.next_steps(case.state, case.facts, now=context.at)
    return [reading.next_step(workflow.name, each) for each in awaiting]


@strawberry.interface(
    description="Something that follows a workflow (ett ärende). Every one of them says in the same words what can be "
    "done with it, what it waits for, what has been done, and where its rules are explained."
)
class Governed(Node):
    """A case; a type says which workflow it follows and how its standing is read."""

    workflow: ClassVar[Workflow[Any, Any]]
    if TYPE_CHECKING:  # no fields of this type: each noun has its own view, and one keeps its key as a field
        view: Any

        @property
        def key(self) -> UUID:
            """Its own id."""

    @abstractmethod
    async def standing(self, context: Context) -> Standing | None:
        """Its state, facts and the reader's roles; null where the reader has no part in it."""

    async def rules_digest(self, context: Context) -> str | None:
        """The version of the statutes that it is tried by."""
        return cast("str | None", self.view.statutes_digest)

    @strawberry.field(description="Everything that can be done in this state: by you or not, why not, and when.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        return await actions_in(info.context, self.workflow, await self.standing(info.context))

    @strawberry.field(description="What it waits for; empty when its life is over.")
    async def next_steps(self, info: Info) -> list[NextStep]:
        """Who is to act."""
        return await next_steps_in(info.context, self.workflow, await self.standing(info.context))

    @strawberry.field(
        description="Every step that was taken, the oldest first. No vote, no answer and no nomination is one of them."
    )
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await reading_of(info.context, await self.rules_digest(info.context))
        return [reading.step(view) for view in await info.context.loaders.history.load(self.key)]

    @strawberry.field(description="The page that describes its life: a path on this server.")
    def documentation(self) -> str:
        """The workflow's page."""
        return f"/docs/{self.workflow.name}"
