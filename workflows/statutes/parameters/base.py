"""What every group of parameters shares."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


def nothing() -> Mapping[Any, Any]:
    """An empty mapping that nobody can fill: the default where statutes may be silent."""
    return MappingProxyType({})
