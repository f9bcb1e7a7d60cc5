"""Which headings stand above which paragraph when some have gone."""

from collections.abc import Sequence

from democracy.domain.numbered_text.paragraphs import Heading


class Headings:
    """Hands each paragraph the headings that stand between it and the one before; an emptied section loses its own."""

    def __init__(self) -> None:
        self._waiting: list[Heading] = []
        self._nearest: str | None = None

    def pass_by(self, headings: Sequence[Heading]) -> None:
        """Come to the headings of a slot. Those still waiting, at their level or below, have no paragraph left."""
        if headings:
            highest = min(each.level for each in headings)
            self._waiting = [each for each in self._waiting if each.level < highest]
            self._waiting.extend(headings)

    def above(self) -> tuple[tuple[Heading, ...], str | None]:
        """Give the headings right above the next paragraph, and the nearest one."""
        headings, self._waiting = tuple(self._waiting), []
        if headings:
            self._nearest = headings[-1].text
        return headings, self._nearest
