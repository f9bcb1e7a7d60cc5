"""What a meeting shows of its own proceedings: agenda, officers, gavel, warnings, rules set aside."""

from uuid import UUID

import strawberry

from schema.context import Info
from schema.reading import reading_of
from schema.types.case import Denial
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.proceedings.officer import Interpretation, Officer, Waiver
from workflows.item import ItemState
from workflows.meeting_warnings import warnings


@strawberry.type
class MeetingProceedings:
    """Fields of a meeting."""

    key: strawberry.Private[UUID]

    @strawberry.field(
        description="The agenda (dagordning) in its order, those struck included. Empty for you until the papers are "
        "out or the meeting has opened, unless you prepare it."
    )
    async def agenda(self, info: Info) -> list[AgendaItem]:
        """As far as it may be seen."""
        return [AgendaItem.of(view) for view in await info.context.loaders.agenda.items.load(self.key)]

    @strawberry.field(description="The item that is open now.")
    async def open_item(self, info: Info) -> AgendaItem | None:
        """At most one."""
        found = await info.context.loaders.agenda.items.load(self.key)
        return next((AgendaItem.of(view) for view in found if view.state is ItemState.OPEN), None)

    @strawberry.field(
        description="Whom the meeting has elected to preside, keep the minutes, verify and count "
        "(mötesfunktionärer), those who have left included."
    )
    async def officers(self, info: Info) -> list[Officer]:
        """By role and order."""
        return [Officer.of(view) for view in await info.context.loaders.agenda.officers.load(self.key)]

    @strawberry.field(
        description="Who has the gavel (klubban) because it was passed on; null while the elected chairs, or until "
        "then whoever opens the meeting, have it."
    )
    async def gavel_with(self, info: Info) -> Officer | None:
        """At most one."""
        found = await info.context.loaders.agenda.gavels.load(self.key)
        return Officer.of(found[0]) if found else None

    @strawberry.field(description="The rules that it has set aside, those in force again included.")
    async def waivers(self, info: Info) -> list[Waiver]:
        """The earliest first."""
        return [Waiver.of(view) for view in await info.context.loaders.agenda.waivers.load(self.key)]

    @strawberry.field(description="How it has read unclear paragraphs of the statutes (tolkningar).")
    async def interpretations(self, info: Info) -> list[Interpretation]:
        """The earliest first."""
        found = await info.context.loaders.agenda.interpretations.load(self.key)
        return [Interpretation.of(view) for view in found]

    @strawberry.field(
        description="What is to be said loudly as long as it is so, stopping nothing: a late notice that the meeting "
        "has not judged, a roll of another day."
    )
    async def warnings(self, info: Info) -> list[Denial]:
        """Breaches of good order."""
        case = await info.context.loaders.meeting_case.load(self.key)
        if case is None:
            return []
        reading = await reading_of(info.context, case.statutes)
        return [reading.denial(each) for each in warnings(case.state, case.facts, info.context.at)]
