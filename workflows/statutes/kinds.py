"""The words that statutes are written in: levels, bodies, meetings, motions and those who take part."""

from enum import StrEnum


class Level(StrEnum):
    """How high up a set of statutes is adopted. Higher levels prevail."""

    NATIONAL = "national"
    DISTRICT = "district"
    LOCAL = "local"

    @property
    def rank(self) -> int:
        """0 for the highest level, rising downwards."""
        return list(Level).index(self)


class BodyKind(StrEnum):
    """A body whose members decide together."""

    CONGRESS = "congress"
    DISTRICT_CONFERENCE = "district_conference"
    ELECTION_CONFERENCE = "election_conference"
    ANNUAL_MEETING = "annual_meeting"
    MEMBERS_MEETING = "members_meeting"
    REPRESENTATIVE_COUNCIL = "representative_council"
    PARTY_BOARD = "party_board"
    EXECUTIVE_COMMITTEE = "executive_committee"
    DISTRICT_BOARD = "district_board"
    LOCAL_BOARD = "local_board"
    FOUNDING_MEETING = "founding_meeting"


class MeetingKind(StrEnum):
    """A kind of meeting that a notice calls."""

    CONGRESS = "congress"
    EXTRA_CONGRESS = "extra_congress"
    PROGRAMME_CONGRESS = "programme_congress"
    ELECTION_YEAR_CONGRESS = "election_year_congress"
    DISTRICT_CONFERENCE = "district_conference"
    ELECTION_CONFERENCE = "election_conference"
    ANNUAL_MEETING = "annual_meeting"
    MEMBERS_MEETING = "members_meeting"
    COUNCIL_MEETING = "council_meeting"
    BOARD_MEETING = "board_meeting"

    @property
    def body(self) -> BodyKind | None:
        """The kind of body that meets; None for a board's meeting, whose level says which board it is."""
        return _BODIES.get(self)


class MotionCategory(StrEnum):
    """What a motion is about; decides which kinds of meeting may treat it."""

    GENERAL = "general"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    STATUTES = "statutes"
    CURRENT_DOCUMENT = "current_document"


class Sender(StrEnum):
    """Who sends a motion: one member, or a unit of a level."""

    MEMBER = "member"
    LOCAL = "local"
    DISTRICT = "district"
    NATIONAL = "national"


class Participant(StrEnum):
    """In what capacity somebody takes part in a body."""

    DELEGATE = "delegate"
    SUBSTITUTE = "substitute"
    MEMBER = "member"
    BOARD_MEMBER = "board_member"
    HIGHER_BOARD_MEMBER = "higher_board_member"
    ELECTED_REPRESENTATIVE = "elected_representative"
    GROUP_MEMBER = "group_member"
    AUDITOR = "auditor"
    NOMINATION_COMMITTEE = "nomination_committee"
    CO_OPTED = "co_opted"
    PRESIDIUM = "presidium"
    SECRETARY = "secretary"
    MOVER = "mover"
    STAFF = "staff"
    GUEST = "guest"


class Right(StrEnum):
    """What somebody may do in a meeting. Four separate rights; the first exists also while there is room."""

    ATTEND = "attend"
    ATTEND_IF_ROOM = "attend_if_room"
    SPEAK = "speak"
    PROPOSE = "propose"
    VOTE = "vote"


class Until(StrEnum):
    """The event after which something can no longer be done."""

    SUBMITTED = "submitted"
    AGENDA = "agenda"
    MEETING_OPENED = "meeting_opened"
    ITEM_DECIDED = "item_decided"
    MEETING_CLOSED = "meeting_closed"
    MINUTES_VERIFIED = "minutes_verified"


_BODIES = {
    MeetingKind.CONGRESS: BodyKind.CONGRESS,
    MeetingKind.EXTRA_CONGRESS: BodyKind.CONGRESS,
    MeetingKind.PROGRAMME_CONGRESS: BodyKind.CONGRESS,
    MeetingKind.ELECTION_YEAR_CONGRESS: BodyKind.CONGRESS,
    MeetingKind.DISTRICT_CONFERENCE: BodyKind.DISTRICT_CONFERENCE,
    MeetingKind.ELECTION_CONFERENCE: BodyKind.ELECTION_CONFERENCE,
    MeetingKind.ANNUAL_MEETING: BodyKind.ANNUAL_MEETING,
    MeetingKind.MEMBERS_MEETING: BodyKind.MEMBERS_MEETING,
    MeetingKind.COUNCIL_MEETING: BodyKind.REPRESENTATIVE_COUNCIL,
}
