"""The rights matrix joined with what somebody is."""

import pytest

from democracy.domain.meeting_rights import MeetingRights, rights_of
from workflows.statutes import BodyKind, Participant, packaged, resolve

MATRIX = resolve(packaged("vansterpartiet")).parameters.rights.matrix[BodyKind.DISTRICT_CONFERENCE]
P = Participant


@pytest.mark.parametrize(
    ("capacities", "rights"),
    [
        ({P.DELEGATE, P.MEMBER}, MeetingRights(P.DELEGATE, attends=True, speaks=True, proposes=True, votes=True)),
        ({P.SUBSTITUTE, P.MEMBER}, MeetingRights(P.SUBSTITUTE, attends=True)),
        ({P.MEMBER, P.BOARD_MEMBER}, MeetingRights(P.BOARD_MEMBER, attends=True, speaks=True, proposes=True)),
        ({P.MEMBER, P.AUDITOR}, MeetingRights(P.AUDITOR, attends=True, speaks=True)),
        ({P.MEMBER, P.MOVER}, MeetingRights(P.MOVER, attends=True, speaks_as_mover=True)),
        ({P.MOVER, P.AUDITOR}, MeetingRights(P.AUDITOR, attends=True, speaks=True)),
        ({P.MEMBER}, MeetingRights(P.MEMBER, if_room=True)),
        (set(), MeetingRights(P.GUEST)),
    ],
)
def test_rights_follow_from_every_capacity_together(capacities: set[Participant], rights: MeetingRights) -> None:
    assert rights_of(MATRIX, capacities) == rights


def test_whoever_sits_ex_officio_has_a_delegates_rights() -> None:
    assert not rights_of(MATRIX, {P.BOARD_MEMBER}).votes
    assert rights_of(MATRIX, {P.BOARD_MEMBER}, {P.BOARD_MEMBER}).votes
