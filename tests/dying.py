"""A server that ends itself, as a power failure would, at one moment of casting."""

import os
import signal
from typing import Any

from sqlalchemy import Connection, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from democracy.app import Application
from democracy.services.urns import casting

BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER = "before the commit", "after the commit", "before the answer"
ROUNDS, RECEIPTS = 2, 15
"""Which round of ballots is not committed; which receipt is not made, or not sent."""


class Countdown:
    """Ends the process when it is called so many times."""

    def __init__(self, left: int) -> None:
        self._left = left

    def __call__(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def at(moment: str, application: Application, app: ASGIApp) -> ASGIApp:
    """The application, to be served, which will end there."""
    if moment == BEFORE_COMMIT:
        _before_commit(application, Countdown(ROUNDS))
    elif moment == AFTER_COMMIT:
        _after_commit(Countdown(RECEIPTS))
    else:
        return _before_answer(app, Countdown(RECEIPTS))
    return app


def _before_commit(application: Application, count: Countdown) -> None:
    engine = application.database.writer.sync_engine

    @event.listens_for(engine, "before_cursor_execute")
    def watch(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        connection.info["casts"] = connection.info.get("casts", False) or "INSERT INTO sealed_ballot" in statement

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        if connection.info.pop("casts", False):
            count()


def _after_commit(count: Countdown) -> None:
    names = vars(casting)
    make = names["make_receipt"]

    def make_or_die(*args: Any, **kwargs: Any) -> bytes:
        count()
        made: bytes = make(*args, **kwargs)
        return made

    names["make_receipt"] = make_or_die


def _before_answer(app: ASGIApp, count: Countdown) -> ASGIApp:
    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: Message) -> None:
            if b"BallotReceipt" in message.get("body", b""):
                count()
            await send(message)

        await app(scope, receive, watched if scope["type"] == "http" else send)

    return served
