"""What every decision that can be appealed says: to whom, and until when. Made from the statutes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from workflows.statutes import TimeUnit
from workflows.statutes.parameters.appeals import Appeal, Start
from workflows.words import Language, moment

_UNITS = {
    TimeUnit.DAYS: ("{count} dagar", "{count} days"),
    TimeUnit.WEEKS: ("{count} veckor", "{count} weeks"),
    TimeUnit.MONTHS: ("{count} månader", "{count} months"),
}
_STARTS = {
    Start.NOTIFICATION: ("från det att du fick del av beslutet", "from when you were told of the decision"),
    Start.DECISION: ("från beslutet", "from the decision"),
    Start.MINUTES_VERIFIED: ("från det att protokollet justerades", "from when the minutes were verified"),
}


def information(order: Appeal | None, body: str, language: Language) -> str:
    """To whom and within how long, in general."""
    english = language == "en"
    if order is None:
        text = ("Beslutet kan inte överklagas inom organisationen.",
                "The decision cannot be appealed within the organisation.")  # fmt: skip
        return text[english]
    within = _UNITS[order.within.unit][english].format(count=order.within.count)
    starts = _STARTS[order.starts][english]
    if english:
        return f"The decision can be appealed to: {body}. Your appeal has to be in within {within} {starts}."
    return f"Beslutet kan överklagas till: {body}. Ditt överklagande ska ha kommit in inom {within} {starts}."


def last_day(at: datetime | None, language: Language, zone: ZoneInfo) -> str:
    """The same for one person whose time has begun."""
    if at is None:
        return ""
    said = moment(at, language=language, zone=zone)
    return f"For you that is until {said}." if language == "en" else f"För dig är det senast {said}."
