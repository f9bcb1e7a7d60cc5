"""Files that people attach to a case: what they are is seen in their content, whatever their name says."""

from enum import StrEnum
from typing import Final

from democracy.formats.documents.docx_package import check_package
from democracy.formats.documents.faults import DocumentFileError

MOST_BYTES: Final = 700_000
"""As much as one request holds when the file is written as base64."""


class MediaType(StrEnum):
    """What may be attached. Nothing that a browser could run."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PNG = "image/png"
    JPEG = "image/jpeg"


class AttachmentError(Exception):
    """A file that is not taken in: `attachment_empty`, `attachment_large`, `attachment_type`, `attachment_lies`,
    `attachment_active`, or what is wrong with a DOCX. The texts have words for each."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_BEGINNINGS = (
    (b"%PDF-", MediaType.PDF), (b"PK\x03\x04", MediaType.DOCX), (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
)  # fmt: skip
_ENDINGS = {
    "pdf": MediaType.PDF, "docx": MediaType.DOCX, "png": MediaType.PNG, "jpg": MediaType.JPEG, "jpeg": MediaType.JPEG,
}  # fmt: skip
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/XFA")
"""What lets a PDF do something by itself. One that hides it in a packed part is still only ever downloaded."""


def media_type(name: str, data: bytes) -> MediaType:
    """What a file is. Raises AttachmentError for one that is too large, of another type, lying, or active."""
    if not data:
        raise AttachmentError("attachment_empty")
    if len(data) > MOST_BYTES:
        raise AttachmentError("attachment_large")
    found = next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)
    if found is None:
        raise AttachmentError("attachment_type")
    if _ENDINGS.get(name.rpartition(".")[2].lower()) is not found:
        raise AttachmentError("attachment_lies")
    _check_active(found, data)
    return found


def _check_active(found: MediaType, data: bytes) -> None:
    if found is MediaType.PDF and any(word in data for word in _ACTIVE):
        raise AttachmentError("attachment_active")
    if found is MediaType.DOCX:
        try:
            check_package(data)
        except DocumentFileError:
            raise AttachmentError("attachment_active") from None
