"""What an answer takes, counted: whatever else the machine is doing meanwhile."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from tests.people import People


class Work:
    """Counts verified hashes and SQL statements."""

    def __init__(self, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hashes, self.statements = 0, 0
        verify = people.app.passwords._verify

        def counted(*args: Any) -> bool:
            self.hashes += 1
            return verify(*args)

        monkeypatch.setattr(people.app.passwords, "_verify", counted)
        for engine in (people.app.database.writer, people.app.database.reader):
            event.listen(engine.sync_engine, "before_cursor_execute", self._statement)

    def _statement(self, *_: Any) -> None:
        self.statements += 1

    async def of(self, act: Callable[[], Awaitable[object]]) -> tuple[int, int]:
        before = self.hashes, self.statements
        await act()
        return self.hashes - before[0], self.statements - before[1]
