"""A decision that the statutes open to appeal: told to each whom it concerns, and from then on open for a time.

The time runs for each person by themselves. What becomes of an appeal, the system carries out here: the decision is
set aside or stands, and its text remains.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class RulingState(Enum):
    """Where a decision that can be appealed stands."""

    NEW = "new"
    """Made, and told to nobody yet."""
    OPEN = "open"
    """The time for an appeal runs."""
    APPEALED = "appealed"
    FINAL = "final"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class RulingFacts:
    """What the rules know of such a decision."""

    appealable: bool = True
    """The statutes open decisions of this kind to appeal."""
    concerned: int = 0
    """Persons whom it concerns."""
    unreached: int = 0
    """Those of them for whom the time has not begun. Where it has begun for nobody there is no last moment either."""
    last_moment: datetime | None = None
    """First moment at which it is too late for every one of the others."""
    told: bool = True
    """It was sent to the person in question."""
    at: datetime | None = None
    """When the person in question got it, or when the minutes were verified."""
    text_given: bool = True
    decision_given: bool = True


_S = RulingState
_G = Guard[RulingFacts]
_P = "appeal"
_OFFICE = frozenset({Role.SECRETARY})
_SYSTEM = frozenset({Role.CLOCK})
_PAST = _G("in_future", lambda facts, now: facts.at is None or facts.at <= now, force=Force.INTEGRITY)

RULING: Workflow[RulingState, RulingFacts] = Workflow(
    name="ruling",
    states=RulingState,
    initial=_S.NEW,
    rules=(
        Rule("record", (_S.NEW,), None, _P, _OFFICE, (
            _G("not_open_to_appeal", lambda facts, now: facts.appealable),
            _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY),
            _G("decision_missing", lambda facts, now: facts.decision_given),
        )),
        Rule("notify", (_S.NEW, _S.OPEN), _S.OPEN, _P, _OFFICE, (
            _G("nobody_concerned", lambda facts, now: facts.concerned > 0, force=Force.INTEGRITY),
        )),
        Rule("confirm_notice", (_S.OPEN, _S.APPEALED), None, _P, frozenset({Role.SECRETARY, Role.CONCERNED}), (
            _G("not_told", lambda facts, now: facts.told, force=Force.INTEGRITY), _PAST,
        )),
        Rule("verify_minutes", (_S.NEW, _S.OPEN), None, _P, _OFFICE, (_PAST,)),
        Rule("appeal", (_S.NEW, _S.OPEN), _S.APPEALED, _P, _SYSTEM),
        Rule("become_final", (_S.OPEN,), _S.FINAL, _P, _SYSTEM, (
            _G("not_everybody_reached", lambda facts, now: facts.unreached == 0 and facts.last_moment is not None,
               says=lambda facts, now: {"count": facts.unreached}),
            _G("time_remains", lambda facts, now: facts.last_moment is None or now >= facts.last_moment,
               opens_at=lambda facts: facts.last_moment,
               says=lambda facts, now: {"deadline": facts.last_moment or now}),
        )),
        Rule("resume", (_S.APPEALED,), _S.OPEN, _P, _SYSTEM),
        Rule("stand", (_S.APPEALED,), _S.FINAL, _P, _SYSTEM),
        Rule("set_aside", (_S.APPEALED,), _S.SET_ASIDE, _P, _SYSTEM),
    ),
    awaits={
        _S.NEW: Awaited(Role.SECRETARY, "notify"),
        _S.OPEN: Awaited(Role.CLOCK, "become_final"),
        _S.APPEALED: Awaited(Role.CLOCK, "stand"),
    },
    invites={_S.OPEN: (Awaited(Role.SECRETARY, "confirm_notice"),)},
    final=frozenset({_S.FINAL, _S.SET_ASIDE}),
)  # fmt: skip
