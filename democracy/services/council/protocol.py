"""What a written procedure came to, and its own minutes. Names of persons stand in no text that is kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from democracy.storage.tables.council import CouncilAskedRow, CouncilDecisionRow
from democracy.texts.words import phrase
from workflows.council_kinds import CouncilAnswer, CouncilOutcome
from workflows.words import moment


@dataclass(frozen=True)
class Figures:
    """How many were asked, and how they answered."""

    asked: int
    answered: int
    yes: int
    no: int
    abstained: int
    meetings_asked: int

    @classmethod
    def of(cls, people: Sequence[CouncilAskedRow]) -> "Figures":
        """Of everybody who was asked and is not barred."""
        given = [each.answer for each in people if each.answer is not None]
        return cls(
            asked=len(people),
            answered=len(given),
            yes=given.count(CouncilAnswer.YES),
            no=given.count(CouncilAnswer.NO),
            abstained=given.count(CouncilAnswer.ABSTAIN),
            meetings_asked=sum(each.meeting_asked_at is not None for each in people),
        )

    def as_json(self) -> dict[str, int]:
        """By name."""
        return asdict(self)


def minutes_of(row: CouncilDecisionRow, figures: Figures, outcome: CouncilOutcome | None, zone: ZoneInfo) -> str:
    """The procedure's minutes, § 1, in Swedish."""
    head = _head(row, zone)
    if outcome is None:
        return f"{head} {phrase('council_too_few', 'sv', asked=figures.asked, answered=figures.answered)}"
    found = phrase(f"council_{outcome.value}", "sv", question=row.question or "")
    counts = phrase("council_figures", "sv", **figures.as_json())
    return f"{head} {found} {counts}"


def stopped(row: CouncilDecisionRow, asked: int, zone: ZoneInfo) -> str:
    """The minutes of a procedure that was stopped: nothing of what was answered."""
    return f"{_head(row, zone)} {phrase('council_stopped', 'sv', count=asked)}"


def _head(row: CouncilDecisionRow, zone: ZoneInfo) -> str:
    return phrase("council_head", "sv", opens=_said(row.opens_at, zone), closes=_said(row.closes_at, zone))


def _said(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else moment(at, language="sv", zone=zone)
