"""How a deadline was derived, in words."""

from datetime import date

_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
UNITS = {
    "sv": {"days": ("dag", "dagar"), "weeks": ("vecka", "veckor"), "months": ("månad", "månader")},
    "en": {"days": ("day", "days"), "weeks": ("week", "weeks"), "months": ("month", "months")},
}
_PHRASES = {
    "sv": {
        "before": "{count} {unit} före {anchor}, {counted}: till och med {last} kl. 24.00{clamped}",
        "after": "{count} {unit} efter {anchor}, som inte räknas med: till och med {last} kl. 24.00{clamped}",
        "inclusive": "dagen själv inräknad",
        "exclusive": "dagen själv inte inräknad",
        "clamped": " (månaden har ingen dag {day}, så dess sista dag räknas)",
    },
    "en": {
        "before": "{count} {unit} before {anchor}, {counted}: up to and including {last} at 24.00{clamped}",
        "after": "{count} {unit} after {anchor}, which is not counted: up to and including {last} at 24.00{clamped}",
        "inclusive": "that day itself included",
        "exclusive": "that day itself not included",
        "clamped": " (the month has no day {day}, so its last day counts)",
    },
}


def day_in_words(day: date, language: str) -> str:
    """A day as it is written in running text: 7 februari 2026."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"


def derivation(
    anchor: date, last_day: date, *, count: int, unit: str, inclusive: bool, clamped: bool, language: str
) -> str:
    """One sentence from the anchor to the last day. A negative count was counted backwards."""
    phrases = _PHRASES[language]
    return phrases["after" if count > 0 else "before"].format(
        count=abs(count),
        unit=UNITS[language][unit][abs(count) != 1],
        anchor=day_in_words(anchor, language),
        counted=phrases["inclusive" if inclusive else "exclusive"],
        last=day_in_words(last_day, language),
        clamped=phrases["clamped"].format(day=anchor.day) if clamped else "",
    )
