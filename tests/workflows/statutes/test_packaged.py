"""Both orders answer the same questions, each in its own way."""

import json
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from workflows.meeting import MEETING
from workflows.motion import MOTION
from workflows.statutes import (
    PACKAGED,
    PARAGRAPH_KEYS,
    BodyKind,
    Level,
    MeetingKind,
    Resolved,
    Statutes,
    canonical_json,
    from_json,
    packaged,
    resolve,
)
from workflows.statutes.kinds import Participant, Right, Sender
from workflows.statutes.parameters.meetings import Matter

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ORDERS = {
    "vansterpartiet": ("vansterpartiet",),
    "smaforeningen": ("smaforeningen",),
    "norrviken": ("vansterpartiet", "norrviken"),
}


@pytest.fixture(params=ORDERS)
def order(request: pytest.FixtureRequest) -> Resolved:
    return resolve(*(packaged(name) for name in ORDERS[request.param]))


@pytest.fixture(params=sorted(PACKAGED))
def statutes(request: pytest.FixtureRequest) -> Statutes:
    return packaged(request.param)


def test_every_packaged_file_belongs_to_an_order() -> None:
    assert set(PACKAGED) == set(ORDERS)


def test_every_paragraph_that_rules_name_is_there_in_both_languages(order: Resolved) -> None:
    for key in PARAGRAPH_KEYS:
        assert order.paragraph(key).text
        assert order.paragraph(key).text_en


def test_every_setting_knows_its_paragraph(order: Resolved) -> None:
    for path in order.owners:
        source = order.source_of(path)
        assert source is not None
        assert source.paragraph.text


def test_canonical_json_reads_back_as_the_same_statutes(statutes: Statutes) -> None:
    text = canonical_json(statutes)
    assert from_json(text) == statutes
    assert canonical_json(from_json(text)) == text
    assert from_json(text).digest == statutes.digest


def test_canonical_json_has_sorted_keys_and_no_spaces(statutes: Statutes) -> None:
    text = canonical_json(statutes)
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_whoever_may_be_written_to_has_deadlines_replies_and_categories(order: Resolved) -> None:
    motions = order.parameters.motions
    for kinds in motions.addressees.values():
        for kind in kinds:
            assert motions.deadline[kind].derive(date(2026, 3, 21), STOCKHOLM).words("en")
            assert kind in motions.replies
            assert motions.categories[kind]
            assert kind in order.parameters.meetings.notice


def test_a_paragraph_that_was_not_found_is_not_called_verified(statutes: Statutes) -> None:
    assert all(paragraph.source for paragraph in statutes.paragraphs.values())
    assert not [each for each in statutes.paragraphs.values() if each.verified and each.source.startswith("ej funnen")]


def test_the_two_orders_differ_where_rules_ask() -> None:
    party, small = (resolve(packaged(name)).parameters for name in ("vansterpartiet", "smaforeningen"))
    assert (party.motions.units_may_move, small.motions.units_may_move) == (True, False)
    assert (party.motions.late_may_be_taken_up, small.motions.late_may_be_taken_up) == (False, True)
    assert (party.motions.stopped_may_be_taken_up, small.motions.stopped_may_be_taken_up) == (True, False)
    assert (party.membership.days_after_fee, small.membership.days_after_fee) == (30, 0)
    assert (party.minorities.refer_back is None, small.minorities.refer_back is None) == (True, False)
    assert party.boards.quorum != small.boards.quorum
    assert party.meetings.majority[Matter.ORDINARY] != small.meetings.majority[Matter.ORDINARY]
    assert party.motions.withdrawal_until != small.motions.withdrawal_until
    assert small.founding is None


def test_the_rights_of_a_district_conference_are_those_that_were_read() -> None:
    rights = resolve(packaged("vansterpartiet")).parameters.rights
    body = BodyKind.DISTRICT_CONFERENCE
    assert MeetingKind.DISTRICT_CONFERENCE.body is body
    assert all(rights.allows(body, Participant.DELEGATE, right) for right in Right if right is not Right.ATTEND_IF_ROOM)
    assert rights.allows(body, Participant.BOARD_MEMBER, Right.PROPOSE)
    assert not rights.allows(body, Participant.BOARD_MEMBER, Right.VOTE)
    assert rights.matrix[body][Participant.MEMBER] == (Right.ATTEND_IF_ROOM,)
    assert not rights.allows(body, Participant.STAFF, Right.ATTEND)


def test_a_branch_may_write_where_the_statutes_say() -> None:
    party, small = (resolve(packaged(name)).parameters.motions for name in ("vansterpartiet", "smaforeningen"))
    assert party.may_send_to(Sender.LOCAL, MeetingKind.CONGRESS)
    assert not party.may_send_to(Sender.DISTRICT, MeetingKind.DISTRICT_CONFERENCE)
    assert small.may_send_to(Sender.MEMBER, MeetingKind.ANNUAL_MEETING)
    assert not small.may_send_to(Sender.LOCAL, MeetingKind.ANNUAL_MEETING)


def test_programme_motions_wait_for_the_programme_congress() -> None:
    categories = resolve(packaged("vansterpartiet")).parameters.motions.categories
    assert "programme" in categories[MeetingKind.PROGRAMME_CONGRESS]
    assert "programme" not in categories[MeetingKind.ELECTION_YEAR_CONGRESS]


def test_the_district_adds_its_own_order_to_the_party() -> None:
    order = resolve(packaged("vansterpartiet"), packaged("norrviken"))
    deadline = order.source_of("motions.deadline.district_conference")
    assert deadline is not None
    assert (deadline.level, deadline.paragraph.number) == (Level.DISTRICT, "N 4")
    congress = order.source_of("motions.deadline.congress")
    assert congress is not None
    assert congress.level is Level.NATIONAL
    assert order.parameters.boards.quorum.met(5, 10)
    assert order.overruled == ()


def test_an_interpretation_becomes_the_source_of_its_parameter() -> None:
    source = resolve(packaged("vansterpartiet"), packaged("norrviken")).source_of("motions.stopped_may_be_taken_up")
    assert source is not None
    assert source.interpretation is not None
    assert source.interpretation.decided_on == date(2021, 3, 20)


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    with pytest.raises(LookupError, match="smaforeningen"):
        packaged("nowhere")
    assert "nowhere" not in PACKAGED
    assert len(PACKAGED) == 3


def test_every_paragraph_that_a_workflow_names_is_among_the_required_ones() -> None:
    assert MOTION.paragraphs() | MEETING.paragraphs() <= set(PARAGRAPH_KEYS)
