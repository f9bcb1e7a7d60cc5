"""Values of parameters, and whole sets, as people read them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.statutes.canonical import canonical
from workflows.statutes.codec import encode
from workflows.statutes.deadlines import DeadlineRule, Period
from workflows.statutes.derivation import UNITS
from workflows.statutes.majority import Majority, Share
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Paragraph
from workflows.statutes.resolved import owners_of, paragraphs_of

_WORDS = {
    "sv": {
        "yes": "ja",
        "no": "nej",
        "before": "{} före",
        "whole": "mer än {} före",
        "after": "inom {}",
        "more": "mer än {}",
        "least": "minst {}",
        "of": "{} av {}",
        "unverified": "ej verifierad: {}",
        "verified": "verifierad: {}",
        "paragraphs": "Paragrafer",
        "parameters": "Parametrar",
        "read": "tolkat av {}, {}",
        "from": "gäller från {}",
    },
    "en": {
        "yes": "yes",
        "no": "no",
        "before": "{} before",
        "whole": "more than {} before",
        "after": "within {}",
        "more": "more than {}",
        "least": "at least {}",
        "of": "{} of {}",
        "unverified": "not verified: {}",
        "verified": "verified: {}",
        "paragraphs": "Paragraphs",
        "parameters": "Parameters",
        "read": "interpreted by {}, {}",
        "from": "valid from {}",
    },
}


def readable(value: Any, language: str = "sv") -> str:
    """One value in a few words."""
    words = _WORDS[language]
    match value:
        case bool():
            return words["yes" if value else "no"]
        case DeadlineRule() | Period():
            return _time(value, language)
        case Majority():
            return words["of"].format(readable(value.share, language), value.base)
        case Share():
            return words["more" if value.strict else "least"].format(f"{value.numerator}/{value.denominator}")
        case tuple():
            return ", ".join(readable(each, language) for each in value) or "–"
        case Mapping():
            return "; ".join(f"{key}: {readable(each, language)}" for key, each in value.items())
        case _:
            plain = encode(value)
            return canonical(plain) if isinstance(plain, dict) else str(plain)


def page(levels: Sequence[Statutes], language: str = "sv") -> Iterator[str]:
    """A set under those above it, line by line: who it is, its paragraphs, and every parameter with its source."""
    words, own = _WORDS[language], levels[-1]
    yield f"{own.name} ({own.organisation}, {own.level})"
    yield f"{words['from'].format(own.valid_from)}; {own.source}"
    yield from ("", words["paragraphs"])
    for paragraph in paragraphs_of(levels).values():
        yield from _paragraph(paragraph, language)
    yield from ("", words["parameters"])
    for path, owner in sorted(owners_of(levels)[0].items()):
        yield f"  {path}: {readable(owner.settings[path], language)}  [{_source(owner, path, language)}]"


def _time(rule: DeadlineRule | Period, language: str) -> str:
    words, count = _WORDS[language], f"{rule.count} {UNITS[language][rule.unit][rule.count != 1]}"
    if isinstance(rule, Period):
        return words["after"].format(count)
    return words["before" if rule.inclusive else "whole"].format(count)


def _paragraph(paragraph: Paragraph, language: str) -> Iterator[str]:
    words = _WORDS[language]
    text = paragraph.text_en if language == "en" and paragraph.text_en else paragraph.text
    yield f"  § {paragraph.number} ({paragraph.key})"
    yield f"    {text}"
    yield f"    [{words['verified' if paragraph.verified else 'unverified'].format(paragraph.source)}]"


def _source(owner: Statutes, path: str, language: str) -> str:
    read = owner.interpretation_of(path)
    rest = "; " + _WORDS[language]["read"].format(read.decided_by, read.decided_on) if read else ""
    return f"{owner.level}: {owner.paragraph_key_of(path)}{rest}"
