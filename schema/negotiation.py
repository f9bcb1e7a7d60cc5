"""Which media type an answer gets, from the Accept header."""

from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
HTML = "text/html"


@lru_cache(maxsize=256)
def accepted(header: str | None, offers: tuple[str, ...]) -> tuple[str, ...]:
    """The offers that the client takes, best first; among equals the order of the offers stands.

    Without a header everything is taken. A wildcard takes every offer with its q-value, unless the type is named too.
    """
    wishes = _wishes(header) if header and header.strip() else {"*/*": 1.0}
    weighted = [(_weight(offer, wishes), -place, offer) for place, offer in enumerate(offers)]
    return tuple(offer for weight, _, offer in sorted(weighted, reverse=True) if weight > 0)


@lru_cache(maxsize=256)
def names(header: str | None, media_type: str) -> bool:
    """Whether the client asks for this media type by its name."""
    return _wishes(header or "").get(media_type, 0) > 0


def _wishes(header: str) -> dict[str, float]:
    wishes: dict[str, float] = {}
    for part in header.split(","):
        media_type, *parameters = (each.strip().lower() for each in part.split(";"))
        if media_type:
            wishes[media_type] = _quality(parameters)
    return wishes


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def _weight(offer: str, wishes: dict[str, float]) -> float:
    for key in (offer, offer.partition("/")[0] + "/*", "*/*"):
        if key in wishes:
            return wishes[key]
    return 0.0
