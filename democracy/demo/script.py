"""What happens in the story, in the order of its own time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

Act: TypeAlias = Callable[[datetime], Awaitable[object]]
"""Somebody does something, at the time that it is told."""


@dataclass
class Script:
    """Acts, written down in any order and played as the clock goes."""

    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def add(self, at: datetime, act: Act) -> None:
        """Let it happen at a time. Of two at the same time, the one that was added first happens first."""
        self._acts.append((at, len(self._acts), act))

    def __len__(self) -> int:
        return len(self._acts)

    async def play(self, shown: Callable[[], None]) -> None:
        """Let everything happen; `shown` is called after each act."""
        for at, _, act in sorted(self._acts, key=lambda each: each[:2]):
            await act(at)
            shown()
