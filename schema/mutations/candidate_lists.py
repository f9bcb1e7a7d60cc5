"""Lists for public elections: drafted, consented to, published, decided."""

from typing import Annotated, Protocol, TypeAlias
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.elections.lists import CandidateLists, NewList
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.ids import key_of
from schema.mutations.election_results import serve
from schema.mutations.results import KEY, read_meeting
from schema.types.candidate_list import CandidateList
from schema.types.meeting import Meeting
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `prepareCandidateList`.")
class PrepareCandidateListInput:
    """Begun."""

    meeting_id: strawberry.ID = strawberry.field(description="The election conference (valkonferens) that decides.")
    title: str = strawberry.field(description="The list's name.")
    assembly: str = strawberry.field(description="The public assembly, with the constituency where it has several.")
    most: int = strawberry.field(description="So many names at most, 1 to 200.")
    idempotency_key: str | None = KEY


PrepareCandidateListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PrepareCandidateListResult")
]


@strawberry.input(description="Input of `placeOnList`.")
class PlaceOnListInput:
    """Placed."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    member_numbers: list[str] = strawberry.field(
        description="The whole list in its order, by membership number. Whoever is new on it is to consent."
    )
    idempotency_key: str | None = KEY


PlaceOnListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PlaceOnListResult")
]


@strawberry.input(description="Input of `consentToList`.")
class ConsentToListInput:
    """Agreed."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    member_number: str | None = strawberry.field(
        default=None, description="Whose answer the secretary records; leave out for your own."
    )
    idempotency_key: str | None = KEY


ConsentToListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConsentToListResult")
]


@strawberry.input(description="Input of `declineList`.")
class DeclineListInput:
    """Declined."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    member_number: str | None = strawberry.field(
        default=None, description="Whose answer the secretary records; leave out for your own."
    )
    idempotency_key: str | None = KEY


DeclineListResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclineListResult")
]


@strawberry.input(description="Input of `publishCandidateList`.")
class PublishCandidateListInput:
    """Published."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    exception: str | None = strawberry.field(
        default=None, description="Why women and men do not stand by turns, where the statutes allow an exception."
    )
    idempotency_key: str | None = KEY


PublishCandidateListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishCandidateListResult")
]


@strawberry.input(description="Input of `decideCandidateList`.")
class DecideCandidateListInput:
    """Decided."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    exception: str | None = strawberry.field(
        default=None, description="Why women and men do not stand by turns, where the statutes allow an exception."
    )
    idempotency_key: str | None = KEY


DecideCandidateListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideCandidateListResult")
]


@strawberry.input(description="Input of `cancelCandidateList`.")
class CancelCandidateListInput:
    """Cancelled."""

    list_id: strawberry.ID = strawberry.field(description="The list.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


CancelCandidateListResult: TypeAlias = Annotated[
    CandidateList | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CancelCandidateListResult")
]


class OfList(Protocol):
    """An input that names a list."""

    list_id: strawberry.ID


@strawberry.type
class CandidateListMutations:
    """Root fields."""

    @strawberry.mutation(description="Begin a list for a public election (valsedelslista) that a conference decides.")
    async def prepare_candidate_list(self, info: Info, input: PrepareCandidateListInput) -> PrepareCandidateListResult:
        """Begun."""
        service = serve(info, CandidateLists, input.idempotency_key)
        meeting = key_of(input.meeting_id, "Meeting", path="meetingId")
        given = NewList(input.title, input.assembly, input.most)
        return await _read(info, await service.prepare(meeting, given, actor=info.context.actor))

    @strawberry.mutation(
        description="Let a list be these people in this order (sätta listans ordning). Whoever has consented still "
        "has; whoever is new is asked; whoever has declined is not put on it again."
    )
    async def place_on_list(self, info: Info, input: PlaceOnListInput) -> PlaceOnListResult:
        """Placed."""
        service = serve(info, CandidateLists, input.idempotency_key)
        people = [Person(number=each) for each in input.member_numbers]
        return await _read(info, await service.place(_key(input), people, actor=info.context.actor))

    @strawberry.mutation(
        description="Consent to stand on a list (samtycka), by name and in its order, which where women and men stand "
        "by turns shows what you have said of your gender."
    )
    async def consent_to_list(self, info: Info, input: ConsentToListInput) -> ConsentToListResult:
        """Agreed."""
        service = serve(info, CandidateLists, input.idempotency_key)
        person = _person(input.member_number)
        return await _read(info, await service.consent(_key(input), person, actor=info.context.actor))

    @strawberry.mutation(
        description="Decline to stand on a list, or take your consent back (tacka nej), until it has been decided. "
        "The answer is the meeting: the list is no longer yours to see before it is published."
    )
    async def decline_list(self, info: Info, input: DeclineListInput) -> DeclineListResult:
        """Declined."""
        service = serve(info, CandidateLists, input.idempotency_key)
        person = _person(input.member_number)
        return await read_meeting(info, await service.decline(_key(input), person, actor=info.context.actor))

    @strawberry.mutation(description="Publish a list as a proposal to the conference (offentliggöra förslaget).")
    async def publish_candidate_list(self, info: Info, input: PublishCandidateListInput) -> PublishCandidateListResult:
        """Published."""
        service = serve(info, CandidateLists, input.idempotency_key)
        return await _read(info, await service.publish(_key(input), input.exception, actor=info.context.actor))

    @strawberry.mutation(description="Record that the conference decides the list as it stands (fastställa listan).")
    async def decide_candidate_list(self, info: Info, input: DecideCandidateListInput) -> DecideCandidateListResult:
        """Decided."""
        service = serve(info, CandidateLists, input.idempotency_key)
        return await _read(info, await service.decide(_key(input), input.exception, actor=info.context.actor))

    @strawberry.mutation(description="Record that there will be no such list (ställa in).")
    async def cancel_candidate_list(self, info: Info, input: CancelCandidateListInput) -> CancelCandidateListResult:
        """Cancelled."""
        service = serve(info, CandidateLists, input.idempotency_key)
        return await _read(info, await service.cancel(_key(input), input.reason, actor=info.context.actor))


def _key(given: OfList) -> UUID:
    return key_of(given.list_id, "CandidateList", path="listId")


def _person(number: str | None) -> Person | None:
    return None if number is None else Person(number=number)


async def _read(info: Info, key: UUID) -> CandidateList:
    info.context.fresh()
    view = await info.context.loaders.elections.candidate_list.load(key)
    if view is None:
        raise NotFoundError("candidate_list", key)
    return CandidateList.of(view)
