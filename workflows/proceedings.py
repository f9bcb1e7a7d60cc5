"""The words that the proceedings of a meeting are written in: items, proposals, questions, votes, speeches."""

from enum import Enum


class ItemKind(Enum):
    """What an item of the agenda (dagordningspunkt) is about."""

    FORMALITIES = "formalities"
    """Opening, the roll, chairs, verifiers, whether the notice was proper, agenda, order of procedure."""
    ELECTION = "election"
    REPORT = "report"
    DISCHARGE = "discharge"
    """Ansvarsfrihet: those responsible neither vote nor preside."""
    MOTION = "motion"
    MOTION_BLOCK = "motion_block"
    """Several motions decided as the board proposes, except those that somebody lifts out."""
    PROPOSAL = "proposal"
    """A board's proposal with its document."""
    OTHER = "other"


class MatterKind(Enum):
    """What one point to be decided is about."""

    FORMALITY = "formality"
    CLAUSE = "clause"
    """An att-sats of a motion."""
    PASSAGE = "passage"
    """A numbered paragraph, or a bullet under one, in a document."""
    DOCUMENT = "document"
    """A document as a whole."""
    DISCHARGE = "discharge"
    QUESTION = "question"
    """Anything else that the meeting decides."""


class Formality(Enum):
    """What a meeting decides about itself."""

    ROLL = "roll"
    CHAIR = "chair"
    SECRETARY = "secretary"
    VERIFIERS = "verifiers"
    TELLERS = "tellers"
    NOTICE = "notice"
    """Whether the meeting was properly called."""
    AGENDA = "agenda"
    PROCEDURE = "procedure"
    """The meeting's own order (mötesordning)."""


class OfficerRole(Enum):
    """What somebody is elected to be at one meeting."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    VERIFIER = "verifier"
    TELLER = "teller"


class NoticeKind(Enum):
    """What is sent to those who are called."""

    FIRST = "first"
    PAPERS = "papers"
    CORRECTION = "correction"
    MOVED = "moved"
    CANCELLED = "cancelled"


class ProposalKind(Enum):
    """What sort of yrkande it is: this decides when it is put and against what."""

    APPROVE = "approve"
    REJECT = "reject"
    COUNTER = "counter"
    """Motyrkande: competes on the whole."""
    AMENDMENT = "amendment"
    """Ändringsyrkande: competes on a point."""
    ADDITION = "addition"
    """Tilläggsyrkande: decided separately; falls with what it adds to."""
    REFER_BACK = "refer_back"
    """Återremiss: needs recipient, instruction, reason and time."""
    DEFER = "defer"
    """Bordläggning: unchanged, to a named meeting."""
    CONSIDERED_ANSWERED = "considered_answered"
    REFER = "refer"
    NOTED = "noted"


class PlaceOperation(Enum):
    """How a proposal changes one place of a text."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


class QuestionKind(Enum):
    """What a question put to the meeting is about."""

    ORDER = "order"
    """Which of two orders of questions is followed."""
    TODAY = "today"
    """"Ska ärendet avgöras i dag?": against referring back or deferring."""
    RIVALS = "rivals"
    ADDITION = "addition"


class DivisionMethod(Enum):
    """How a division (votering) is taken."""

    SHOW_OF_CARDS = "show_of_cards"
    ROLL_CALL = "roll_call"
    """Namnupprop: the names stand in the minutes."""
    TELLERS = "tellers"
    DEVICES = "devices"
    """On devices, recorded as a show of cards: figures and no names."""
    SECRET = "secret"  # noqa: S105 - a way of voting
    """Slutna sedlar, counted by tellers."""


class Choice(Enum):
    """What one voter answers."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class SpeechKind(Enum):
    """Why somebody asks for the floor."""

    SPEECH = "speech"
    REPLY = "reply"
    """Replik."""
    POINT_OF_ORDER = "point_of_order"
    """Ordningsfråga: goes before everybody."""


class StatementKind(Enum):
    """What somebody has put into the minutes beside a decision."""

    RESERVATION = "reservation"
    MINUTE_NOTE = "minute_note"
    """Protokollsanteckning."""
    SPECIAL_STATEMENT = "special_statement"
    """Särskilt yttrande."""
