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

from schema.schema import schema

CORE = schema._schema  # the graphql-core schema, with its types
DEPTH = 4


def selection(kind: GraphQLNamedType, depth: int = DEPTH, above: tuple[str, ...] = ()) -> str:
    """All fields of a type that need no argument, and all of theirs, to a depth. No type stands within itself."""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        parts = [f"... on {each.name} {selection(each, depth, above)}" for each in CORE.get_possible_types(kind)]
        return "{ __typename " + " ".join(parts) + " }"
    assert isinstance(kind, GraphQLObjectType)
    fields = (_field(name, field, depth, (*above, kind.name)) for name, field in kind.fields.items())
    return "{ __typename " + " ".join(filter(None, fields)) + " }"


def _field(name: str, field: GraphQLField, depth: int, above: tuple[str, ...]) -> str:
    inner = get_named_type(field.type)
    if any(is_required_argument(each) for each in field.args.values()):
        return ""
    if is_leaf_type(inner):
        return f"{'_'.join(above)}_{name}: {name}"  # unions must not disagree about a name
    if depth == 0 or inner.name in above or name == "nodes":
        return ""
    page = "(first: 100)" if {"first", "last"} <= field.args.keys() else ""
    return f"{'_'.join(above)}_{name}: {name}{page} {selection(inner, depth - 1, above)}"


def of_root(name: str) -> str:
    """The selection of a root field of queries."""
    assert CORE.query_type is not None
    return selection(get_named_type(CORE.query_type.fields[name].type))
