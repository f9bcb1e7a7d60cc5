"""An urn's public files, each whole and for everybody: no cookie and no token says who fetched what."""

from io import BytesIO
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.app import Application
from democracy.ballotbox.bundle import write_bundle
from democracy.services.urns.published import checkpoint, public_bundle, public_file, tile
from schema.ids import parsed
from schema.ledger_files import BYTES, FOREVER, NEW, TEXT
from schema.refusals import RefusedError, refusal_response


def urn_files(application: Application) -> list[Route]:
    """`/urns/<id>/list-1` …, `codes`, `final`, `protocol`, and `bundle.zip` with all that there is.

    For witnesses elsewhere the log also lies there as C2SP tlog-tiles: `checkpoint`, `tile/…`.
    """

    async def log(request: Request) -> Response:
        found, name = parsed(request.path_params["id"]), request.path_params.get("name")
        if found is None or found[0] != "Urn":
            return refusal_response(request, RefusedError("NOT_FOUND"))
        async with application.database.read() as connection:
            data = await (checkpoint(connection, found[1]) if name is None else tile(connection, found[1], name))
        if data is None:
            return refusal_response(request, RefusedError("NOT_FOUND"))
        kind, kept = (TEXT, NEW) if name is None else (BYTES, FOREVER)
        return Response(data, media_type=kind, headers={"cache-control": kept})

    async def answer(request: Request) -> Response:
        found, name = parsed(request.path_params["id"]), request.path_params["name"]
        data = await _read(application, found[1], name) if found is not None and found[0] == "Urn" else None
        if data is None:
            return refusal_response(request, RefusedError("NOT_FOUND"))
        kind = "application/zip" if name == "bundle.zip" else BYTES
        return Response(data, media_type=kind, headers={"cache-control": "public, max-age=60"})

    return [
        Route("/urns/{id}/checkpoint", log, methods=["GET"]),
        Route("/urns/{id}/tile/{name:path}", log, methods=["GET"]),
        Route("/urns/{id}/{name}", answer, methods=["GET"]),
    ]


async def _read(application: Application, urn_id: UUID, name: str) -> bytes | None:
    async with application.database.read() as connection:
        if name != "bundle.zip":
            return await public_file(connection, urn_id, name)
        bundle = await public_bundle(connection, urn_id)
    if bundle is None:
        return None
    file = BytesIO()
    write_bundle(bundle, file)
    return file.getvalue()
