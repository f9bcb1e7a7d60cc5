"""Short texts for people, keyed by code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("sv", "en")


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Every text of a language."""
    text = files("democracy.texts").joinpath("messages", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def phrase(code: str, language: str, **params: Any) -> str:
    """The text of a code with its placeholders filled; raises KeyError for one that is missing."""
    return phrases(language if language in LANGUAGES else "sv")[code].format(**params)
