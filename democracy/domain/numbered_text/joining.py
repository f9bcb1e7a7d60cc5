"""Whether a text goes on, and how its two halves are put together."""

import re

from democracy.domain.numbered_text.blocks import Block, wholly_bold, wholly_italic

_ENDED = re.compile(r"[.!?:;…][\"'»«”’)\]]*$")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_AND = re.compile(r"(?:och|eller|samt|respektive)\b")
_LONGEST_HEADING = 110


def is_ended(text: str) -> bool:
    """Whether it ends as sentences do."""
    return _ENDED.search(text) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether a text that a page break cut goes on: the sentence is open, or a small letter follows."""
    return bool(before) and (after[:1].islower() or not is_ended(before))


def join(before: str, after: str) -> str:
    """Put two halves together, a word that was broken at the line's end made whole again."""
    if _HYPHEN.search(before) and _breaks_a_word(before, after):
        return before[:-1] + after
    return f"{before} {after}".strip()


def _breaks_a_word(before: str, after: str) -> bool:
    small = after[:1].islower() and _AND.match(after) is None
    return small or (before[-2].isupper() and after[:2].isupper())


def looks_like_heading(block: Block) -> bool:
    """Whether a block that no mark calls a heading is one: short, without a full stop, set apart by its type."""
    return is_title(" ".join(block.text.split())) and (wholly_bold(block.lines) or wholly_italic(block.lines))


def is_title(text: str) -> bool:
    """Whether a text is short, begins with a capital and does not end as a sentence."""
    return 0 < len(text) <= _LONGEST_HEADING and not is_ended(text) and not text[0].islower()
