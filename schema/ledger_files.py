"""The ledger's public files (C2SP tlog-tiles): no cookie and no token says who fetched what."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.app import Application
from democracy.services.ledger.published import checkpoint, key, tile
from schema.refusals import RefusedError, refusal_response

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
NEW = "public, max-age=5"
FOREVER = "public, max-age=31536000, immutable"


def ledger_files(application: Application) -> list[Route]:
    """`/ledger/checkpoint`, `/ledger/key`, `/ledger/tile/…`."""

    async def whole_tile(connection: Any, request: Request) -> bytes | None:
        return await tile(connection, request.path_params["name"])

    async def newest(connection: Any, _: Request) -> bytes | None:
        return await checkpoint(connection)

    async def signing(connection: Any, _: Request) -> bytes | None:
        return await key(connection)

    def route(path: str, read: Callable[[Any, Request], Awaitable[bytes | None]], kind: str, kept: str) -> Route:
        async def answer(request: Request) -> Response:
            async with application.database.read() as connection:
                data = await read(connection, request)
            if data is None:
                return refusal_response(request, RefusedError("NOT_FOUND"))
            return Response(data, media_type=kind, headers={"cache-control": kept})

        return Route(path, answer, methods=["GET"])

    return [
        route("/ledger/checkpoint", newest, TEXT, NEW),
        route("/ledger/key", signing, TEXT, NEW),
        route("/ledger/tile/{name:path}", whole_tile, BYTES, FOREVER),
    ]
