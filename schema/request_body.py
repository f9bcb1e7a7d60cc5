"""The parameters of an HTTP request: from the query string of a GET or the JSON of a POST, within the size limit."""

from typing import Any

import orjson
from starlette.requests import Request

from schema.execution import Parameters
from schema.refusals import RefusedError


async def read_parameters(request: Request, limit: int) -> Parameters:
    """Read and check the parameters. Raises RefusedError."""
    if request.method == "GET":
        return _from_query(request, limit)
    _hold_media_type(request)
    return Parameters.read(decode(await _body(request, limit)))


def decode(text: bytes | str) -> Any:
    """Decode JSON. Raises RefusedError."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise RefusedError("INVALID_JSON") from None


def _from_query(request: Request, limit: int) -> Parameters:
    if len(request.url.query) > limit:
        raise RefusedError("BODY_LIMIT", limit=limit)
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = decode(given[name])
        else:
            given.pop(name, None)
    return Parameters.read(given)


def _hold_media_type(request: Request) -> None:
    media_type, *parameters = (each.strip().lower() for each in request.headers.get("content-type", "").split(";"))
    charset = next((each[8:].strip('"') for each in parameters if each.startswith("charset=")), "utf-8")
    if media_type != "application/json" or charset not in {"utf-8", "utf8"} or "content-encoding" in request.headers:
        raise RefusedError("UNSUPPORTED_MEDIA_TYPE")


async def _body(request: Request, limit: int) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise RefusedError("BODY_LIMIT", limit=limit)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise RefusedError("BODY_LIMIT", limit=limit)
        chunks.append(chunk)
    return b"".join(chunks)
