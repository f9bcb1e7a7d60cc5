"""Conditions of a division, and who follows its rules."""

from workflows.division_facts import DivisionFacts
from workflows.engine import Force, Guard, Role

CHAIR = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})
"""The chair acts; the secretary records it for the room."""
VOTERS = frozenset({Role.VOTER, Role.MEETING_SECRETARY})
"""Voters act on their devices; the secretary records what came from the floor."""
COUNTERS = frozenset({Role.TELLER, Role.PRESIDIUM, Role.MEETING_SECRETARY})

MEETING_SITS = Guard[DivisionFacts](
    "meeting_not_sitting", lambda facts, now: facts.meeting_open, paragraph="meeting-decision", force=Force.INTEGRITY
)
BEFORE_THE_GAVEL = Guard[DivisionFacts](
    "gavel_fallen", lambda facts, now: not facts.gavel_fallen, paragraph="meeting-decision", force=Force.INTEGRITY
)
QUESTION_PUT = Guard[DivisionFacts](
    "question_not_put", lambda facts, now: facts.put, paragraph="meeting-decision", force=Force.INTEGRITY
)
A_VOTER_ASKS = Guard[DivisionFacts]("asked_without_vote", lambda facts, now: facts.voter, force=Force.INTEGRITY)
NOT_ASKED_BEFORE = Guard[DivisionFacts]("asked_before", lambda facts, now: not facts.asked_before)
NOT_ORDERED = Guard[DivisionFacts]("already_ordered", lambda facts, now: not facts.ordered)

RECEIVED = Guard[DivisionFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)

COMES_NEXT = Guard[DivisionFacts](
    "another_vote_first", lambda facts, now: facts.comes_next, paragraph="meeting-decision", force=Force.INTEGRITY
)
NONE_OPEN = Guard[DivisionFacts](
    "another_vote_open", lambda facts, now: not facts.another_open, paragraph="meeting-decision", force=Force.INTEGRITY
)
NO_LATER_VOTE = Guard[DivisionFacts](
    "later_vote_open",
    lambda facts, now: not facts.gavel_fallen or not facts.another_open,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
)
SETTLES = Guard[DivisionFacts]("trial_settles_nothing", lambda facts, now: facts.settles, force=Force.INTEGRITY)
SOMEBODY_VOTES = Guard[DivisionFacts]("roll_empty", lambda facts, now: facts.voters > 0, force=Force.INTEGRITY)
ENOUGH_PRESENT = Guard[DivisionFacts](
    "too_few_present",
    lambda facts, now: facts.present >= facts.present_needed,
    says=lambda facts, now: {"count": facts.present, "needed": facts.present_needed},
)
METHOD_DECIDED = Guard[DivisionFacts](
    "method_undecided", lambda facts, now: facts.method_decided, paragraph="meeting-decision", force=Force.MEETING_ORDER
)
SECRET_RIGHT = Guard[DivisionFacts]("no_secret_right", lambda facts, now: facts.secret_right)
SECRET_NOT_ASKED = Guard[DivisionFacts]("secret_asked_before", lambda facts, now: not facts.secret_asked_before)
CLOSED_AS_ASKED = Guard[DivisionFacts](
    "secret_demanded", lambda facts, now: facts.taken_closed or not facts.secret_demanded, paragraph="minority-rights"
)
NO_CARDS_SHOWN = Guard[DivisionFacts](
    "secret_demanded", lambda facts, now: not facts.secret_demanded, paragraph="minority-rights"
)

BY_NAME = Guard[DivisionFacts](
    "not_on_devices", lambda facts, now: facts.on_devices and not facts.trial, force=Force.INTEGRITY
)
NOT_SEALED = Guard[DivisionFacts]("cast_in_urn", lambda facts, now: not facts.sealed, force=Force.INTEGRITY)
IN_ROLL = Guard[DivisionFacts](
    "not_in_roll", lambda facts, now: facts.in_roll, paragraph="delegates", force=Force.INTEGRITY
)
NOT_BARRED = Guard[DivisionFacts](
    "barred", lambda facts, now: not facts.barred, paragraph="conflict-of-interest", force=Force.INTEGRITY
)
OWN_ANSWER = Guard[DivisionFacts](
    "answered_themselves", lambda facts, now: not facts.answered_themselves, force=Force.INTEGRITY
)

COUNTED_BY_TELLERS = Guard[DivisionFacts](
    "counted_by_devices", lambda facts, now: not facts.on_devices, force=Force.INTEGRITY
)
NOT_BY_URN = Guard[DivisionFacts]("counted_by_urn", lambda facts, now: not facts.sealed, force=Force.INTEGRITY)
COUNTED = Guard[DivisionFacts]("not_counted", lambda facts, now: not facts.trial, force=Force.INTEGRITY)
TRIAL = Guard[DivisionFacts]("no_trial", lambda facts, now: facts.trial, force=Force.INTEGRITY)
WITHIN_ROLL = Guard[DivisionFacts](
    "above_roll",
    lambda facts, now: facts.counted <= facts.entitled,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"working": facts.working, "sum": facts.counted, "roll": facts.entitled},
)
ALL_COUNTS = Guard[DivisionFacts](
    "figures_missing",
    lambda facts, now: facts.counts_missing == 0,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": facts.counts_missing},
)
COUNTS_AGREE = Guard[DivisionFacts]("figures_disagree", lambda facts, now: facts.counts_agree, force=Force.INTEGRITY)
QUORATE = Guard[DivisionFacts](
    "not_quorate",
    lambda facts, now: facts.counted >= facts.quorum,
    says=lambda facts, now: {"count": facts.counted, "quorum": facts.quorum},
)

CASTING_VOTE = Guard[DivisionFacts]("casting_vote_missing", lambda facts, now: not facts.casting_missing)
NO_CASTING_VOTE = Guard[DivisionFacts]("casting_vote_not_given", lambda facts, now: not facts.casting_not_given)
LOT = Guard[DivisionFacts]("lot_missing", lambda facts, now: not facts.lot_missing)
NO_LOT = Guard[DivisionFacts]("lot_not_due", lambda facts, now: not facts.lot_not_due)

REASON = Guard[DivisionFacts](
    "reason_missing", lambda facts, now: facts.reason_given, paragraph="correction", force=Force.INTEGRITY
)
TELLER = Guard[DivisionFacts]("teller_missing", lambda facts, now: facts.teller_named, paragraph="correction")
DECIDED_STANDS = Guard[DivisionFacts](
    "decided_stands", lambda facts, now: not facts.changes_decided, paragraph="correction", force=Force.INTEGRITY
)
