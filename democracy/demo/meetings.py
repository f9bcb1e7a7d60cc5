"""The meetings of the story: when they are planned, called, held."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from democracy.demo import parts
from democracy.demo.content import Meeting
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.domain.actors import Member
from democracy.domain.kinds import MandateRole, MeetingKind, UnitKind
from democracy.services.meetings import Meetings, Plan

ORIGIN = "members_meeting_fjallsjo_2025"
"""Where the motion was first taken that Fjällsjö sends on."""

_MEMBERS_MEETING = Meeting(
    key=ORIGIN, kind=MeetingKind.MEMBERS_MEETING, unit="Partiföreningen Fjällsjö", title="Medlemsmöte i november",
    place="Bygdegården, Fjällsjö", first_day=date(2025, 11, 22), last_day=date(2025, 11, 22),
)  # fmt: skip
_NEXT_YEAR = Meeting(
    key="district_conference_2027", kind=MeetingKind.DISTRICT_CONFERENCE, unit="Norrvikens partidistrikt",
    title="Distriktsårskonferens 2027", place="Folkets hus, Granvik", first_day=date(2027, 3, 20),
    last_day=date(2027, 3, 21),
)  # fmt: skip
_PLANNED_AND_CALLED: dict[str, tuple[date, date | None]] = {
    "district_conference_2025": (date(2024, 10, 5), date(2024, 12, 7)),
    "district_conference_2026": (date(2025, 10, 4), date(2025, 12, 6)),
    "district_conference_2027": (date(2026, 1, 24), None),
    "election_conference_2026": (date(2025, 11, 15), date(2026, 1, 10)),
    "congress_2026": (date(2025, 8, 23), date(2025, 11, 1)),
    "annual_meeting_granvik_2026": (date(2026, 1, 12), date(2026, 1, 20)),
    "annual_meeting_stenvika_2026": (date(2026, 1, 14), date(2026, 1, 21)),
    "southern_conference_2026": (date(2025, 9, 13), date(2025, 10, 18)),
    ORIGIN: (date(2025, 10, 27), date(2025, 11, 3)),
}


@dataclass(frozen=True)
class Office:
    """Who acts for a meeting."""

    secretary: Member
    """Of the board that prepares it."""
    recorder: Member
    """Of the meeting itself."""


def write(script: Script, stage: Stage) -> None:
    """Plan and call every meeting, and hold those that are over."""
    for meeting in all_meetings(stage):
        planned, called = _PLANNED_AND_CALLED[meeting.key]
        script.add(moment(planned, 14), partial(_plan, stage, meeting))
        if called is not None:
            script.add(moment(called, 14), partial(_call, stage, meeting))
    _hold(script, stage, "district_conference_2025", papers=moment(date(2025, 3, 8), 10),
          opened=moment(date(2025, 3, 22), 10), closed=moment(date(2025, 3, 23), 15, 30))  # fmt: skip
    script.add(
        moment(date(2026, 1, 17), 10), partial(_send_papers, stage, stage.content.conference.sitting.meeting.key)
    )
    _hold(script, stage, ORIGIN, papers=moment(date(2025, 11, 19), 10),
          opened=moment(date(2025, 11, 22), 13), closed=moment(date(2025, 11, 22), 16))  # fmt: skip


def all_meetings(stage: Stage) -> list[Meeting]:
    """Those of the content, and two more that the story needs."""
    return [*stage.content.district.meetings, stage.content.conference.sitting.meeting, _MEMBERS_MEETING, _NEXT_YEAR]


def office_of(stage: Stage, key: str) -> Office:
    """Who acts for a meeting, by its key."""
    meeting = next(each for each in all_meetings(stage) if each.key == key)
    district = stage.content.district
    if meeting.unit == district.party.name:
        return Office(stage.member(parts.PARTY_SECRETARY), stage.member("Inga Malmrot"))
    if meeting.unit == district.district.name:
        return Office(stage.member(parts.SECRETARY), stage.member(parts.MEETING_SECRETARY))
    sitting = stage.content.conference.sitting
    if meeting.unit == sitting.district.name:
        secretary = stage.member(sitting.on_board(MandateRole.SECRETARY))
        return Office(secretary, secretary)
    return Office(stage.secretary(meeting.unit), stage.secretary(meeting.unit))


def board_of_meeting(stage: Stage, key: str) -> UUID:
    """The board that prepares a meeting."""
    meeting = next(each for each in all_meetings(stage) if each.key == key)
    return stage.body(meeting.unit, "board")


async def _plan(stage: Stage, meeting: Meeting, at: datetime) -> None:
    kind = meeting.kind.body
    assert kind is not None  # noqa: S101 - none of them is a board's meeting
    plan = Plan(
        body_id=stage.body(meeting.unit, kind.value),
        board_id=stage.body(meeting.unit, "board"),
        kind=meeting.kind,
        name=_title(stage, meeting),
        starts_at=moment(meeting.first_day, 10),
        ends_at=moment(meeting.last_day, 16),
        place=meeting.place,
    )
    stage.meetings[meeting.key] = await Meetings(stage.database, at).plan(
        plan, actor=office_of(stage, meeting.key).secretary
    )


def _title(stage: Stage, meeting: Meeting) -> str:
    """A branch's meeting says whose it is: in a list of meetings it stands beside those of others."""
    branch = next((each for each in stage.content.branches if each.name == meeting.unit), None)
    if branch is None or branch.kind is not UnitKind.LOCAL_BRANCH:
        return meeting.title
    return f"{meeting.title}, {branch.name.split(' ', 1)[1]}"


async def _call(stage: Stage, meeting: Meeting, at: datetime) -> None:
    secretary = office_of(stage, meeting.key).secretary
    await Meetings(stage.database, at).call(stage.meetings[meeting.key], actor=secretary)


async def _send_papers(stage: Stage, key: str, at: datetime) -> None:
    await Meetings(stage.database, at).send_papers(stage.meetings[key], actor=office_of(stage, key).secretary)


def _hold(script: Script, stage: Stage, key: str, *, papers: datetime, opened: datetime, closed: datetime) -> None:
    async def begin(at: datetime) -> None:
        await Meetings(stage.database, at).open(stage.meetings[key], actor=office_of(stage, key).recorder)

    async def end(at: datetime) -> None:
        await Meetings(stage.database, at).close(stage.meetings[key], actor=office_of(stage, key).recorder)

    script.add(papers, partial(_send_papers, stage, key))
    script.add(opened, begin)
    script.add(closed, end)
