"""Queries for lists for public elections."""

import strawberry

from democracy.storage.reads import candidate_lists
from schema.context import Info
from schema.ids import is_of, key_of
from schema.types.candidate_list import CandidateList


@strawberry.type
class CandidateListQueries:
    """Root fields."""

    @strawberry.field(
        description="The lists for public elections (valsedelslistor) of one election conference, as far as you may "
        "see them.",
        metadata={"list_size": 10},
    )
    async def candidate_lists(self, info: Info, meeting_id: strawberry.ID) -> list[CandidateList]:
        """Few for each meeting."""
        if not is_of(meeting_id, "Meeting"):
            return []
        async with info.context.app.database.read() as connection:
            found = await candidate_lists.of_meeting(connection, info.context.reader, key_of(meeting_id, "Meeting"))
        return [CandidateList.of(view) for view in found]
