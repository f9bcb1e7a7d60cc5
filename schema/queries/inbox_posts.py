"""What waits for somebody in elections: as a candidate, in the committee, as whoever keeps a body."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from democracy.storage.reads import inbox_posts
from democracy.storage.reads.reader import Reader
from schema.context import Context
from schema.reading import reading_of
from schema.types.case import NextStep, Reading
from schema.types.election import Election
from schema.types.election_parts import Candidacy
from schema.types.mandate import Mandate
from workflows.candidacy import CANDIDACY
from workflows.election import ELECTION, ElectionState
from workflows.engine import Awaiting, Role
from workflows.mandate import MANDATE

Asked = tuple[UUID, Any, NextStep]


@dataclass(frozen=True)
class PostsWaiting:
    """Ids of what may wait."""

    elections: Sequence[UUID]
    candidacies: Sequence[UUID]
    resignations: Sequence[UUID]

    def every(self) -> list[UUID]:
        """All of them."""
        return [*self.elections, *self.candidacies, *self.resignations]


async def posts_waiting(connection: Any, reader: Reader) -> PostsWaiting:
    """Three statements."""
    return PostsWaiting(
        await inbox_posts.elections(connection, reader),
        await inbox_posts.candidacies(connection, reader),
        await inbox_posts.resignations(connection, reader),
    )


async def posts_asked(context: Context, waiting: PostsWaiting) -> list[Asked]:
    """Each case with what is asked of the reader in it."""
    return [
        *await _elections(context, waiting.elections),
        *await _candidacies(context, waiting.candidacies),
        *await _resignations(context, waiting.resignations),
    ]


async def _elections(context: Context, ids: Sequence[UUID]) -> list[Asked]:
    found: list[Asked] = []
    for case in filter(None, await context.loaders.elections.case.load_many(list(ids))):
        asked = ELECTION.next_steps(case.state, case.facts, now=context.at)
        mine = [each for each in asked if each.who in case.roles and _for_them(case, each)]
        view = await context.loaders.elections.election.load(case.id) if mine else None
        if view is not None:
            reading = await reading_of(context, case.statutes)
            found += [(case.id, Election.of(view), reading.next_step(ELECTION.name, each)) for each in mine]
    return found


def _for_them(case: Any, asked: Awaiting) -> bool:
    """A committee's names are published by itself; what goes on in the room, the meeting's own page tells."""
    if case.state is ElectionState.NOMINATING:
        return not case.facts.has_committee or asked.who is Role.NOMINATION_COMMITTEE
    return case.state is ElectionState.ELECTED or case.facts.meeting_open


async def _candidacies(context: Context, ids: Sequence[UUID]) -> list[Asked]:
    found: list[Asked] = []
    loaders = context.loaders.elections
    for case in filter(None, await loaders.candidacy_case.load_many(list(ids))):
        asked = CANDIDACY.next_steps(case.state, case.facts, now=context.at)
        view = await loaders.candidacy.load(case.id)
        if view is None:
            continue
        # Whoever has written a presentation may write it anew, and is not asked to.
        mine = [
            each for each in asked if each.who is Role.CONCERNED and (each.what != "present" or not view.presentation)
        ]
        reading = await reading_of(context, case.statutes)
        found += [(case.id, Candidacy.of(view), reading.next_step(CANDIDACY.name, each)) for each in mine]
    return found


async def _resignations(context: Context, ids: Sequence[UUID]) -> list[Asked]:
    found: list[Asked] = []
    for case in filter(None, await context.loaders.posts.mandate_case.load_many(list(ids))):
        view = await context.loaders.register.mandate.load(case.id)
        if view is None or Role.SECRETARY not in case.roles:
            continue
        rules = await context.loaders.statutes.load(case.unit_id)
        reading = Reading(context.language, context.app.zone, rules)
        (asked,) = MANDATE.next_steps(case.state, case.facts, now=context.at)
        found.append((case.id, Mandate.of(view), reading.next_step(MANDATE.name, asked)))
    return found
