"""Minutes to take away: `/meetings/{id}/minutes.md`, `.html` and `.pdf`."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from starlette.routing import Route

from schema.context import Context
from schema.downloads import ContextFactory, Text, downloads


def minutes_downloads(context_factory: ContextFactory, clock: Callable[[], datetime]) -> Sequence[Route]:
    """The routes. The address holds the meeting's global id."""
    return downloads("/meetings/{id}/minutes", "Meeting", _read, context_factory, clock)


async def _read(context: Context, meeting_id: UUID) -> Text | None:
    view = await context.loaders.minutes.of_meeting.load(meeting_id)
    if view is None:
        return None
    shown = await context.loaders.minutes.shown.load(view.id)
    return Text(f"Protokoll, {view.meeting_name}", shown.markdown, f"protokoll-{_plain(view.meeting_name)}")


def _plain(name: str) -> str:
    """A name as a file may be called: `distriktsarskonferens-2026`."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))
