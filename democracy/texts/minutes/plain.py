"""What people wrote, inside a text of ours: it can be read, and forges no heading."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=~#.)])")
_BLOCK = re.compile(r"^([ \t>*+\-\d.)]*)(#|```|~~~)", re.MULTILINE)
_UNDERLINE = re.compile(r"^([ \t>]*)(=+|-+)[ \t]*$", re.MULTILINE)


def inline(text: str) -> str:
    """On one line, its marks shown as they stand."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def sentence(text: str) -> str:
    """The same with a full stop where nothing ends it."""
    line = inline(text)
    return line if not line or line[-1] in '.!?…»”"' else f"{line}."


def quoted(text: str) -> str:
    """As a block quotation, its lines kept."""
    lines = [_escaped(line.strip()) for line in text.strip().splitlines()]
    kept = (line + ("\\" if line and after else "") for line, after in zip(lines, [*lines[1:], ""], strict=False))
    return "\n".join(f"> {line}".rstrip() for line in kept)


def prose(markdown: str) -> str:
    """The secretary's own Markdown, without what would reach beyond it: headings, and code that nothing ends."""
    return _UNDERLINE.sub(r"\1\\\2", _BLOCK.sub(r"\1\\\2", markdown.strip()))


def _escaped(line: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line))
