"""Words for people: codes and values in, Swedish or English out."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from workflows.denial import Denial, Said

Language: TypeAlias = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")

_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_CLOCK: Mapping[Language, str] = {"sv": "{day} {month} {year} kl. {clock}", "en": "{day} {month} {year}, {clock}"}


@cache
def messages(language: Language) -> Mapping[str, str]:
    """Every text of a language by its dotted key."""
    text = files("workflows.messages").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat("", tomllib.loads(text)))


def _flat(prefix: str, table: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flat(f"{prefix}{key}.", value) if isinstance(value, dict) else [(prefix + key, value)]
    return pairs


def say(key: str, params: Mapping[str, Said], *, language: Language, zone: ZoneInfo) -> str:
    """The text of `key` with its placeholders filled; raises KeyError for a key or value that is missing."""
    known = messages(language)
    return known[key].format(**{name: _spoken(value, language, zone) for name, value in params.items()})


def _spoken(value: Said, language: Language, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return moment(value, language=language, zone=zone)
    if isinstance(value, str):
        # A parameter may itself be a key ("motion.action.submit"): then it is said in the reader's language.
        return messages(language).get(value, value)
    return str(value)


def moment(at: datetime, *, language: Language, zone: ZoneInfo) -> str:
    """A time as people write it: local, and midnight as 24.00 of the day that ends then."""
    local = at.astimezone(zone)
    midnight = local.time() == time(0)
    day = local.date() - timedelta(days=1) if midnight else local.date()
    clock = "24.00" if midnight else f"{local:%H.%M}"
    month = _MONTHS[language][day.month - 1]
    return _CLOCK[language].format(
        day=day.day, month=month, year=day.year, clock=clock if language == "sv" else clock.replace(".", ":")
    )


def explain(denial: Denial, *, language: Language, zone: ZoneInfo) -> str:
    """A denial in words: what is wrong, the next chance where one is known, and whether it can be waived."""
    said = [say(denial.key, denial.params, language=language, zone=zone)]
    if denial.next_chance is not None:
        said.append(say("engine.next_chance", {"next": denial.next_chance}, language=language, zone=zone))
    if denial.waivable_by:
        said.append(say("engine.waivable", {}, language=language, zone=zone))
    return " ".join(said)
