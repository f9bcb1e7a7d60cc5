"""The schema as text. `python -m schema.sdl` writes schema/schema.graphql, whose changes are read in review."""

from importlib import import_module
from pathlib import Path

import strawberry
from graphql import build_schema, lexicographic_sort_schema, print_schema

COMMITTED = Path(__file__).with_name("schema.graphql")


def render(schema: strawberry.Schema) -> str:
    """The definitions, sorted by name, so that a move in the code is no change."""
    # Sorting rebuilds the types, which Strawberry's enumerations do not survive: so the text is sorted instead.
    return print_schema(lexicographic_sort_schema(build_schema(schema.as_str()))) + "\n"


def current() -> str:
    """What the served schema renders to now."""
    return render(import_module("schema.schema").schema)


if __name__ == "__main__":
    COMMITTED.write_text(current(), "utf-8")
