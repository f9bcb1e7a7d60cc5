"""What may be published. Full rankings of a secret election can identify voters and be used for pressure."""

from copy import deepcopy
from enum import StrEnum
from typing import Any

from democracy.counting.protocol import Protocol

FEWEST = 20
"""Under so many ballots no list of ballots is published, whatever the setting says."""


class Publish(StrEnum):
    """Who may see the ballots: everyone, or the auditors only. A setting of each election."""

    ALL = "all"
    AUDITORS = "auditors"


def may_publish(cast: int, setting: Publish) -> bool:
    """Whether the list of ballots may be published."""
    return setting is Publish.ALL and cast >= FEWEST


def published(protocol: Protocol, setting: Publish) -> dict[str, Any]:
    """The protocol as everyone may see it.

    The digest of a list that is not published is withheld too: of few ballots, it can be found by trying them all.
    """
    data = deepcopy(protocol.data())
    for part in (data.get("ballots"), (data.get("second") or {}).get("ballots")):
        if part and not may_publish(part["cast"], setting):
            part["digest"] = None
    return data
