"""How often an operation asks for one root field: aliases must not multiply attempts to sign in, nor introspection."""

from collections import Counter

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, OperationDefinitionNode, SelectionSetNode

from schema.limits import LimitReachedError
from schema.shapes import Shapes

INTROSPECTION = frozenset({"__schema", "__type"})


def count_root_fields(operation: OperationDefinitionNode, shapes: Shapes) -> Counter[str]:
    """How often each root field is asked for; each fragment is walked once, with the number of its spreads."""
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    _count(operation.selection_set, 1, counts, spread)
    for name in reversed(shapes.order):
        if spread[name]:
            _count(shapes.fragments[name].selection_set, spread[name], counts, spread)
    return counts


def hold_root_fields(counts: Counter[str], limit: int) -> None:
    """Raise LimitReachedError if one root field is asked for more than `limit` times."""
    for name, count in counts.items():
        most = 1 if name in INTROSPECTION else limit
        if count > most:
            raise LimitReachedError("ROOT_FIELD_LIMIT", name=name, limit=most)


def _count(selection_set: SelectionSetNode, times: int, counts: Counter[str], spread: Counter[str]) -> None:
    stack = [selection_set]
    while stack:
        for node in stack.pop().selections:
            if isinstance(node, FieldNode):
                counts[node.name.value] += times
            elif isinstance(node, FragmentSpreadNode):
                spread[node.name.value] += times
            elif isinstance(node, InlineFragmentNode):
                stack.append(node.selection_set)
