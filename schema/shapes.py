"""The shape of a document: how deep, how many aliases and fields once every fragment is written out.

Each definition is walked once and each fragment's totals are kept, so that the work grows with the length of the
document also where its written-out form grows exponentially.
"""

from collections import Counter
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.limits import LimitReachedError


@dataclass(slots=True)
class Shape:
    """Totals of one definition, the most that one answer is asked for in one place, and the fragments that it spreads,
    each with the level where it does."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    repeats: int = 0
    spreads: tuple[tuple[str, int], ...] = ()


class Shapes:
    """The written-out shape of every definition of one document.

    `visits` is the number of selections looked at: at most the number in the document.
    Raises LimitReachedError where fragments form a cycle.
    """

    def __init__(self, document: DocumentNode) -> None:
        self.visits = 0
        definitions = document.definitions
        self.operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
        self.fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        self.totals = {name: self._own(each.selection_set) for name, each in self.fragments.items()}
        self.order = tuple(self._innermost_first())
        for name in self.order:
            self._write_out(self.totals[name])

    def of(self, operation: OperationDefinitionNode) -> Shape:
        """The shape of one operation with its fragments written out."""
        return self._write_out(self._own(operation.selection_set))

    def _own(self, selection_set: SelectionSetNode) -> Shape:
        shape, spreads = Shape(), []
        stack = [(selection_set, 1)]
        while stack:
            nested, level = stack.pop()
            shape.depth = max(shape.depth, level)
            answers: Counter[str] = Counter()
            for node in nested.selections:
                self.visits += 1
                if isinstance(node, FragmentSpreadNode):
                    spreads.append((node.name.value, level))
                    continue
                if isinstance(node, FieldNode):
                    shape.fields += 1
                    shape.aliases += node.alias is not None
                    answers[(node.alias or node.name).value] += 1
                if inner := getattr(node, "selection_set", None):
                    stack.append((inner, level + 1))
            shape.repeats = max(shape.repeats, *answers.values(), 0)
        shape.spreads = tuple(spreads)
        return shape

    def _write_out(self, shape: Shape) -> Shape:
        for name, level in shape.spreads:
            if inner := self.totals.get(name):
                shape.depth = max(shape.depth, level + inner.depth)
                shape.aliases += inner.aliases
                shape.fields += inner.fields
        return shape

    def _innermost_first(self) -> list[str]:
        done: dict[str, None] = {}
        for root in self.totals:
            if root not in done:
                self._descend(root, done)
        return list(done)

    def _descend(self, root: str, done: dict[str, None]) -> None:
        path = {root: iter(self.totals[root].spreads)}
        while path:
            name = next(reversed(path))
            for spread, _ in path[name]:
                if spread in path:
                    raise LimitReachedError("FRAGMENT_CYCLE", name=spread)
                if spread in self.totals and spread not in done:
                    path[spread] = iter(self.totals[spread].spreads)
                    break
            else:
                done[name] = None
                del path[name]
