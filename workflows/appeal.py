"""An appeal: lodged, stated upon, answered, heard, decided, carried out.

Several appellants are one case, and so are several appeals on one decision. Lateness never shuts the door at once: it
is recorded, and the body that the appeal goes to says so.
"""

from datetime import datetime

from workflows.appeal_facts import AppealFacts, AppealState
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["APPEAL", "AppealFacts", "AppealState"]

_S = AppealState
_G = Guard[AppealFacts]
_Rules = tuple[Rule[AppealState, AppealFacts], ...]
_P = "appeal"

_TRYING = (_S.LODGED, _S.AWAITING_STATEMENT, _S.AWAITING_REPLY, _S.READY)
_OFFICE = frozenset({Role.SECRETARY})
_CLOCKED = frozenset({Role.CLOCK, Role.SECRETARY})
_SIDE = frozenset({Role.APPELLANT, Role.SECRETARY})

_TEXT = _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY)
_DECISION = _G("decision_missing", lambda facts, now: facts.decision_given)
_REASONS = _G("reasons_missing", lambda facts, now: facts.reasons_given)


def _until(now: datetime, due: datetime | None) -> bool:
    return due is None or now < due


_STATEMENT_AWAITED = _G(
    "statement_awaited",
    lambda facts, now: not _until(now, facts.statement_due),
    opens_at=lambda facts: facts.statement_due,
    says=lambda facts, now: {"deadline": facts.statement_due or now},
)

LODGING: _Rules = (
    Rule("lodge", _TRYING, None, _P,
         frozenset({Role.MEMBER, Role.CONCERNED, Role.BRANCH_OFFICER, Role.SECRETARY, Role.RESPONDENT}), (
        _TEXT,
        _G("stands_already", lambda facts, now: not facts.stands_already, force=Force.INTEGRITY),
        _G("received_in_future", lambda facts, now: facts.received_at is None or facts.received_at <= now,
           force=Force.INTEGRITY),
        _G("came_late", lambda facts, now: _until(facts.received_at or now, facts.last_moment), force=Force.CUSTOM,
           closes_at=lambda facts: facts.last_moment,
           says=lambda facts, now: {"deadline": facts.last_moment or now}),
        _G("no_standing", lambda facts, now: facts.has_standing, force=Force.CUSTOM),
        _G("wrong_addressee", lambda facts, now: facts.right_addressee, force=Force.CUSTOM),
    )),
    Rule("leave", _TRYING, None, _P, _SIDE, (
        _G("last_appellant", lambda facts, now: facts.appellants > 1),
    )),
    Rule("withdraw", _TRYING, _S.WITHDRAWN, _P, _SIDE, (
        _G("others_stand", lambda facts, now: facts.appellants <= 1),
    )),
    Rule("dismiss", _TRYING, _S.DISMISSED, _P, _OFFICE, (
        _G("ground_false", lambda facts, now: facts.ground_holds, force=Force.INTEGRITY), _DECISION, _REASONS,
    )),
)  # fmt: skip

SIDES: _Rules = (
    Rule("request_statement", (_S.LODGED,), _S.AWAITING_STATEMENT, _P, _CLOCKED | {Role.STAFF}, (
        _G("nothing_to_try", lambda facts, now: facts.admissible > 0),
    )),
    Rule("submit_statement", (_S.AWAITING_STATEMENT, _S.READY), _S.AWAITING_REPLY, _P, frozenset({Role.RESPONDENT}), (
        _TEXT,
        _DECISION,
        _G("stated_already", lambda facts, now: not facts.stated, force=Force.INTEGRITY),
        # Late is recorded and shuts nothing: whoever tries the appeal says whether it is taken into account.
        _G("statement_late", lambda facts, now: _until(now, facts.statement_due), force=Force.CUSTOM,
           closes_at=lambda facts: facts.statement_due,
           says=lambda facts, now: {"deadline": facts.statement_due or now}),
    )),
    Rule("reconsider", (_S.LODGED, _S.AWAITING_STATEMENT, _S.READY), _S.RECONSIDERED, _P,
         frozenset({Role.RESPONDENT}), (_DECISION, _REASONS)),
    Rule("silence", (_S.AWAITING_STATEMENT,), _S.READY, _P, _CLOCKED, (
        _STATEMENT_AWAITED, _G("silence_grants", lambda facts, now: not facts.silence_grants),
    )),
    Rule("grant_by_silence", (_S.AWAITING_STATEMENT,), _S.DECIDED, _P, _CLOCKED, (
        _STATEMENT_AWAITED, _G("silence_proceeds", lambda facts, now: facts.silence_grants),
    )),
    Rule("reply", (_S.AWAITING_REPLY, _S.READY), _S.READY, _P, _SIDE, (
        _TEXT, _G("nothing_to_answer", lambda facts, now: facts.stated, force=Force.INTEGRITY),
    )),
    Rule("close_reply", (_S.AWAITING_REPLY,), _S.READY, _P, _CLOCKED, (
        _G("reply_awaited", lambda facts, now: not _until(now, facts.reply_due),
           opens_at=lambda facts: facts.reply_due, says=lambda facts, now: {"deadline": facts.reply_due or now}),
    )),
    Rule("hear", (_S.AWAITING_REPLY, _S.READY), None, _P, _OFFICE, (_TEXT,)),
    Rule("bar", _TRYING, None, "conflict-of-interest", _OFFICE | {Role.BOARD}),
    Rule("hand_over", _TRYING, None, "conflict-of-interest", _OFFICE, (
        _G("no_next_body", lambda facts, now: facts.has_next_body),
        _G("body_can_decide", lambda facts, now: facts.body_able < facts.body_quorum,
           says=lambda facts, now: {"able": facts.body_able, "quorum": facts.body_quorum}),
    )),
)  # fmt: skip

STAY: _Rules = (
    Rule("request_stay", _TRYING, None, _P, _SIDE, (
        _TEXT,
        _G("nobody_stays", lambda facts, now: facts.may_stay),
        _G("waits_already", lambda facts, now: not facts.suspensive),
        _G("stay_asked", lambda facts, now: not facts.stay_asked),
    )),
    Rule("decide_stay", _TRYING, None, _P, frozenset({Role.STAY_SECRETARY}), (
        _DECISION, _G("stay_not_asked", lambda facts, now: facts.stay_asked, force=Force.INTEGRITY),
    )),
)  # fmt: skip

_TRIED: tuple[_G, ...] = (
    _DECISION,
    _REASONS,
    _G("barred_took_part", lambda facts, now: facts.barred_present == 0, paragraph="conflict-of-interest",
       says=lambda facts, now: {"count": facts.barred_present}),
    _G("board_not_quorate", lambda facts, now: facts.present >= facts.body_quorum, paragraph="board-quorum",
       says=lambda facts, now: {"present": facts.present, "quorum": facts.body_quorum}),
    _G("more_than_the_board", lambda facts, now: facts.body_size == 0 or facts.present <= facts.body_size,
       force=Force.INTEGRITY, says=lambda facts, now: {"present": facts.present, "size": facts.body_size}),
    _G("votes_exceed", lambda facts, now: facts.votes_for + facts.votes_against <= facts.present,
       force=Force.INTEGRITY,
       says=lambda facts, now: {"votes": facts.votes_for + facts.votes_against, "present": facts.present}),
    _G("not_carried", lambda facts, now: facts.votes_for > facts.votes_against or facts.votes_against == 0,
       says=lambda facts, now: {"votes": facts.votes_for, "against": facts.votes_against}),
    _G("not_heard", lambda facts, now: facts.heard or not facts.must_hear),
    _G("lateness_unjudged", lambda facts, now: facts.lateness_judged),
    _G("others_may_appeal", lambda facts, now: facts.others_until is None or now >= facts.others_until,
       force=Force.CUSTOM, opens_at=lambda facts: facts.others_until,
       says=lambda facts, now: {"deadline": facts.others_until or now}),
)  # fmt: skip

OUTCOME: _Rules = (
    Rule("grant", (_S.READY,), _S.DECIDED, _P, _OFFICE, _TRIED),
    Rule("change", (_S.READY,), _S.DECIDED, _P, _OFFICE, (
        *_TRIED, _G("replacement_missing", lambda facts, now: facts.replacement_given),
    )),
    Rule("reject", (_S.READY,), _S.DECIDED, _P, _OFFICE, _TRIED),
    Rule("send_back", (_S.READY,), _S.DECIDED, _P, _OFFICE, _TRIED),
    Rule("report", (_S.DECIDED,), None, _P, _OFFICE, (
        _DECISION,
        _G("nothing_to_report", lambda facts, now: facts.must_report),
        _G("reported_already", lambda facts, now: not facts.reported, force=Force.INTEGRITY),
    )),
    Rule("close", (_S.DECIDED,), _S.CLOSED, _P, _CLOCKED, (
        _G("unreported", lambda facts, now: facts.reported or not facts.must_report),
    )),
)  # fmt: skip

APPEAL: Workflow[AppealState, AppealFacts] = Workflow(
    name="appeal",
    states=AppealState,
    initial=_S.LODGED,
    rules=(*LODGING, *SIDES, *STAY, *OUTCOME),
    awaits={
        _S.LODGED: Awaited(Role.SECRETARY, "request_statement"),
        _S.AWAITING_STATEMENT: Awaited(Role.CLOCK, "silence"),
        _S.AWAITING_REPLY: Awaited(Role.CLOCK, "close_reply"),
        _S.READY: Awaited(Role.SECRETARY, "grant"),
        _S.DECIDED: Awaited(Role.SECRETARY, "close"),
    },
    invites={
        _S.LODGED: (Awaited(Role.STAY_SECRETARY, "decide_stay"),),
        _S.AWAITING_STATEMENT: (
            Awaited(Role.RESPONDENT, "submit_statement"),
            Awaited(Role.STAY_SECRETARY, "decide_stay"),
        ),
        _S.AWAITING_REPLY: (Awaited(Role.APPELLANT, "reply"), Awaited(Role.STAY_SECRETARY, "decide_stay")),
        _S.READY: (Awaited(Role.APPELLANT, "reply"), Awaited(Role.STAY_SECRETARY, "decide_stay")),
        _S.DECIDED: (Awaited(Role.SECRETARY, "report"),),
    },
    final=frozenset({_S.CLOSED, _S.DISMISSED, _S.RECONSIDERED, _S.WITHDRAWN}),
)
