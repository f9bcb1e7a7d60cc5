"""The roll (röstlängd) in the API: who votes now, and the rolls as they were fixed."""

from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Gender
from democracy.storage.paging import Asked
from democracy.storage.reads import presences, rolls
from democracy.storage.reads.presences import PresenceFilter
from democracy.storage.reads.rolls import RollView
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, HistoryStep
from schema.types.node import Node
from schema.types.page import PageInfo, page_info
from schema.types.proceedings.presence import Presence, PresenceConnection, PresenceEdge
from workflows.meeting import MeetingState
from workflows.roll import ROLL, RollFacts, RollState

DOCUMENTATION = "/docs/roll"


@strawberry.type(description="One voter of a fixed roll.")
class RollEntry:
    """An entry."""

    member_id: strawberry.ID = strawberry.field(description="Who votes.")
    name: str = strawberry.field(description="Their name.")
    unit_name: str | None = strawberry.field(description="The unit that sent them; null for a member on their own.")
    votes: int = strawberry.field(description="How many votes: the place's weight and the proxies.")


@strawberry.type(description="A page of a roll's voters, by name. Empty for whoever may not see the names.")
class RollEntryPage:
    """A page; each entry is found again by its member."""

    nodes: list[RollEntry] = strawberry.field(description="Voters.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="How many women and men are on a roll.")
class GenderTotals:
    """Totals, never of few."""

    women: int = strawberry.field(description="Who have said that they are women.")
    men: int = strawberry.field(description="Who have said that they are men.")


@strawberry.type(description="The roll as it was fixed (justerad) at one moment. Never changed afterwards.")
class Roll(Node):
    """A fixed roll."""

    view: strawberry.Private[RollView]
    number: int = strawberry.field(description="1 for the meeting's first, rising without gaps.")
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    fixed_at: datetime = strawberry.field(description="When it was fixed.")
    voters: int = strawberry.field(description="How many people vote by it.")
    votes: int = strawberry.field(description="How many votes they have together.")

    @strawberry.field(description="Its voters, by name. For those who take part in the meeting or prepare it.")
    async def entries(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> RollEntryPage:
        """A page."""
        context = info.context
        async with context.app.database.read() as connection:
            page = await rolls.entries(connection, context.reader, self.view.id, Asked(first, after, last, before))
        nodes = [
            RollEntry(
                member_id=global_id("Member", each.member_id),
                name=each.name,
                unit_name=each.unit_name,
                votes=each.votes,
            )
            for each in page.rows
        ]
        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return RollEntryPage(nodes=nodes, page_info=info_)

    @strawberry.field(
        description="Women and men on the meeting's first roll, where there are enough of both; null otherwise, "
        "and for "
        "later rolls, which would tell who came and went."
    )
    async def gender_totals(self, info: Info) -> GenderTotals | None:
        """Totals only."""
        found = await info.context.loaders.roll.genders.load(self.view.id) or {}
        women, men = found.get(Gender.WOMAN, 0), found.get(Gender.MAN, 0)
        enough = min(women, men) >= info.context.app.settings.smallest_group
        return GenderTotals(women=women, men=men) if enough else None

    @strawberry.field(description="How it was fixed.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.view.id)]

    @strawberry.field(description="The page that describes the roll.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION

    @classmethod
    def of(cls, view: RollView) -> "Roll":
        """From what was read."""
        return cls(
            id=global_id("Roll", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            number=view.number,
            fixed_at=view.fixed_at,
            voters=view.voters,
            votes=view.votes,
        )


@strawberry.type(description="Who is there and votes now (röstlängden), and the rolls that were fixed.")
class MeetingRoll:
    """The roll of one meeting as it stands."""

    key: strawberry.Private[UUID]
    present: int = strawberry.field(description="How many are checked in.")
    remote: int = strawberry.field(description="How many of them take part at a distance.")
    voters: int = strawberry.field(description="How many of them have a vote.")
    votes: int = strawberry.field(description="How many votes they have together.")

    @strawberry.field(description="The roll that was fixed last; null before the first.")
    async def fixed(self, info: Info) -> Roll | None:
        """The last of them."""
        found = await info.context.loaders.roll.rolls.load(self.key)
        return Roll.of(found[-1]) if found else None

    @strawberry.field(
        description="Whether that roll still holds: fixed today, and nobody with a vote has come, gone or "
        "changed places "
        "since. A counted vote needs one that does."
    )
    async def current(self, info: Info) -> bool:
        """By the loader."""
        return await info.context.loaders.roll.current.load(self.key) is not None

    @strawberry.field(description="Every roll that was fixed, the first one first.")
    async def rolls(self, info: Info) -> list[Roll]:
        """By the loader."""
        return [Roll.of(view) for view in await info.context.loaders.roll.rolls.load(self.key) or ()]

    @strawberry.field(description="Those who are there, by name. For those who take part in the meeting or prepare it.")
    async def presences(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        present: bool | None = True,
        voting: bool | None = None,
    ) -> PresenceConnection:
        """A page."""
        context, wanted = info.context, PresenceFilter(self.key, present, voting)
        async with context.app.database.read() as connection:
            page = await presences.listed(connection, context.reader, wanted, Asked(first, after, last, before))
        nodes = [Presence.of(view) for view in page.rows]
        edges = [PresenceEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)]

        async def count() -> int:
            async with context.app.database.read() as connection:
                return await presences.counted(connection, context.reader, wanted)

        info_ = page_info(list(page.cursors), has_next=page.has_next, has_previous=page.has_previous)
        return PresenceConnection(edges=edges, nodes=nodes, page_info=info_, counter=count)

    @strawberry.field(description="Fixing the roll: whether you may now, and why not.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        case = await info.context.loaders.meeting_case.load(self.key)
        if case is None:
            return []
        reading = await reading_of(info.context, case.statutes)
        facts = RollFacts(meeting_open=case.state is MeetingState.OPENED, voters=self.voters)
        options = ROLL.options(RollState.DRAFT, facts, roles=case.roles, now=info.context.at)
        return [reading.action(ROLL.name, option) for option in options]

    @strawberry.field(description="The page that describes the roll.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION


async def roll_of(info: Info, meeting: UUID) -> MeetingRoll:
    """The roll of a meeting that the reader has been found to see."""
    hall = await info.context.loaders.roll.hall.load(meeting)
    figures = (hall.present, hall.remote, hall.voters, hall.votes) if hall else (0, 0, 0, 0)
    present, remote, voters, votes = figures
    return MeetingRoll(key=meeting, present=present, remote=remote, voters=voters, votes=votes)
