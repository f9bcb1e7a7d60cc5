"""Documents before their meeting: read in, locks confirmed, laid, withdrawn."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.documents.importing import Belonging, Importing
from democracy.services.documents.locks import Answer, Locks
from democracy.services.documents.proposing import CoProposer, Proposing
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.document_results import DocumentFileInput, document_key, read_file, read_stored
from schema.mutations.results import KEY, VERSION
from schema.types.document import Document
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.statutes.parameters.order import DocumentKind


@strawberry.input(description="Input of `importDocument`.")
class ImportDocumentInput:
    """Read in."""

    meeting_id: strawberry.ID | None = strawberry.field(
        default=None, description="The meeting that is to treat it. Give this or `boardId`."
    )
    board_id: strawberry.ID | None = strawberry.field(
        default=None, description="The board whose text it is, where no meeting is to treat it."
    )
    kind: DocumentKind = strawberry.field(description="What it is.")
    title: str = strawberry.field(description="Its title.")
    file: DocumentFileInput = strawberry.field(description="The text.")
    idempotency_key: str | None = KEY


ImportDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ImportDocumentResult")
]


@strawberry.input(description="Input of `importDocumentAgain`.")
class ImportDocumentAgainInput:
    """Read in anew."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    file: DocumentFileInput = strawberry.field(description="The text.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


ImportDocumentAgainResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ImportDocumentAgainResult")
]


@strawberry.input(description="What somebody says of one paragraph.")
class LockAnswerInput:
    """Yes or no."""

    paragraph_id: strawberry.ID = strawberry.field(description="The paragraph.")
    locked: bool = strawberry.field(description="Whether it is a quotation that nobody may change here.")
    provenance: str | None = strawberry.field(
        default=None,
        description="What it quotes: a programme and its year. Leave out to keep what the text says.",
    )
    source_version_id: strawberry.ID | None = strawberry.field(
        default=None, description="The adopted version that it quotes, where that is here: it must hold the same words."
    )


@strawberry.input(description="Input of `confirmLocks`.")
class ConfirmLocksInput:
    """Answered."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    locks: list[LockAnswerInput] = strawberry.field(
        description="An answer for every paragraph that looks like a quotation; others may be locked too."
    )
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


ConfirmLocksResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConfirmLocksResult")
]


@strawberry.input(description="A body that stands behind the proposal beside the board.")
class CoProposerInput:
    """Together."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    decision: str = strawberry.field(description="Its decision: meeting and paragraph.")


@strawberry.input(description="Input of `proposeDocument`.")
class ProposeDocumentInput:
    """Laid."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    decision: str = strawberry.field(description="The board's decision: meeting and paragraph.")
    co_proposers: list[CoProposerInput] = strawberry.field(
        default_factory=list, description="Bodies that lay it before the meeting together with the board."
    )
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


ProposeDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ProposeDocumentResult")
]


@strawberry.input(description="Input of `withdrawDocument`.")
class WithdrawDocumentInput:
    """Withdrawn."""

    document_id: strawberry.ID = strawberry.field(description="The document.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


WithdrawDocumentResult: TypeAlias = Annotated[
    Document | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawDocumentResult")
]


@strawberry.type
class DocumentPreparingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Read a text in (läsa in): paragraphs, points and proposed locks. What was guessed stands in the "
        "version's `notes`."
    )
    async def import_document(self, info: Info, input: ImportDocumentInput) -> ImportDocumentResult:
        """Read in."""
        belonging = Belonging(
            maybe_key(input.meeting_id, "Meeting", path="meetingId"), maybe_key(input.board_id, "Body", path="boardId")
        )
        reading, source = await read_file(input.file)
        service = info.context.service(Importing, input.idempotency_key)
        key = await service.bring_in(
            belonging, input.kind, input.title, reading, source, actor=info.context.actor
        )  # fmt: skip
        return await read_stored(info, key)

    @strawberry.mutation(
        description="Read another file in instead, before the text is laid before the meeting. Every lock is to be "
        "confirmed again."
    )
    async def import_document_again(self, info: Info, input: ImportDocumentAgainInput) -> ImportDocumentAgainResult:
        """Read in anew."""
        reading, source = await read_file(input.file)
        service = info.context.service(Importing, input.idempotency_key)
        key = await service.bring_in_again(
            document_key(input), reading, source, input.expected_version, actor=info.context.actor
        )
        return await read_stored(info, key)

    @strawberry.mutation(
        description="Say which paragraphs are quotations, and of what (bekräfta lås). What a file looks like decides "
        "nothing by itself."
    )
    async def confirm_locks(self, info: Info, input: ConfirmLocksInput) -> ConfirmLocksResult:
        """Answered."""
        answers = [_answer(index, each) for index, each in enumerate(input.locks)]
        service = info.context.service(Locks, input.idempotency_key)
        key = await service.confirm(document_key(input), answers, input.expected_version, actor=info.context.actor)
        return await read_stored(info, key)

    @strawberry.mutation(
        description="Lay the text before its meeting (lägga fram): members read it from now on, and may hand in "
        "amendments."
    )
    async def propose_document(self, info: Info, input: ProposeDocumentInput) -> ProposeDocumentResult:
        """Laid."""
        together = [
            CoProposer(key_of(each.body_id, "Body", path=f"coProposers.{index}.bodyId"), each.decision)
            for index, each in enumerate(input.co_proposers)
        ]
        service = info.context.service(Proposing, input.idempotency_key)
        key = await service.propose(
            document_key(input), input.decision, together, input.expected_version, actor=info.context.actor
        )
        return await read_stored(info, key)

    @strawberry.mutation(description="Take the text back before the meeting has opened (dra tillbaka), with a reason.")
    async def withdraw_document(self, info: Info, input: WithdrawDocumentInput) -> WithdrawDocumentResult:
        """Withdrawn."""
        service = info.context.service(Proposing, input.idempotency_key)
        key = await service.withdraw(document_key(input), input.reason, actor=info.context.actor)
        return await read_stored(info, key)


def _answer(index: int, given: LockAnswerInput) -> Answer:
    return Answer(
        paragraph_id=key_of(given.paragraph_id, "DocumentParagraph", path=f"locks.{index}.paragraphId"),
        locked=given.locked,
        provenance=given.provenance,
        source_id=maybe_key(given.source_version_id, "DocumentVersion", path=f"locks.{index}.sourceVersionId"),
    )
