"""What two officers still have to sign for a ballot's urn: drawn up by the server, signed on their own machines."""

from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.urn import unsigned
from democracy.domain.actors import Actor
from democracy.errors import InvalidInputError
from democracy.services.ballots.case import open_ballot
from democracy.services.ballots.papers import Papers, paper_block
from democracy.services.ballots.roll_state import Standing, standings
from democracy.services.urns.amending import UrnDrafts
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballots, postal, urns
from democracy.storage.ballot_case import TELLERS
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database, Unit
from workflows.member_ballot import MEMBER_BALLOT
from workflows.urn import UrnState

BEFORE_THE_LISTS = (UrnState.READY, UrnState.CLOSED)


@dataclass(frozen=True)
class ToSign:
    """Canonical JSON, each without signatures."""

    voids: tuple[bytes, ...]
    """Slots that vote no more: an envelope came in first, or somebody was taken out of the electorate."""
    paper: bytes | None
    """The figures of the papers, once both tellers have come to the same and the urn is opened."""
    roll: bytes | None = None
    """The roll with those who have come into the electorate since the urn was drawn up."""
    extension: bytes | None = None
    """The later close that the body has decided on: until it is in the log, the urn closes when it was to."""


NOTHING = ToSign((), None)


async def to_sign(database: Database, seeds: Seeds, ballot_id: UUID, *, actor: Actor, at: datetime) -> ToSign:
    """What waits for signatures; for those who may correct the electorate. Nothing is changed by asking."""
    async with database.unit(at) as unit:
        case = await open_ballot(unit, ballot_id, actor)
        if not case.roles & MEMBER_BALLOT.rules["correct_electorate"].by:
            return NOTHING
        urn = await urns.of_ballot(unit.session, ballot_id)
        if urn is None or urn.m is None:
            return NOTHING
        voids = await _voids(unit, seeds, urn, ballot_id) if urn.state in BEFORE_THE_LISTS else ()
        found = ToSign(tuple(voids), await _paper(unit, urn, ballot_id))
        decision, closes = await _decision(unit, ballot_id), (await ballots.row(unit, ballot_id)).closes_at
    if urn.state is not UrnState.READY:
        return found
    drafts = UrnDrafts(database, seeds, at)
    later = closes is not None and closes > urn.closes_at
    return replace(
        found,
        roll=await _unless_needless(drafts.growth(urn.id, decision)),
        extension=await _unless_needless(drafts.extension(urn.id, closes, decision)) if later and closes else None,
    )


async def _unless_needless(draft: Awaitable[bytes]) -> bytes | None:
    try:
        return await draft
    except InvalidInputError:  # nobody has come into the electorate since; it has been extended meanwhile
        return None


async def voids_missing(unit: Unit, seeds: Seeds, ballot_id: UUID) -> int:
    """How many slots have to be voided in the log before the first list is made."""
    return sum(1 for _ in _to_void(await standings(unit, seeds, ballot_id)))


async def _voids(unit: Unit, seeds: Seeds, urn: UrnRow, ballot_id: UUID) -> Iterator[bytes]:
    decision = await _decision(unit, ballot_id)
    found = _to_void(await standings(unit, seeds, ballot_id))
    return (canonical(unsigned("void", urn.m, slot=slot, reason=reason, decision=decision)) for slot, reason in found)


async def _decision(unit: Unit, ballot_id: UUID) -> str:
    row = await ballots.row(unit, ballot_id)
    return row.decision or row.title


def _to_void(found: Mapping[UUID, Standing]) -> list[tuple[int, str]]:
    """(slot, reason) in the order of the slots."""
    return sorted(
        (each.slot.number, "paper" if each.by_post else "removed")
        for each in found.values()
        if each.slot is not None and not each.slot.void and (each.by_post or each.removed)
    )


async def _paper(unit: Unit, urn: UrnRow, ballot_id: UUID) -> bytes | None:
    counts = await postal.paper_counts(unit, ballot_id)
    if len(counts) < TELLERS or len({each.ballots for each in counts}) != 1 or urn.state is not UrnState.OPENED:
        return None
    return canonical(paper_block((urn.m or b"").hex(), Papers.read(counts[0].ballots)))
