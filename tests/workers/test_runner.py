"""Workers beside the server: what fails is started again, what is stopped stops cleanly."""

import asyncio

import pytest
from structlog.testing import capture_logs

from democracy.workers import runner
from democracy.workers.runner import Runner


async def test_a_worker_that_fails_is_started_again_and_its_fault_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_PAUSE", 0.001)
    starts, steady = 0, asyncio.Event()

    async def worker(stop: asyncio.Event) -> None:
        nonlocal starts
        starts += 1
        if starts < 4:
            raise ZeroDivisionError("the words of Ylva Sandgren")
        steady.set()
        await stop.wait()

    with capture_logs() as lines:
        running = Runner({"poor": worker})
        running.start()
        async with asyncio.timeout(5):
            await steady.wait()
        await running.stop()
    assert [(line["event"], line["worker"], line["code"]) for line in lines] == [
        ("worker_failed", "poor", "builtins.ZeroDivisionError")
    ] * 3
    assert "Sandgren" not in str(lines)


async def test_one_that_fails_does_not_disturb_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_PAUSE", 0.001)
    rounds = 0

    async def fails(stop: asyncio.Event) -> None:
        raise ZeroDivisionError

    async def works(stop: asyncio.Event) -> None:
        nonlocal rounds
        while not stop.is_set():
            rounds += 1
            await asyncio.sleep(0.005)

    with capture_logs():
        running = Runner({"fails": fails, "works": works})
        running.start()
        await asyncio.sleep(0.1)
        await running.stop()
    assert rounds > 3


async def test_a_worker_finishes_what_it_has_in_hand() -> None:
    finished = False

    async def worker(stop: asyncio.Event) -> None:
        nonlocal finished
        await stop.wait()
        await asyncio.sleep(0.02)
        finished = True

    running = Runner({"tidy": worker})
    running.start()
    await asyncio.sleep(0)
    await running.stop()
    assert finished


async def test_one_that_does_not_stop_is_cancelled_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PATIENCE", 0.05)

    async def deaf(stop: asyncio.Event) -> None:
        await asyncio.sleep(3600)

    running = Runner({"deaf": deaf})
    running.start()
    await asyncio.sleep(0)
    with capture_logs() as lines:
        await running.stop()
    assert [(line["event"], line["worker"]) for line in lines] == [("worker_cancelled", "deaf")]


async def test_a_runner_that_was_never_started_can_be_stopped() -> None:
    await Runner({}).stop()
