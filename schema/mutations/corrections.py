"""Corrections."""

from enum import Enum
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.motions.corrections import Correction
from schema.context import Info
from schema.mutations.results import KEY, VERSION, motion_key, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.enum(description="What was misspelt.")
class CorrectedPart(Enum):
    """A part of a motion."""

    TITLE = "title"
    REASONING = "reasoning"
    CLAUSE = "clause"


@strawberry.input(description="Input of `correctMotion`.")
class CorrectMotionInput:
    """Corrected."""

    motion_id: strawberry.ID = strawberry.field(description="The motion.")
    part: CorrectedPart = strawberry.field(description="What was misspelt.")
    clause: int | None = strawberry.field(default=None, description="The att-sats by its number, for CLAUSE.")
    after: str = strawberry.field(description="The whole new wording of that part.")
    reason: str = strawberry.field(description="Why.")
    approved_by: str = strawberry.field(description="Who approved it: the mover; or the board, when papers are out.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


CorrectMotionResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CorrectMotionResult")
]


@strawberry.type
class CorrectionsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Put a clerical error right (rätta skrivfel) in a motion that has been handed in. Both "
        "wordings are "
        "kept; once the papers are out it is a rättelseblad to the same readers."
    )
    async def correct_motion(self, info: Info, input: CorrectMotionInput) -> CorrectMotionResult:
        """Corrected."""
        correction = Correction(input.after, input.reason, input.approved_by, input.part.value, input.clause)
        service = info.context.corrections(input.idempotency_key)
        key = await service.correct(motion_key(input), correction, input.expected_version, actor=info.context.actor)
        return await read_motion(info, key)
