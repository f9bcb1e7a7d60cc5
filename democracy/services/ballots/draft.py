"""What a ballot asks: its question or questions, and what the members read before they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import required
from democracy.storage.tables.ballot import BallotOptionRow, BallotQuestionRow
from workflows.ballot_kinds import QuestionForm, SecrecyLevel

MOST_QUESTIONS, MOST_OPTIONS = 20, 100
LONGEST_TEXT = 1_000
"""Bytes of a free answer."""


@dataclass(frozen=True)
class Alternative:
    """An alternative to choose. `code` is what stands on the sealed ballot: short, lower-case, without spaces."""

    code: str
    text: str


YES_NO = (Alternative("ja", "Ja"), Alternative("nej", "Nej"))


@dataclass(frozen=True)
class Asked:
    """A question. Without alternatives it is answered with yes or no."""

    text: str
    form: QuestionForm = QuestionForm.ONE
    alternatives: Sequence[Alternative] = YES_NO
    most: int | None = None
    """Free text: at most so many bytes."""


@dataclass(frozen=True)
class BallotDraft:
    """What is known of a ballot when it is written down."""

    body_id: UUID
    title: str
    background: str = ""
    questions: Sequence[Asked] = ()
    sides: Sequence[str] = ("Ja-sidan", "Nej-sidan")
    """Who is given room to inform the voters. Empty where nobody disagrees."""
    urgent: bool = False
    agreement: bool = False
    majority_possible: bool = False
    level: SecrecyLevel = SecrecyLevel.CLOSED
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    embargo_until: datetime | None = None


def question_rows(ballot_id: UUID, questions: Sequence[Asked]) -> list[tuple[BallotQuestionRow, list[BallotOptionRow]]]:
    """The rows of some questions. Raises InvalidInputError that names the question and what is wrong with it."""
    if len(questions) > MOST_QUESTIONS:
        raise InvalidInputError(FieldError("questions", "too_many", {"most": MOST_QUESTIONS}))
    return [_question(ballot_id, number, each) for number, each in enumerate(questions, 1)]


def _question(ballot_id: UUID, number: int, asked: Asked) -> tuple[BallotQuestionRow, list[BallotOptionRow]]:
    path = f"questions.{number - 1}"
    alternatives = () if asked.form is QuestionForm.TEXT else tuple(asked.alternatives)
    _check_alternatives(path, alternatives)
    free = asked.form is QuestionForm.TEXT
    most = asked.most or LONGEST_TEXT if free else asked.most
    if most is not None and not (free and 1 <= most <= LONGEST_TEXT):
        raise InvalidInputError(FieldError(f"{path}.most", "out_of_range", {"least": 1, "most": LONGEST_TEXT}))
    row = BallotQuestionRow(
        id=new_id(),
        ballot_id=ballot_id,
        number=number,
        form=asked.form,
        text=required(f"{path}.text", asked.text, longest=1_000),
        most=most,
    )
    return row, [_option(path, row.id, at, each) for at, each in enumerate(alternatives, 1)]


def _check_alternatives(path: str, alternatives: Sequence[Alternative]) -> None:
    codes = [each.code for each in alternatives]
    if len(codes) > MOST_OPTIONS:
        raise InvalidInputError(FieldError(f"{path}.alternatives", "too_many", {"most": MOST_OPTIONS}))
    if len(set(codes)) < len(codes):
        raise InvalidInputError(FieldError(f"{path}.alternatives", "twice"))


def _option(path: str, question_id: UUID, position: int, alternative: Alternative) -> BallotOptionRow:
    where = f"{path}.alternatives.{position - 1}"
    code = alternative.code
    if not (code.isascii() and code.isalnum() and code == code.lower() and len(code) <= 16):
        raise InvalidInputError(FieldError(f"{where}.code", "not_a_code"))
    text = required(f"{where}.text", alternative.text, longest=500)
    return BallotOptionRow(id=new_id(), question_id=question_id, position=position, code=code, text=text)
