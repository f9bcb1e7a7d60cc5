"""What cases of a board have in common in the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from democracy.storage.reads.appeals import AttachmentView, ConflictView
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep, NextStep
from workflows.appeal_facts import ConflictGround
from workflows.engine import Workflow


@strawberry.type(description="Somebody who takes no part in a decision (jäv).")
class BarredMember:
    """A ground."""

    member_id: strawberry.ID = strawberry.field(description="Who.")
    name: str = strawberry.field(description="Their name.")
    ground: ConflictGround = strawberry.field(description="Why.")

    @classmethod
    def of(cls, view: ConflictView) -> "BarredMember":
        """From what was read."""
        return cls(member_id=global_id("Member", view.member_id), name=view.name, ground=view.ground)


@strawberry.type(description="A file in a case (bilaga). Whoever sees the case may read it, at `url`.")
class Attachment:
    """A file."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="The name that it was handed in under.")
    media_type: str = strawberry.field(description="What it is, by its content.")
    size: int = strawberry.field(description="Bytes.")
    digest: str = strawberry.field(description="SHA-256 of its content, in hex.")
    uploaded_at: datetime = strawberry.field(description="When.")
    url: str = strawberry.field(description="Path on this server; the session decides whether it is found.")

    @classmethod
    def of(cls, view: AttachmentView) -> "Attachment":
        """From what was read."""
        key = global_id("Attachment", view.id)
        return cls(
            id=key, name=view.name, media_type=view.media_type, size=view.size, digest=view.digest,
            uploaded_at=view.uploaded_at, url=f"/attachments/{key}",
        )  # fmt: skip


async def actions_of(info: Info, workflow: Workflow[Any, Any], case: Any) -> list[Action]:
    """A workflow's options in a case."""
    if case is None:
        return []
    reading = await reading_of(info.context, case.statutes)
    options = workflow.options(case.state, case.facts, roles=case.roles, now=info.context.at)
    return [reading.action(workflow.name, option) for option in options]


async def next_steps_of(info: Info, workflow: Workflow[Any, Any], case: Any) -> list[NextStep]:
    """Who is to act in a case."""
    if case is None:
        return []
    reading = await reading_of(info.context, case.statutes)
    awaiting = workflow.next_steps(case.state, case.facts, now=info.context.at)
    return [reading.next_step(workflow.name, each) for each in awaiting]


async def history_of(info: Info, case_id: Any, statutes: str) -> list[HistoryStep]:
    """Every step of a case, from the ledger."""
    reading = await reading_of(info.context, statutes)
    return [reading.step(view) for view in await info.context.loaders.history.load(case_id)]


def shown(files: Sequence[AttachmentView], *, to_board: bool) -> list[Attachment]:
    """Files that the reader may see: those of the board's own drafts are the board's."""
    return [Attachment.of(view) for view in files if to_board or not view.of_board]
