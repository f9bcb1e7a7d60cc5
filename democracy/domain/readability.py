"""How hard a text is to read: LIX, the Swedish measure."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_END = re.compile(r"[.!?:]+(?=\s|$)|\n\s*\n|\n\s*[-*•]\s")
_LONG = 6


@dataclass(frozen=True, slots=True)
class Readability:
    """The measure of one text. `lix` is rounded to a whole number; below 40 is easy, from 60 on very hard."""

    lix: int
    words: int
    sentences: int


def readability(text: str) -> Readability | None:
    """LIX: words per sentence, plus the share in per cent of words of more than six letters. None without words.

    A line of a list counts as a sentence. Björnsson 1968.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _END.split(text))
    long_words = sum(len(each) > _LONG for each in words)
    # In whole numbers: rounded half up.
    doubled = 2 * (len(words) * len(words) + 100 * long_words * sentences)
    lix = (doubled + len(words) * sentences) // (2 * len(words) * sentences)
    return Readability(lix, len(words), sentences)
