"""Conditions on a proposal."""

from workflows.engine import Force, Guard
from workflows.proceedings_guards import IN_SESSION
from workflows.proposal_facts import ProposalFacts

DEBATED = Guard[ProposalFacts](
    "debate_closed", lambda facts, now: facts.debate_open or (facts.formal and not facts.ordered and not facts.decided)
)
"""Referring back and deferring may still be asked for when the debate is closed, until the order is approved."""

BEFORE_THE_STOP = Guard[ProposalFacts](
    "proposals_closed",
    lambda facts, now: facts.formal or facts.closes_at is None or (facts.received_at or now) < facts.closes_at,
    paragraph="meeting-order",
    force=Force.MEETING_ORDER,
    closes_at=lambda facts: facts.closes_at,
    says=lambda facts, now: {"deadline": facts.closes_at},
)

BEFORE_THE_ORDER = Guard[ProposalFacts]("order_approved", lambda facts, now: not facts.ordered and not facts.decided)

RIGHT = Guard[ProposalFacts]("mover_without_right", lambda facts, now: facts.mover_has_right, paragraph="rights-matrix")

RECEIVED = Guard[ProposalFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)

COMPLETE: tuple[Guard[ProposalFacts], ...] = (
    Guard("text_missing", lambda facts, now: facts.has_text, force=Force.INTEGRITY),
    Guard("recipient_missing", lambda facts, now: facts.recipient_given, force=Force.INTEGRITY),
    Guard("instruction_missing", lambda facts, now: facts.instruction_given, force=Force.INTEGRITY),
    Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
    Guard("return_missing", lambda facts, now: facts.return_given, force=Force.INTEGRITY),
    Guard("meeting_missing", lambda facts, now: facts.meeting_given, force=Force.INTEGRITY),
    Guard("named_meeting_unfit", lambda facts, now: facts.named_meeting_fits, force=Force.INTEGRITY),
    Guard("adds_to_missing", lambda facts, now: facts.adds_to_given, force=Force.INTEGRITY),
    Guard("adds_to_unfit", lambda facts, now: facts.adds_to_fits, force=Force.INTEGRITY),
    Guard("place_missing", lambda facts, now: facts.place_given, force=Force.INTEGRITY),
    Guard("passage_locked", lambda facts, now: not facts.locked, paragraph="locked-text"),
)
"""What a proposal has to say. All that is missing is told at once."""

A_MOVER = Guard[ProposalFacts]("not_a_mover", lambda facts, now: facts.stands_behind, force=Force.INTEGRITY)

NO_DIVISION = Guard[ProposalFacts]("division_open", lambda facts, now: not facts.division_open, force=Force.INTEGRITY)

OWN = Guard[ProposalFacts]("belongs_to_meeting", lambda facts, now: not facts.of_motion, paragraph="motion-withdrawal")

MAY_BE_MADE: tuple[Guard[ProposalFacts], ...] = (*IN_SESSION, DEBATED, BEFORE_THE_STOP, RIGHT, RECEIVED, *COMPLETE)
