"""Signing in with the real parameters: whether the time tells who exists, and how many a second."""

import asyncio
import os
import statistics
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from democracy.errors import SignInRefusedError
from tests.people import NOON, PASSWORD, living_at

pytestmark = pytest.mark.bench
ROUNDS = 60


async def test_an_unknown_login_takes_as_long_as_a_wrong_password(sqlite_url: str) -> None:
    async with living_at(sqlite_url, cheap_passwords=False) as people:
        await people.member()
        await people.with_password("10042")
        spent: dict[str, list[float]] = {"10042": [], "99999": []}
        for number in range(ROUNDS):
            accounts = people.app.accounts(NOON + number * timedelta(days=2))
            for login, times in spent.items():
                started = time.perf_counter()
                with suppress(SignInRefusedError):
                    await accounts.sign_in(login, "fel lösenord!")
                times.append(time.perf_counter() - started)
    wrong, unknown = (statistics.median(times) for times in spent.values())
    print(f"wrong password {1e3 * wrong:.1f} ms, unknown login {1e3 * unknown:.1f} ms: ratio {unknown / wrong:.3f}")
    assert 0.5 < unknown / wrong < 2


async def test_how_many_sign_in_a_second(sqlite_url: str) -> None:
    async with living_at(sqlite_url, cheap_passwords=False) as people:
        await people.member()
        await people.with_password("10042")
        accounts = people.app.accounts(NOON)
        started = time.perf_counter()
        for _ in range(ROUNDS // 4):
            await asyncio.gather(*(accounts.sign_in("10042", PASSWORD) for _ in range(4)))
        spent = time.perf_counter() - started
    print(f"{ROUNDS / spent:.0f} sign in a second on {os.cpu_count()} cores; 25,000 an hour are 7")
