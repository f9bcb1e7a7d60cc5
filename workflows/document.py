"""A document with numbered paragraphs: read from a file, locks confirmed, laid before a meeting, amended, adopted."""

from workflows.document_facts import DocumentFacts, DocumentState, Editor, VersionKind
from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow

__all__ = ["DOCUMENT", "DocumentFacts", "DocumentState", "Editor", "VersionKind"]

_S = DocumentState
_OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
_SECRETARY = frozenset({Role.SECRETARY})
_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})

_HAS_TEXT = Guard[DocumentFacts]("text_missing", lambda facts, now: facts.paragraphs > 0, force=Force.INTEGRITY)
_MEETING_WAITS = Guard[DocumentFacts](
    "meeting_has_begun",
    lambda facts, now: not facts.meeting_given or facts.meeting_waits,
    paragraph="motion-agenda",
    force=Force.INTEGRITY,
)
_OPEN = Guard[DocumentFacts](
    "meeting_not_open",
    lambda facts, now: facts.meeting_open,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
)
_DECISION = Guard[DocumentFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_REASON = Guard[DocumentFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
_SOME_ROUTE = Guard[DocumentFacts](
    "route_closed", lambda facts, now: facts.meeting_route or facts.board_route, paragraph="adoption"
)
_MEETING_ROUTE = Guard[DocumentFacts]("route_closed", lambda facts, now: facts.meeting_route)
_BOARD_ROUTE = Guard[DocumentFacts]("route_closed", lambda facts, now: facts.board_route)
_FIT: tuple[Guard[DocumentFacts], ...] = (
    Guard(
        "decisions_contradict",
        lambda facts, now: facts.contradictions == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.contradictions},
    ),
    Guard(
        "decisions_misfit",
        lambda facts, now: facts.misfits == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.misfits},
    ),
)
_SETTLED: tuple[Guard[DocumentFacts], ...] = (
    Guard(
        "amendments_undecided",
        lambda facts, now: facts.undecided == 0,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.undecided},
    ),
    *_FIT,
)
_REST: tuple[Guard[DocumentFacts], ...] = (
    Guard("nothing_sent_back", lambda facts, now: facts.sent_back > 0, force=Force.INTEGRITY),
    Guard("rest_undecided", lambda facts, now: facts.rest_approved, force=Force.INTEGRITY),
    Guard(
        "amendments_undecided",
        lambda facts, now: facts.undecided == facts.undecided_there,
        force=Force.INTEGRITY,
        says=lambda facts, now: {"count": facts.undecided - facts.undecided_there},
    ),
    *_FIT,
)

DOCUMENT: Workflow[DocumentState, DocumentFacts] = Workflow(
    name="document",
    states=DocumentState,
    initial=DocumentState.IMPORTED,
    rules=(
        Rule("import", (_S.IMPORTED,), None, "board-reply", _OFFICE, (_HAS_TEXT, _MEETING_WAITS)),
        Rule("import_again", (_S.IMPORTED, _S.CONFIRMED), _S.IMPORTED, "board-reply", _OFFICE, (_HAS_TEXT,)),
        # What a file looks like decides nothing: a person says what is a quotation, and of what.
        Rule(
            "confirm_locks",
            (_S.IMPORTED, _S.CONFIRMED),
            _S.CONFIRMED,
            "locked-text",
            _SECRETARY,
            (
                Guard(
                    "locks_unanswered",
                    lambda facts, now: facts.locks_unanswered == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.locks_unanswered},
                ),
                Guard(
                    "lock_without_source",
                    lambda facts, now: facts.locks_without_source == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.locks_without_source},
                ),
            ),
        ),
        Rule(
            "propose",
            (_S.CONFIRMED,),
            _S.PROPOSED,
            "motion-agenda",
            _SECRETARY,
            (
                Guard("meeting_missing", lambda facts, now: facts.meeting_given, force=Force.INTEGRITY),
                _MEETING_WAITS,
                Guard("board_decision_missing", lambda facts, now: facts.board_decided, force=Force.INTEGRITY),
                _SOME_ROUTE,
            ),
        ),
        Rule(
            "withdraw",
            (_S.IMPORTED, _S.CONFIRMED, _S.PROPOSED),
            _S.WITHDRAWN,
            "motion-withdrawal",
            _SECRETARY,
            (
                _REASON,
                Guard("belongs_to_meeting", lambda facts, now: not facts.meeting_opened),
            ),
        ),
        Rule("adopt", (_S.PROPOSED,), _S.ADOPTED, "adoption", _MEETING, (_OPEN, _DECISION, _MEETING_ROUTE, *_SETTLED)),
        # What the meeting sent back is left out, and may come again another time: it does not hold up the rest.
        Rule(
            "adopt_rest", (_S.PROPOSED,), _S.ADOPTED, "adoption", _MEETING, (_OPEN, _DECISION, _MEETING_ROUTE, *_REST)
        ),
        # After a conference with delegates the board adopts, where the statutes know that way.
        Rule(
            "adopt_by_board",
            (_S.PROPOSED,),
            _S.ADOPTED,
            "adoption",
            _SECRETARY,
            (
                Guard("conference_not_held", lambda facts, now: facts.meeting_opened, force=Force.INTEGRITY),
                _DECISION,
                _BOARD_ROUTE,
                *_SETTLED,
            ),
        ),
        Rule("enter_adopted", (_S.CONFIRMED,), _S.ADOPTED, "adoption", _SECRETARY, (_DECISION,)),
        Rule("reject", (_S.PROPOSED,), _S.REJECTED, "meeting-decision", _MEETING, (_OPEN, _DECISION)),
        # A point of it was taken up again under its item: the text is undecided until the gavel has fallen on it.
        Rule("take_up", (_S.ADOPTED, _S.REJECTED), _S.PROPOSED, "meeting-decision", _MEETING, (_OPEN,)),
        Rule("authorise", (_S.ADOPTED,), None, "correction", _MEETING, (_OPEN,)),
        Rule(
            "edit",
            (_S.ADOPTED,),
            None,
            "correction",
            _MEETING,
            (
                Guard("not_authorised", lambda facts, now: facts.authorised),
                _REASON,
                Guard("nothing_changed", lambda facts, now: facts.changed, force=Force.INTEGRITY),
                Guard("quotation_changed", lambda facts, now: facts.locks_kept, paragraph="locked-text"),
                Guard("places_changed", lambda facts, now: facts.same_places, force=Force.INTEGRITY),
            ),
        ),
        Rule("publish", (_S.ADOPTED,), _S.PUBLISHED, "adoption", _OFFICE),
    ),
    awaits={
        _S.IMPORTED: Awaited(Role.SECRETARY, "confirm_locks"),
        _S.CONFIRMED: Awaited(Role.SECRETARY, "propose"),
        _S.PROPOSED: Awaited(Role.MEETING_SECRETARY, "adopt"),
        _S.ADOPTED: Awaited(Role.SECRETARY, "publish"),
    },
    invites={_S.PROPOSED: (Awaited(Role.PRESIDIUM, "adopt"),)},
    final=frozenset({_S.PUBLISHED, _S.REJECTED, _S.WITHDRAWN}),
)
