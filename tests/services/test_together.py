"""Those who ask at the same time are answered together, each their own."""

import asyncio
from collections.abc import Sequence

import pytest

from democracy.services.together import Together


class Rounds:
    """What each round was given; each takes a few turns of the loop."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []

    async def __call__(self, asked: Sequence[int]) -> list[int | Exception]:
        self.seen.append(list(asked))
        for _ in range(3):
            await asyncio.sleep(0)
        if 13 in asked:
            raise RuntimeError("the whole round")
        return [ValueError(each) if each < 0 else each * 2 for each in asked]


async def test_the_first_waits_for_nobody_and_those_who_come_meanwhile_share_the_next_round() -> None:
    rounds = Rounds()
    together = Together[int, int](rounds, most=3)
    first = asyncio.create_task(together.ask(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(together.ask(each)) for each in range(1, 6)]
    assert await asyncio.gather(first, *others) == [0, 2, 4, 6, 8, 10]
    assert rounds.seen == [[0], [1, 2, 3], [4, 5]]
    assert await together.ask(7) == 14, "and it begins anew when nobody waits"


async def test_each_is_told_their_own_fault_and_a_fault_of_the_round_is_everybodys() -> None:
    together = Together[int, int](Rounds(), most=9)
    one, other = await asyncio.gather(together.ask(-1), together.ask(4), return_exceptions=True)
    assert (type(one), other) == (ValueError, 8)
    found = await asyncio.gather(together.ask(13), together.ask(1), return_exceptions=True)
    assert [type(each) for each in found] == [RuntimeError, RuntimeError]
    assert await together.ask(1) == 2


async def test_whoever_leaves_takes_nobody_along() -> None:
    together = Together[int, int](Rounds(), most=9)
    leaving, staying = asyncio.create_task(together.ask(1)), asyncio.create_task(together.ask(2))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await staying == 4
