"""Meetings for a calendar: `/meetings/{id}.ics`, and all of a unit's as `/units/{id}/meetings.ics`, with deadlines."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from democracy.domain.actors import Anonymous
from democracy.formats.ics import Event, to_ics
from democracy.storage.paging import Asked
from democracy.storage.reads import meetings
from democracy.storage.reads.meetings import MeetingFilter, MeetingOrder, MeetingView
from democracy.texts.words import phrase
from schema.context import Context
from schema.downloads import ContextFactory
from schema.ids import parsed
from schema.refusals import RefusedError, refusal_response
from workflows.meeting import MeetingState

_LAST_HOUR = timedelta(hours=1)
"""A deadline stands in the calendar as the hour before it."""


def calendar_files(context_factory: ContextFactory, clock: Callable[[], datetime]) -> Sequence[Route]:
    """The routes. Who asks is known by the same session as in the API."""
    kinds = (("Meeting", "/meetings/{id}.ics"), ("Unit", "/units/{id}/meetings.ics"))
    return [Route(path, partial(_answer, kind, context_factory, clock), methods=["GET"]) for kind, path in kinds]


async def _answer(kind: str, factory: ContextFactory, clock: Callable[[], datetime], request: Request) -> Response:
    context, found = await factory(request, clock()), parsed(request.path_params["id"])
    if isinstance(context.actor, Anonymous):
        return refusal_response(request, RefusedError("UNAUTHENTICATED"))
    if found is None or found[0] != kind:
        return refusal_response(request, RefusedError("NOT_FOUND"))
    one = kind == "Meeting"
    view = None if one else await context.loaders.register.unit.load(found[1])
    read = await _one(context, found[1]) if one else await _all(context, found[1])
    if not read and view is None:
        return refusal_response(request, RefusedError("NOT_FOUND"))
    name = view.name if view else read[0].name
    events = [event for each in read for event in _events(each, context)]
    return Response(to_ics(name, events, at=context.at), media_type="text/calendar; charset=utf-8")


async def _one(context: Context, meeting_id: UUID) -> list[MeetingView]:
    view = await context.loaders.meeting.load(meeting_id)
    return [view] if view else []


async def _all(context: Context, unit_id: UUID) -> list[MeetingView]:
    """The unit's hundred latest meetings that the reader may see."""
    wanted = MeetingFilter(unit_id=unit_id)
    async with context.app.database.read() as connection:
        found = await meetings.listed(connection, context.reader, wanted, MeetingOrder.LATEST, Asked(first=100))
    return list(found.rows)


def _events(view: MeetingView, context: Context) -> Iterator[Event]:
    """The meeting itself, then the deadlines that lead to it."""
    cancelled = view.state is MeetingState.CANCELLED
    yield Event(
        uid=f"{view.id}@democracy", starts_at=view.starts_at, ends_at=view.ends_at, summary=view.name,
        place=view.place or "", about=view.purpose or "", sequence=view.version, cancelled=cancelled,
    )  # fmt: skip
    for what, at in (("motions", view.motions_close_at), ("amendments", view.amendments_close_at)):
        if at is not None:
            summary = phrase(f"calendar_{what}", context.language, name=view.name)
            yield Event(
                uid=f"{view.id}-{what}@democracy", starts_at=at - _LAST_HOUR, ends_at=at, summary=summary,
                sequence=view.version, cancelled=cancelled,
            )  # fmt: skip
