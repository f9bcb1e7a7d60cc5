"""Quotations and where they come from: the line of attribution under a text, and the version that it names."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

_SOURCE = (
    r"\w*(?:program|programmet|stadga|stadgar|stadgarna|strategi|strategin|plattform|plattformen|manifest|manifestet"
    r"|uttalande|uttalandet|deklaration|deklarationen|verksamhetsplan|verksamhetsplanen)\b"
)
_ATTRIBUTION = re.compile(
    rf"(?:[-–—]\s*)?\(?(?:(?:citat|citerat|hämtat|utdrag)\s+(?:ur|från)|ur|källa\s*:)\s+(?=[^!?\n]*{_SOURCE})[^!?;\n]{{3,110}}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]|[.!?]$")
_WORD = re.compile(r"\w+")
_Key = TypeVar("_Key")


def is_attribution(line: str) -> bool:
    """Whether a whole line only says where a quotation comes from: "Ur Vänsterpartiets partiprogram"."""
    line = line.strip()
    return _ATTRIBUTION.fullmatch(line) is not None and _SENTENCE.search(line.rstrip(")")) is None


def provenance_of(line: str) -> str:
    """The attribution without its dash and parentheses."""
    return line.strip().lstrip("-–— ").removeprefix("(").removesuffix(")").strip()


def named_version(provenance: str) -> str | None:
    """The year that an attribution names, if it names one."""
    found = _YEAR.search(provenance)
    return found.group() if found else None


def quoted_from(quotation: str, sources: Mapping[_Key, str]) -> list[_Key]:
    """Give the sources that hold the quotation word for word, whatever the punctuation, case and line breaks.

    The same sentence may read differently in two versions of a programme, so this tells the versions apart.
    """
    wanted = _words(quotation)
    return [key for key, text in sources.items() if wanted.strip() and wanted in _words(text)]


def _words(text: str) -> str:
    return f" {' '.join(_found(text))} "


def _found(text: str) -> Iterable[str]:
    return (word.casefold() for word in _WORD.findall(text))
