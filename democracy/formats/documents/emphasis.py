"""Emphasis in Markdown, also where its asterisks are broken. Nothing here outlives its block."""

import html
import re

from democracy.domain.numbered_text.blocks import Line, Run

_IMAGE = re.compile(r"(?<!\\)!\[([^\]\\\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"(?<!\\)\[([^\]\\\n]{1,300})\]\((?:<[^>\n]*>|[^)\n]{0,2000})\)")
_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|\*+|_+|[^\\*_]+|\\", re.DOTALL)


def lines_of(texts: list[str]) -> tuple[Line, ...]:
    """Read the lines of one block.

    An asterisk that opens and never closes marks the rest of its block; one that closes what was never opened is left
    out. Either way the mark ends with the block.
    """
    state = _State()
    return tuple(state.read(_without_links(text)) for text in texts)


def _without_links(text: str) -> str:
    return _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))


class _State:
    def __init__(self) -> None:
        self._italic = self._bold = False

    def read(self, text: str) -> Line:
        runs: list[Run] = []
        for found in _TOKEN.finditer(text):
            token = found.group()
            if token[0] in "*_" and self._mark(token, text[: found.start()][-1:], text[found.end() : found.end() + 1]):
                continue
            plain = token[1:] if len(token) == 2 and token[0] == "\\" else html.unescape(token)
            runs.append(Run(plain, self._italic, self._bold))
        return tuple(runs)

    def _mark(self, token: str, before: str, after: str) -> bool:
        """Turn emphasis on or off; answer False where the characters are text: "5 * 3", "fil_namn"."""
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if not opens and not closes and (before or after):
            return False
        if token[0] == "_" and opens and closes and before.isalnum() and after.isalnum():
            return False
        if len(token) != 2:
            self._italic = self._turned(self._italic, opens=opens, closes=closes)
        if len(token) >= 2:
            self._bold = self._turned(self._bold, opens=opens, closes=closes)
        return True

    @staticmethod
    def _turned(now: bool, *, opens: bool, closes: bool) -> bool:
        if now:
            return not closes
        return opens
