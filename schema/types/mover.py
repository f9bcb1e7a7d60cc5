"""Those who stand behind a motion (motionärer)."""

from datetime import date, datetime

import strawberry

from democracy.domain.kinds import Channel
from democracy.storage.reads.members import PROTECTED
from democracy.storage.reads.motion_parts import MoverView
from schema.ids import global_id


@strawberry.type(description="Somebody who stands, or was asked to stand, behind a motion: a member or a unit.")
class Mover:
    """A mover."""

    name: str | None = strawberry.field(
        description="Null for a member who has not confirmed, or has taken their name off, or has been erased; "
        "`skyddad identitet` for one whose name is protected."
    )
    member_id: strawberry.ID | None = strawberry.field(description="The member, if it is one who is named here.")
    unit_id: strawberry.ID | None = strawberry.field(description="The unit, if it is one.")
    decision: str | None = strawberry.field(description="For a unit: the meeting and paragraph that decided to move.")
    decided_on: date | None = strawberry.field(description="For a unit: the day of that decision.")
    channel: Channel = strawberry.field(description="How it was confirmed.")
    confirmed_at: datetime | None = strawberry.field(description="When it was confirmed; null until then.")
    declined_at: datetime | None = strawberry.field(description="When the invitation was declined.")
    left_at: datetime | None = strawberry.field(description="When the name was taken off.")

    @classmethod
    def of(cls, view: MoverView) -> "Mover":
        """From what was read."""
        stands = view.confirmed_at is not None and view.left_at is None and view.erased_at is None
        person = _person(view) if view.member_id and stands else None
        return cls(
            name=view.unit_name or person,
            member_id=global_id("Member", view.member_id) if view.member_id and person and not view.protected else None,
            unit_id=global_id("Unit", view.unit_id) if view.unit_id else None,
            decision=view.decision,
            decided_on=view.decided_on,
            channel=view.channel,
            confirmed_at=view.confirmed_at,
            declined_at=view.declined_at,
            left_at=view.left_at,
        )


def _person(view: MoverView) -> str:
    return PROTECTED if view.protected else f"{view.given_name} {view.family_name}"
