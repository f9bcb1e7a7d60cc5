"""The speakers' list (talarlistan) of a meeting in the API."""

from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain import speaking
from democracy.domain.kinds import Gender
from democracy.storage.floor_case import FloorCase
from democracy.storage.reads import floor as reads
from schema.context import Info
from schema.reading import reading_of
from schema.types.case import Action, Denial
from schema.types.proceedings.speech import Speech
from workflows.floor import FLOOR, FloorState
from workflows.proceedings import SpeechKind
from workflows.speech import SPEECH, SpeechState


@strawberry.type(description="What the meeting has decided about speaking (talarordning och talartid).")
class SpeakingRules:
    """Decided by the meeting."""

    first_timers_first: bool = strawberry.field(
        description="Whoever has not yet spoken on the item goes before those who have."
    )
    preferred_gender: Gender | None = strawberry.field(
        description="The under-represented gender that goes first, where the meeting has decided so."
    )
    speech_seconds: int | None = strawberry.field(description="How long one speaks; null for no limit.")
    reply_seconds: int | None = strawberry.field(description="How long a reply or a point of order is.")


@strawberry.type(description="How often and how long some have spoken.")
class SpeakingTotal:
    """A total."""

    speakers: int = strawberry.field(description="How many people.")
    speeches: int = strawberry.field(description="How many times: replies and points of order too.")
    seconds: int = strawberry.field(description="How long in all.")

    @classmethod
    def of(cls, total: speaking.Total) -> "SpeakingTotal":
        """From what was counted."""
        return cls(speakers=total.speakers, speeches=total.speeches, seconds=total.seconds)


@strawberry.type(description="How those of one gender have spoken, together.")
class GenderTotal:
    """A total of one gender."""

    gender: Gender = strawberry.field(description="As they have declared themselves.")
    total: SpeakingTotal = strawberry.field(description="All of them together.")


@strawberry.type(description="Statistics of speakers (talarstatistik): totals of groups so large that nobody is known.")
class SpeakingStatistics:
    """Totals."""

    total: SpeakingTotal = strawberry.field(description="Everybody, up to now.")
    by_gender: list[GenderTotal] = strawberry.field(
        description="By gender. Brought up to date when a batch of speakers is large enough; empty until then."
    )
    covers: int = strawberry.field(description="How many speeches the totals by gender cover.")


@strawberry.type(description="A way to ask for the floor: whether you may now, else why not.")
class FloorRequest:
    """An option."""

    kind: SpeechKind = strawberry.field(description="Speech, reply or point of order.")
    allowed: bool = strawberry.field(description="Whether you may ask now.")
    denials: list[Denial] = strawberry.field(description="Every reason why not; empty when allowed.")
    closes_at: datetime | None = strawberry.field(description="Streck: the first moment at which it is too late.")


@strawberry.type(description="The floor of a meeting: who speaks, who waits, and how one gets it.")
class MeetingFloor:
    """The speakers' list."""

    case: strawberry.Private[FloorCase]
    rules: SpeakingRules = strawberry.field(description="What the meeting has decided.")
    closes_at: datetime | None = strawberry.field(
        description="Streck in the open item: the first moment too late to ask for the floor. Null: it is not closed."
    )
    speech_seconds: int | None = strawberry.field(description="Time limit on the open item; null for none.")

    @strawberry.field(description="Who has the floor now.")
    async def speaker(self, info: Info) -> Speech | None:
        """At most one."""
        return await self.speaking(info)

    @strawberry.field(description="Who waits, in the order that the meeting has decided: the first one is next.")
    async def waiting(self, info: Info) -> list[Speech]:
        """Those who wait."""
        return await self.in_line(info)

    @strawberry.field(description="The ways in which you may ask for the floor, or why not.")
    async def requests(self, info: Info) -> list[FloorRequest]:
        """One for each kind."""
        return await requests_of(info, self.case)

    @strawberry.field(description="What can be decided about the floor: by you or not, and why not.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        case = self.case
        reading = await reading_of(info.context, case.statutes)
        options = FLOOR.options(FloorState.HELD, case.facts, roles=case.roles, now=info.context.at, waived=case.waived)
        return [reading.action(FLOOR.name, option) for option in options]

    @strawberry.field(description="How the floor has been shared, as totals.")
    async def statistics(self, info: Info) -> SpeakingStatistics:
        """Of speeches that have ended."""
        context = info.context
        async with context.app.database.read() as connection:
            spoken = await reads.spoken(connection, self.case.meeting_id)
        found = speaking.statistics(spoken, context.app.settings.smallest_group)
        return SpeakingStatistics(
            total=SpeakingTotal.of(found.total),
            by_gender=[
                GenderTotal(gender=gender, total=SpeakingTotal.of(total)) for gender, total in found.by_gender.items()
            ],
            covers=found.covers,
        )

    async def speaking(self, info: Info) -> Speech | None:
        """Whoever has the floor."""
        return next(iter(await self._listed(info, SpeechState.SPEAKING)), None)

    async def in_line(self, info: Info) -> list[Speech]:
        """Those who wait, in order."""
        return await self._listed(info, SpeechState.WAITING)

    async def _listed(self, info: Info, state: SpeechState) -> list[Speech]:
        listed = await info.context.loaders.floor.on_list.load(self.case.meeting_id)
        return [Speech.of(view, info.context.at) for view in listed if view.state is state]

    @classmethod
    def of(cls, case: FloorCase) -> "MeetingFloor":
        """From the floor as it stands."""
        decided = case.decided
        return cls(
            case=case,
            rules=SpeakingRules(
                first_timers_first=decided.first_timers_first,
                preferred_gender=case.preferred if decided.preferred_first else None,
                speech_seconds=case.own_limits.speech,
                reply_seconds=case.own_limits.reply,
            ),
            closes_at=case.facts.closes_at,
            speech_seconds=case.limits.speech,
        )


async def requests_of(info: Info, case: FloorCase) -> list[FloorRequest]:
    """Whether the reader may ask for the floor, in each way."""
    reading = await reading_of(info.context, case.statutes)
    found = []
    for kind in SpeechKind:
        facts = case.asks(kind)
        options = SPEECH.options(SpeechState.WAITING, facts, roles=case.roles, now=info.context.at, waived=case.waived)
        option = next(each for each in options if each.name == "request")
        denials = [reading.denial(reason) for reason in option.denials]
        found.append(FloorRequest(kind=kind, allowed=option.allowed, denials=denials, closes_at=option.closes_at))
    return found


async def floor_of(info: Info, meeting_id: UUID) -> MeetingFloor | None:
    """The floor of a meeting that has been opened."""
    case = await info.context.loaders.floor.case.load(meeting_id)
    return MeetingFloor.of(case) if case else None
