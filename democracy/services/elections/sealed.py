"""A secret ballot of an election in a sealed urn: opened with it, counted when it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from democracy.ballotbox.manifest import Question
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.elections.counting import Papers
from democracy.services.urns.meeting import BallotForm, MeetingUrns, Vote
from democracy.storage.election_case import ElectionCase
from democracy.storage.rolls import Entry
from democracy.storage.unit_of_work import Unit

QUESTION = "1"


@dataclass(frozen=True)
class Sealed:
    """What the ballot asks, and whom."""

    title: str
    candidates: Sequence[str]
    """Hexadecimal keys of the candidacies: the alternatives."""
    entries: Sequence[Entry]


async def open_urn(unit: Unit, urns: MeetingUrns | None, case: ElectionCase, sealed: Sealed, actor: Actor) -> UUID:
    """An urn for the roll. Raises InvalidInputError where the vote has to be taken on paper."""
    if urns is None:
        raise InvalidInputError(FieldError("method", "only_secret_in_urn"))
    if any(each.votes != 1 for each in sealed.entries):
        raise InvalidInputError(FieldError("method", "weights_in_urn"))
    question = Question(id=QUESTION, kind="some", options=list(sealed.candidates), text=sealed.title)
    roll = [each.member_id for each in sealed.entries]
    vote = Vote(case.meeting_id, roll, BallotForm((question,)), case.statutes)
    return await urns.open_for(unit, vote, actor=actor)


async def count_urn(unit: Unit, urns: MeetingUrns | None, urn_id: UUID, actor: Actor) -> Papers:
    """Close and open the urn: the ballots as they lay in it, nobody's. One with too many names the count sets aside."""
    if urns is None:
        raise InvalidInputError(FieldError("method", "only_secret_in_urn"))
    opened = await urns.close_and_open(unit, urn_id, actor=actor)
    return Papers.of(((each.choices.get(QUESTION, ()), 1) for each in opened.ballots), invalid=opened.spoilt)
