import re
from collections import Counter
from datetime import date
from itertools import islice

import pytest

from democracy.demo.content import Motion, load
from democracy.domain.kinds import BodyKind, Channel, Fault, MandateRole, Outcome, UnitKind
from democracy.domain.motion_text import split
from workflows.motion import MotionState

CONTENT = load()
MOTIONS = CONTENT.motions
DISTRICT = CONTENT.district
BRANCHES = {each.name for each in DISTRICT.branches}
PEOPLE = {each.name: each for each in DISTRICT.people}
REPLIED = {MotionState.PREPARED, MotionState.SCHEDULED, MotionState.DECIDED, MotionState.CLOSED}
TOLD_BEFORE = date(2026, 1, 1)

each_motion = pytest.mark.parametrize("motion", MOTIONS, ids=lambda each: each.title)


def sentences(motion: Motion) -> set[str]:
    text = " ".join((motion.reasoning, motion.reply, *(each.text for each in motion.clauses)))
    return {each for each in re.split(r"(?<=[.!?])\s+", text) if len(each.split()) > 4}


def test_there_are_81_different_motions() -> None:
    assert len(MOTIONS) == 81
    assert len({each.title for each in MOTIONS}) == 81
    assert len({each.reasoning for each in MOTIONS}) == 81


def test_every_state_of_life_is_shown_and_most_motions_are_on_their_way() -> None:
    shown = Counter(each.state for each in MOTIONS)
    assert set(shown) == set(MotionState)
    assert shown[MotionState.ADMITTED] + shown[MotionState.PREPARED] + shown[MotionState.SCHEDULED] > 81 / 2


def test_no_sentence_is_written_twice() -> None:
    written = Counter(sentence for motion in MOTIONS for sentence in sentences(motion))
    # A formula of the trade: what falls with another att-sats is said in the same words everywhere.
    assert {sentence for sentence, times in written.items() if times > 1} <= {"Faller om den första att-satsen avslås."}


@each_motion
def test_a_motion_has_reasons_and_att_satser(motion: Motion) -> None:
    assert 60 <= len(motion.reasoning.split()) <= 200
    assert 1 <= len(motion.clauses) <= 5
    for clause in motion.clauses:
        assert re.fullmatch(r"att \S.*\.«?", clause.text)
        assert len(clause.text.split()) >= 4
    assert motion.reasoning == motion.reasoning.strip()
    assert "  " not in motion.reasoning


@each_motion
def test_a_mover_is_a_branch_or_a_member_of_one(motion: Motion) -> None:
    assert motion.movers
    for mover in (*motion.movers, *motion.unconfirmed):
        assert mover in BRANCHES or mover in PEOPLE
    if motion.channel == Channel.PAPER:
        assert not PEOPLE[motion.movers[0]].has_email


@each_motion
def test_a_motion_goes_to_a_meeting_where_its_movers_belong(motion: Motion) -> None:
    meeting = next(each for each in DISTRICT.meetings if each.key == motion.meeting)
    if meeting.unit in BRANCHES:
        assert {PEOPLE[each].branch for each in motion.movers} == {meeting.unit}
    if motion.sent_from:
        assert motion.sent_as
        assert motion.sent_from in {*BRANCHES, DISTRICT.district.name}


@each_motion
def test_the_board_has_replied_to_every_att_sats_or_to_none(motion: Motion) -> None:
    recommended = [each.recommendation for each in motion.clauses]
    assert all(recommended) if motion.state in REPLIED else not any(recommended)
    for each in filter(None, recommended):
        assert each.reason.endswith(".")
        assert (each.wording is not None) == (each.outcome == Outcome.APPROVE_REWORDED)
        assert (each.recipient is not None) == (each.outcome == Outcome.REFER)
        assert each.wording is None or re.fullmatch(r"att \S.*\.", each.wording)
    board = {each.name for each in DISTRICT.people if each.body == "Distriktsstyrelsen"}
    assert {each.member for each in motion.reservations} <= board


@each_motion
def test_only_an_earlier_meeting_has_decided_and_what_it_approved_is_followed_up(motion: Motion) -> None:
    is_decided = motion.state in {MotionState.DECIDED, MotionState.CLOSED}
    assert is_decided == (motion.meeting == "district_conference_2025")
    bodies = {each.name for each in DISTRICT.bodies}
    for clause in motion.clauses:
        assert (clause.decision is not None) == is_decided
        assert (clause.follow_up is not None) == bool(clause.decision and clause.decision.outcome.gives_a_task)
        if clause.decision:
            assert (clause.decision.wording is not None) == (clause.decision.outcome == Outcome.APPROVE_REWORDED)
        if clause.follow_up:
            assert clause.follow_up.responsible in bodies
            assert (clause.follow_up.due < TOLD_BEFORE) == (clause.follow_up.report is not None)
            assert motion.state == MotionState.DECIDED or clause.follow_up.report


@each_motion
def test_a_stopped_or_returned_motion_says_why(motion: Motion) -> None:
    assert (motion.state == MotionState.NOT_ADMISSIBLE) == bool(motion.fault and motion.fault_note)
    assert bool(motion.missing) == (motion.state == MotionState.RETURNED or motion.fault == Fault.INCOMPLETE)
    assert all(bool(each.fault) == bool(each.fault_note) for each in motion.clauses)


@each_motion
@pytest.mark.parametrize("lead_in", ["Därför yrkar vi", "Att-satser:", "Jag föreslår årsmötet besluta"])
def test_a_motion_pasted_from_a_word_processor_is_read_as_written(motion: Motion, lead_in: str) -> None:
    items = "\r\n".join(f"{number}.\t{each.text}" for number, each in enumerate(motion.clauses, 1))
    reasoning = motion.reasoning.replace("\n\n", "\r\n\r\n")
    signed = "\r\n".join(motion.movers)
    pasted = split(f"Motion: {motion.title}\r\n\r\n{reasoning}\r\n\r\n{lead_in}\r\n{items}\r\n\r\n{signed}")
    assert (pasted.title, pasted.reasoning) == (motion.title, motion.reasoning)
    assert list(pasted.clauses) == [each.text for each in motion.clauses]


def test_one_decision_went_against_the_board() -> None:
    against = [
        clause
        for motion in MOTIONS
        for clause in motion.clauses
        if clause.decision and clause.recommendation and clause.decision.outcome != clause.recommendation.outcome
    ]
    assert against


def test_the_district_has_25_branches_of_every_kind_and_2000_members() -> None:
    assert len(BRANCHES) == len(DISTRICT.branches) == 25
    assert {each.kind for each in DISTRICT.branches} == {
        UnitKind.LOCAL_BRANCH,
        UnitKind.LIGHT_BRANCH,
        UnitKind.TRADE_BRANCH,
        UnitKind.STUDENT_BRANCH,
    }
    assert sum(each.members for each in DISTRICT.branches) == 2_000


def test_people_stand_in_known_branches_and_bodies() -> None:
    bodies = {each.name: each.kind for each in DISTRICT.bodies}
    assert len(PEOPLE) == len(DISTRICT.people)
    assert {each.branch for each in DISTRICT.people} <= BRANCHES
    assert all((each.body in bodies) == (each.role is not None) for each in DISTRICT.people)
    board = Counter(each.role for each in DISTRICT.people if each.body and bodies[each.body] == BodyKind.BOARD)
    assert board[MandateRole.CHAIR] == board[MandateRole.TREASURER] == board[MandateRole.SECRETARY] == 1
    assert sum(board.values()) == 9


def test_people_in_the_story_are_named_from_the_pools() -> None:
    given = {*CONTENT.names.women, *CONTENT.names.men, *CONTENT.names.either}
    for name in PEOPLE:
        first, family = name.split(" ")
        assert first in given
        assert family in CONTENT.names.family


def test_the_pools_give_every_pair_once() -> None:
    names = CONTENT.names
    made = [str(each) for each in names.distinct()]
    count = len(names.women) + len(names.men) + len(names.either)
    assert len(made) == len(set(made)) == count * len(names.family) > 2_000
    assert set(PEOPLE) <= set(made)


def test_names_come_well_mixed() -> None:
    first = list(islice(CONTENT.names.distinct(), 200))
    assert len({each.family for each in first}) > 100
    genders = Counter(each.gender for each in first[:40])
    assert len(genders) == 3
