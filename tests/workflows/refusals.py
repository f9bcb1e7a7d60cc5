"""For every condition of the rulebook, facts that break exactly it. A condition without a row here fails a test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.allotment import AllotmentFacts
from workflows.amendment import AmendmentFacts
from workflows.delegate import DelegateFacts
from workflows.division import DivisionFacts
from workflows.document import DocumentFacts
from workflows.engine import Guard, Rule, Workflow
from workflows.floor import FloorFacts
from workflows.mandate import MandateFacts
from workflows.matter import MatterFacts
from workflows.meeting import MeetingFacts
from workflows.member_ballot import MemberBallotFacts
from workflows.minutes_facts import AddendumFacts, MinutesFacts
from workflows.motion import MotionFacts
from workflows.person import PersonFacts
from workflows.presence import PresenceFacts
from workflows.proceedings import SpeechKind
from workflows.proposal import ProposalFacts
from workflows.question import QuestionFacts
from workflows.registry import registered
from workflows.roll import RollFacts
from workflows.speech import SpeechFacts
from workflows.statement import StatementFacts
from workflows.urn import UrnFacts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)

Changes = Mapping[str, Any]

GOOD: Mapping[str, Any] = {
    "motion": MotionFacts(
        has_title=True, has_reasoning=True, clauses=2, movers=1, movers_with_right=1, received_at=NOW - DAY,
        deadline=NOW + DAY, meeting_called=True, replied_clauses=2, board_size=5, board_present=3, board_quorum=3,
    ),
    "meeting": MeetingFacts(starts_at=NOW),
    "mandate": MandateFacts(),
    "urn": UrnFacts(mixers=2, accepted=2, mixed=2, ballots=5, least=5),
    "document": DocumentFacts(
        paragraphs=3, meeting_given=True, meeting_waits=True, meeting_open=True, authorised=True,
    ),
    "amendment": AmendmentFacts(
        proposed=True, meeting_waits=True, meeting_open=True, received_at=NOW - DAY, deadline=NOW + DAY,
    ),
    "member_ballot": MemberBallotFacts(
        supported=900, support_needed=800, questions=1, opens_at=NOW + DAY, closes_at=NOW + 30 * DAY,
        shortest=NOW + 22 * DAY, electorate_fixed=True, electors=900, digest_published=True, officers=2,
        urn_opened=True, body_decided=True,
    ),
    "person": PersonFacts(belongs_there=True),
    "division": DivisionFacts(meeting_open=True, on_devices=False, yes=27, no=29, abstained=1, entitled=57, quorum=29),
    "statement": StatementFacts(),
    "roll": RollFacts(voters=57),
    "matter": MatterFacts(
        meeting_sits=True, item_open=True, standing=2, chair_order=True, orders=1, in_block=True, recommended=True,
    ),
    "question": QuestionFacts(meeting_sits=True, item_open=True),
    "proposal": ProposalFacts(meeting_sits=True, item_open=True, closes_at=NOW + HOUR),
    "presence": PresenceFacts(),
    "allotment": AllotmentFacts(),
    "delegate": DelegateFacts(
        at_most=3, taken=2, due_at=NOW + DAY, received_at=NOW - HOUR, meeting_open=True
    ),
    "minutes": MinutesFacts(verifiers=2, verifiers_needed=2),
    "addendum": AddendumFacts(),
    "speech": SpeechFacts(meeting_sits=True, item_open=True, present=True, may_speak=True),
    "floor": FloorFacts(meeting_sits=True, item_open=True),
}  # fmt: skip
"""Facts under which most rules may be followed."""

GOOD_FOR: Mapping[tuple[str, str], Changes] = {
    ("motion", "confirm"): {"invited": 1},
    ("motion", "decline"): {"invited": 1},
    ("motion", "leave"): {"movers": 2, "movers_with_right": 2},
    ("motion", "record_late"): {"received_at": NOW - HOUR, "deadline": NOW - 2 * HOUR},
    ("motion", "take_up"): {"meeting_open": True, "meeting_opened": True, "meeting_takes_motions": False},
    ("motion", "lay_aside"): {"meeting_opened": True},
    ("motion", "decide_clause"): {"meeting_open": True},
    ("motion", "conclude"): {"clauses_decided": 2},
    ("motion", "reopen_clause"): {"meeting_open": True, "clause_open": False},
    ("motion", "assign_follow_up"): {"approved_clauses": 1},
    ("motion", "report_follow_up"): {"approved_clauses": 1, "follow_ups": 1},
    ("motion", "correct_papers"): {"papers_sent": True},
    ("motion", "carry_over"): {"to_carry": 1},
    ("motion", "readdress"): {"meeting_cancelled": True},
    ("document", "adopt_by_board"): {"meeting_opened": True},
    ("member_ballot", "withdraw_support"): {"supports_already": True},
    ("member_ballot", "open"): {"opens_at": NOW},
    ("member_ballot", "cast"): {"opens_at": NOW},
    ("member_ballot", "close"): {"closes_at": NOW},
    ("member_ballot", "extend"): {"new_close": NOW + 40 * DAY},
    ("member_ballot", "certify"): {"objections_until": NOW},
    ("mandate", "end_leave"): {"on_leave": True},
    ("delegate", "announce"): {"received_at": NOW - HOUR, "due_at": NOW - DAY, "roll_fixed": True},
    ("division", "cast"): {"on_devices": True},
    ("division", "count_instead"): {"trial": True},
    ("division", "announce_trial"): {"trial": True},
    ("matter", "lapse"): {"standing": 0},
    ("question", "approve_voting"): {"votes": 2},
    ("minutes", "renew"): {"text_same": False},
    ("proposal", "leave"): {"movers": 2, "stands_behind": True},
    ("proposal", "withdraw"): {"stands_behind": True},
    ("floor", "lift_streck"): {"closes_at": NOW},
}
"""What a rule needs besides."""

BREAKS: Mapping[str, Mapping[str, Changes]] = {
    "motion": {
        "title_missing": {"has_title": False},
        "reasoning_missing": {"has_reasoning": False},
        "clause_missing": {"clauses": 0},
        "mover_missing": {"movers": 0, "movers_with_right": 0},
        "mover_without_right": {"movers_with_right": 0},
        "completion_late": {"completion_due": NOW},
        "meeting_closed_to_motions": {"meeting_takes_motions": False},
        "co_mover_unconfirmed": {"invited": 1},
        "nobody_invited": {"invited": 0},
        "deadline_passed": {"received_at": None, "deadline": NOW},
        "received_in_future": {"received_at": NOW + SECOND},
        "came_in_time": {"deadline": NOW + DAY},
        "came_late": {"received_at": NOW, "deadline": NOW},
        "last_mover": {"movers": 1, "movers_with_right": 1},
        "mover_did_not_ask": {"mover_consents": False},
        "others_stand": {"movers": 2, "movers_with_right": 2},
        "belongs_to_meeting": {"withdrawable": False},
        "category_not_admissible": {"category_admissible": False},
        "ground_missing": {"ground_given": False},
        "board_decision_missing": {"board_decided": False},
        "clause_closed": {"clause_open": False},
        "under_proceedings": {"under_proceedings": True},
        "clause_undecided": {"clause_open": True},
        "last_clause": {"clauses": 1},
        "meeting_not_open": {"meeting_open": False},
        "meeting_not_opened": {"meeting_opened": False},
        "statutes_forbid_taking_up": {"stopped_may_be_taken_up": False},
        "recommendation_missing": {"reply_missing": 1},
        "recommendation_incomplete": {"reply_incomplete": 1},
        "reasons_missing": {"reply_has_reasons": False},
        "board_not_quorate": {"board_present": 2},
        "more_than_the_board": {"board_present": 6},
        "meeting_has_opened": {"meeting_opened": True},
        "reply_late": {"replies_due": NOW},
        "reservation_late": {"reservation_until": NOW},
        "meeting_not_called": {"meeting_called": False},
        "unprepared": {"replied_clauses": 1},
        "outcome_incomplete": {"outcome_complete": False},
        "named_meeting_unfit": {"named_meeting_fits": False},
        "clauses_undecided": {"clauses_decided": 1},
        "reopening_not_carried": {"reopening_carried": False},
        "reason_missing": {"reason_given": False},
        "nothing_approved": {"approved_clauses": 0},
        "responsible_missing": {"responsible_given": False},
        "nothing_to_report": {"follow_ups_reported": 1},
        "report_missing": {"report_given": False},
        "follow_up_unassigned": {"approved_clauses": 1},
        "follow_up_unreported": {"follow_ups": 1},
        "not_carried_over": {"to_carry": 1},
        "meeting_still_open": {"meeting_open": True},
        "target_deadline_passed": {"target_deadline": NOW},
        "target_without_right": {"target_right": False},
        "already_sent": {"already_sent": True},
        "papers_are_out": {"papers_sent": True},
        "papers_not_out": {"papers_sent": False},
        "consent_missing": {"mover_consents": False},
        "nothing_to_carry": {"to_carry": 0},
        "reply_not_whole": {"replied_clauses": 1},
        "meeting_not_cancelled": {"meeting_cancelled": False},
    },
    "meeting": {
        "date_missing": {"starts_at": None},
        "notice_late": {"notice_deadline": NOW},
        "reason_missing": {"reason_given": False},
        "not_the_day": {"starts_at": NOW + HOUR},
        "motions_undecided": {"undecided": 1},
        "motions_untreated": {"untreated": 1},
        "stopped_unnoted": {"stopped": 1},
        "motions_without_meeting": {"standing": 1},
    },
    "document": {
        "text_missing": {"paragraphs": 0},
        "meeting_has_begun": {"meeting_waits": False},
        "locks_unanswered": {"locks_unanswered": 1},
        "lock_without_source": {"locks_without_source": 1},
        "meeting_missing": {"meeting_given": False},
        "board_decision_missing": {"board_decided": False},
        "route_closed": {"meeting_route": False, "board_route": False},
        "belongs_to_meeting": {"meeting_opened": True},
        "meeting_not_open": {"meeting_open": False},
        "decision_missing": {"decision_given": False},
        "reason_missing": {"reason_given": False},
        "amendments_undecided": {"undecided": 1},
        "decisions_contradict": {"contradictions": 1},
        "decisions_misfit": {"misfits": 1},
        "conference_not_held": {"meeting_opened": False},
        "not_authorised": {"authorised": False},
        "nothing_changed": {"changed": False},
        "quotation_changed": {"locks_kept": False},
        "places_changed": {"same_places": False},
    },
    "amendment": {
        "document_not_proposed": {"proposed": False},
        "meeting_has_begun": {"meeting_waits": False},
        "deadline_passed": {"received_at": None, "deadline": NOW},
        "mover_without_right": {"mover_has_right": False},
        "received_in_future": {"received_at": NOW + SECOND},
        "place_unknown": {"place_known": False},
        "locked": {"locked": True},
        "text_missing": {"has_text": False},
        "nothing_changed": {"changes": False},
        "destination_missing": {"destination_given": False},
        "destination_unknown": {"destination_known": False},
        "belongs_to_meeting": {"meeting_opened": True},
        "mover_did_not_ask": {"reason_given": False},
        "meeting_not_open": {"meeting_open": False},
        "decision_missing": {"decision_given": False},
        "decided_on_agenda": {"on_agenda": True},
        "reason_missing": {"reason_given": False},
    },
    "mandate": {
        "mandate_over": {"over": True},
        "dates_out_of_order": {"dates_in_order": False},
        "leave_taken": {"on_leave": True},
        "no_leave": {"on_leave": False},
        "decision_missing": {"decision_given": False},
    },
    "urn": {
        "opening_passed": {"opens_at": NOW},
        "acceptance_missing": {"accepted": 1},
        "still_open": {"closes_at": NOW + SECOND},
        "seed_missing": {"seed_there": False},
        "too_few": {"ballots": 4},
        "list_missing": {"mixed": 1},
        "claim_upheld": {"claims_upheld": 1},
        "reason_missing": {"reason_given": False},
    },
    "member_ballot": {
        "body_may_not_order": {"body_may_order": False},
        "route_closed": {"route_open": False},
        "no_majority_in_sight": {"majority_possible": False},
        "decision_missing": {"decision_given": False},
        "reason_missing": {"reason_given": False},
        "second_officer_missing": {"officers": 1},
        "objections_unanswered": {"objections_open": 1},
        "no_right_to_demand": {"demand_possible": False},
        "supports_already": {"supports_already": True},
        "supports_not": {"supports_already": False},
        "support_too_small": {"supported": 799},
        "question_missing": {"questions": 0},
        "question_incomplete": {"questions_incomplete": 1},
        "side_not_heard": {"sides_without_information": 1},
        "electorate_not_fixed": {"electorate_fixed": False},
        "nobody_entitled": {"electors": 0},
        "times_missing": {"opens_at": None},
        "open_too_short": {"closes_at": NOW + 20 * DAY},
        "embargo_too_long": {"embargo_until": NOW + 2 * DAY},
        "opens_in_the_past": {"opens_at": NOW},
        "not_yet_time": {"opens_at": NOW + SECOND},
        "urn_not_ready": {"urn_ready": False},
        "digest_unpublished": {"digest_published": False},
        "not_an_elector": {"is_elector": False},
        "voted_already": {"slot_used": True},
        "voted_by_post": {"slot_void": True},
        "only_later": {"new_close": NOW + DAY},
        "closing_passed": {"closes_at": NOW},
        "still_open": {"closes_at": NOW + SECOND},
        "objections_closed": {"objections_until": NOW},
        "urn_not_opened": {"urn_opened": False},
        "paper_uncounted": {"paper_counted": False},
        "objections_still_taken": {"objections_until": NOW + SECOND},
        "recount_differs": {"recount_agrees": False},
        "bundle_unverified": {"bundle_verified": False},
        "binding_as_it_is": {"advisory": False},
        "body_has_not_decided": {"body_decided": False},
    },
    "allotment": {
        "meeting_over": {"meeting_coming": False},
        "no_rule": {"rule_given": False},
        "counting_day_not_over": {"counted_after": NOW + SECOND},
        "not_countable": {"countable": False},
        "lot_needed": {"lot_drawn": False},
        "reason_missing": {"reason_given": False},
        "roll_is_fixed": {"roll_fixed": True},
        "fewer_seats_than_reported": {"reports_fit": False},
    },
    "presence": {
        "meeting_not_running": {"meeting_running": False},
        "doors_closed": {"doors_open_at": NOW + SECOND},
        "no_right_to_attend": {"may_attend": False},
        "if_there_is_room": {"only_if_room": True},
        "time_in_future": {"came_at": NOW + SECOND},
        "times_out_of_order": {"times_in_order": False},
        "no_delegate": {"is_delegate": False},
        "only_for_a_while": {"for_good_allowed": False},
        "no_substitute_there": {"substitute_there": False},
        "minutes_verified": {"minutes_verified": True},
        "reason_missing": {"reason_given": False},
    },
    "delegate": {
        "meeting_over": {"meeting_coming": False},
        "seats_not_allotted": {"allotted": False},
        "no_seat_left": {"taken": 3},
        "no_member_yet": {"member_with_rights": False},
        "votes_elsewhere": {"votes_in_unit": False},
        "too_young": {"old_enough": False},
        "reported_already": {"reported_elsewhere": True},
        "decision_missing": {"decision_given": False},
        "weight_too_big": {"weight_allowed": False},
        "proxies_too_many": {"proxies_allowed": False},
        "meeting_decides": {"received_at": NOW, "due_at": NOW, "late_until_roll": False},
        "report_late": {"received_at": NOW, "due_at": NOW},
        "received_in_future": {"received_at": NOW + SECOND},
        "came_in_time": {"due_at": NOW + DAY},
        "meeting_not_open": {"meeting_open": False},
        "reason_missing": {"reason_given": False},
        "minutes_verified": {"minutes_verified": True},
        "roll_is_fixed": {"for_the_unit_only": True, "roll_fixed": True},
    },
    "roll": {
        "meeting_not_open": {"meeting_open": False},
        "nobody_votes": {"voters": 0},
    },
    "person": {
        "belongs_elsewhere": {"belongs_there": False},
        "votes_there_already": {"votes_there": True},
        "vote_left_behind": {"votes_there": True, "memberships": 2},
        "reason_missing": {"reason_given": False},
        "memberships_end": {"memberships": 1},
        "mandates_end": {"mandates": 1},
    },
    "division": {
        "meeting_not_sitting": {"meeting_open": False},
        "gavel_fallen": {"gavel_fallen": True},
        "question_not_put": {"put": False},
        "asked_without_vote": {"voter": False},
        "asked_before": {"asked_before": True},
        "already_ordered": {"ordered": True},
        "received_in_future": {"received_at": NOW + SECOND},
        "another_vote_first": {"comes_next": False},
        "trial_settles_nothing": {"settles": False},
        "another_vote_open": {"another_open": True},
        "roll_empty": {"voters": 0},
        "method_undecided": {"method_decided": False},
        "not_on_devices": {"on_devices": False},
        "not_in_roll": {"in_roll": False},
        "barred": {"barred": True},
        "answered_themselves": {"answered_themselves": True},
        "counted_by_devices": {"on_devices": True},
        "not_counted": {"trial": True},
        "no_trial": {"trial": False},
        "above_roll": {"yes": 72},
        "figures_missing": {"counts_missing": 1},
        "figures_disagree": {"counts_agree": False},
        "not_quorate": {"yes": 1, "no": 2},
        "casting_vote_missing": {"casting_missing": True},
        "casting_vote_not_given": {"casting_not_given": True},
        "lot_missing": {"lot_missing": True},
        "lot_not_due": {"lot_not_due": True},
        "share_unknown": {"share_known": False},
        "committed_before": {"committed_before": True},
        "reason_missing": {"reason_given": False},
        "teller_missing": {"teller_named": False},
        "decided_stands": {"changes_decided": True},
        "next_item_opened": {"next_item_opened": True},
        "item_closed": {"item_open": False},
    },
    "statement": {
        "too_late": {"open_until_done": False},
        "not_at_the_meeting": {"attends": False},
        "undecided": {"decided": False},
        "took_no_part": {"took_part": False},
        "made_before": {"made_before": True},
        "for_the_decision": {"for_the_decision": True},
        "text_missing": {"text_given": False},
        "received_in_future": {"received_at": NOW + SECOND},
        "not_yours": {"own": False},
    },
    "matter": {
        "meeting_not_sitting": {"meeting_sits": False},
        "item_not_open": {"item_open": False},
        "no_proposal": {"standing": 0},
        "reconciliation_waits": {"reconciling": 1},
        "question_put": {"questions_put": 1},
        "order_unfit": {"order_fits": False},
        "chair_order_missing": {"orders": 0, "chair_proposes": False},
        "order_chosen": {"chair_order": False},
        "order_missing": {"orders": 0},
        "rival_order_undecided": {"orders": 2},
        "questions_left": {"questions_left": 1},
        "winner_unfit": {"winner_fits": False},
        "not_in_block": {"in_block": False},
        "not_recommended": {"recommended": False},
        "contested": {"contested": 1},
        "proposals_stand": {"standing": 1},
        "reopening_not_carried": {"reopening_carried": False},
        "reason_missing": {"reason_given": False},
    },
    "question": {
        "meeting_not_sitting": {"meeting_sits": False},
        "item_not_open": {"item_open": False},
        "earlier_undecided": {"earlier_left": 1},
        "named_unfit": {"named_fits": False},
        "already_counted": {"counted": True},
        "division_open": {"division_open": True},
        "naming_unfinished": {"named_last": False},
        "single_vote": {"votes": 1},
        "voting_approved": {"voting_approved": True},
        "votes_left": {"votes_left": 1},
    },
    "proposal": {
        "meeting_not_sitting": {"meeting_sits": False},
        "item_not_open": {"item_open": False},
        "debate_closed": {"debate_open": False},
        "proposals_closed": {"closes_at": NOW},
        "order_approved": {"ordered": True},
        "mover_without_right": {"mover_has_right": False},
        "received_in_future": {"received_at": NOW + SECOND},
        "text_missing": {"has_text": False},
        "recipient_missing": {"recipient_given": False},
        "instruction_missing": {"instruction_given": False},
        "reason_missing": {"reason_given": False},
        "return_missing": {"return_given": False},
        "meeting_missing": {"meeting_given": False},
        "named_meeting_unfit": {"named_meeting_fits": False},
        "adds_to_missing": {"adds_to_given": False},
        "adds_to_unfit": {"adds_to_fits": False},
        "place_missing": {"place_given": False},
        "passage_locked": {"locked": True},
        "stands_already": {"stands_behind": True},
        "not_a_mover": {"stands_behind": False},
        "last_mover": {"movers": 1},
        "belongs_to_meeting": {"of_motion": True},
        "division_open": {"division_open": True},
        "others_stand": {"movers": 2},
        "sources_missing": {"sources": 0},
        "not_asked": {"asked": False},
        "answers_missing": {"answers_left": 1},
    },
    "minutes": {
        "item_kept": {"item_kept": True},
        "immediate_not_allowed": {"immediate": False},
        "item_undecided": {"item_undecided": True},
        "no_chair": {"chairs": 0},
        "no_verifiers": {"verifiers": 0, "verifiers_needed": 0},
        "few_verifiers": {"verifiers": 1},
        "item_not_signed_at_once": {"signing_item": False},
        "signed_already": {"signed": True},
        "text_changed": {"text_same": False},
        "meeting_not_closed": {"meeting_closed": False},
        "reason_missing": {"reason_given": False},
        "nothing_changed": {"text_same": True},
        "not_due": {"due_at": NOW + SECOND},
        "not_asked_to_sign": {"waits_for": False},
        "not_a_verifier": {"is_verifier": False},
        "nobody_verifies": {"verifying": 0},
        "is_replaced": {"decision_given": False, "replace_absent": True},
        "decision_missing": {"decision_given": False},
        "substitute_unfit": {"substitute_fits": False},
        "signatures_missing": {"outstanding": 1},
    },
    "addendum": {
        "not_verified": {"verified": False},
        "text_not_found": {"text_found": False},
        "same_text": {"changes": False},
        "reason_missing": {"reason_given": False},
        "signed_already": {"signed": True},
        "signatures_missing": {"outstanding": 1},
    },
    "speech": {
        "meeting_not_sitting": {"meeting_sits": False},
        "item_not_open": {"item_open": False},
        "not_checked_in": {"present": False},
        "barred": {"barred": True, "may_speak": False},
        "no_right_to_speak": {"may_speak": False},
        "on_list_already": {"on_list": True},
        "debate_closed": {"debate_closed": True},
        "list_closed": {"list_closes_at": NOW},
        "nothing_to_reply_to": {"kind": SpeechKind.REPLY},
        "received_in_future": {"requested_at": NOW + SECOND},
        "nobody_waits": {"waiting": 0},
        "somebody_speaks": {"somebody_speaks": True},
        "not_their_turn": {"their_turn": False},
    },
    "floor": {
        "meeting_not_sitting": {"meeting_sits": False},
        "item_not_open": {"item_open": False},
        "preference_switched": {"preference_switched": True},
        "streck_passed": {"wanted": NOW - SECOND},
        "no_streck": {"closes_at": None},
    },
}  # fmt: skip
"""By workflow and code: what makes exactly that condition fail."""


@dataclass(frozen=True)
class Case:
    """A condition of a rule."""

    workflow: Workflow[Any, Any]
    rule: Rule[Any, Any]
    guard: Guard[Any]

    def __str__(self) -> str:
        return f"{self.workflow.name}.{self.rule.name}.{self.guard.code}"

    @property
    def broken(self) -> Any:
        """Facts under which exactly this condition fails."""
        return replace(good(self.workflow, self.rule), **BREAKS[self.workflow.name][self.guard.code])


def good(workflow: Workflow[Any, Any], rule: Rule[Any, Any]) -> Any:
    """Facts under which a rule may be followed."""
    return replace(GOOD[workflow.name], **GOOD_FOR.get((workflow.name, rule.name), {}))


def rules() -> Iterator[tuple[Workflow[Any, Any], Rule[Any, Any]]]:
    """Every rule of the rulebook."""
    for each in registered().values():
        for rule in each.workflow.rules.values():
            yield each.workflow, rule


def cases() -> list[Case]:
    """Every condition of every rule."""
    return [Case(workflow, rule, guard) for workflow, rule in rules() for guard in rule.guards]
