"""Which language a reader gets: Swedish unless English is preferred."""

from functools import lru_cache
from typing import Literal

from starlette.requests import HTTPConnection

Language = Literal["sv", "en"]


def language_of(connection: HTTPConnection) -> Language:
    """The language of whoever reads the answer on this connection."""
    return pick_language(connection.headers.get("accept-language"))


@lru_cache(maxsize=256)
def pick_language(accept_language: str | None) -> Language:
    """`sv` or `en` by the q-values of an Accept-Language header; Swedish wins a tie and where neither is named."""
    weights = {"sv": 0.0, "en": 0.0}
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in weights:
            weights[primary] = max(weights[primary], _weight(parameters))
    return "en" if weights["en"] > weights["sv"] else "sv"


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
