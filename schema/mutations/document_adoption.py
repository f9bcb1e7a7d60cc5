"""Documents from their meeting on: adopted, rejected, put right, published."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.documents.adopting import Adopting
from democracy.services.documents.editing import Editing, Rewording
from democracy.services.proceedings.document_rest import AdoptingRest
from schema.context import Info
from schema.ids import key_of
from schema.mutations.document_results import document_key, read_stored
from schema.mutations.results import KEY, VERSION
from schema.types.document import Document
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.document import Editor


@strawberry.input(description="Input of `adoptDocument`.")
class AdoptDocumentInput:
    """Adopted."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    decision: str = strawberry.field(description="The meeting's decision: its paragraph.")
    editor: Editor | None = strawberry.field(
        default=None, description="Whom the meeting authorises to put spelling and numbering right."
    )
    without_sent_back: bool = strawberry.field(
        default=False,
        description="Adopt the rest although the meeting referred back (återremiss) or deferred some passage: it is "
        "left out of the text that is adopted, and its amendments go back with it.",
    )
    idempotency_key: str | None = KEY


AdoptDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdoptDocumentResult")
]


@strawberry.input(description="Input of `adoptDocumentByBoard`.")
class AdoptDocumentByBoardInput:
    """Adopted."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    decision: str = strawberry.field(description="The board's decision: meeting and paragraph.")
    editor: Editor | None = strawberry.field(
        default=None, description="Whom the meeting authorises to put spelling and numbering right."
    )
    idempotency_key: str | None = KEY


AdoptDocumentByBoardResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AdoptDocumentByBoardResult")
]


@strawberry.input(description="Input of `enterAdoptedDocument`.")
class EnterAdoptedDocumentInput:
    """Entered."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    decision: str = strawberry.field(description="Who adopted it, and when.")
    idempotency_key: str | None = KEY


EnterAdoptedDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EnterAdoptedDocumentResult")
]


@strawberry.input(description="Input of `rejectDocument`.")
class RejectDocumentInput:
    """Rejected."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    decision: str = strawberry.field(description="The meeting's decision: its paragraph.")
    idempotency_key: str | None = KEY


RejectDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RejectDocumentResult")
]


@strawberry.input(description="Input of `authoriseEditor`.")
class AuthoriseEditorInput:
    """Authorised."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    editor: Editor = strawberry.field(description="Whom the meeting authorises: its presidium, or the board.")
    idempotency_key: str | None = KEY


AuthoriseEditorResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AuthoriseEditorResult")
]


@strawberry.input(description="A paragraph as it should be spelt.")
class RewordingInput:
    """Put right."""

    paragraph_id: strawberry.ID = strawberry.field(description="The paragraph, in the version that holds now.")
    text: str = strawberry.field(description="The whole of it: the lead, then each point on a line after `- `.")


@strawberry.input(description="Input of `recordEditorialChange`.")
class RecordEditorialChangeInput:
    """Put right."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    paragraphs: list[RewordingInput] = strawberry.field(default_factory=list, description="The paragraphs that change.")
    renumber: bool = strawberry.field(default=False, description="Number the paragraphs anew from 1.")
    reason: str = strawberry.field(description="Why.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


RecordEditorialChangeResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordEditorialChangeResult")
]


@strawberry.input(description="Input of `publishDocument`.")
class PublishDocumentInput:
    """Published."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    idempotency_key: str | None = KEY


PublishDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishDocumentResult")
]


@strawberry.type
class DocumentAdoptingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Adopt the text as amended (anta): the adopted version is woven from the approved amendments, and "
        "each passage keeps a link to what made it."
    )
    async def adopt_document(self, info: Info, input: AdoptDocumentInput) -> AdoptDocumentResult:
        """Adopted."""
        if input.without_sent_back:
            rest = info.context.service(AdoptingRest, input.idempotency_key)
            key = await rest.adopt(document_key(input), input.decision, input.editor, actor=info.context.actor)
        else:
            service = info.context.service(Adopting, input.idempotency_key)
            key = await service.adopt(document_key(input), input.decision, input.editor, actor=info.context.actor)
        return await read_stored(info, key)

    @strawberry.mutation(
        description="The board adopts the text after a conference has treated it, where the statutes know that way."
    )
    async def adopt_document_by_board(self, info: Info, input: AdoptDocumentByBoardInput) -> AdoptDocumentByBoardResult:
        """Adopted."""
        service = info.context.service(Adopting, input.idempotency_key)
        key = await service.adopt_by_board(document_key(input), input.decision, input.editor, actor=info.context.actor)
        return await read_stored(info, key)

    @strawberry.mutation(
        description="Enter a text that was adopted earlier, such as the programme that quotations come from."
    )
    async def enter_adopted_document(self, info: Info, input: EnterAdoptedDocumentInput) -> EnterAdoptedDocumentResult:
        """Entered."""
        service = info.context.service(Adopting, input.idempotency_key)
        key = await service.enter_adopted(document_key(input), input.decision, actor=info.context.actor)
        return await read_stored(info, key)

    @strawberry.mutation(description="The meeting rejects the text as a whole (avslå).")
    async def reject_document(self, info: Info, input: RejectDocumentInput) -> RejectDocumentResult:
        """Rejected."""
        service = info.context.service(Adopting, input.idempotency_key)
        key = await service.reject(document_key(input), input.decision, actor=info.context.actor)
        return await read_stored(info, key)

    @strawberry.mutation(
        description="Record whom the meeting authorises to put spelling and numbering right in the text that it has "
        "adopted (redaktionell ändring). A text that was adopted on the agenda has nobody until then."
    )
    async def authorise_editor(self, info: Info, input: AuthoriseEditorInput) -> AuthoriseEditorResult:
        """Authorised."""
        service = info.context.service(Adopting, input.idempotency_key)
        return await read_stored(
            info, await service.authorise(document_key(input), input.editor, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Put spelling and numbering right in an adopted text (redaktionell ändring), as the meeting "
        "authorised. Nothing is overwritten: it becomes a new version."
    )
    async def record_editorial_change(
        self, info: Info, input: RecordEditorialChangeInput
    ) -> RecordEditorialChangeResult:
        """Put right."""
        rewordings = [
            Rewording(key_of(each.paragraph_id, "DocumentParagraph", path=f"paragraphs.{index}.paragraphId"), each.text)
            for index, each in enumerate(input.paragraphs)
        ]
        service = info.context.service(Editing, input.idempotency_key)
        key = await service.edit(
            document_key(input),
            rewordings,
            input.reason,
            input.expected_version,
            renumber=input.renumber,
            actor=info.context.actor,
        )
        return await read_stored(info, key)

    @strawberry.mutation(description="Publish the adopted text: from now on nothing in it is put right.")
    async def publish_document(self, info: Info, input: PublishDocumentInput) -> PublishDocumentResult:
        """Published."""
        service = info.context.service(Editing, input.idempotency_key)
        return await read_stored(info, await service.publish(document_key(input), actor=info.context.actor))
