"""Texts to take away: Markdown, HTML and PDF of what the reader may see, from an address of their own.

Whoever asks is known by the same session as in the API. What is not theirs to see is not found.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import anyio.to_thread
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.domain.actors import Anonymous
from democracy.formats.html_page import POLICY, to_page
from democracy.formats.pdf import PdfUnavailableError, to_pdf
from schema.context import Context
from schema.ids import parsed
from schema.refusals import RefusedError, refusal_response

ENDINGS = ("md", "html", "pdf")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Text:
    """What somebody takes away."""

    title: str
    markdown: str
    file_name: str
    """Without its ending; letters, digits and hyphens."""
    docx: Callable[[], bytes] | None = None
    """Makes the same as DOCX, for texts that people work on."""


ContextFactory = Callable[[HTTPConnection, datetime], Awaitable[Context]]
Read = Callable[[Context, UUID], Awaitable[Text | None]]
"""Reads a text by the id of its case; None when there is none that the reader may see."""


def downloads(
    path: str,
    kind: str,
    read: Read,
    context_factory: ContextFactory,
    clock: Callable[[], datetime],
    endings: Sequence[str] = ENDINGS,
) -> Sequence[Route]:
    """The routes `<path>.md`, `.html` and `.pdf`. `path` holds `{id}`: the global id of a `kind`."""
    return [
        Route(f"{path}.{ending}", partial(_answer, ending, kind, read, context_factory, clock), methods=["GET"])
        for ending in endings
    ]


async def _answer(
    ending: str, kind: str, read: Read, factory: ContextFactory, clock: Callable[[], datetime], request: Request
) -> Response:
    context, found = await factory(request, clock()), parsed(request.path_params["id"])
    if isinstance(context.actor, Anonymous):
        return refusal_response(request, RefusedError("UNAUTHENTICATED"))
    text = await read(context, found[1]) if found is not None and found[0] == kind else None
    if text is None:
        return refusal_response(request, RefusedError("NOT_FOUND"))
    try:
        return await _made(ending, text)
    except PdfUnavailableError:
        return refusal_response(request, RefusedError("PDF_UNAVAILABLE"))


async def _made(ending: str, text: Text) -> Response:
    if ending == "html":
        page = to_page(text.markdown, title=text.title)
        return Response(page, media_type="text/html; charset=utf-8", headers={"content-security-policy": POLICY})
    name = re.sub(r"[^0-9a-z-]", "", text.file_name)
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    if ending == "md":
        return Response(text.markdown, media_type="text/markdown; charset=utf-8", headers=headers)
    if ending == "docx" and text.docx is not None:
        written = await anyio.to_thread.run_sync(text.docx)
        return Response(written, media_type=_DOCX, headers=headers)
    made = await anyio.to_thread.run_sync(partial(to_pdf, text.markdown, title=text.title))
    return Response(made, media_type="application/pdf", headers=headers)
