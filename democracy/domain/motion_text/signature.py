"""The lines at the end that say who wrote the motion, where and when."""

import re

_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|jan|feb|aug|sept?|okt|nov|dec)"
)
_PLACE = r"(?:(?-i:[A-ZÅÄÖ])[\w-]*(?:\s[\w-]+){0,2},?\s+)?"
_NAME = r"(?-i:[A-ZÅÄÖÉ])[\w'’.-]*(?:\s+(?:(?:von|af|de|el|al)\s+)?(?-i:[A-ZÅÄÖÉ])[\w'’.-]*){1,3}"
_PART = rf"(?:{_NAME}|(?-i:[A-ZÅÄÖ])\w+(?=\s*\)))"
_UNIT = r"(?:(?:parti|bransch|student)förening\w*|vänsterpartiet|partidistriktet|styrelsen|medlem\b|ombud\b)"
_FIELD = r"(?:motionär(?:er)?|undertecknade?|namn|ort\s+och\s+datum|underskrift|avsändare|inlämnad\s+av|från|av)"
_BEFORE_NAME = r"(?:(?:av|genom|gm|för|namn|underskrift|inlämnad\s+av)\s*:?\s+)"
_ROLE = r"(?-i:[a-zåäö]{3,20})(?:\s(?-i:[a-zåäö]{3,20}))?"
_AFTER_NAME = rf"(?:(?:\s*[,&/(]+\s*|\s+och\s+)(?:{_PART}|{_UNIT}[^.!?:]{{0,60}}|{_ROLE}))"
_LINE = re.compile(
    r"|".join(
        (
            rf"{_PLACE}(?:den\s+)?\d{{1,2}}\s+{_MONTH}\.?\s+\d{{4}}",
            rf"{_PLACE}(?:den\s+)?\d{{4}}-\d{{2}}-\d{{2}}",
            rf"{_BEFORE_NAME}?{_NAME}{_AFTER_NAME}*\)?",
            rf"(?:(?:för|genom|gm)\s+)?{_UNIT}[^.!?:,]{{0,60}}",
            rf"{_FIELD}\s*:[^.!?]{{0,100}}",
            r"(?:(?:med|många)\s+)?(?:vänlig|bästa|kamratlig|solidarisk|rö)\w*\s+hälsning\w*[,!.]?",
            r"[_=.\s-]{3,}",
        )
    ),
    re.IGNORECASE,
)


def is_signature(line: str) -> bool:
    """Whether a line can only be a name, a unit, a place with a date or a greeting."""
    bare = " ".join(line.split()).lstrip("/–—- ") or line.strip()
    return len(bare) <= 120 and _LINE.fullmatch(bare) is not None


def without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the lines of a text from its signature; at least one line is always text."""
    end = len(lines)
    while end > 0 and (not lines[end - 1].strip() or is_signature(lines[end - 1])):
        end -= 1
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    end = max(end, first + 1)
    return lines[:end], [line.strip() for line in lines[end:] if line.strip()]
