"""A paragraph while it is being read."""

from collections.abc import Iterable

from democracy.domain.numbered_text.blocks import Block, Line, text_of, wholly_italic
from democracy.domain.numbered_text.joining import is_title, join
from democracy.domain.numbered_text.paragraphs import Heading, Paragraph, Place, lettered
from democracy.domain.numbered_text.quotations import is_attribution, provenance_of


class Draft:
    """Gathers lines and points under one number, and what says that it is a quotation."""

    def __init__(self, number: int, suffix: str, headings: tuple[Heading, ...]) -> None:
        self.number = number
        self.suffix = suffix
        self.headings = headings
        self._lead: list[str] = []
        self._points: list[str] = []
        self._seen: list[Line] = []
        self._provenance: str | None = None

    @property
    def label(self) -> str:
        """Its number and suffix."""
        return str(Place(self.number, self.suffix))

    @property
    def tail(self) -> str:
        """The text that a continuation would go on from; empty once the attribution has closed the quotation."""
        if self._provenance:
            return ""
        return self._points[-1] if self._points else (self._lead[-1] if self._lead else "")

    @property
    def ends_with_colon(self) -> bool:
        """Whether a list is expected."""
        return not self._points and self.tail.endswith(":")

    def add_lines(self, lines: Iterable[Line]) -> None:
        """Add lines of its own text; after points they belong to the last point."""
        for line in lines:
            text = text_of(line)
            if text and is_attribution(text) and (self._lead or self._points):
                self.attribute(text)
            elif text:
                self._seen.append(line)
                self._put(text)

    def add_point(self, block: Block) -> None:
        """Add a point, unless it is the attribution with a dash before it."""
        text = " ".join(block.text.split())
        if is_attribution(text) and (self._lead or self._points):
            self.attribute(text)
        elif text:
            self._seen.extend(block.lines)
            self._points.append(text)

    def go_on(self, block: Block) -> None:
        """Join the rest of a text that a page break cut."""
        first, *rest = block.lines
        self._seen.append(first)
        last = self._points or self._lead
        last[-1] = join(last[-1], text_of(first))
        self.add_lines(rest)

    def attribute(self, text: str) -> None:
        """Note where the quotation comes from."""
        self._provenance = provenance_of(text)

    def paragraph(self, heading: str | None) -> Paragraph:
        """The paragraph as read; its lock is a proposal."""
        return Paragraph(
            number=self.number,
            lead="\n".join(self._lead),
            points=lettered(tuple(self._points)),
            headings=self.headings,
            heading=heading,
            locked=self._is_quotation(),
            provenance=self._provenance,
            suffix=self.suffix,
        )

    def _is_quotation(self) -> bool:
        if self._provenance:
            return True
        # A numbered line in italics without a full stop is a heading that somebody numbered.
        return wholly_italic(self._seen) and not is_title("\n".join((*self._lead, *self._points)))

    def _put(self, text: str) -> None:
        if self._points:
            self._points[-1] = join(self._points[-1], text)
        else:
            self._lead.append(text)
