"""What a minority can demand."""

from dataclasses import dataclass

from workflows.statutes.majority import Share


@dataclass(frozen=True)
class Minorities:
    """Rights of the few.

    `counted_vote` voters get a count. Branches that hold `member_ballot` of the members get a ballot, and
    `extra_meeting` of the members an extra meeting. `refer_back` of those present send a matter back, once per matter
    where `refer_back_once`. `secret_election` and `secret_vote` voters get a secret one. None: there is no such right.
    """

    counted_vote: int
    refer_back_once: bool
    refer_back: Share | None = None
    member_ballot: Share | None = None
    extra_meeting: Share | None = None
    secret_election: int | None = None
    secret_vote: int | None = None

    def __post_init__(self) -> None:
        numbers = (self.counted_vote, self.secret_election, self.secret_vote)
        if any(each is not None and each < 1 for each in numbers):
            raise ValueError("a demand needs at least one voter: write 1 or more, or leave it out")
