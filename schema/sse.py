"""Server-sent events in the "distinct connections" mode of graphql-sse: one HTTP request, one operation.

`event: next` carries an answer, `event: complete` ends the stream; a comment now and then keeps proxies
from closing it.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress

import orjson
from starlette.types import Receive, Send

from schema.operations import Answer

HEADERS = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
}


def next_event(answer: Answer) -> bytes:
    """One answer as an event."""
    return b"event: next\ndata: " + orjson.dumps(answer.body()) + b"\n\n"


COMPLETE = b"event: complete\ndata:\n\n"
HEARTBEAT = b":\n\n"


async def send_events(
    answers: AsyncGenerator[Answer, None],
    receive: Receive,
    send: Send,
    *,
    heartbeat: float,
    headers: Mapping[str, str],
) -> None:
    """Send answers until they end or the client leaves; then the operation is cancelled."""
    raw = [(name.encode(), value.encode()) for name, value in {**HEADERS, **headers}.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    pump = asyncio.ensure_future(_pump(answers, send))
    others = [asyncio.ensure_future(_beat(send, heartbeat)), asyncio.ensure_future(client_left(receive))]
    try:
        await asyncio.wait([pump, *others], return_when=asyncio.FIRST_COMPLETED)
        if pump.done() and not pump.cancelled():
            pump.result()
    finally:
        for task in (pump, *others):
            task.cancel()
        for task in (pump, *others):
            with suppress(asyncio.CancelledError, OSError):
                await task
    with suppress(OSError):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def client_left(receive: Receive) -> None:
    """Return when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pump(answers: AsyncGenerator[Answer, None], send: Send) -> None:
    async with aclosing(answers) as source:
        async for answer in source:
            await _send(send, next_event(answer))
    await _send(send, COMPLETE)


async def _beat(send: Send, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _send(send, HEARTBEAT)


async def _send(send: Send, chunk: bytes) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": True})
