"""Corrections."""

from enum import Enum
from typing import Annotated, TypeAlias

import strawberry

from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.corrections import Correction
from schema.context import Info
from schema.ids import is_of, key_of
from schema.mutations.results import KEY, VERSION, read_motion
from schema.types.motion import Motion
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.enum(description="What was misspelt in a motion: TITLE (rubrik) or REASONING (brödtext).")
class CorrectedPart(Enum):
    """A part of a motion."""

    TITLE = "title"
    REASONING = "reasoning"


@strawberry.input(description="Input of `correctRecord`.")
class CorrectRecordInput:
    """Corrected."""

    record_id: strawberry.ID = strawberry.field(description="What is put right: a motion, or one of its att-satser.")
    part: CorrectedPart | None = strawberry.field(default=None, description="For a motion: what was misspelt.")
    after: str = strawberry.field(description="The whole new wording.")
    reason: str = strawberry.field(description="Why.")
    approved_by: str = strawberry.field(description="Who approved it: the mover; or the board, when papers are out.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


CorrectRecordResult: TypeAlias = Annotated[
    Motion | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CorrectRecordResult")
]


@strawberry.type
class CorrectionsMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Put a clerical error right (rätta skrivfel) in what has been handed in. Both wordings are kept, "
        "with the reason and who approved it; once the papers are out it is a rättelseblad to the same readers."
    )
    async def correct_record(self, info: Info, input: CorrectRecordInput) -> CorrectRecordResult:
        """A correction is an event that names what it replaces."""
        service, actor = info.context.corrections(input.idempotency_key), info.context.actor
        correction = Correction(input.after, input.reason, input.approved_by)
        record, version = key_of(input.record_id, "Motion", "Clause", path="recordId"), input.expected_version
        if is_of(input.record_id, "Clause"):
            key = await service.correct_clause(record, correction, version, actor=actor)
        elif input.part is None:
            raise InvalidInputError(FieldError("part", "required"))
        else:
            key = await service.correct(record, input.part.value, correction, version, actor=actor)
        return await read_motion(info, key)
