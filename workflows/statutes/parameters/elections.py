"""Elections of persons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.statutes.deadlines import DeadlineRule
from workflows.statutes.kinds import BodyKind, MeetingKind, Sender
from workflows.statutes.majority import Blank, Share, Tie
from workflows.statutes.parameters.base import nothing


class Method(StrEnum):
    """What elects."""

    ABSOLUTE_THEN_SECOND = "absolute_then_second"
    RELATIVE = "relative"
    SCOTTISH_STV = "scottish_stv"
    POSITIONAL_LIST = "positional_list"


class Names(StrEnum):
    """How many names a valid ballot has where N are to be elected."""

    AT_MOST = "at_most"
    EXACTLY = "exactly"


class SubstituteOrder(StrEnum):
    """What puts substitutes in their order."""

    VOTES = "votes"
    OWN_COUNT = "own_count"
    DECISION = "decision"


class TermStart(StrEnum):
    """When a mandate begins."""

    ELECTED = "elected"
    MEETING_CLOSED = "meeting_closed"


@dataclass(frozen=True)
class GenderRule:
    """At least `minimum` of those elected are of each of two genders, unless an exception with reasons is recorded."""

    minimum: Share
    exception_with_reasons: bool
    overrides_majority: bool


@dataclass(frozen=True)
class Elections:
    """How people are elected.

    A second ballot stands between at most `second_ballot_factor` times the seats that are left. Terms are in months
    per body. Substitutes never outnumber members where `substitutes_at_most_members`. The meeting itself adds names
    where `names_from_floor`.
    """

    method: Method
    names: Names
    blank: Blank
    second_ballot_factor: int
    substitutes: SubstituteOrder
    substitutes_at_most_members: bool
    tie: Tie
    acclamation: bool
    chair_separately: bool
    step_back_between_rounds: bool
    mandate_starts: TermStart
    nominators: tuple[Sender, ...]
    names_from_floor: bool = True
    gender: GenderRule | None = None
    nominations: Mapping[MeetingKind, DeadlineRule] = field(default_factory=nothing)
    term_months: Mapping[BodyKind, int] = field(default_factory=nothing)
    by_election_by: Mapping[BodyKind, BodyKind] = field(default_factory=nothing)

    def __post_init__(self) -> None:
        if self.second_ballot_factor < 1:
            raise ValueError("a second ballot needs as many candidates as seats: write 1 or more")
        if any(months < 1 for months in self.term_months.values()):
            raise ValueError("a term lasts at least a month: write term_months as 1 or more")
        if self.tie in {Tie.CASTING_VOTE, Tie.STATUS_QUO}:
            raise ValueError("a tie between persons is settled by lot, or by deferring and then by lot")
