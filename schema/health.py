"""Whether this process lives, and whether it is ready to serve.

`Application.check()` answers by name (`database`, `migrations`, `ledger`, `clock`), each with `ok` and whatever else an
operator wants to know: figures and words about the installation, never about people.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import orjson
from prometheus_client import Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from schema.observer import Observer

PATIENCE = 5.0
"""Seconds that the checks may take."""

Checks = Mapping[str, Mapping[str, Any]]


class Running(Protocol):
    """What the edge needs of the application."""

    def now(self) -> datetime:
        """The organisation's time."""

    async def start(self) -> None:
        """Open connections and start the workers."""

    async def close(self) -> None:
        """Stop the workers and give everything back."""

    async def check(self) -> Checks:
        """What works, by name; each has `ok`."""


class Health:
    """The pages that operators and their machines read."""

    def __init__(self, application: Running, observer: Observer) -> None:
        self._application, self._observer = application, observer
        self._checks = Gauge("democracy_check", "Readiness.", ("check", "value"), registry=observer.registry)

    async def live(self, _request: Request) -> Response:
        """The process answers."""
        return _json({"status": "alive"}, 200)

    async def ready(self, _request: Request) -> Response:
        """200 if every check is good, else 503; the checks in either case."""
        checks = await self._look()
        ready = all(each.get("ok") for each in checks.values())
        return _json({"status": "ready" if ready else "unavailable", "checks": checks}, 200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        """Figures for Prometheus, those of the checks included."""
        for name, check in (await self._look()).items():
            for value, figure in check.items():
                if isinstance(figure, bool | int | float):
                    self._checks.labels(name, value).set(float(figure))
        return Response(generate_latest(self._observer.registry), headers={"content-type": CONTENT_TYPE_LATEST})

    async def _look(self) -> Checks:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._application.check()
        except Exception as fault:  # noqa: BLE001 - a check that fails is an answer too
            return {"application": {"ok": False, "incident": self._observer.incident(fault)}}


def _json(body: object, status: int) -> Response:
    return Response(orjson.dumps(body, default=str), status, media_type="application/json; charset=utf-8")
