"""The kinds of things that the organisation is made of. Stored by name.

Those that the statutes speak of are the statutes' own.
"""

from enum import Enum

from workflows.statutes.kinds import MeetingKind
from workflows.statutes.kinds import MotionCategory as Category

__all__ = [
    "BodyKind", "Category", "Channel", "Fault", "Gender", "HandoverKind", "MandateRole", "MeetingKind", "Outcome",
    "SentAs", "UnitKind", "VacancyGround",
]  # fmt: skip


class UnitKind(Enum):
    """A level of the organisation."""

    PARTY = "party"
    DISTRICT = "district"
    LOCAL_BRANCH = "local_branch"
    TRADE_BRANCH = "trade_branch"
    STUDENT_BRANCH = "student_branch"
    LIGHT_BRANCH = "light_branch"
    ASSOCIATION = "association"
    """An organisation of a single level."""


class BodyKind(Enum):
    """A body of a unit."""

    CONGRESS = "congress"
    DISTRICT_CONFERENCE = "district_conference"
    ELECTION_CONFERENCE = "election_conference"
    ANNUAL_MEETING = "annual_meeting"
    MEMBERS_MEETING = "members_meeting"
    BOARD = "board"
    EXECUTIVE_COMMITTEE = "executive_committee"
    REPRESENTATIVE_COUNCIL = "representative_council"
    NOMINATION_COMMITTEE = "nomination_committee"
    AUDITORS = "auditors"
    MUNICIPAL_GROUP = "municipal_group"
    COMMITTEE = "committee"


class MandateRole(Enum):
    """What somebody is in a body."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    DELEGATE = "delegate"
    AUDITOR = "auditor"
    CO_OPTED = "co_opted"
    INTERNAL_FEMINISM = "internal_feminism"
    """Internfeministiskt ansvarig."""


class HandoverKind(Enum):
    """What an outgoing officer holds."""

    MEETING = "meeting"
    """A meeting that their body prepares."""
    ELECTION = "election"
    """An election that is not over, prepared there or by their nomination committee."""
    FOLLOW_UP = "follow_up"
    """A task that a meeting gave their body."""
    ROLE = "role"
    """A role that their account gives them elsewhere."""
    OTHER = "other"
    """What they wrote themselves: keys, papers, contacts."""


class Gender(Enum):
    """Self-declared and optional; used for quotas and speakers' statistics only, shown only as totals."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Channel(Enum):
    """How something reached the organisation."""

    DIGITAL = "digital"
    PAPER = "paper"
    POST = "post"
    TELEPHONE = "telephone"
    E_MAIL = "e_mail"
    FLOOR = "floor"


class Fault(Enum):
    """A formal fault of a motion: only these can stop one, never its content."""

    LATE = "late"
    NO_RIGHT = "no_right"
    WRONG_MEETING = "wrong_meeting"
    LOCKED_TEXT = "locked_text"
    CATEGORY = "category"
    INCOMPLETE = "incomplete"


class Outcome(Enum):
    """What is recommended or decided on an att-sats."""

    APPROVE = "approve"
    APPROVE_REWORDED = "approve_reworded"
    REJECT = "reject"
    CONSIDERED_ANSWERED = "considered_answered"
    REFER = "refer"
    NOTED = "noted"
    REFER_BACK = "refer_back"
    DEFER = "defer"

    @property
    def gives_a_task(self) -> bool:
        """Whether somebody must now carry something out. "Besvarad" and "lagd till handlingarna" give nobody a task."""
        return self in {Outcome.APPROVE, Outcome.APPROVE_REWORDED, Outcome.REFER}

    @property
    def goes_on(self) -> bool:
        """Whether the matter itself lives on at another meeting: unchanged, or prepared anew."""
        return self in {Outcome.DEFER, Outcome.REFER_BACK}


class SentAs(Enum):
    """The three ways in which a unit sends a motion on."""

    ADOPTED = "adopted"
    SUPPORTED = "supported"
    WITHOUT_OPINION = "without_opinion"


class VacancyGround(Enum):
    """Why a place must be filled."""

    STATUTES = "statutes"
    TEMPLATE = "template"
    ELECTION = "election"
