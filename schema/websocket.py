"""GraphQL over WebSocket by the protocol `graphql-transport-ws`, and by no other."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocket
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.unset import UNSET

from schema.credentials import Origins
from schema.execution import Parameters
from schema.language import language_of
from schema.operations import Answer, Operations
from schema.refusals import RefusedError

POLICY_VIOLATION = 1008


@dataclass(slots=True)
class _Greeting:
    """What the client sent in `connection_init`; the handler fills it in."""

    connection_params: dict[str, Any] = field(default_factory=dict)


class Sockets:
    """Serves WebSocket connections, each with a bounded number of operations at a time."""

    def __init__(
        self, operations: Operations, origins: Origins, clock: Callable[[], datetime], *, limit: int, at_once: int = 20
    ) -> None:
        self._operations, self._origins, self._clock = operations, origins, clock
        self._limit, self._at_once = limit, at_once

    async def serve(self, socket: WebSocket) -> None:
        """Talk to one client until either side closes."""
        try:
            self._origins.hold_socket(socket)
        except RefusedError:
            await socket.close(POLICY_VIOLATION)
            return
        if GRAPHQL_TRANSPORT_WS_PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(4406, "Subprotocol not acceptable: use graphql-transport-ws")
            return
        await socket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL)
        self._operations.observer.stream_opened("websocket")
        try:
            await self._handler(socket).handle()
        finally:
            self._operations.observer.stream_closed("websocket")

    def _handler(self, socket: WebSocket) -> BaseGraphQLTransportWSHandler[_Greeting, None]:
        codec = _Codec(self._limit)
        greeting = _Greeting()
        return BaseGraphQLTransportWSHandler(
            view=codec,  # type: ignore[arg-type]  # the handler asks of its view only what _Codec has
            websocket=_Adapter(codec, socket, socket),  # type: ignore[arg-type]  # as above
            context=greeting,
            root_value=None,
            schema=_Streams(self._operations, socket, self._clock, greeting),  # type: ignore[arg-type]  # only stream()
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=self._at_once,
        )


class _Codec:
    """JSON as text frames; what is not an object, or is too long, counts as unreadable and closes the connection."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def decode_json(self, text: str) -> object:
        message = orjson.loads(text) if len(text) <= self._limit else None
        if not isinstance(message, dict) or not _well_formed(message):
            raise json.JSONDecodeError("not a message within the limit", "", 0)
        return message

    def encode_json(self, data: object) -> str:
        return orjson.dumps(data).decode()

    async def on_ws_connect(self, _greeting: _Greeting) -> object:
        return UNSET


def _well_formed(message: dict[str, Any]) -> bool:
    """Whether the parts that the handler relies on have the types that it takes for granted."""
    if not isinstance(message.get("id", ""), str):
        return False
    return message.get("type") != "subscribe" or isinstance(message.get("payload"), dict)


class _Adapter(ASGIWebSocketAdapter):
    async def close(self, code: int, reason: str) -> None:
        """Close with as much of the reason as a closing frame can hold."""
        await super().close(code, reason.encode()[:120].decode(errors="ignore"))


class _Streams:
    """The place of a schema in the protocol's handler: every message gets its own context and time."""

    def __init__(
        self, operations: Operations, socket: WebSocket, clock: Callable[[], datetime], greeting: _Greeting
    ) -> None:
        self._operations, self._socket, self._clock, self._greeting = operations, socket, clock, greeting

    async def stream(
        self, query: object, *, variable_values: object, operation_name: object, **_: object
    ) -> AsyncGenerator[ExecutionResult, None]:
        given = {"query": query, "variables": variable_values, "operationName": operation_name}
        self._socket.state.connection_params = self._greeting.connection_params
        return self._answers(given, self._clock())

    async def _answers(self, given: dict[str, Any], received_at: datetime) -> AsyncGenerator[ExecutionResult, None]:
        try:
            call = self._operations.begin(self._socket, Parameters.read(given), received_at, "websocket")
        except RefusedError as refusal:
            yield _refused(refusal, self._socket)
            return
        try:
            async with aclosing(self._operations.stream(call)) as answers:
                async for answer in answers:
                    yield _result(answer)
        except RefusedError as refusal:
            yield _refused(refusal, self._socket)
        finally:
            self._operations.finish(call)


def _result(answer: Answer) -> ExecutionResult:
    kind = ExecutionResult if answer.executed else PreExecutionError
    return kind(answer.data, list(answer.errors), answer.extensions)


def _refused(refusal: RefusedError, socket: WebSocket) -> ExecutionResult:
    error = GraphQLError(refusal.words(language_of(socket)), extensions={"code": refusal.code, **refusal.params})
    return PreExecutionError(None, [error])
