"""What an operation is estimated to cost: the number of objects in its answer.

A field that returns objects costs one for each; leaves are free (the number of fields bounds them). A list multiplies
what stands in it: a connection's `edges` and `nodes` by its `first` or `last`, a list with `ids` by their number, any
other by `Limits.list_size`. A field may say otherwise in its metadata: `{"list_size": 3}`, `{"cost": 50}` (what one
object, or one leaf, costs).

Sizes may come from variables, so the cost is known only with them. Each fragment is summed once as
`fixed + each * page`, where `page` is the size of the connection in which it is spread.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    value_from_ast_untyped,
)

from schema.limits import Limits

SIZES = ("first", "last", "ids")
ITEMS = frozenset({"edges", "nodes"})


class Sum(NamedTuple):
    """`fixed + each * page` of the connection in which the selections stand."""

    fixed: int
    each: int


class OperationCost:
    """The cost of one operation of a valid document, kept for the sizes that it was asked with."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: Limits
    ) -> None:
        self._schema, self._operation, self._limits = schema, operation, limits
        definitions = document.definitions
        self._fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        self._defaults = _defaults(operation)
        self._sizing: tuple[str, ...] | None = None
        self._known: dict[tuple[int | None, ...], int] = {}

    def of(self, variables: Mapping[str, Any] | None) -> int:
        """The cost with these variables, which may be of any type: they are not yet checked."""
        values = {**self._defaults, **(variables or {})}
        if self._sizing is None:
            return self._walk(values)
        known = self._known.get(tuple(_size(values.get(name)) for name in self._sizing))
        return self._walk(values) if known is None else known

    def _walk(self, values: Mapping[str, Any]) -> int:
        walk = _Walk(self._schema, self._fragments, values, self._limits)
        total = walk.of(self._operation)
        self._sizing = tuple(sorted(walk.used))
        if len(self._known) >= 64:
            self._known.clear()
        self._known[tuple(_size(values.get(name)) for name in self._sizing)] = total
        return total


class _Walk:
    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        values: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        self.schema, self.fragments, self.values, self.limits = schema, fragments, values, limits
        self.used: set[str] = set()
        self.sums: dict[str, Sum] = {}

    def of(self, operation: OperationDefinitionNode) -> int:
        root = self.schema.get_root_type(operation.operation)
        return self._total(self._selections(operation.selection_set, root))

    def _total(self, inner: Sum, page: int | None = None) -> int:
        return inner.fixed + inner.each * (self.limits.page_size if page is None else page)

    def _selections(self, selection_set: SelectionSetNode, parent: GraphQLNamedType | None) -> Sum:
        fixed = each = 0
        for node in selection_set.selections:
            part = self._selection(node, parent)
            fixed += part.fixed
            each += part.each
        return Sum(fixed, each)

    def _selection(self, node: Any, parent: GraphQLNamedType | None) -> Sum:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        condition = node.type_condition if isinstance(node, InlineFragmentNode) else None
        return self._selections(node.selection_set, self.schema.get_type(condition.name.value) if condition else parent)

    def _fragment(self, name: str) -> Sum:
        if name not in self.sums:
            fragment = self.fragments[name]
            kind = self.schema.get_type(fragment.type_condition.name.value)
            self.sums[name] = self._selections(fragment.selection_set, kind)
        return self.sums[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Sum:
        field = getattr(parent, "fields", {}).get(node.name.value)
        if field is None:  # introspection, which is held to once an operation
            return Sum(0, 0)
        hints = _hints(field)
        if node.selection_set is None:
            return Sum(hints.get("cost", 0), 0)
        kind = get_named_type(field.type)
        inner, sizes = self._selections(node.selection_set, kind), self._sizes(node, field)
        one = hints.get("cost", 1) + self._total(inner, sizes.get("first", sizes.get("last")))
        if not is_list_type(get_nullable_type(field.type)):
            return Sum(one, 0)
        if node.name.value in ITEMS and parent is not None and parent.name.endswith("Connection"):
            return Sum(0, one)
        return Sum(one * sizes.get("ids", hints.get("list_size", self.limits.list_size)), 0)

    def _sizes(self, node: FieldNode, field: GraphQLField) -> dict[str, int]:
        given = {each.name.value: each.value for each in node.arguments or ()}
        sizes = {name: self._argument(given.get(name), field, name) for name in SIZES if name in field.args}
        known = {name: size for name, size in sizes.items() if size is not None}
        if "first" in known and "last" in known:
            known["first"] = max(known["first"], known["last"])
        return known

    def _argument(self, given: ValueNode | None, field: GraphQLField, name: str) -> int | None:
        if isinstance(given, VariableNode):
            self.used.add(given.name.value)
            if given.name.value in self.values:
                return _size(self.values[given.name.value])
            given = None
        if given is not None:
            return _size(value_from_ast_untyped(given, dict(self.values)))
        default = field.args[name].default_value
        return None if default is Undefined else _size(default)


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions or ()
        if each.default_value is not None
    }


def _size(value: object) -> int | None:
    if isinstance(value, list):
        return len(value)
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else None


def _hints(field: GraphQLField) -> Mapping[str, int]:
    definition = field.extensions.get("strawberry-definition")
    return getattr(definition, "metadata", None) or {}
