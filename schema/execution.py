"""From the parameters of a request to an operation that may run, and to its results."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute,
    subscribe,
)
from strawberry.execution import optimized_is_awaitable

from schema.documents import Documents
from schema.refusals import RefusedError

Result = ExecutionResult


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a client sends over any transport."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None

    @classmethod
    def read(cls, given: object) -> "Parameters":
        """Check the types of decoded JSON. Raises RefusedError."""
        if isinstance(given, list):
            raise RefusedError("BATCHING_OFF")
        if not isinstance(given, Mapping):
            raise RefusedError("INVALID_JSON")
        query = _typed(given, "query", str, "string")
        _typed(given, "extensions", dict, "object")
        if not query:
            raise RefusedError("MISSING_QUERY")
        variables = _typed(given, "variables", dict, "object")
        if NUL.search(query) or _holds_nul(variables):
            raise RefusedError("NUL_CHARACTER")
        return cls(query, variables, _typed(given, "operationName", str, "string"))


NUL = re.compile(r"\x00|\\u0000|\\u\{0+\}")
"""U+0000 in a document, as itself or as an escape. No text holds it, and PostgreSQL cannot store it."""


def _holds_nul(value: object) -> bool:
    """Whether any text in decoded JSON holds U+0000: each value is looked at once."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            if "\x00" in each:
                return True
        elif isinstance(each, Mapping):
            stack += each.values()
        elif isinstance(each, list):
            stack += each
    return False


def _typed(given: Mapping[str, Any], name: str, kind: type, expected: str) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise RefusedError("INVALID_PARAMETER", name=name, expected=expected)
    return value


@dataclass(frozen=True, slots=True)
class Plan:
    """One operation, checked: either it has errors and never runs, or it has a kind and a cost."""

    parameters: Parameters
    document: DocumentNode | None = None
    kind: OperationType | None = None
    errors: tuple[GraphQLError, ...] = ()
    cost: int | None = None
    root_fields: tuple[str, ...] = ()


class Executor:
    """Runs planned operations on one schema."""

    def __init__(self, schema: strawberry.Schema, documents: Documents) -> None:
        self.documents = documents
        self._schema = documents.schema
        self._class = schema.execution_context_class

    def plan(self, parameters: Parameters) -> Plan:
        """Read, check and price the operation. Raises RefusedError where the document has no such operation."""
        try:
            checked = self.documents.load(parameters.query)
        except GraphQLError as error:
            return Plan(parameters, errors=(error.with_traceback(None),))
        if checked.errors:
            return Plan(parameters, errors=tuple(checked.errors))
        operation = _operation(checked.document, parameters.operation_name)
        verdict = checked.verdict(operation, parameters.variables)
        return Plan(
            parameters, checked.document, operation.operation, verdict.errors, verdict.cost, verdict.root_fields
        )

    async def run(self, plan: Plan, context: object) -> Result:
        """Execute a query or a mutation."""
        result = execute(
            self._schema, is_awaitable=cast("Any", optimized_is_awaitable), **self._arguments(plan, context)
        )
        return result if isinstance(result, ExecutionResult) else await result

    async def events(self, plan: Plan, context: object) -> AsyncGenerator[Result, None]:
        """Execute a subscription. One that cannot start gives one result with its errors."""
        source = subscribe(self._schema, **self._arguments(plan, context))
        if not isinstance(source, ExecutionResult | AsyncIterator):
            source = await source
        if isinstance(source, ExecutionResult):
            yield source
            return
        async with aclosing(cast("AsyncGenerator[Result, None]", source)) as events:
            async for result in events:
                yield result

    def _arguments(self, plan: Plan, context: object) -> dict[str, Any]:
        return {
            "document": plan.document,
            "variable_values": plan.parameters.variables,
            "operation_name": plan.parameters.operation_name,
            "context_value": context,
            "executor_class": self._class,
            "operation_extensions": None,
        }


def never_executed(result: Result) -> bool:
    """Whether the variables were refused: no data, and no error that belongs to a field."""
    return result.data is None and bool(result.errors) and all(each.path is None for each in result.errors or ())


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    chosen = [each for each in operations if name is None or (each.name is not None and each.name.value == name)]
    if len(chosen) != 1:
        raise RefusedError("OPERATION_NOT_FOUND")
    return chosen[0]
