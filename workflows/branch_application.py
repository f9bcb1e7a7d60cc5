"""Members found a branch: they sign, the affected are heard, the board decides, and a meeting founds it.

Approval gives the right to form. The branch exists from the founding meeting's own decision.
"""

from datetime import datetime

from workflows.branch_application_facts import BranchApplicationFacts, BranchApplicationState
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["BRANCH_APPLICATION", "BranchApplicationFacts", "BranchApplicationState"]

_S = BranchApplicationState
_G = Guard[BranchApplicationFacts]
_Rules = tuple[Rule[BranchApplicationState, BranchApplicationFacts], ...]
_P = "founding"

_OPEN = (_S.SUBMITTED, _S.HEARING, _S.READY)
_FOUNDERS = frozenset({Role.APPLICANT, Role.SECRETARY})
_OFFICE = frozenset({Role.SECRETARY})
_BOARD = frozenset({Role.SECRETARY, Role.BOARD})
_SYSTEM = frozenset({Role.CLOCK})

_DECISION = _G("decision_missing", lambda facts, now: facts.decision_given)
_TEXT = _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY)
_REASON = _G("reason_missing", lambda facts, now: facts.reason_given)
_INVITED = _G("not_invited", lambda facts, now: facts.invited, force=Force.INTEGRITY)
_NAME = _G("name_missing", lambda facts, now: facts.has_name)
_APPEALED = _G("appeal_undecided", lambda facts, now: facts.appeal_decided, paragraph="appeal", force=Force.INTEGRITY)
_AHEAD = _G(
    "meeting_in_past", lambda facts, now: facts.meeting_at is None or facts.meeting_at > now, force=Force.INTEGRITY
)


def _until(now: datetime, due: datetime | None) -> bool:
    return due is None or now < due


GATHERING: _Rules = (
    Rule("edit", (_S.GATHERING,), None, _P, _FOUNDERS, (
        _G("no_new_units", lambda facts, now: facts.units_form),
    )),
    Rule("invite", (_S.GATHERING,), None, _P, _FOUNDERS),
    Rule("confirm", (_S.GATHERING,), None, _P, frozenset({Role.INVITED, Role.SECRETARY, Role.APPLICANT}), (_INVITED,)),
    Rule("decline", (_S.GATHERING,), None, _P, frozenset({Role.INVITED, Role.SECRETARY}), (_INVITED,)),
    Rule("leave", (_S.GATHERING, *_OPEN), None, _P, _FOUNDERS, (
        _G("not_a_founder", lambda facts, now: facts.stands, force=Force.INTEGRITY),
    )),
    Rule("submit", (_S.GATHERING,), _S.SUBMITTED, _P, _FOUNDERS, (
        _NAME,
        _G("area_missing", lambda facts, now: facts.has_area),
        _G("interim_board_missing", lambda facts, now: facts.interim_board > 0),
        _G("founders_missing", lambda facts, now: facts.counted >= facts.minimum,
           says=lambda facts, now: {"count": facts.counted, "minimum": facts.minimum}),
        # Whoever paid lately is welcome to found: they count from the day on which their membership takes effect.
        _G("founder_waiting", lambda facts, now: facts.counted >= facts.founders, paragraph="membership-effective",
           force=Force.CUSTOM, says=lambda facts, now: {"count": facts.counted, "founders": facts.founders}),
        _G("received_in_future", lambda facts, now: facts.received_at is None or facts.received_at <= now,
           force=Force.INTEGRITY),
    )),
    Rule("withdraw", (_S.GATHERING, *_OPEN), _S.WITHDRAWN, _P, _FOUNDERS, (
        _G("others_stand", lambda facts, now: facts.founders <= 1),
    )),
)  # fmt: skip

HEARING: _Rules = (
    Rule("consult", (_S.SUBMITTED, _S.HEARING), _S.HEARING, _P, _OFFICE | {Role.STAFF}, (
        _G("nobody_consulted", lambda facts, now: facts.consulted > 0, force=Force.INTEGRITY),
    )),
    Rule("skip_hearing", (_S.SUBMITTED,), _S.READY, _P, _OFFICE, (
        _G("branches_affected", lambda facts, now: facts.affected == 0,
           says=lambda facts, now: {"count": facts.affected}),
        _REASON,
    )),
    Rule("answer", (_S.HEARING, _S.READY), None, _P, frozenset({Role.BRANCH_OFFICER, Role.SECRETARY}), (
        _TEXT,
        _DECISION,
        _G("answered_already", lambda facts, now: not facts.answered, force=Force.INTEGRITY),
        _G("answer_late", lambda facts, now: _until(now, facts.answers_due), force=Force.CUSTOM,
           closes_at=lambda facts: facts.answers_due, says=lambda facts, now: {"deadline": facts.answers_due or now}),
    )),
    Rule("meet", (_S.HEARING, _S.READY), None, _P, _FOUNDERS, (
        _TEXT,
        _G("nothing_to_meet", lambda facts, now: facts.answered, force=Force.INTEGRITY),
    )),
    Rule("close_hearing", (_S.HEARING,), _S.READY, _P, frozenset({Role.SECRETARY, Role.CLOCK}), (
        _G("answers_awaited", lambda facts, now: facts.unanswered == 0 or not _until(now, facts.answers_due),
           opens_at=lambda facts: facts.answers_due if facts.unanswered else None,
           says=lambda facts, now: {"count": facts.unanswered, "deadline": facts.answers_due or now}),
        _G("applicants_have_time", lambda facts, now: facts.unmet == 0 or not _until(now, facts.replies_due),
           opens_at=lambda facts: facts.replies_due if facts.unmet else None,
           says=lambda facts, now: {"deadline": facts.replies_due or now}),
    )),
    Rule("draft", _OPEN, None, _P, _BOARD, (_TEXT,)),
    Rule("bar", _OPEN, None, "conflict-of-interest", _BOARD),
)  # fmt: skip

_DECIDED: tuple[_G, ...] = (
    _DECISION,
    _G("barred_took_part", lambda facts, now: facts.barred_present == 0, paragraph="conflict-of-interest",
       says=lambda facts, now: {"count": facts.barred_present}),
    _G("board_not_quorate", lambda facts, now: facts.present >= facts.board_quorum, paragraph="board-quorum",
       says=lambda facts, now: {"present": facts.present, "quorum": facts.board_quorum}),
    _G("more_than_the_board", lambda facts, now: facts.present <= facts.board_size, force=Force.INTEGRITY,
       says=lambda facts, now: {"present": facts.present, "size": facts.board_size}),
    _G("votes_exceed", lambda facts, now: facts.votes_for + facts.votes_against <= facts.present,
       force=Force.INTEGRITY,
       says=lambda facts, now: {"votes": facts.votes_for + facts.votes_against, "present": facts.present}),
    _G("not_carried", lambda facts, now: facts.votes_for > facts.votes_against or facts.votes_against == 0,
       says=lambda facts, now: {"votes": facts.votes_for, "against": facts.votes_against}),
    _G("decision_late", lambda facts, now: _until(now, facts.decide_by), force=Force.CUSTOM,
       closes_at=lambda facts: facts.decide_by, says=lambda facts, now: {"deadline": facts.decide_by or now}),
)  # fmt: skip

DECISION: _Rules = (
    Rule("approve", (_S.READY,), _S.APPROVED, _P, _OFFICE, _DECIDED),
    Rule("refuse", (_S.READY,), _S.REFUSED, _P, _OFFICE, (
        *_DECIDED, _G("reasons_missing", lambda facts, now: facts.reasons_given),
    )),
    # What follows upon an appeal, or upon the board's own second thoughts, the system carries out.
    Rule("approve_on_appeal", (_S.REFUSED,), _S.APPROVED, "appeal", _SYSTEM, (_APPEALED,)),
    Rule("try_again", (_S.REFUSED,), _S.READY, "appeal", _SYSTEM, (_APPEALED,)),
)  # fmt: skip

FOUNDING: _Rules = (
    Rule("call", (_S.APPROVED,), _S.CALLED, _P, _OFFICE, (
        _AHEAD,
        _G("call_late", lambda facts, now: _until(now, facts.form_by), force=Force.CUSTOM,
           closes_at=lambda facts: facts.form_by, says=lambda facts, now: {"deadline": facts.form_by or now}),
    )),
    Rule("call_instead", (_S.APPROVED,), _S.CALLED, _P, frozenset({Role.NEXT_CALLER}), (
        _AHEAD,
        _G("first_caller_has_time", lambda facts, now: not _until(now, facts.form_by),
           opens_at=lambda facts: facts.form_by, says=lambda facts, now: {"deadline": facts.form_by or now}),
    )),
    Rule("cancel_call", (_S.CALLED,), _S.APPROVED, _P, frozenset({Role.SECRETARY, Role.NEXT_CALLER}), (_REASON,)),
    Rule("found", (_S.CALLED,), _S.FORMED, _P, frozenset({Role.APPLICANT, Role.SECRETARY, Role.NEXT_CALLER}), (
        _NAME,
        _DECISION,
        _G("meeting_not_held", lambda facts, now: facts.meeting_at is None or facts.meeting_at <= now,
           force=Force.INTEGRITY),
        _G("chair_missing", lambda facts, now: facts.chair_given),
        _G("board_missing", lambda facts, now: facts.board_elected > 0),
        _G("auditors_missing", lambda facts, now: facts.auditors_elected > 0),
        _G("committee_missing", lambda facts, now: facts.committee_elected > 0),
    )),
    Rule("join", (_S.FORMED,), None, "voting-unit", frozenset({Role.MEMBER, Role.SECRETARY}), (
        _G("belongs_already", lambda facts, now: not facts.belongs_already, force=Force.INTEGRITY),
        _G("not_a_member_below", lambda facts, now: facts.member_below),
    )),
)  # fmt: skip

BRANCH_APPLICATION: Workflow[BranchApplicationState, BranchApplicationFacts] = Workflow(
    name="branch_application",
    states=BranchApplicationState,
    initial=_S.GATHERING,
    rules=(*GATHERING, *HEARING, *DECISION, *FOUNDING),
    awaits={
        _S.GATHERING: Awaited(Role.APPLICANT, "submit"),
        _S.SUBMITTED: Awaited(Role.SECRETARY, "consult"),
        _S.HEARING: Awaited(Role.CLOCK, "close_hearing"),
        _S.READY: Awaited(Role.SECRETARY, "approve"),
        _S.APPROVED: Awaited(Role.SECRETARY, "call"),
        _S.CALLED: Awaited(Role.APPLICANT, "found"),
    },
    invites={
        _S.GATHERING: (Awaited(Role.INVITED, "confirm"),),
        _S.HEARING: (Awaited(Role.BRANCH_OFFICER, "answer"), Awaited(Role.APPLICANT, "meet")),
        _S.READY: (Awaited(Role.APPLICANT, "meet"),),
        _S.APPROVED: (Awaited(Role.NEXT_CALLER, "call_instead"),),
    },
    final=frozenset({_S.REFUSED, _S.FORMED, _S.WITHDRAWN}),
)
