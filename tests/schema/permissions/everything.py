"""Queries that ask for everything: made from the schema, so that a new field is asked for too."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.nodes import NODES
from schema.schema import schema

CORE = schema._schema  # the graphql-core schema, with its types
HOPS = 1
"""An object is seen through each that leads to it. What it leads to in turn is asked of it by its id."""
ALONE = {"actions", "nextSteps"}
"""What is worked out from an object that somebody sees; asked of it by its id, and not of each that leads to it."""


def selection(kind: GraphQLNamedType, hops: int = HOPS, above: tuple[str, ...] = ()) -> str:
    """All fields of a type that need no argument, and all of theirs as far as `hops` objects with ids away."""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        parts = [f"... on {each.name} {selection(each, hops, above)}" for each in CORE.get_possible_types(kind)]
        return "{ __typename " + " ".join(parts) + " }"
    assert isinstance(kind, GraphQLObjectType)
    if kind.name in NODES:
        if hops < 0:
            return "{ __typename id }"
        hops -= 1
    fields = (_field(name, field, hops, (*above, kind.name)) for name, field in kind.fields.items())
    return "{ __typename " + " ".join(filter(None, fields)) + " }"


def _field(name: str, field: GraphQLField, hops: int, above: tuple[str, ...]) -> str:
    inner = get_named_type(field.type)
    if any(is_required_argument(each) for each in field.args.values()):
        return ""
    if is_leaf_type(inner):
        return f"{above[-1]}_{name}: {name}"  # unions must not disagree about a name
    if name == "nodes" or (hops < 0 and name in ALONE) or (inner.name in above and inner.name not in NODES):
        return ""
    page = "(first: 100)" if {"first", "last"} <= field.args.keys() else ""
    return f"{above[-1]}_{name}: {name}{page} {selection(inner, hops, above)}"


def of_root(name: str, hops: int = HOPS) -> str:
    """The selection of a root field of queries."""
    assert CORE.query_type is not None
    return selection(get_named_type(CORE.query_type.fields[name].type), hops)
