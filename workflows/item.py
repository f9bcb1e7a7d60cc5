"""An item of the agenda: planned, opened, adjourned and taken up again, closed; and who is barred from it.

Until the meeting opens its board drafts the agenda; from then on the agenda is the meeting's own.
"""

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.item_facts import ItemFacts, ItemState
from workflows.proceedings_guards import BY_CHAIR, MEETING_SITS

__all__ = ["ITEM", "ItemFacts", "ItemState"]

_S = ItemState
_OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
_LIVING = (_S.PLANNED, _S.OPEN, _S.ADJOURNED)

_NOT_OPENED = Guard[ItemFacts]("agenda_is_the_meetings", lambda facts, now: not facts.meeting_opened)
_NOT_OVER = Guard[ItemFacts]("meeting_over", lambda facts, now: not facts.meeting_over, force=Force.INTEGRITY)
_TITLE = Guard[ItemFacts]("title_missing", lambda facts, now: facts.title_given, force=Force.INTEGRITY)
_REASON = Guard[ItemFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
_DECISION = Guard[ItemFacts](
    "agenda_set",
    lambda facts, now: not facts.agenda_set or facts.reason_given,
    force=Force.INTEGRITY,
)
_MOTION_DECIDED = Guard[ItemFacts](
    "motion_stands",
    lambda facts, now: not facts.motion_undecided,
    paragraph="motion-agenda",
    force=Force.INTEGRITY,
)
_DECIDED = Guard[ItemFacts](
    "matters_undecided",
    lambda facts, now: facts.undecided == 0,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": facts.undecided},
)
_GAVEL = Guard[ItemFacts](
    "gavel_missing",
    lambda facts, now: facts.gavels_missing == 0,
    force=Force.INTEGRITY,
    # Which question it is, and what was named, whoever asks the rule fills in: facts hold no text.
    says=lambda facts, now: {
        "place": "forgotten.an_item",
        "what": "forgotten.a_question",
        "label": "",
        "outcome": "forgotten.what_was_found",
    },
)
_OTHER_DECIDED = Guard[ItemFacts](
    "other_item_undecided",
    lambda facts, now: facts.open_number == 0 or facts.open_undecided == 0,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"number": facts.open_number, "count": facts.open_undecided},
)
_NO_DIVISION = Guard[ItemFacts](
    "division_open",
    lambda facts, now: facts.divisions_open == 0,
    force=Force.INTEGRITY,
    # Which one it is, whoever asks the rule fills in: facts hold no text.
    says=lambda facts, now: {"place": "forgotten.some_item", "what": "forgotten.some_division"},
)

ITEM: Workflow[ItemState, ItemFacts] = Workflow(
    name="item",
    states=ItemState,
    initial=ItemState.PLANNED,
    rules=(
        Rule("add", (_S.PLANNED,), None, "meeting-notice", _OFFICE, (_TITLE, _NOT_OPENED, _NOT_OVER)),
        Rule("add_late", (_S.PLANNED,), None, "meeting-order", BY_CHAIR, (MEETING_SITS, _TITLE, _DECISION)),
        Rule("edit", _LIVING, None, "meeting-order", _OFFICE | BY_CHAIR, (_TITLE, _NOT_OVER)),
        Rule("remove", (_S.PLANNED,), _S.STRUCK, "meeting-notice", _OFFICE, (_NOT_OPENED, _NOT_OVER, _MOTION_DECIDED)),
        Rule(
            "strike",
            (_S.PLANNED, _S.ADJOURNED),
            _S.STRUCK,
            "meeting-order",
            BY_CHAIR,
            (MEETING_SITS, _REASON, _DECIDED, _MOTION_DECIDED),
        ),
        Rule("restore", (_S.STRUCK,), _S.PLANNED, "meeting-order", _OFFICE | BY_CHAIR, (_NOT_OVER, _DECISION)),
        Rule(
            "open",
            (_S.PLANNED, _S.ADJOURNED),
            _S.OPEN,
            "meeting-order",
            BY_CHAIR,
            (MEETING_SITS, _GAVEL, _OTHER_DECIDED, _NO_DIVISION),
        ),
        Rule("adjourn", (_S.OPEN,), _S.ADJOURNED, "meeting-order", BY_CHAIR, (MEETING_SITS, _GAVEL, _NO_DIVISION)),
        Rule(
            "close",
            (_S.OPEN,),
            _S.CLOSED,
            "meeting-decision",
            BY_CHAIR,
            (MEETING_SITS, _GAVEL, _NO_DIVISION, _DECIDED),
        ),
        # Within its block, or as a motion whose att-satser were decided by themselves.
        Rule(
            "close_unopened",
            (_S.PLANNED, _S.ADJOURNED),
            _S.CLOSED,
            "meeting-decision",
            BY_CHAIR,
            (_DECIDED, _MOTION_DECIDED),
        ),
        # What was decided is taken up again by a decision on the matter; the item opens for it.
        Rule(
            "reopen",
            (_S.CLOSED,),
            _S.OPEN,
            "meeting-decision",
            BY_CHAIR,
            (MEETING_SITS, _GAVEL, _OTHER_DECIDED, _NO_DIVISION, _REASON),
        ),
        Rule(
            "stop_proposals",
            (_S.PLANNED, _S.OPEN, _S.ADJOURNED),
            None,
            "meeting-order",
            BY_CHAIR,
            (
                MEETING_SITS,
                Guard("no_stop_here", lambda facts, now: facts.stop_allowed),
                Guard("stop_undecided", lambda facts, now: facts.stop_decided, force=Force.INTEGRITY),
                Guard("stop_in_past", lambda facts, now: not facts.stop_in_past, force=Force.INTEGRITY),
            ),
        ),
        # Jäv: whoever is barred takes no part, and the roll for the item is the smaller by their votes.
        Rule(
            "declare_conflict",
            _LIVING,
            None,
            "conflict-of-interest",
            frozenset({Role.MEMBER}),
            (
                _NOT_OVER,
                _REASON,
                _NO_DIVISION,
                Guard("barred_already", lambda facts, now: not facts.barred, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "bar",
            _LIVING,
            None,
            "conflict-of-interest",
            BY_CHAIR,
            (
                MEETING_SITS,
                _REASON,
                _NO_DIVISION,
                Guard("barred_already", lambda facts, now: not facts.barred, force=Force.INTEGRITY),
            ),
        ),
        Rule(
            "lift_bar",
            _LIVING,
            None,
            "conflict-of-interest",
            BY_CHAIR,
            (
                MEETING_SITS,
                _REASON,
                _NO_DIVISION,
                Guard("not_barred", lambda facts, now: facts.barred, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={
        _S.PLANNED: Awaited(Role.PRESIDIUM, "open"),
        _S.OPEN: Awaited(Role.PRESIDIUM, "close"),
        _S.ADJOURNED: Awaited(Role.PRESIDIUM, "open"),
    },
    final=frozenset({_S.CLOSED, _S.STRUCK}),
)
