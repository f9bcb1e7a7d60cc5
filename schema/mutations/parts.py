"""Parts of a meeting."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.proceedings.parts import Part, Parts
from schema.context import Info
from schema.ids import key_of
from schema.mutations.results import KEY, aware, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `planSubAssembly`.")
class PlanSubAssemblyInput:
    """Planned."""

    meeting_id: strawberry.ID = strawberry.field(description="The whole meeting.")
    name: str = strawberry.field(description="What the part is called.")
    unit_ids: list[strawberry.ID] = strawberry.field(
        description="The units whose delegates make it up: one or more of those that the meeting is called for."
    )
    starts_at: datetime | None = strawberry.field(
        default=None, description="When it begins; with the whole meeting, or now, if left out."
    )
    place: str | None = strawberry.field(default=None, description="Where; as the whole, if left out.")
    purpose: str | None = strawberry.field(default=None, description="What it is to decide (syfte).")
    idempotency_key: str | None = KEY


PlanSubAssemblyResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PlanSubAssemblyResult")
]


@strawberry.type
class PartsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Plan a sub-assembly (delmöte): within a conference the delegates of some units meet by themselves "
        "and decide what is theirs. Before the meeting has opened the board plans it; then the meeting divides. It is "
        "called with the whole. When it is opened (`openMeeting`) its units' seats, delegates and substitutes are its "
        "own, and those who are at the whole are checked in; it has its own agenda, roll and minutes. The whole closes "
        "when its parts have."
    )
    async def plan_sub_assembly(self, info: Info, input: PlanSubAssemblyInput) -> PlanSubAssemblyResult:
        """Planned."""
        part = Part(
            name=input.name,
            unit_ids=tuple(key_of(each, "Unit", path="unitIds") for each in input.unit_ids),
            starts_at=input.starts_at and aware(input.starts_at, "startsAt"),
            place=input.place,
            purpose=input.purpose,
        )
        service = info.context.service(Parts, input.idempotency_key)
        return await read_meeting(info, await service.plan(meeting_key(input), part, actor=info.context.actor))
