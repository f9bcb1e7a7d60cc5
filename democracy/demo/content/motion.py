"""The motions of the example, each with what has become of it so far."""

from datetime import date

import msgspec

from democracy.domain.kinds import Category, Channel, Fault, Outcome, SentAs
from workflows.motion import MotionState


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a document."""

    document: str
    place: str


class Recommendation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the district board recommends on one att-sats, and why."""

    outcome: Outcome
    reason: str
    wording: str | None = None
    """The changed wording, where the outcome is approval with one."""
    recipient: str | None = None
    """To whom it is referred, where it is."""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the meeting decided on one att-sats."""

    outcome: Outcome
    wording: str | None = None


class FollowUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who carries a decision out, by which day, and the report if there is one."""

    responsible: str
    due: date
    report: str | None = None


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An att-sats and its fate."""

    text: str
    anchor: Anchor | None = None
    recommendation: Recommendation | None = None
    decision: Decision | None = None
    follow_up: FollowUp | None = None
    fault: Fault | None = None
    fault_note: str | None = None


class Reservation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A board member's reservation against the reply."""

    member: str
    text: str


class Motion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A motion in the state in which the example shows it."""

    title: str
    category: Category
    meeting: str
    """The key of its meeting."""
    state: MotionState
    movers: tuple[str, ...]
    """Names of people and of branches."""
    reasoning: str
    """Markdown."""
    clauses: tuple[Clause, ...]
    channel: Channel = Channel.DIGITAL
    unconfirmed: tuple[str, ...] = ()
    """People who were invited as movers and have not answered."""
    reservations: tuple[Reservation, ...] = ()
    missing: str | None = None
    """What a motion lacked when it was returned, in the board's words."""
    fault: Fault | None = None
    fault_note: str | None = None
    """Why it is not admissible, in the board's words."""
    sent_from: str | None = None
    """The unit that sent it on."""
    sent_as: SentAs | None = None

    @property
    def reply(self) -> str:
        """The board's reasons for the whole motion, att-sats by att-sats; empty before the board has replied."""
        reasons = [
            f"Att-sats {number}: {each.recommendation.reason}"
            for number, each in enumerate(self.clauses, 1)
            if each.recommendation
        ]
        return "\n\n".join(reasons)
