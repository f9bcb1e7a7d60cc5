"""Documents read, checked against the schema and the limits, and kept for the next request with the same text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.costs import OperationCost
from schema.limits import LimitReachedError, Limits
from schema.root_fields import count_root_fields
from schema.shape_rule import shape_rule
from schema.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about an operation before it runs: its cost, and the limit that it met."""

    errors: tuple[GraphQLError, ...] = ()
    cost: int | None = None
    root_fields: tuple[str, ...] = ()


class Checked:
    """One document with its errors; remembers what each of its operations asks for."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, errors: list[GraphQLError], limits: Limits
    ) -> None:
        self.document, self.errors = document, errors
        self._schema, self._limits = schema, limits
        self._read: dict[str | None, _Operation] = {}

    def verdict(self, operation: OperationDefinitionNode, variables: Mapping[str, Any] | None) -> Verdict:
        """Whether an operation of this document may run with these variables."""
        name = operation.name.value if operation.name else None
        if name not in self._read:
            self._read[name] = _Operation(self._schema, self.document, operation, self._limits)
        return self._read[name].verdict(variables)


class _Operation:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: Limits
    ) -> None:
        self._limit = limits.cost
        self._root_fields = tuple(count_root_fields(operation, Shapes(document)))
        self._cost = OperationCost(schema, document, operation, limits)

    def verdict(self, variables: Mapping[str, Any] | None) -> Verdict:
        cost = self._cost.of(variables)
        over = cost > self._limit
        errors = (LimitReachedError("COST_LIMIT", requested=cost, limit=self._limit),) if over else ()
        return Verdict(errors, cost, self._root_fields)


class Documents:
    """The documents of one schema. Keeps those used last, up to `keep` characters in all.

    A parsed document takes some 300 bytes of memory a character.
    """

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, introspection: bool = True, keep: int = 200_000
    ) -> None:
        self.schema, self.limits, self._keep = schema, limits, keep
        hidden = () if introspection else (NoSchemaIntrospectionCustomRule,)
        own = (MaybeNullValidationRule, OneOfInputValidationRule)
        self._rules = (shape_rule(limits), *specified_rules, *own, *hidden)
        self._hide_suggestions = not introspection
        self._kept: OrderedDict[str, Checked] = OrderedDict()
        self._characters = 0

    def load(self, text: str) -> Checked:
        """Read and check a document. Raises GraphQLSyntaxError, or LimitReachedError for one that is too long."""
        if (checked := self._kept.get(text)) is not None:
            self._kept.move_to_end(text)
            return checked
        document = self._parse(text)
        errors = validate(self.schema, document, self._rules, hide_suggestions=self._hide_suggestions)
        checked = Checked(self.schema, document, errors, self.limits)
        if not errors:
            self._remember(text, checked)
        return checked

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_lexical_tokens=self.limits.tokens, max_comments=self.limits.comments)
        except GraphQLSyntaxError as error:
            if error.message.endswith("Parsing aborted."):
                raise LimitReachedError("TOKEN_LIMIT", limit=self.limits.tokens) from None
            raise

    def _remember(self, text: str, checked: Checked) -> None:
        if len(text) > self._keep // 10:
            return
        self._kept[text] = checked
        self._characters += len(text)
        while self._characters > self._keep:
            self._characters -= len(self._kept.popitem(last=False)[0])
