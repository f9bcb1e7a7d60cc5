"""Doing for many at once what each asks for alone: whoever asks while a round is under way goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Together(Generic[K, V]):
    """Rounds of work, one after the other.

    `work` is given everything that waits, `most` at a time, and answers in the same order: with a value, or with the
    exception that whoever asked is to have. What it raises itself, everybody in the round has. Nobody waits for others
    to come: the first starts a round at once. What was asked is looked up after it was asked, never before.
    """

    def __init__(self, work: Callable[[Sequence[K]], Awaitable[Sequence[V | Exception]]], most: int) -> None:
        self._work, self._most = work, most
        self._waiting: list[tuple[K, asyncio.Future[V]]] = []
        self._rounds: asyncio.Task[None] | None = None

    async def ask(self, asked: K) -> V:
        """The answer to one question, from a round that began after it was asked."""
        answer: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._until_nobody_waits())
        return await answer

    async def _until_nobody_waits(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                _tell(batch, await self._answers([asked for asked, _ in batch]))
        finally:
            self._rounds = None

    async def _answers(self, asked: Sequence[K]) -> Sequence[V | Exception]:
        try:
            return await self._work(asked)
        except Exception as fault:  # noqa: BLE001 - whoever waits is told, whatever it was
            return [fault] * len(asked)


def _tell(batch: Sequence[tuple[K, "asyncio.Future[V]"]], answers: Sequence[V | Exception]) -> None:
    """Give everybody theirs; whoever has gone away meanwhile needs none."""
    for (_, waiting), answer in zip(batch, answers, strict=True):
        if waiting.done():
            continue
        if isinstance(answer, Exception):
            waiting.set_exception(answer)
        else:
            waiting.set_result(answer)
