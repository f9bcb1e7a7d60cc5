"""A row as the fields of a value."""

from typing import Any


def named(row: Any, *left_out: str) -> dict[str, Any]:
    """Its columns by name, without those that only say where it belongs."""
    return {name: value for name, value in row._mapping.items() if name not in left_out}
