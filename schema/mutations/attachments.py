"""Files are attached to cases of boards."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.cases.attaching import Attaching
from schema.context import Info
from schema.mutations.case_results import appeal_key, application_key, read_appeal, read_application, serve
from schema.mutations.results import KEY
from schema.types.appeal import Appeal
from schema.types.branch_application import BranchApplication
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

NAME = strawberry.field(description="The file's name with its ending: pdf, docx, png or jpg.")
CONTENT = strawberry.field(description="The file in base64, 700 000 bytes at most before that.")
OF_BOARD = strawberry.field(default=False, description="Of the board's own drafts: nobody else sees it.")


@strawberry.input(description="Input of `attachToApplication`.")
class AttachToApplicationInput:
    """Attached."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    name: str = NAME
    content: str = CONTENT
    of_board: bool = OF_BOARD
    idempotency_key: str | None = KEY


AttachToApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AttachToApplicationResult")
]


@strawberry.input(description="Input of `attachToAppeal`.")
class AttachToAppealInput:
    """Attached."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    name: str = NAME
    content: str = CONTENT
    of_board: bool = OF_BOARD
    idempotency_key: str | None = KEY


AttachToAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AttachToAppealResult")
]


@strawberry.type
class AttachmentMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Attach a file to an application (bilaga). What it is, is seen in its content; whoever sees the "
        "case may read it."
    )
    async def attach_to_application(self, info: Info, input: AttachToApplicationInput) -> AttachToApplicationResult:
        """Attached."""
        service = serve(info, Attaching, input.idempotency_key)
        key = await service.to_application(
            application_key(input), input.name, input.content, of_board=input.of_board, actor=info.context.actor
        )
        return await read_application(info, key)

    @strawberry.mutation(description="Attach a file to an appeal (bilaga), as either side or for those who try it.")
    async def attach_to_appeal(self, info: Info, input: AttachToAppealInput) -> AttachToAppealResult:
        """Attached."""
        service = serve(info, Attaching, input.idempotency_key)
        key = await service.to_appeal(
            appeal_key(input), input.name, input.content, of_board=input.of_board, actor=info.context.actor
        )
        return await read_appeal(info, key)
