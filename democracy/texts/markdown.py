"""What members write, as HTML that is safe to show and as plain text.

CommonMark without raw HTML, images, tables and strikethrough: a motion is read aloud, printed and sent by post.
"""

from collections.abc import Iterable, Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
}
_SCHEMES = {"https", "mailto"}
_PARSER = MarkdownIt("commonmark", {"html": False}).disable("html_inline").disable("html_block")
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes=_SCHEMES,
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)


def to_html(markdown: str) -> str:
    """Render Markdown as HTML made of a few harmless elements; links only to https and mailto.

    Tags that the writer typed are shown as text. An image is shown as its description. Never fails.
    """
    tokens = _PARSER.parse(_encodable(markdown))
    return _CLEANER.clean(_PARSER.renderer.render(list(_without_images(tokens)), _PARSER.options, {}))


def to_plain(markdown: str) -> str:
    """Give the text without its marks: paragraphs parted by blank lines, list items each on a line of its own."""
    return _Plain().write(_PARSER.parse(_encodable(markdown)))


def _encodable(text: str) -> str:
    """Replace lone surrogates, which no database and no sanitiser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _without_images(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield Token("text", "", 0, content=token.content)
        else:
            if token.children:
                token.children = list(_without_images(token.children))
            yield token


class _Plain:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._counters: list[int | None] = []
        self._mark = ""

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._write_block(token)
        return "".join(self._parts).strip("\n")

    def _write_block(self, token: Token) -> None:
        if token.type == "ordered_list_open":
            self._counters.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            self._counters.append(None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self._counters.pop()
            self._end("\n" if not self._counters else "")
        elif token.type == "list_item_open":
            self._mark = self._next_mark()
        elif token.type == "inline":
            self._say(_inline(token.children or []))
        elif token.type in {"fence", "code_block"}:
            self._say(token.content.rstrip("\n"))

    def _next_mark(self) -> str:
        number = self._counters[-1]
        if number is None:
            return "- "
        self._counters[-1] = number + 1
        return f"{number}. "

    def _say(self, text: str) -> None:
        indent = "  " * max(len(self._counters) - 1, 0)
        self._parts.append(f"{indent}{self._mark}{text}\n" + ("" if self._counters else "\n"))
        self._mark = ""

    def _end(self, text: str) -> None:
        if self._parts:
            self._parts.append(text)


def _inline(children: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(each.type, each.content) for each in children)
