"""What a member ballot comes to: turnout, result, what remains to be signed."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from democracy.storage.ballot_turnout import TurnoutView
from schema.ids import global_id
from workflows.ballot_kinds import BallotOutcome, QuestionForm


@strawberry.type(description="How many have taken part so far. All that anybody learns before it has closed.")
class BallotTurnout:
    """Totals."""

    electors: int = strawberry.field(description="Voters in the electorate.")
    digital: int = strawberry.field(description="Slots from which a sealed ballot has come in.")
    by_post: int = strawberry.field(description="Envelopes that have been marked off.")


@strawberry.type(
    description="Turnout in one unit, or in several small ones together: written down once a day, in sets of 20 or "
    "more."
)
class UnitTurnout:
    """A set."""

    day: date = strawberry.field(description="The local day at whose beginning it stood so; or the day of the close.")
    unit_id: strawberry.ID | None = strawberry.field(description="The unit; null for the small ones together.")
    unit_name: str | None = strawberry.field(description="Its name; null for the small ones together.")
    units: int = strawberry.field(description="How many units stand in it.")
    electors: int = strawberry.field(description="Voters in the set.")
    voted: int | None = strawberry.field(description="Null where fewer than five have voted, or are left.")

    @classmethod
    def of(cls, view: TurnoutView) -> "UnitTurnout":
        """From what was read."""
        return cls(
            day=view.day,
            unit_id=None if view.unit_id is None else global_id("Unit", view.unit_id),
            unit_name=view.unit_name,
            units=view.units,
            electors=view.electors,
            voted=view.voted,
        )


@strawberry.type(description="What an alternative got.")
class BallotOptionResult:
    """Figures."""

    code: str = strawberry.field(description="The alternative.")
    text: str = strawberry.field(description="In words.")
    votes: int = strawberry.field(
        description="Ballots that hold it, papers included; of a ranked question, in whatever place."
    )
    paper: int = strawberry.field(description="How many of these were papers.")


@strawberry.type(description="What a question came to.")
class BallotQuestionResult:
    """A question."""

    number: int = strawberry.field(description="Its number.")
    form: QuestionForm = strawberry.field(description="How it was answered.")
    outcome: BallotOutcome = strawberry.field(description="What it came to.")
    winners: list[str] = strawberry.field(description="Codes of what won; several where they are tied.")
    options: list[BallotOptionResult] = strawberry.field(description="The alternatives in their order.")
    blank: int = strawberry.field(description="Blank ballots.")
    answers: int = strawberry.field(description="TEXT: how many answered.")
    protocol: str | None = strawberry.field(
        description="The count, canonical JSON: its rule with paragraph, stages, comparisons. Null for free answers."
    )


@strawberry.type(description="The result of a ballot.")
class BallotResult:
    """Everything that was counted."""

    outcome: BallotOutcome = strawberry.field(
        description="What the ballot came to; NOTED where it has several questions, which each have their own."
    )
    electors: int = strawberry.field(description="Voters in the electorate.")
    taken_part: int = strawberry.field(description="Everybody whose ballot or envelope came in.")
    digital: int = strawberry.field(description="Sealed ballots that were counted.")
    spoilt: int = strawberry.field(description="Sealed ballots that opened to no vote on these questions.")
    papers: int = strawberry.field(description="Papers that were counted.")
    papers_spoilt: int = strawberry.field(description="Envelopes with nothing in them that can be read as a vote.")
    quorum_met: bool | None = strawberry.field(
        description="Whether as many took part as the statutes ask for; null where they ask for nothing."
    )
    questions: list[BallotQuestionResult] = strawberry.field(description="The questions in their order.")
    protocol: str = strawberry.field(description="All of it, canonical JSON: the same votes give the same bytes.")

    @classmethod
    def of(cls, protocol: str, texts: dict[tuple[int, str], str]) -> "BallotResult":
        """From the protocol, and the alternatives' words by (question, code)."""
        found = json.loads(protocol)
        same = ("electors", "taken_part", "digital", "spoilt", "papers", "papers_spoilt")
        return cls(
            outcome=BallotOutcome[found["outcome"]],
            quorum_met=None if found["quorum"] is None else found["quorum"]["met"],
            questions=[_question(each, texts) for each in found["questions"]],
            protocol=protocol,
            **{name: found[name] for name in same},
        )


def _question(found: dict[str, Any], texts: dict[tuple[int, str], str]) -> BallotQuestionResult:
    number = found["number"]
    counted = found["protocol"]
    return BallotQuestionResult(
        number=number,
        form=QuestionForm[found["form"]],
        outcome=BallotOutcome[found["outcome"]],
        winners=found["winners"],
        options=[
            BallotOptionResult(code=code, text=texts[number, code], votes=votes, paper=found["paper"][code])
            for code, votes in ((code, found["votes"][code]) for asked, code in texts if asked == number)
        ],
        blank=found["blank"],
        answers=found["answers"],
        protocol=None if counted is None else json.dumps(counted, ensure_ascii=False, sort_keys=True),
    )


@strawberry.type(
    description="What two officers still have to sign for the urn, on their own machines (`democracy officer sign`): "
    "canonical JSON, each without signatures."
)
class BallotToSign:
    """To be signed."""

    voids: list[str] = strawberry.field(
        description="Slots that vote no more, before the urn is handed to its first key holder."
    )
    roll: str | None = strawberry.field(
        description="The roll with those who have come into the electorate since the urn was drawn up; until it closes."
    )
    extension: str | None = strawberry.field(
        description="The later close that has been decided on: until it is in the log the urn closes as before."
    )
    paper: str | None = strawberry.field(
        description="The figures of the papers, once both tellers have come to the same and the urn is opened."
    )


def texts_of(numbers: dict[UUID, int], options: Any) -> dict[tuple[int, str], str]:
    """The alternatives' words by question's number and code."""
    return {(numbers[each.question_id], each.code): each.text for each in options}
