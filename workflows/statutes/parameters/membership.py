"""When membership takes effect, and where a member votes."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.statutes.deadlines import Period


class DualVote(StrEnum):
    """Where a member of two units votes on each unit's own affairs."""

    VOTING_UNIT = "voting_unit"
    EACH_UNIT = "each_unit"


@dataclass(frozen=True)
class Membership:
    """From the fee to the vote.

    Membership takes effect `days_after_fee` whole days after the fee was paid; a fee that lapses leaves it standing for
    `grace_days`. `minimum_age` is in years, 0 for none. A changed voting unit counts from `voting_unit_days` after the
    change. Votes for delegates and in ballots are always cast once, in the voting unit; `dual_vote` decides the rest.
    """

    days_after_fee: int
    grace_days: int
    minimum_age: int
    voting_unit_days: int
    dual_affiliation: bool
    dual_vote: DualVote
    refusal_within: Period | None = None
    refusal_grounds: tuple[str, ...] = ()
    fee_months: int = 12

    def __post_init__(self) -> None:
        if min(self.days_after_fee, self.grace_days, self.minimum_age, self.voting_unit_days) < 0:
            raise ValueError("days and years are counted from 0: no number here may be negative")
        if self.fee_months < 1:
            raise ValueError("a fee pays for at least a month: write fee_months = 1 or more")
