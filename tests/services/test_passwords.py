"""Hashing: what is stored, how much at a time, and the same work for nobody."""

import asyncio
import threading
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from democracy.services.passwords import Passwords


async def test_passwords_are_hashed_by_argon2id_with_the_parameters_that_were_decided() -> None:
    parameters = extract_parameters(await Passwords().hash("sju gula kaniner"))
    assert (parameters.type.name, parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (
        "ID", 2, 19 * 1024, 1,
    )  # fmt: skip


async def test_only_the_password_itself_is_right() -> None:
    passwords = Passwords(cheap=True)
    stored = await passwords.hash("Åtta blå ekar")
    assert await passwords.verify(stored, "A\u030atta bla\u030a\u00a0ekar")
    assert not await passwords.verify(stored, "åtta blå ekar")
    assert not await passwords.verify(stored, "Åtta blå ekar" + " " * 5_000)
    assert not await passwords.verify(stored, "\ud800")


async def test_nobodys_password_is_never_right_and_costs_as_much() -> None:
    passwords = Passwords()
    stored = await passwords.hash("sju gula kaniner")
    dummy = passwords._dummy
    assert extract_parameters(dummy) == extract_parameters(stored)
    assert len(dummy) == len(stored)
    assert not await passwords.verify(None, "sju gula kaniner")


async def test_a_hash_with_other_parameters_is_outdated() -> None:
    older = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("sju gula kaniner")
    passwords = Passwords()
    assert passwords.is_outdated(older)
    assert not passwords.is_outdated(await passwords.hash("sju gula kaniner"))


async def test_no_more_are_hashed_at_a_time_than_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = Passwords(cheap=True, cores=2)
    lock, running, most = threading.Lock(), 0, 0
    both = threading.Barrier(2, timeout=5)

    def verify(*_: Any) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait()  # passes only in pairs: two at a time, then, and not one
        with lock:
            running -= 1
        return False

    monkeypatch.setattr(passwords, "_verify", verify)
    await asyncio.gather(*(passwords.verify(None, "x") for _ in range(8)))
    assert most == 2
