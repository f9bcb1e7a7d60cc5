"""What cases of a board have in common in the API."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from democracy.storage.reads.appeals import AttachmentView, ConflictView
from schema.ids import global_id
from workflows.appeal_facts import ConflictGround


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


def shown(files: Sequence[AttachmentView], *, to_board: bool) -> list[Attachment]:
    """Files that the reader may see: those of the board's own drafts are the board's."""
    return [Attachment.of(view) for view in files if to_board or not view.of_board]
