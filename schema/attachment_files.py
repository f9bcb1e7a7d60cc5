"""Attached files, from an address of their own: always a download, never a page, and found by whoever sees the case."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.domain.actors import Anonymous
from democracy.storage.reads import appeals
from democracy.storage.reads.appeals import AttachmentView
from schema.context import Context
from schema.downloads import ContextFactory
from schema.ids import parsed
from schema.refusals import RefusedError, refusal_response

_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "cache-control": "private, no-store",
}


def attachment_files(context_factory: ContextFactory, clock: Callable[[], datetime]) -> Sequence[Route]:
    """The route `/attachments/{id}`."""
    return [Route("/attachments/{id}", partial(_answer, context_factory, clock), methods=["GET"])]


async def _answer(factory: ContextFactory, clock: Callable[[], datetime], request: Request) -> Response:
    context, found = await factory(request, clock()), parsed(request.path_params["id"])
    if isinstance(context.actor, Anonymous):
        return refusal_response(request, RefusedError("UNAUTHENTICATED"))
    if found is None or found[0] != "Attachment":
        return refusal_response(request, RefusedError("NOT_FOUND"))
    async with context.app.database.read() as connection:
        view = await appeals.attachment(connection, found[1])
        if view is None or not await _may_read(context, view):
            return refusal_response(request, RefusedError("NOT_FOUND"))
        content = await appeals.content(connection, view.digest)
    name = re.sub(r"[^0-9A-Za-z._-]", "_", view.name)
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=view.media_type, headers=headers)


async def _may_read(context: Context, view: AttachmentView) -> bool:
    """Whether the reader is given this file where the case is shown."""
    cases = context.loaders.cases
    if view.case_kind == "appeal":
        appeal = await cases.appeal_case.load(view.case_id)
        return appeal is not None and appeal.sees_grounds and (appeal.sees_draft or not view.of_board)
    application = await cases.application_case.load(view.case_id)
    return application is not None and application.sees_founders and (application.sees_draft or not view.of_board)
