"""What the mutations of documents and amendments take and answer with."""

import base64
import binascii
import hashlib
from functools import partial
from typing import Protocol
from uuid import UUID

import anyio.to_thread
import strawberry

from democracy.domain.numbered_text.reading import Reading
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.formats.documents.incoming import Format, read_document
from democracy.services.documents.importing import FileSource
from democracy.services.documents.places import Change
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.types.amendment import Amendment
from schema.types.document import Document
from workflows.proceedings import PlaceOperation


@strawberry.input(
    description="The file that a text is read from: exactly one of the three. A request may be at most 1 MB, so a DOCX "
    "with pictures is saved without them; `democracy import document` previews larger files."
)
class DocumentFileInput:
    """A file."""

    markdown: str | None = strawberry.field(default=None, description="Markdown.")
    plain_text: str | None = strawberry.field(default=None, description="Plain text, without markup.")
    docx: str | None = strawberry.field(default=None, description="A DOCX file in base64.")
    name: str | None = strawberry.field(default=None, description="The file's name, for those who look later.")


@strawberry.input(description="A change to one place of the text that was laid before the meeting.")
class ChangeInput:
    """A change."""

    operation: PlaceOperation = strawberry.field(description="What is done with the place.")
    paragraph_id: strawberry.ID | None = strawberry.field(
        default=None, description="The paragraph; leave it out to add something at the very beginning."
    )
    subanchor: str = strawberry.field(default="", description="The letter of a point; empty for the whole paragraph.")
    text: str = strawberry.field(
        default="", description="Replacing and inserting: the text that is wanted. A line with `- ` first is a point."
    )
    before: bool = strawberry.field(default=False, description="Put it before the place, not after it.")
    to_paragraph_id: strawberry.ID | None = strawberry.field(default=None, description="Moving: beside what.")
    to_subanchor: str = strawberry.field(default="", description="Moving a point: beside which point there.")
    to_beginning: bool = strawberry.field(default=False, description="Moving: to the very beginning.")


class OfDocument(Protocol):
    """An input that names a document."""

    document_id: strawberry.ID


class OfAmendment(Protocol):
    """An input that names an amendment."""

    amendment_id: strawberry.ID


def document_key(given: OfDocument) -> UUID:
    """The document that an input names."""
    return key_of(given.document_id, "Document", path="documentId")


def amendment_key(given: OfAmendment) -> UUID:
    """The amendment that an input names."""
    return key_of(given.amendment_id, "Amendment", path="amendmentId")


def change_of(given: ChangeInput) -> Change:
    """The change that an input asks for."""
    return Change(
        operation=given.operation,
        paragraph_id=maybe_key(given.paragraph_id, "DocumentParagraph", path="change.paragraphId"),
        letter=given.subanchor.strip(),
        text=given.text,
        to_paragraph_id=maybe_key(given.to_paragraph_id, "DocumentParagraph", path="change.toParagraphId"),
        to_letter=given.to_subanchor.strip(),
        to_beginning=given.to_beginning,
        before=given.before,
    )


async def read_file(given: DocumentFileInput) -> tuple[Reading, FileSource]:
    """The text of a file, read beside the event loop. Raises DocumentFileError, InvalidInputError."""
    data, form = _content(given)
    reading = await anyio.to_thread.run_sync(partial(read_document, data, form))
    return reading, FileSource((given.name or "").strip()[:200] or None, hashlib.sha256(data).hexdigest())


def _content(given: DocumentFileInput) -> tuple[bytes, Format]:
    texts = {Format.MARKDOWN: given.markdown, Format.PLAIN: given.plain_text, Format.DOCX: given.docx}
    sent = [(form, text) for form, text in texts.items() if text is not None]
    if len(sent) != 1:
        raise InvalidInputError(FieldError("file", "one_file"))
    form, text = sent[0]
    if form is not Format.DOCX:
        return text.encode(), form
    try:
        return base64.b64decode(text, validate=True), form
    except binascii.Error:
        raise InvalidInputError(FieldError("file.docx", "base64")) from None


async def read_stored(info: Info, key: UUID) -> Document:
    """The document as it is now."""
    info.context.fresh()
    view = await info.context.loaders.documents.document.load(key)
    if view is None:
        raise NotFoundError("document", key)
    return Document.of(view)


async def read_amendment(info: Info, key: UUID) -> Amendment:
    """The amendment as it is now."""
    info.context.fresh()
    view = await info.context.loaders.documents.amendment.load(key)
    if view is None:
        raise NotFoundError("amendment", key)
    return Amendment.of(view)
