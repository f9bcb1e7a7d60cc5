"""What operators see of the traffic: one log line and a few figures for each operation, and nothing about people.

A label is the name of a root field in our schema, never what a client calls its operation: the number of series is
bounded by the schema. Operations on `silent` fields leave neither line nor figure.
"""

import uuid
from dataclasses import dataclass

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from schema.logs import frames

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
COSTS = (1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 25_000)


@dataclass(slots=True)
class Record:
    """One operation as operators see it."""

    request_id: str
    transport: str
    kind: str = "none"
    fields: tuple[str, ...] = ()
    result: str = "refused"
    code: str | None = None
    status: int | None = None
    cost: int | None = None
    seconds: float = 0.0

    @property
    def field(self) -> str:
        """The root field, or how many there are in words."""
        return "several" if len(self.fields) > 1 else next(iter(self.fields), "none")


class Observer:
    """Counts and logs operations. One for each process; tests make their own."""

    def __init__(self, registry: CollectorRegistry | None = None, *, silent: frozenset[str] = frozenset()) -> None:
        self.registry = registry or CollectorRegistry()
        self._silent = silent
        self._log = structlog.get_logger("democracy.edge")
        labels = ("kind", "field", "result")
        self._operations = Counter("democracy_operations", "Operations.", labels, registry=self.registry)
        self._seconds = Histogram(
            "democracy_operation_seconds", "Time to answer.", ("kind", "field"), buckets=SECONDS, registry=self.registry
        )
        self._cost = Histogram("democracy_operation_cost", "Estimated cost.", buckets=COSTS, registry=self.registry)
        self._refusals = Counter(
            "democracy_refusals", "Refused as a whole, by code.", ("code",), registry=self.registry
        )
        self._streams = Gauge("democracy_streams", "Open streams.", ("transport",), registry=self.registry)
        self._incidents = Counter("democracy_incidents", "Faults of ours.", registry=self.registry)

    def operation(self, record: Record) -> None:
        """Log and count a finished operation."""
        if not self._silent.isdisjoint(record.fields):
            return
        self._operations.labels(record.kind, record.field, record.result).inc()
        self._seconds.labels(record.kind, record.field).observe(record.seconds)
        if record.cost is not None:
            self._cost.observe(record.cost)
        self._log.info(
            "operation",
            request_id=record.request_id,
            transport=record.transport,
            kind=record.kind,
            field=record.field,
            result=record.result,
            code=record.code,
            status=record.status,
            cost=record.cost,
            ms=round(record.seconds * 1000, 1),
        )

    def refused(self, request_id: str, code: str, status: int) -> None:
        """Log and count a request that was refused before it became an operation."""
        self._refusals.labels(code).inc()
        self._log.info("refused", request_id=request_id, code=code, status=status)

    def incident(self, fault: BaseException, request_id: str | None = None) -> str:
        """Log a fault of ours with its traceback, but without its message, which may quote people; return its id."""
        incident = uuid.uuid4().hex[:12]
        self._incidents.inc()
        self._log.error("incident", incident=incident, request_id=request_id, traceback=frames(fault))
        return incident

    def stream_opened(self, transport: str) -> None:
        """Count an open stream."""
        self._streams.labels(transport).inc()

    def stream_closed(self, transport: str) -> None:
        """Count a stream that has ended."""
        self._streams.labels(transport).dec()
