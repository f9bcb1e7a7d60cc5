"""What the way of voting promises the voter, in words that may be shown as they are."""

from workflows.ballot_kinds import SecrecyLevel
from workflows.election_facts import VoteMethod
from workflows.proceedings import DivisionMethod

DESCRIPTION = (
    "What the way of voting promises, and what it does not, in words for the voter (löftet): show it where they vote."
)
CLOSED, PAPER, DEVICES = "promise_closed", "promise_paper", "promise_devices"
_LEVELS = {SecrecyLevel.CLOSED: CLOSED, SecrecyLevel.SEALED: "promise_sealed"}
_DIVISIONS = {
    DivisionMethod.SHOW_OF_CARDS: "promise_open",
    DivisionMethod.TELLERS: "promise_open",
    DivisionMethod.DEVICES: DEVICES,
    DivisionMethod.ROLL_CALL: "promise_roll_call",
    DivisionMethod.SECRET: PAPER,
}
_ELECTIONS = {VoteMethod.DEVICES: DEVICES, VoteMethod.PAPERS: PAPER, VoteMethod.URN: CLOSED}


def of_level(level: SecrecyLevel) -> str:
    """The phrase of a ballot's level of secrecy."""
    return _LEVELS[level]


def of_division(method: DivisionMethod, *, urn: bool) -> str:
    """The phrase of a division; in an urn it is always a meeting's own."""
    return CLOSED if urn else _DIVISIONS[method]


def of_election(method: VoteMethod) -> str:
    """The phrase of an election's ballot."""
    return _ELECTIONS[method]
