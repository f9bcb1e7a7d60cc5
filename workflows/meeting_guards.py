"""The conditions of a meeting's rules that more than one of them share, and those of its closing."""

from workflows.engine import Force, Guard
from workflows.meeting_facts import MeetingFacts

REASON = Guard[MeetingFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)

NOTICE_IN_TIME = Guard[MeetingFacts](
    "notice_late",
    lambda facts, now: facts.notice_deadline is None or now < facts.notice_deadline,
    # Whether the notice was proper is the meeting's own first decision: a warning here, never a shut door.
    force=Force.CUSTOM,
    closes_at=lambda facts: facts.notice_deadline,
    says=lambda facts, now: {"deadline": facts.notice_deadline},
)
NOTICE_WAS_IN_TIME = Guard[MeetingFacts](
    "notice_was_late",
    lambda facts, now: (
        facts.notice_judged
        or facts.called_at is None
        or facts.notice_deadline is None
        or facts.called_at < facts.notice_deadline
    ),
    paragraph="meeting-notice",
    force=Force.CUSTOM,
    says=lambda facts, now: {"deadline": facts.notice_deadline, "sent": facts.called_at},
)
ROLL_OF_TODAY = Guard[MeetingFacts](
    "roll_of_another_day", lambda facts, now: not facts.roll_old, paragraph="meeting-opening", force=Force.CUSTOM
)
GAVEL = Guard[MeetingFacts](
    "gavel_missing",
    lambda facts, now: facts.gavels_missing == 0,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": facts.gavels_missing},
)
NO_DIVISION = Guard[MeetingFacts](
    "division_open",
    lambda facts, now: facts.divisions_open == 0,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
    # Which one it is, whoever asks the rule fills in: facts hold no text.
    says=lambda facts, now: {"place": "forgotten.some_item", "what": "forgotten.some_division"},
)
AGENDA_CHANGED = Guard[MeetingFacts](
    "agenda_set", lambda facts, now: not facts.agenda_set or facts.reason_given, force=Force.INTEGRITY
)
ORDER_WHOLE = Guard[MeetingFacts]("order_not_whole", lambda facts, now: facts.order_whole, force=Force.INTEGRITY)
NOT_HELD = Guard[MeetingFacts]("holds_already", lambda facts, now: not facts.holds_already, force=Force.INTEGRITY)
NOT_BARRED = Guard[MeetingFacts](
    "person_barred",
    lambda facts, now: not facts.person_barred,
    paragraph="conflict-of-interest",
    force=Force.INTEGRITY,
)
CARRIED = Guard[MeetingFacts]("not_carried", lambda facts, now: facts.carried, paragraph="meeting-decision")
NO_PART = Guard[MeetingFacts]("part_of_part", lambda facts, now: not facts.is_part, force=Force.INTEGRITY)
WHOLE_OPEN = Guard[MeetingFacts](
    "whole_not_open", lambda facts, now: not facts.is_part or facts.whole_open, force=Force.INTEGRITY
)
SOMEBODY_SENT = Guard[MeetingFacts](
    "nobody_sent",
    lambda facts, now: not facts.is_part or facts.sent > 0,
    paragraph="delegates",
    force=Force.INTEGRITY,
)

CLOSING: tuple[Guard[MeetingFacts], ...] = (
    Guard(
        "item_open",
        lambda facts, now: facts.open_number == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"number": facts.open_number},
    ),
    GAVEL,
    NO_DIVISION,
    Guard(
        "parts_left",
        lambda facts, now: facts.parts_left == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.parts_left},
    ),
    Guard(
        "matters_undecided",
        lambda facts, now: facts.matters_undecided == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.matters_undecided},
    ),
    Guard(
        "elections_undecided",
        lambda facts, now: facts.elections_left == 0,
        paragraph="elections",
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.elections_left},
    ),
    Guard(
        "items_left",
        lambda facts, now: facts.items_left == 0,
        paragraph="meeting-order",
        force=Force.MEETING_ORDER,
        says=lambda facts, now: {"count": facts.items_left},
    ),
    Guard(
        "motions_undecided",
        lambda facts, now: facts.undecided == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.undecided},
    ),
    Guard(
        "motions_untreated",
        lambda facts, now: facts.untreated == 0,
        paragraph="motion-agenda",
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.untreated},
    ),
    Guard(
        "stopped_unnoted",
        lambda facts, now: facts.stopped == 0,
        paragraph="motion-late",
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.stopped},
    ),
)
"""Why a meeting cannot be closed: each says what is to be done first."""
