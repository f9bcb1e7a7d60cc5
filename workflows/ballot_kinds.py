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
