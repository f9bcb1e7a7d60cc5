"""A set with one more interpretation: the value that follows from it, and the decision as its source."""

import copy
from typing import Any

from workflows.statutes.canonical import FORMAT, plain
from workflows.statutes.codec import encode
from workflows.statutes.kinds import Level
from workflows.statutes.loader import from_plain
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Interpretation


def interpreted(own: Statutes | None, reading: Interpretation, value: Any, *, level: Level, unit: str) -> Statutes:
    """The unit's own set as it is from the day of the decision. A unit without one gets a set of this alone.

    `value` is plain JSON, in the shape of a statutes file. StatutesError where the parameter cannot have it.
    """
    document = copy.deepcopy(plain(own)) if own is not None else _empty(level, unit, reading)
    document["valid_from"] = reading.decided_on.isoformat()
    *groups, name = reading.parameter.split(".")
    table = document["parameters"]
    for group in groups:
        table = table.setdefault(group, {})
    table[name] = value
    document["sources"] = {**document["sources"], reading.parameter: reading.paragraph}
    earlier = [each for each in document.get("interpretations", []) if each["parameter"] != reading.parameter]
    document["interpretations"] = [*earlier, encode(reading)]
    return from_plain(document, unit)


def _empty(level: Level, unit: str, reading: Interpretation) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": unit,
        "organisation": unit,
        "level": level.value,
        "language": "sv",
        "valid_from": reading.decided_on.isoformat(),
        "source": reading.decided_by,
        "sources": {},
        "parameters": {},
        "paragraphs": {},
    }
