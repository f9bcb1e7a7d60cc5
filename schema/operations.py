"""One operation from its parameters to its answer, the same over HTTP, server-sent events and WebSocket."""

import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import HTTPConnection

from schema.execution import Executor, Parameters, Plan, never_executed
from schema.language import Language, language_of
from schema.limits import LimitReachedError
from schema.observer import Observer, Record
from schema.refusals import RefusedError
from schema.system_errors import describe, internal

ContextFactory = Callable[[HTTPConnection, datetime], Awaitable[object]]
"""Makes the context of one operation: from the connection, and the time when its request had been read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the client. `executed` is false where nothing ran; then there is no data at all."""

    data: dict[str, Any] | None
    errors: tuple[GraphQLError, ...] = ()
    extensions: dict[str, Any] | None = None
    executed: bool = True
    limited: bool = False

    def body(self) -> dict[str, Any]:
        """The answer as JSON."""
        body: dict[str, Any] = {"errors": [each.formatted for each in self.errors]} if self.errors else {}
        if self.executed:
            body["data"] = self.data
        if self.extensions:
            body["extensions"] = self.extensions
        return body


@dataclass(slots=True)
class Call:
    """One operation on its way: who asks, when it was read, and what is known about it so far."""

    connection: HTTPConnection
    parameters: Parameters
    received_at: datetime
    plan: Plan
    record: Record
    started: float

    @property
    def language(self) -> Language:
        """The reader's language."""
        return language_of(self.connection)

    @property
    def kind(self) -> OperationType | None:
        """Query, mutation or subscription; None where nothing may run."""
        return None if self.plan.errors else self.plan.kind


class Operations:
    """Plans, runs, words and records operations."""

    def __init__(self, executor: Executor, context_factory: ContextFactory, observer: Observer) -> None:
        self._executor, self._make_context, self.observer = executor, context_factory, observer

    def begin(self, connection: HTTPConnection, parameters: Parameters, received_at: datetime, transport: str) -> Call:
        """Read and price the operation; nothing runs yet. Raises RefusedError where there is no such operation."""
        started = time.perf_counter()
        record = Record(request_id_of(connection), transport)
        plan = self._executor.plan(parameters)
        record.kind = plan.kind.value if plan.kind else "none"
        record.fields = plan.root_fields
        record.cost = plan.cost
        return Call(connection, parameters, received_at, plan, record, started)

    async def run(self, call: Call) -> Answer:
        """The answer to a query or mutation. Raises RefusedError if the context factory does."""
        if call.plan.errors:
            return self._answer(call, ExecutionResult(None, list(call.plan.errors)), executed=False)
        try:
            context = await self._make_context(call.connection, call.received_at)
            return self._answer(call, await self._executor.run(call.plan, context))
        except RefusedError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever went wrong is reported and gets an incident id
            return self._fault(call, fault)

    async def stream(self, call: Call) -> AsyncGenerator[Answer, None]:
        """The answers of a subscription, or the one answer of any other operation."""
        if call.kind is not OperationType.SUBSCRIPTION:
            yield await self.run(call)
            return
        try:
            context = await self._make_context(call.connection, call.received_at)
            async with aclosing(self._executor.events(call.plan, context)) as results:
                async for result in results:
                    yield self._answer(call, result)
        except RefusedError:
            raise
        except Exception as fault:  # noqa: BLE001 - as above
            yield self._fault(call, fault)

    def finish(self, call: Call, status: int | None = None) -> None:
        """Record the operation, once it is answered or has ended."""
        call.record.status, call.record.seconds = status, time.perf_counter() - call.started
        self.observer.operation(call.record)

    def _answer(self, call: Call, result: ExecutionResult, *, executed: bool = True) -> Answer:
        executed = executed and not never_executed(result)
        limited = any(isinstance(each, LimitReachedError) for each in result.errors or ())
        errors = tuple(describe(each, call.language, self._reporter(call)) for each in result.errors or ())
        call.record.result = _outcome(errors, executed=executed)
        call.record.code = _first_code(errors)
        return Answer(result.data, errors, self._extensions(call), executed, limited)

    def _fault(self, call: Call, fault: Exception) -> Answer:
        error = internal(fault, call.language, self._reporter(call))
        call.record.result, call.record.code = "fault", "INTERNAL"
        return Answer(None, (error,), self._extensions(call))

    def _reporter(self, call: Call) -> Callable[[BaseException], str]:
        return lambda fault: self.observer.incident(fault, call.record.request_id)

    def _extensions(self, call: Call) -> dict[str, Any] | None:
        if call.plan.cost is None:
            return None
        return {"cost": {"requested": call.plan.cost, "limit": self._executor.documents.limits.cost}}


def request_id_of(connection: HTTPConnection) -> str:
    """The request's id, given by the server alone: what a client sends could name a person."""
    if not hasattr(connection.state, "request_id"):
        connection.state.request_id = uuid.uuid4().hex
    return str(connection.state.request_id)


def _outcome(errors: tuple[GraphQLError, ...], *, executed: bool) -> str:
    if not executed:
        return "refused"
    if not errors:
        return "ok"
    return "fault" if any((each.extensions or {}).get("code") == "INTERNAL" for each in errors) else "errors"


def _first_code(errors: tuple[GraphQLError, ...]) -> str | None:
    return str((errors[0].extensions or {}).get("code")) if errors else None
