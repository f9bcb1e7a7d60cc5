"""A document to take away: what it is, and its text as it stands now."""

from functools import partial
from uuid import UUID

from democracy.formats.documents.docx_out import write_docx
from democracy.formats.documents.markdown_out import write_markdown
from democracy.formats.documents.outgoing import Outgoing
from democracy.storage.reads.documents import DocumentView
from schema.context import Context
from schema.downloads import ENDINGS, Text
from workflows.document import DocumentState

DOCUMENT_ENDINGS = (*ENDINGS, "docx")
_STATUS = {
    DocumentState.IMPORTED: "Utkast, inte framlagt",
    DocumentState.CONFIRMED: "Utkast, inte framlagt",
    DocumentState.PROPOSED: "Förslag från {board}: {decision}",
    DocumentState.ADOPTED: "Antagen: {adopted}",
    DocumentState.PUBLISHED: "Antagen: {adopted}",
    DocumentState.REJECTED: "Avslagen: {adopted}",
    DocumentState.WITHDRAWN: "Tillbakadragen",
}


async def document_text(context: Context, key: UUID) -> Text | None:
    """The text of a document that the reader may see, in the version that holds now."""
    view = await context.loaders.documents.document.load(key)
    if view is None:
        return None
    found = await context.loaders.documents.paragraphs.load(view.current_id) if view.current_id else []
    document = Outgoing(view.title, _status(view), [each.paragraph for each in found])
    return Text(view.title, write_markdown(document), _file_name(view.title), partial(write_docx, document))


def _status(view: DocumentView) -> str:
    return _STATUS[view.state].format(board=view.board_name, decision=view.decision, adopted=view.adopted_by)


def _file_name(title: str) -> str:
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in _without_dots(title.lower()))
    return "-".join(part for part in plain.split("-") if part)[:60] or "dokument"


def _without_dots(title: str) -> str:
    return title.translate(str.maketrans("åäöéü", "aaoeu"))
