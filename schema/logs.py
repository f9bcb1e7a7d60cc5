"""Structured logs that hold only fields on a list: no query text, variables, names, addresses or tokens."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger",
        "request_id", "transport", "kind", "field", "result", "code", "status", "cost", "ms",
        "incident", "traceback",
        "worker", "step", "position", "count", "lag_seconds", "revision", "version", "port",
    }
)  # fmt: skip
"""Fields that a log line may have. What is not listed is dropped, and its name is reported as `dropped`."""


def configure_logs(*, pretty: bool | None = None, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """One JSON object a line, or lines for a reader where the output is a terminal (`pretty`)."""
    out = stream or sys.stderr
    readable = out.isatty() if pretty is None else pretty
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            structlog.dev.ConsoleRenderer(colors=False)
            if readable
            else structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    # Their messages quote queries and addresses; ours say what operators need.
    for name in ("strawberry", "uvicorn.access"):
        logging.getLogger(name).disabled = True


def keep_allowed(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list, and every field without a value."""
    kept = {name: value for name, value in line.items() if name in ALLOWED and value is not None}
    dropped = sorted(name for name in line if name not in ALLOWED)
    return {**kept, "dropped": dropped} if dropped else kept


def frames(fault: BaseException) -> list[str]:
    """Where a fault happened, cause first, without the messages of exceptions: they may quote what people wrote."""
    lines: list[str] = []
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None and cause is not fault:
        lines += frames(cause)
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"{_place(frame.filename)}:{frame.lineno} {frame.name}")
    return [*lines, f"{type(fault).__module__}.{type(fault).__qualname__}"]


def _place(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").split("/")[-3:])
