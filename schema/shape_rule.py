"""The validation rule that holds documents to the limits."""

from functools import cache
from typing import Any

from graphql import ASTValidationRule, DocumentNode

from schema.limits import LimitReachedError, Limits
from schema.root_fields import count_root_fields, hold_root_fields
from schema.shapes import Shapes


@cache
def shape_rule(limits: Limits) -> type[ASTValidationRule]:
    """The rule for these limits: one class for the whole process.

    It must be the first rule: it ends the validation before the rules that compare fields pairwise.
    """

    class ShapeRule(ASTValidationRule):
        def enter_document(self, node: DocumentNode, *_: Any) -> None:
            hold_document(Shapes(node), limits)

    return ShapeRule


def hold_document(shapes: Shapes, limits: Limits) -> None:
    """Raise LimitReachedError for the first limit that the document passes."""
    _hold("OPERATION_LIMIT", len(shapes.operations), limits.operations)
    _hold("FRAGMENT_LIMIT", len(shapes.fragments), limits.fragments)
    for shape in (*map(shapes.of, shapes.operations), *shapes.totals.values()):
        _hold("DEPTH_LIMIT", shape.depth, limits.depth)
        _hold("ALIAS_LIMIT", shape.aliases, limits.aliases)
        _hold("FIELD_LIMIT", shape.fields, limits.fields)
        _hold("REPEAT_LIMIT", shape.repeats, limits.repeats)
    for operation in shapes.operations:
        hold_root_fields(count_root_fields(operation, shapes), limits.root_field)


def _hold(code: str, value: int, limit: int) -> None:
    if value > limit:
        raise LimitReachedError(code, limit=limit)
