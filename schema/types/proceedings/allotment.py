"""How the seats of a meeting are shared out (ombudsfördelning), in the API."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from democracy.formats.counting_words import words
from democracy.formats.report import report
from democracy.formats.report_markdown import report_markdown
from democracy.services.proceedings.sharing_out import Counted, preview
from democracy.storage.reads.allotments import SeatsView
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep
from workflows.allotment import ALLOTMENT, AllotmentState
from workflows.engine import Role

DOCUMENTATION = "/docs/allotment"
_LOOKS_FIRST = frozenset({Role.BOARD, Role.SECRETARY, Role.STAFF})


@strawberry.type(description="One unit's seats at a meeting, and how far it has filled them. Figures, no names.")
class UnitSeats:
    """A row of the allotment."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    unit_name: str = strawberry.field(description="Its name.")
    members: int = strawberry.field(description="Its members on the day that they were counted.")
    seats: int = strawberry.field(description="Its seats (ombudsplatser).")
    delegates: int = strawberry.field(description="Delegates that it has reported.")
    substitutes: int = strawberry.field(description="Substitutes that it has reported.")
    votes_now: int = strawberry.field(description="Its people who are there now and vote.")

    @classmethod
    def of(cls, view: SeatsView) -> "UnitSeats":
        """From what was read."""
        same = ("unit_name", "members", "seats", "delegates", "substitutes", "votes_now")
        return cls(unit_id=global_id("Unit", view.unit_id), **{name: getattr(view, name) for name in same})


@strawberry.type(description="The seats as they would be shared out now. Nothing has been frozen.")
class AllotmentPreview:
    """A count that writes nothing."""

    counted_on: date | None = strawberry.field(description="The day on which members are counted, by the statutes.")
    working: str | None = strawberry.field(
        description="The count step by step, as Markdown; null where it cannot be made."
    )
    actions: list[Action] = strawberry.field(description="Freezing it: whether you may now, and why not.")


@strawberry.type(description="How the seats of a meeting are shared out among the units that send delegates.")
class MeetingAllotment:
    """The allotment of one meeting."""

    key: strawberry.Private[UUID]
    statutes: strawberry.Private[str]
    id: strawberry.ID | None = strawberry.field(description="Null before the seats have been shared out.")
    state: AllotmentState = strawberry.field(description="OPEN (inte fördelade) or FROZEN (fastställda).")
    counted_on: date | None = strawberry.field(description="The day on which members were counted.")
    frozen_at: datetime | None = strawberry.field(description="When the seats were shared out.")
    protocol: str | None = strawberry.field(
        description="The count as JSON: with `democracy recount` anybody can count it again."
    )
    allotment_key: strawberry.Private[UUID | None]

    @strawberry.field(description="The count step by step, as Markdown.")
    async def working(self, info: Info) -> str | None:
        """From the kept protocol."""
        if self.protocol is None:
            return None
        seats = await info.context.loaders.roll.seats.load(self.key) or []
        return _working(json.loads(self.protocol), {each.code: each.unit_name for each in seats}, info)

    @strawberry.field(description="Each unit's seats, in Swedish order.")
    async def seats(self, info: Info) -> list[UnitSeats]:
        """By the loader."""
        return [UnitSeats.of(view) for view in await info.context.loaders.roll.seats.load(self.key) or ()]

    @strawberry.field(
        description="What the count would give now, for the board and the office that prepare the meeting; null "
        "for others."
    )
    async def preview(self, info: Info) -> AllotmentPreview | None:
        """Counted at once."""
        case = await info.context.loaders.meeting_case.load(self.key)
        if case is None or not case.roles & _LOOKS_FIRST:
            return None
        reading = await reading_of(info.context, case.statutes)
        if reading.rules is None:
            return None
        counted: Counted = await preview(info.context.app.database, case, reading.rules)
        names = {each.code: each.name for each in counted.units}
        options = ALLOTMENT.options(self.state, counted.facts, roles=case.roles, now=info.context.at)
        return AllotmentPreview(
            counted_on=counted.counted_on,
            working=_working(counted.protocol.data(), names, info) if counted.protocol else None,
            actions=[reading.action(ALLOTMENT.name, option) for option in options],
        )

    @strawberry.field(description="Every step that was taken, the oldest first.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        if self.allotment_key is None:
            return []
        reading = await reading_of(info.context, self.statutes)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.allotment_key)]

    @strawberry.field(description="The page that describes sharing out.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION


async def allotment_of(info: Info, meeting: UUID, statutes: str) -> MeetingAllotment:
    """The allotment of a meeting that the reader has been found to see."""
    view = await info.context.loaders.roll.allotment.load(meeting)
    return MeetingAllotment(
        key=meeting,
        statutes=statutes,
        id=global_id("Allotment", view.id) if view else None,
        state=AllotmentState.FROZEN if view else AllotmentState.OPEN,
        counted_on=view.counted_on if view else None,
        frozen_at=view.frozen_at if view else None,
        protocol=view.protocol if view else None,
        allotment_key=view.id if view else None,
    )


def _working(protocol: dict[str, Any], names: Mapping[str, str], info: Info) -> str:
    return report_markdown(report(_named(protocol, names), words(info.context.language)))


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """The protocol with the units' names instead of their codes."""
    if isinstance(value, dict):
        return {names.get(key, key): _named(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value
