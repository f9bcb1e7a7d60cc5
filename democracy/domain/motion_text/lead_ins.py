"""The words before the att-satser: headings ("Yrkanden") and sentences ("Därför yrkar jag att …")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

ATT = r"att(?![\w-])"
JOINED_ATT = re.compile(rf"(?P<joint>(?:(?:och|samt)\s+dels|och|samt|dels)\s+)?{ATT}", re.IGNORECASE)

_HEADING_WORDS = (
    r"(?:att[- ]?sats(?:er(?:na)?|en)?|yrkande(?:n|na|t)?|hemställan|beslutsförslag"
    r"|förslag\s+till\s+(?:beslut|\w+beslut|att-?satser|yrkanden?)|förslag(?:et|en)?)"
)
_HEADING = re.compile(rf"[#*\s]*(?:(?:mina|våra|mitt|vårt|motionens)\s+)?{_HEADING_WORDS}[*\s]*:?[*\s]*", re.IGNORECASE)
_LABEL = re.compile(r"[#*\s]*(?:motivering|brödtext|motionstext)[*\s]*:?[*\s]*", re.IGNORECASE)

_ASSEMBLY = (
    r"(?:(?:distrikts)?(?:års)?konferensen|(?:kommunpolitiska\s+)?valkonferensen|årsmötet|medlemsmötet|mötet"
    r"|kongressen|partikongressen|DÅK|representantskapet)"
)
_UNIT = r"(?:(?:parti|bransch|student)?föreningen(?:\s+(?-i:[A-ZÅÄÖ])[\w-]*){0,3}|distriktsstyrelsen|styrelsen)"
_SUBJECT = rf"(?:jag|vi|undertecknade?|motionärerna|motionären|{_UNIT})"
_WEAK_TAIL = (
    rf"(?:\s+(?:därför|härmed|alltså|således|också|även|vidare|dessutom|följande|att-?satser|dels|ska|måtte|besluta"
    rf"|beslutar|om|på|i|första|hand|årets|den|\d{{4}}|distriktet|partiet|till|beslut|{_ASSEMBLY}))*"
)
_STRONG_TAIL = rf"(?:\s+(?!(?:inte|aldrig|bifall|avslag|{ATT})\b)[\w§-]+){{0,8}}?"
_END = rf"\s*(?:(?=\b{ATT})|(?=\(?[1a][.)]\s*{ATT})|:|$)"
_OPENER = r"(?P<opener>[^.:!?]{0,120}?)"


def _pattern(core: str, tail: str, opener: str = _OPENER) -> re.Pattern[str]:
    return re.compile(rf"{opener}\b{core}{tail}{_END}", re.IGNORECASE)


def _said(verb: str) -> str:
    return rf"(?:{_SUBJECT}\s+{verb}|{verb}\s+{_SUBJECT})\b"


_STRONG = (
    _pattern(_said(r"(?:yrkar|hemställer)"), _STRONG_TAIL),
    _pattern(rf"{_ASSEMBLY}(?:\s+\w+){{0,3}}?\s+(?:föreslås|måtte|bör)(?:\s+att)?\s+besluta\b", _WEAK_TAIL),
    re.compile(rf"(?P<opener>){_HEADING_WORDS}\s*:(?=\s*{ATT})", re.IGNORECASE),
)
_WEAK = (
    _pattern(_said(r"(?:föreslår|begär|önskar|vill)"), _WEAK_TAIL),
    _pattern(rf"{_ASSEMBLY}\s+(?:föreslås|beslutar)\b", _WEAK_TAIL, opener="(?P<opener>)"),
)
_STOCK_OPENER = re.compile(
    r"(?:(?:därför|således|alltså|härmed|sammanfattningsvis|slutligen|till\s+sist|vidare|dessutom|i\s+(?:första|andra)\s+hand"
    r"|(?:mot|med|utifrån|av|på\s+grund\s+av)\s[^,]*|att)[\s,]*)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[.!?:]['\"»«”’)]*)\s+(?=\S)")


@dataclass(frozen=True)
class LeadIn:
    """Where in a text a lead-in stands, and whether its opening says something of its own."""

    start: int
    end: int
    meaningful: bool


def is_heading(text: str) -> bool:
    """Whether the whole text is a heading over att-satser."""
    return _HEADING.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether the whole text is only the name of a form's field for the reasoning."""
    return _LABEL.fullmatch(text) is not None


def lead_ins(text: str, *, weak: bool = False) -> Iterator[LeadIn]:
    """Give the lead-ins that begin a sentence; weak ones ("jag föreslår att") also stand in ordinary reasoning."""
    for start in chain((0,), (each.end() for each in _SENTENCE.finditer(text))):
        for pattern in (*_STRONG, *_WEAK) if weak else _STRONG:
            if match := pattern.match(text, start):
                opener = match["opener"].strip()
                yield LeadIn(start, match.end(), _STOCK_OPENER.fullmatch(opener) is None)
                break


def ends_in_lead_in(text: str) -> bool:
    """Whether nothing but list items can follow: "Vi yrkar:", "Jag föreslår därför att"."""
    tail = text[-300:]
    return any(
        re.fullmatch(rf"[\s:]*(?:{ATT})?[\s:]*", tail[each.end :], re.IGNORECASE) for each in lead_ins(tail, weak=True)
    )
