"""Canonical JSON (RFC 8785), of which the urn uses a part: composed strings, whole numbers, arrays and objects.

One value has one text, so a digest or a signature of the text is one of the value; `parse` refuses every other text.
"""

import json
import unicodedata
from typing import Any

import rfc8785


class CanonicalError(ValueError):
    """A value or a text that canonical JSON, as the urn uses it, does not have."""


def canonical(value: Any) -> bytes:
    """The one text of a value; raises CanonicalError for what it cannot hold."""
    try:
        _check(value)
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise CanonicalError(str(error)) from None
    except RecursionError:
        raise CanonicalError("nested too deep") from None


def parse(text: bytes) -> Any:
    """The value of a canonical text; raises CanonicalError for any other."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise CanonicalError("not JSON") from None
    if canonical(value) != text:
        raise CanonicalError("JSON, but not in its canonical form")
    return value


def _check(value: Any) -> None:
    if isinstance(value, str):
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise CanonicalError(f"{value!r} is not composed (NFC)")
    elif isinstance(value, dict):
        for key, held in value.items():
            _check(key)
            _check(held)
    elif isinstance(value, list):
        for held in value:
            _check(held)
    elif type(value) is not int:
        raise CanonicalError(f"{value!r} is no text, whole number, array or object")
