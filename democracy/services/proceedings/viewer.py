"""What one member may do at a meeting now, and why not more."""

from dataclasses import dataclass
from datetime import date

from democracy.domain.meeting_rights import body_of
from democracy.services.proceedings.hall import Hall
from democracy.storage.delegate_case import RUNNING
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.reads.own_place import OwnPlace
from workflows.delegate import DelegateState
from workflows.statutes import Participant, Resolved


@dataclass(frozen=True)
class ViewerRights:
    """The four rights as they are now; `by_rules` as they are once somebody has checked in."""

    participant: Participant
    capacities: tuple[Participant, ...]
    checked_in: bool
    attend: bool
    speak: bool
    propose: bool
    vote: bool
    votes: int
    speak_on_own_motion: bool
    why: tuple[str, ...]
    """Codes of reasons for what is missing."""


def viewer_rights(case: MeetingCase, rules: Resolved, place: OwnPlace, day: date) -> ViewerRights:
    """The statutes' matrix joined with what the member is, and with whether they are there."""
    matrix = rules.parameters.rights.matrix.get(body_of(case.kind, place.unit_kind), {})
    hall = Hall(case, rules, matrix, day, place.shared_out)
    general = hall.general(place.person)
    vote = bool(place.voting)
    return ViewerRights(
        participant=place.participant or general.participant,
        capacities=tuple(each for each in Participant if each in place.person.capacities),
        checked_in=place.presence_id is not None,
        attend=general.attends or general.if_room,
        speak=bool(place.speaks),
        propose=bool(place.proposes),
        vote=vote and (not place.roll_fixed or place.in_last_roll),
        votes=place.votes or 0 if vote else 0,
        speak_on_own_motion=general.speaks_as_mover,
        why=tuple(_why(hall, place)),
    )


def _why(hall: Hall, place: OwnPlace) -> list[str]:
    general, there = hall.general(place.person), place.presence_id is not None
    attends = general.attends or general.if_room
    reasons = {
        "no_right_to_attend": not attends,
        "room_only": general.if_room and not there,
        "meeting_not_in_progress": hall.case.state not in RUNNING,
        "not_checked_in": attends and not there and hall.case.state in RUNNING,
        "report_waits": place.state is DelegateState.REPORTED,
        "own_motion_only": general.speaks_as_mover,
        **_no_vote(hall, place),
    }
    return [code for code, holds in reasons.items() if holds]


def _no_vote(hall: Hall, place: OwnPlace) -> dict[str, bool]:
    votes, general = bool(place.voting), hall.general(place.person).votes
    substitute = place.participant is Participant.SUBSTITUTE
    waits = votes and place.roll_fixed and not place.in_last_roll
    return {
        "substitute_waits": substitute and not votes,
        "no_vote_in_this_capacity": not substitute and not general and not votes,
        "roll_fixed_before_you_came": waits,
    }
