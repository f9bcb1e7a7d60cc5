"""The nomination committee works, and the names come out."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.elections.committee import Committee, Line
from schema.context import Info
from schema.ids import key_of
from schema.mutations.election_results import election_key, read_election, serve
from schema.mutations.results import KEY
from schema.types.election import Election
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="One place of the committee's draft.")
class NominationLineInput:
    """A line."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidate.")
    reasons: str = strawberry.field(default="", description="Why.")


@strawberry.input(description="Input of `noteInCommittee`.")
class NoteInCommitteeInput:
    """Noted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    text: str = strawberry.field(description="The note.")
    idempotency_key: str | None = KEY


NoteInCommitteeResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("NoteInCommitteeResult")
]


@strawberry.input(description="Input of `draftNominations`.")
class DraftNominationsInput:
    """Drafted."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    lines: list[NominationLineInput] = strawberry.field(
        description="Those for the seats in their order, then those for substitutes."
    )
    idempotency_key: str | None = KEY


DraftNominationsResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DraftNominationsResult")
]


@strawberry.input(description="Input of `publishNominations`.")
class PublishNominationsInput:
    """Published."""

    election_id: strawberry.ID = strawberry.field(description="The election.")
    idempotency_key: str | None = KEY


PublishNominationsResult: TypeAlias = Annotated[
    Election | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishNominationsResult")
]


@strawberry.type
class NominationCommitteeMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Note something for the nomination committee alone (valberedningens anteckning). "
        "Nobody else ever sees it."
    )
    async def note_in_committee(self, info: Info, input: NoteInCommitteeInput) -> NoteInCommitteeResult:
        """Noted."""
        service = serve(info, Committee, input.idempotency_key)
        key = await service.note(election_key(input), input.text, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Write the nomination committee's draft (utkast till förslag), with reasons. "
        "Nobody else sees it before it is published."
    )
    async def draft_nominations(self, info: Info, input: DraftNominationsInput) -> DraftNominationsResult:
        """Drafted."""
        service = serve(info, Committee, input.idempotency_key)
        lines = [
            Line(key_of(each.candidacy_id, "Candidacy", path=f"lines.{at}.candidacyId"), each.reasons)
            for at, each in enumerate(input.lines)
        ]
        key = await service.propose(election_key(input), lines, actor=info.context.actor)
        return await read_election(info, key)

    @strawberry.mutation(
        description="Let the names out: with the nomination committee's proposal (valberedningens "
        "förslag) where there is one."
    )
    async def publish_nominations(self, info: Info, input: PublishNominationsInput) -> PublishNominationsResult:
        """Published."""
        service = serve(info, Committee, input.idempotency_key)
        return await read_election(info, await service.publish(election_key(input), actor=info.context.actor))
