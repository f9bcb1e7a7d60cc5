"""Canonical JSON of statutes: what is stored, hashed and compared."""

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from workflows.statutes.codec import encode
from workflows.statutes.tree import join

if TYPE_CHECKING:
    from workflows.statutes.model import Statutes

FORMAT = 1


def plain(statutes: "Statutes") -> dict[str, Any]:
    """A set as plain JSON in the shape of its TOML file."""
    paragraphs = {key: _without(encode(each), "key") for key, each in statutes.paragraphs.items()}
    table = _without(encode(statutes), "settings") | {"format": FORMAT, "paragraphs": paragraphs}
    return table | {"parameters": join(statutes.settings)}


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and text in NFC. There are no floating numbers in statutes."""
    return unicodedata.normalize("NFC", json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def canonical_json(statutes: "Statutes") -> str:
    """A set as canonical JSON, from which `from_json` makes an equal set."""
    return canonical(plain(statutes))


def _without(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != name}
