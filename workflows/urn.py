"""The life of a sealed urn: manifest, keys, casting, mixing, opening, count, destruction of the keys."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class UrnState(Enum):
    """Where an urn stands."""

    DRAFT = "draft"
    BEGUN = "begun"
    READY = "ready"
    CLOSED = "closed"
    MIXING = "mixing"
    MIXED = "mixed"
    OPENED = "opened"
    COUNTED = "counted"
    FINAL = "final"
    SPOILT = "spoilt"


@dataclass(frozen=True)
class UrnFacts:
    """What the rules know of an urn."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    mixers: int = 1
    accepted: int = 0
    mixed: int = 0
    ballots: int = 0
    """Slots in the first list: what goes to the first mixer."""
    least: int = 0
    """Fewer ballots than this are never opened."""
    seed_there: bool = True
    """The seed that is needed lies where it has to lie."""
    voids_missing: int = 0
    """Slots that are to be voided, for an envelope or a correction, and are not in the log yet."""
    claims_upheld: int = 0
    witnessed: bool = True
    """As many witnesses as the manifest asks for have seen the stage before."""
    by_chair: bool = False
    """A secret vote in a meeting: whoever presides closes it, and its time is only the latest."""
    rehearsal: bool = False
    reason_given: bool = True
    declared_already: bool = False
    """The key holder in question has already stated that their key is destroyed."""


_S = UrnState
_KEEPER = frozenset({Role.SECRETARY, Role.OPERATOR})
_SEED = Guard[UrnFacts]("seed_missing", lambda facts, now: facts.seed_there, force=Force.INTEGRITY)


_WITNESSED = Guard[UrnFacts]("witnesses_missing", lambda facts, now: facts.witnessed, force=Force.INTEGRITY)


def _open_still(facts: UrnFacts, now: datetime) -> bool:
    return not facts.by_chair and (facts.closes_at is None or now < facts.closes_at)


URN: Workflow[UrnState, UrnFacts] = Workflow(
    name="urn",
    states=UrnState,
    initial=UrnState.DRAFT,
    rules=(
        Rule("draw_up", (_S.DRAFT,), None, "ballot-conduct", _KEEPER, (_SEED,)),
        Rule(
            "begin",
            (_S.DRAFT,),
            _S.BEGUN,
            "ballot-conduct",
            _KEEPER,
            (
                Guard(
                    "opening_passed",
                    lambda facts, now: facts.opens_at is None or now < facts.opens_at,
                    force=Force.INTEGRITY,
                    closes_at=lambda facts: facts.opens_at,
                ),
            ),
        ),
        Rule("accept", (_S.BEGUN,), None, "ballot-conduct", _KEEPER),
        Rule(
            "make_ready",
            (_S.BEGUN,),
            _S.READY,
            "ballot-conduct",
            _KEEPER,
            (
                Guard(
                    "acceptance_missing",
                    lambda facts, now: facts.accepted >= facts.mixers,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.mixers - facts.accepted},
                ),
                _WITNESSED,
            ),
        ),
        Rule(
            "witness",
            (_S.BEGUN, _S.READY, _S.CLOSED, _S.MIXING, _S.MIXED, _S.OPENED, _S.COUNTED),
            None,
            "ballot-conduct",
            _KEEPER,
        ),
        Rule(
            "practise",
            (_S.READY,),
            None,
            "ballot-conduct",
            _KEEPER,
            (Guard("not_a_rehearsal", lambda facts, now: facts.rehearsal, force=Force.INTEGRITY),),
        ),
        Rule("amend", (_S.READY, _S.CLOSED), None, "ballot-conduct", _KEEPER),
        Rule(
            "close",
            (_S.READY,),
            _S.CLOSED,
            "ballot-conduct",
            frozenset({Role.CLOCK, *_KEEPER}),
            (
                Guard(
                    "still_open",
                    lambda facts, now: not _open_still(facts, now),
                    force=Force.INTEGRITY,
                    opens_at=lambda facts: facts.closes_at,
                    says=lambda facts, now: {"closes": facts.closes_at},
                ),
                _SEED,
            ),
        ),
        Rule(
            "hand_over",
            (_S.CLOSED,),
            _S.MIXING,
            "ballot-conduct",
            _KEEPER,
            (
                Guard(
                    "too_few",
                    lambda facts, now: facts.ballots >= facts.least,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"ballots": facts.ballots, "least": facts.least},
                ),
                Guard(
                    "voids_missing",
                    lambda facts, now: facts.voids_missing == 0,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.voids_missing},
                ),
                _SEED,
            ),
        ),
        Rule("take_list", (_S.MIXING,), None, "ballot-conduct", _KEEPER, (_WITNESSED,)),
        Rule(
            "finish_mixing",
            (_S.MIXING,),
            _S.MIXED,
            "ballot-conduct",
            _KEEPER,
            (
                Guard(
                    "list_missing",
                    lambda facts, now: facts.mixed >= facts.mixers,
                    force=Force.INTEGRITY,
                    says=lambda facts, now: {"count": facts.mixers - facts.mixed},
                ),
            ),
        ),
        Rule("try_claim", (_S.MIXED, _S.OPENED), None, "ballot-conduct", _KEEPER),
        Rule(
            "open",
            (_S.MIXED,),
            _S.OPENED,
            "ballot-conduct",
            _KEEPER,
            (
                _SEED,
                _WITNESSED,
                Guard("claim_upheld", lambda facts, now: facts.claims_upheld == 0, force=Force.INTEGRITY),
            ),
        ),
        Rule("count", (_S.OPENED,), _S.COUNTED, "ballot-conduct", _KEEPER, (_SEED, _WITNESSED)),
        # The ledger remembers how far the urn's log had come: its last size and root.
        Rule("note_log", (_S.COUNTED,), None, "ballot-conduct", _KEEPER),
        # A key holder's own statement, signed on their own machine: a promise with a record, not a proof.
        Rule(
            "declare",
            (_S.COUNTED,),
            None,
            "retention",
            _KEEPER,
            (Guard("declared_already", lambda facts, now: not facts.declared_already, force=Force.INTEGRITY),),
        ),
        Rule("destroy", (_S.COUNTED,), _S.FINAL, "retention", _KEEPER),
        Rule(
            "spoil",
            (_S.DRAFT, _S.BEGUN, _S.READY, _S.CLOSED, _S.MIXING, _S.MIXED, _S.OPENED),
            _S.SPOILT,
            "ballot-conduct",
            _KEEPER,
            (Guard("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),),
        ),
    ),
    awaits={
        _S.DRAFT: Awaited(Role.SECRETARY, "begin"),
        _S.BEGUN: Awaited(Role.SECRETARY, "accept"),
        _S.READY: Awaited(Role.CLOCK, "close"),
        _S.CLOSED: Awaited(Role.SECRETARY, "hand_over"),
        _S.MIXING: Awaited(Role.SECRETARY, "take_list"),
        _S.MIXED: Awaited(Role.SECRETARY, "open"),
        _S.OPENED: Awaited(Role.SECRETARY, "count"),
        _S.COUNTED: Awaited(Role.SECRETARY, "destroy"),
    },
    final=frozenset({_S.FINAL, _S.SPOILT}),
)
