"""A person in the register: where they belong and vote, and how they are erased."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class PersonState(Enum):
    """Whether the register still says who somebody is."""

    KNOWN = "known"
    ERASED = "erased"


@dataclass(frozen=True)
class PersonFacts:
    """What the rules know of a person, and of the unit that a step is about."""

    memberships: int = 0
    """Units that they belong to today."""
    mandates: int = 0
    """Places that they hold today."""
    belongs_there: bool = False
    """They belong to the unit."""
    votes_there: bool = False
    """They vote in the unit."""
    reason_given: bool = True


_KNOWN = (PersonState.KNOWN,)
_REGISTRARS = frozenset({Role.SECRETARY, Role.STAFF, Role.OPERATOR})
_OWN = _REGISTRARS | {Role.MEMBER}
"""In the case of a person, the member is that person."""

_BELONGS = Guard[PersonFacts]("belongs_elsewhere", lambda facts, now: facts.belongs_there, force=Force.INTEGRITY)

PERSON: Workflow[PersonState, PersonFacts] = Workflow(
    name="person",
    states=PersonState,
    initial=PersonState.KNOWN,
    rules=(
        Rule(
            "choose_voting_unit",
            _KNOWN,
            None,
            "voting-unit",
            _OWN,
            (_BELONGS, Guard("votes_there_already", lambda facts, now: not facts.votes_there)),
        ),
        Rule(
            "leave_unit",
            _KNOWN,
            None,
            "membership-effective",
            _OWN,
            (
                _BELONGS,
                Guard(
                    "vote_left_behind",
                    lambda facts, now: not facts.votes_there or facts.memberships <= 1,
                    paragraph="voting-unit",
                ),
            ),
        ),
        Rule(
            "erase",
            _KNOWN,
            PersonState.ERASED,
            "personal-data",
            frozenset({Role.SECRETARY, Role.OPERATOR}),
            (
                Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
                Guard(
                    "memberships_end",
                    lambda facts, now: facts.memberships == 0,
                    force=Force.CUSTOM,
                    says=lambda facts, now: {"count": facts.memberships},
                ),
                Guard(
                    "mandates_end",
                    lambda facts, now: facts.mandates == 0,
                    force=Force.CUSTOM,
                    says=lambda facts, now: {"count": facts.mandates},
                ),
            ),
        ),
    ),
    awaits={PersonState.KNOWN: Awaited(Role.OPERATOR, "erase")},
    final=frozenset({PersonState.ERASED}),
)
