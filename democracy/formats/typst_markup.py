"""Markdown as Typst markup: headings, paragraphs, lists, quotations, tables, emphasis. Nothing that a writer types
becomes a command.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).disable("html_inline").disable("html_block").enable("table")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
_AROUND = {"em_open": "#emph[", "em_close": "]", "strong_open": "#strong[", "strong_close": "]"}
_BREAKS = {"softbreak": "\n", "hardbreak": "\\\n"}
_LISTS = {"bullet_list_open": "#list", "ordered_list_open": "#enum"}


def to_typst(markdown: str) -> str:
    """The markup of a text. Images are left as their description, links as their words."""
    return _Writer().write(_PARSER.parse(markdown))


def escaped(text: str) -> str:
    """Text that Typst prints as it stands."""
    return _SPECIAL.sub(r"\\\1", text)


class _Writer:
    """Turns tokens into markup, one block after another."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._block(token)
        return "".join(self._parts)

    def _block(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._parts.append(_inline(token.children or []))
        elif kind in _LISTS:
            start = f"(start: {int(token.attrGet('start') or 1)})" if kind == "ordered_list_open" else "()"
            self._parts.append(f"{_LISTS[kind]}{start}")
        elif kind in {"fence", "code_block"}:
            self._parts.append(f"#block[{escaped(token.content)}]\n\n")
        elif kind == "table_open":
            self._parts.append("#table(columns: (auto,) * COLUMNS, ")
        elif kind == "heading_open":
            self._parts.append(f"#heading(level: {token.tag[1]})[")
        elif kind in _FIXED:
            self._parts.append(_FIXED[kind])
        if kind == "table_close":
            self._columns()

    def _columns(self) -> None:
        """A table says how many columns it has only when its head has been read."""
        start = max(index for index, part in enumerate(self._parts) if "COLUMNS" in part)
        end = self._parts.index(_FIXED["thead_close"], start)
        cells = self._parts[start:end].count(_FIXED["th_open"])
        self._parts[start] = self._parts[start].replace("COLUMNS", str(cells))


_FIXED = {
    "heading_close": "]\n\n", "paragraph_open": "", "paragraph_close": "\n\n",
    "bullet_list_close": "\n\n", "ordered_list_close": "\n\n", "list_item_open": "[", "list_item_close": "]",
    "blockquote_open": "#quote(block: true)[", "blockquote_close": "]\n\n", "hr": "#line(length: 100%)\n\n",
    "thead_open": "table.header(", "thead_close": "), ", "th_open": "[#strong[", "th_close": "]], ",
    "td_open": "[", "td_close": "], ", "table_close": ")\n\n",
}  # fmt: skip


def _inline(children: Sequence[Token]) -> str:
    return "".join(_AROUND.get(each.type) or _BREAKS.get(each.type) or escaped(each.content) for each in children)
