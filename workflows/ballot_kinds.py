"""The words that a ballot is written in: how a question is answered, how secret it is, how its roll is corrected."""

from enum import Enum


class QuestionForm(Enum):
    """How a question of a ballot is answered."""

    ONE = "one"
    """One alternative: yes or no, or one of several."""
    SEVERAL = "some"
    """Any number of alternatives, up to a set one."""
    RANKED = "rank"
    """Alternatives in order of preference."""
    TEXT = "text"
    """Free text: makes the list of codes the only thing published."""


class SecrecyLevel(Enum):
    """From whom a vote is secret."""

    CLOSED = "sluten"
    """One mixer, the operator: secret from members, boards and thieves of the database, not from the operator."""
    SEALED = "forseglad"
    """Two or more trustees on their own machines: secret from the operator too, while one of them is honest."""


class CorrectionKind(Enum):
    """How an electorate is corrected."""

    ADD = "add"
    REMOVE = "remove"


class EnvelopeFault(Enum):
    """Why an envelope is set aside, unopened."""

    VOTED_ALREADY = "voted_already"
    LATE = "late"
    NOT_ENTITLED = "not_entitled"
    NOT_IDENTIFIED = "not_identified"
    """Nobody can tell from whom it is: no name, or no signature."""


class ObjectionFinding(Enum):
    """What the body found of an objection."""

    DISMISSED = "dismissed"
    """Nothing was wrong, or nothing that the objection asks for."""
    UPHELD = "upheld"
    """It is right; the outcome stands all the same, or what was wrong has been put right."""
    ANNULLING = "annulling"
    """It is right, and the outcome cannot stand: the ballot is annulled."""


class BallotOutcome(Enum):
    """What a question of a ballot, or the whole of it, came to."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    NO_QUORUM = "no_quorum"
    """Fewer took part than the statutes ask for."""
    CHOSEN = "chosen"
    """One alternative has won."""
    TIED = "tied"
    """Alternatives that nobody's vote tells apart: the body decides between them, or draws a lot."""
    NOTED = "noted"
    """Free answers: nothing is decided by them."""
    NO_VOTES = "no_votes"
