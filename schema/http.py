"""GraphQL over HTTP, server-sent events and WebSocket as one ASGI application.

    edge = GraphQLEdge(schema, context_factory, limits=Limits(), base_url=settings.base_url,
                       allowed_origins=settings.allowed_origins, introspection=settings.introspection)

`schema` is any strawberry.Schema; its `extensions` are not used: reading, validating and limiting happen here.

`context_factory(connection, received_at)` is awaited once for every operation, also for every message on a WebSocket.
`received_at` was stamped when the request had been read, before any queue. On the connection it finds
- `schema.credentials.session_token(connection)`: the session token, from wherever the client sent it,
- `schema.language.language_of(connection)` and `schema.operations.request_id_of(connection)`,
- `connection.state.response` (HTTP only): a Starlette Response on which a resolver may set cookies and headers.
It may raise RefusedError("UNAUTHENTICATED"), which becomes the whole answer.

What never executed has no `data`: status 400 as `application/graphql-response+json`, and 200 as `application/json`,
as GraphQL over HTTP asks; a request refused by a limit has status 400 in either case.

A client that leaves cancels its query or stream. A mutation runs to its end: whoever submits in the last minute from a
bad line has submitted, and learns it by repeating the request with its idempotency key.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import strawberry
from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from schema.credentials import Origins, hold_client_header
from schema.documents import Documents
from schema.execution import Executor
from schema.language import language_of
from schema.limits import Limits
from schema.negotiation import EVENTS, GRAPHQL, HTML, JSON, accepted, names
from schema.observer import Observer
from schema.operations import Answer, Call, ContextFactory, Operations, request_id_of
from schema.refusals import RefusedError, refusal_response
from schema.request_body import read_parameters
from schema.sse import client_left, send_events
from schema.websocket import Sockets

CLIENT_CLOSED = 499


class GraphQLEdge:
    """The GraphQL endpoint. See the module's description."""

    def __init__(
        self,
        schema: strawberry.Schema,
        context_factory: ContextFactory,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        base_url: str = "http://127.0.0.1:8000",
        allowed_origins: tuple[str, ...] = (),
        introspection: bool = True,
        page: Callable[[Request], Response] | None = None,
        observer: Observer | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        heartbeat: float = 15.0,
    ) -> None:
        """`page` answers a browser that opens the address; `heartbeat` is in seconds."""
        self.limits, self._page, self._clock, self._heartbeat = limits, page, clock, heartbeat
        documents = Documents(schema._schema, limits, introspection=introspection)
        self._operations = Operations(Executor(schema, documents), context_factory, observer or Observer())
        self._origins = Origins(base_url, allowed_origins)
        self._sockets = Sockets(self._operations, self._origins, clock, limit=limits.body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request or one WebSocket connection."""
        if scope["type"] == "websocket":
            await self._sockets.serve(WebSocket(scope, receive, send))
            return
        request = Request(scope, receive)
        request.state.response = Response()
        try:
            await self._serve(request, receive, send)
        except RefusedError as refusal:
            self._operations.observer.refused(request_id_of(request), refusal.code, refusal.status)
            await refusal_response(request, refusal, _media_type(request))(scope, receive, send)

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        if request.method not in {"GET", "POST"}:
            raise RefusedError("METHOD_NOT_ALLOWED", headers={"allow": "GET, POST"})
        if self._page and _opened_in_browser(request):
            await self._page(request)(request.scope, receive, send)
            return
        takes = _takes(request)
        if not takes:
            raise RefusedError("NOT_ACCEPTABLE")
        if request.method == "POST":
            hold_client_header(request)
        parameters = await read_parameters(request, self.limits.body)
        received_at = self._clock()
        streamed = takes[0] == EVENTS
        call = self._operations.begin(request, parameters, received_at, "sse" if streamed else "http")
        _hold_method(request, call)
        if streamed or (call.kind is OperationType.SUBSCRIPTION and _may_stream(request)):
            await self._stream(request, call, receive, send)
        else:
            await self._answer(request, call, receive, send)

    async def _answer(self, request: Request, call: Call, receive: Receive, send: Send) -> None:
        media_type, status = _media_type(request), CLIENT_CLOSED
        try:
            answer = await _until_client_leaves(self._operations, call, receive)
            if answer is None:
                return
            status = _status(answer, media_type)
            await _response(request, answer, media_type, status)(request.scope, receive, send)
        except RefusedError as refusal:
            status = refusal.status
            raise
        finally:
            self._operations.finish(call, status)

    async def _stream(self, request: Request, call: Call, receive: Receive, send: Send) -> None:
        self._origins.hold_stream(request)
        self._operations.observer.stream_opened("sse")
        headers = {"content-language": call.language, "vary": "accept, accept-language"}
        answers = self._operations.stream(call)
        try:
            await send_events(answers, receive, send, heartbeat=self._heartbeat, headers=headers)
        finally:
            self._operations.observer.stream_closed("sse")
            self._operations.finish(call, 200)


async def _until_client_leaves(operations: Operations, call: Call, receive: Receive) -> Answer | None:
    """The answer; None if the client left and the query was cancelled. A mutation is never cancelled by its client."""
    if call.kind is not OperationType.QUERY:
        return await operations.run(call)
    work, left = asyncio.ensure_future(operations.run(call)), asyncio.ensure_future(client_left(receive))
    try:
        await asyncio.wait([work, left], return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        for task in (work, left):
            task.cancel()
        await asyncio.gather(work, left, return_exceptions=True)


def _opened_in_browser(request: Request) -> bool:
    return (
        request.method == "GET" and "query" not in request.query_params and names(request.headers.get("accept"), HTML)
    )


def _takes(request: Request) -> tuple[str, ...]:
    """Media types for the answer, best first: the newer JSON type only for those who know its name."""
    header = request.headers.get("accept")
    return accepted(header, (GRAPHQL, JSON, EVENTS) if names(header, GRAPHQL) else (JSON, GRAPHQL, EVENTS))


def _may_stream(request: Request) -> bool:
    if not names(request.headers.get("accept"), EVENTS):
        raise RefusedError("SUBSCRIPTION_NEEDS_STREAM")
    return True


def _hold_method(request: Request, call: Call) -> None:
    if request.method == "GET" and call.kind is OperationType.MUTATION:
        raise RefusedError("MUTATION_BY_GET", headers={"allow": "POST"})


def _media_type(request: Request) -> str:
    return next((each for each in _takes(request) if each != EVENTS), JSON)


def _status(answer: Answer, media_type: str) -> int:
    if answer.executed:
        return 200
    return 400 if answer.limited or media_type == GRAPHQL else 200


def _response(request: Request, answer: Answer, media_type: str, status: int) -> Response:
    response = Response(orjson.dumps(answer.body()), status, media_type=f"{media_type}; charset=utf-8")
    response.headers["content-language"] = language_of(request)
    response.headers["vary"] = "accept, accept-language"
    set_by_resolvers = request.state.response.headers.raw
    response.raw_headers.extend(pair for pair in set_by_resolvers if pair[0] != b"content-length")
    return response
