import pytest
from graphql import build_schema

from schema.sdl import COMMITTED, current, render
from tests.schema.sample import schema


def test_the_text_is_sorted_and_can_be_read_back() -> None:
    text = render(schema)
    names = [line.split()[1] for line in text.splitlines() if line.startswith("type ")]
    assert names == sorted(names)
    assert build_schema(text).query_type is not None


def test_the_committed_schema_is_the_served_one() -> None:
    pytest.importorskip("schema.schema", reason="the schema's roots are not part of this checkout")
    assert COMMITTED.read_text("utf-8") == current(), "run `make schema` and read the difference"
