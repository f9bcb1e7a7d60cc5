"""Swedish as minutes write it: lists, genitives, numbers, clock and calendar."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def listed(words: Sequence[str], last: str = "och") -> str:
    """`B`, `B och C`, `B, C och D`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def genitive(word: str) -> str:
    """`Ånges`, `Tegnviks`; a word that ends in s, x or z keeps its form."""
    return word if word[-1:].lower() in {"s", "x", "z"} else f"{word}s"


def counted(number: int) -> str:
    """A number in words up to twelve, in figures above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def clock(at: datetime, zone: ZoneInfo) -> str:
    """`kl. 10.12`, local time."""
    return f"kl. {at.astimezone(zone):%H.%M}"


def day(on: date) -> str:
    """`21 mars 2026`."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """`21 mars`."""
    return f"{on.day} {_MONTHS[on.month - 1]}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`lördagen den 21 mars 2026 kl. 10.02`."""
    local = at.astimezone(zone)
    return f"{_DAYS[local.weekday()]}en den {day(local.date())} {clock(at, zone)}"


def upper_first(text: str) -> str:
    """With a capital letter, the rest as it stands."""
    return text[:1].upper() + text[1:]
