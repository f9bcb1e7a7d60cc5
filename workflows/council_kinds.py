"""The words that a council's matters are written in: kinds of matter, routes, channels, levels, answers, outcomes."""

from enum import Enum


class MatterSort(Enum):
    """What sort of matter a unit's policy tells apart."""

    DAILY = "daily"
    """The group's daily work."""
    POLICY = "policy"
    """A political position that needs to be anchored."""
    AGREEMENT = "agreement"
    """A negotiated agreement with other parties."""
    PROGRAMME = "programme"
    """A programme or a strategy for a term."""


class Route(Enum):
    """Who decides a matter."""

    GROUP = "group"
    COUNCIL = "council"
    CONFERENCE = "conference"
    MEMBER_BALLOT = "member_ballot"


class Initiative(Enum):
    """Through which channel a matter was raised."""

    GROUP = "group"
    COUNCIL = "council"
    BOARD = "board"
    BRANCH = "branch"
    MEMBER = "member"
    OTHER_LEVEL = "other_level"


class Confidentiality(Enum):
    """Who reads the papers of a matter."""

    OPEN = "open"
    """Every member of the party."""
    MEMBERS = "members"
    """The members of the unit and of those below it."""
    DELEGATES = "delegates"
    """Those who hold a place in the deciding body (ledamöterna)."""
    NEGOTIATORS = "negotiators"
    """Those who hold a place in the negotiation delegation, and the chair and secretary."""


class CouncilAnswer(Enum):
    """What somebody answers in a written procedure."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class CouncilOutcome(Enum):
    """What was decided."""

    APPROVED = "approved"
    REJECTED = "rejected"


class PoliticalPosition(Enum):
    """Where the party stands in a municipality: a dated fact that a body decides."""

    MAJORITY = "majority"
    OPPOSITION = "opposition"
    NONE = "none"
    """No seats in the assembly: no council."""
