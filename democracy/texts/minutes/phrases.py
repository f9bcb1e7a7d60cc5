"""The sentences of the minutes, from `sv.toml`: what they say is read and corrected there, without a programmer."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _phrases() -> Mapping[str, Any]:
    return tomllib.loads(files("democracy.texts.minutes").joinpath("sv.toml").read_text(encoding="utf-8"))


def say(key: str, **values: object) -> str:
    """The sentence of a key such as `division.main`, filled; raises KeyError for one that is missing."""
    section, _, name = key.partition(".")
    phrase: str = _phrases()[section][name]
    return phrase.format(**values)


def says(key: str) -> bool:
    """Whether there is a sentence of that key."""
    section, _, name = key.partition(".")
    return name in _phrases().get(section, {})
