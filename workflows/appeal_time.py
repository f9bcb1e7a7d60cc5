"""Until when somebody may appeal: worked out for each by themselves."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflows.statutes.deadlines import end_of_day
from workflows.statutes.parameters.appeals import Appeal, Start


def last_moment(
    order: Appeal,
    *,
    decided_at: datetime,
    verified_on: date | None,
    received_at: datetime | None,
    told_until: date | None,
    zone: ZoneInfo,
) -> datetime | None:
    """First moment too late for one person; None where their time has not begun.

    Whoever was told of a later day than the statutes give has until that day: a mistake of the body that decided
    costs nobody their appeal.
    """
    starts = {Start.NOTIFICATION: received_at, Start.DECISION: decided_at, Start.MINUTES_VERIFIED: verified_on}
    start = starts[order.starts]
    if start is None:
        return None
    derived = order.within.derive(start, zone).at
    return derived if told_until is None else max(derived, end_of_day(told_until, zone))
