"""The conditions of an election of persons."""

from workflows.election_facts import ElectionFacts
from workflows.engine import Force, Guard, Role

KEEPERS = frozenset({Role.SECRETARY, Role.MEETING_SECRETARY})
CHAIR = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})
ROOM = CHAIR
VOTERS = frozenset({Role.VOTER, Role.PRESIDIUM, Role.MEETING_SECRETARY})
COUNTERS = frozenset({Role.TELLER, Role.PRESIDIUM, Role.MEETING_SECRETARY})

_G = Guard[ElectionFacts]

MEETING_COMING = _G("meeting_over", lambda facts, now: facts.meeting_coming)
MEETING_SITS = _G("meeting_not_open", lambda facts, now: facts.meeting_open, force=Force.INTEGRITY)
SUBSTITUTES = _G(
    "too_many_substitutes",
    lambda facts, now: not facts.substitutes_limited or facts.substitutes <= facts.seats,
    says=lambda facts, now: {"substitutes": facts.substitutes, "seats": facts.seats},
)
FILLS_IN_PLACE = _G("other_body_fills", lambda facts, now: facts.fills_in_place)
COMMITTEE_PUBLISHES = _G("committee_publishes", lambda facts, now: not facts.has_committee or facts.in_committee)
NOMINATIONS_CLOSED = _G(
    "nominations_open",
    lambda facts, now: facts.nominations_close_at is None or now >= facts.nominations_close_at,
    opens_at=lambda facts: facts.nominations_close_at,
    says=lambda facts, now: {"deadline": facts.nominations_close_at or now},
)
NAMES_IN_TIME = _G(
    "names_late",
    lambda facts, now: facts.names_due_at is None or now < facts.names_due_at,
    force=Force.CUSTOM,
    closes_at=lambda facts: facts.names_due_at,
    says=lambda facts, now: {"deadline": facts.names_due_at or now},
)
REPRESENTATION = _G("representation_unmet", lambda facts, now: facts.representation_met)
REASON = _G("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
NUMBERS_DECIDED = _G("numbers_undecided", lambda facts, now: facts.numbers_decided)
SOMEBODY_STANDS = _G("nobody_stands", lambda facts, now: facts.candidates > 0)
NO_MORE_THAN_SEATS = _G(
    "more_than_seats",
    lambda facts, now: not facts.many,
    says=lambda facts, now: {"candidates": facts.candidates, "seats": facts.seats + facts.substitutes},
)
NOBODY_ASKED = _G("ballot_asked", lambda facts, now: not facts.ballot_asked)
LISTS_FIT = _G("lists_do_not_fit", lambda facts, now: facts.lists_fit, force=Force.INTEGRITY)
WITNESSES = _G("witnesses_missing", lambda facts, now: facts.lot_witnessed, force=Force.INTEGRITY)
SOMEBODY_VOTES = _G("nobody_votes", lambda facts, now: facts.voters > 0, force=Force.INTEGRITY)
SECRET_ON_PAPER = _G(
    "secret_on_paper", lambda facts, now: not facts.ballot_asked or facts.secret, paragraph="minority-rights"
)
COUNTABLE = _G("method_not_counted", lambda facts, now: facts.countable)
ON_DEVICES = _G("voted_on_paper", lambda facts, now: facts.on_devices)
ON_PAPER = _G("voted_on_devices", lambda facts, now: facts.on_paper)
IN_ROLL = _G("not_in_roll", lambda facts, now: facts.in_roll, force=Force.INTEGRITY)
NAMES_FIT = _G("names_do_not_fit", lambda facts, now: facts.names_fit)
WITHIN_ROLL = _G(
    "more_papers_than_voters",
    lambda facts, now: facts.papers <= facts.entitled,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"papers": facts.papers, "entitled": facts.entitled},
)
ALL_COUNTED = _G(
    "counts_missing",
    lambda facts, now: facts.counts_missing == 0,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": facts.counts_missing},
)
COUNTS_AGREE = _G("counts_differ", lambda facts, now: facts.counts_agree, force=Force.INTEGRITY)
LOT_DUE = _G("no_lot_due", lambda facts, now: facts.lot_needed, force=Force.INTEGRITY)
LOT_FITS = _G("lot_does_not_fit", lambda facts, now: facts.lot_possible, force=Force.INTEGRITY)
NO_LOT_LEFT = _G("lot_needed", lambda facts, now: not facts.lot_needed)
SECOND_DUE = _G("no_second_due", lambda facts, now: facts.second_due)
REFERRED_ON = _G("no_coming_meeting", lambda facts, now: facts.successor_fits, force=Force.INTEGRITY)
NO_SECOND = _G("second_due", lambda facts, now: not facts.second_due)
