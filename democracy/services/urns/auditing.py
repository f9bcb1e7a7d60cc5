"""What auditors get of an urn, and nobody else: who stands behind each slot, and whom to call."""

from collections.abc import Iterator
from uuid import UUID

from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.roll import former_tag, roll_leaf, tag
from democracy.ballotbox.sampling import sample
from democracy.ballotbox.story import read_log
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import electorate, postal, urn_log, urns
from democracy.storage.statutes import Connected
from democracy.storage.unit_of_work import Database


async def roll_file(database: Database, seeds: Seeds, urn_id: UUID) -> bytes:
    """The whole roll, a leaf a line in the order of the slots: what `verify bundle --roll` takes.

    Raises NotFoundError for an urn without a roll of members, InvalidInputError once the seed is destroyed.
    """
    async with database.read() as connection:
        found = await _members(connection, seeds, urn_id)
    key = seeds.read(urn_id, API).roll
    return b"".join(roll_leaf(key, member.hex, slot) + b"\n" for slot, member in found)


async def to_call(database: Database, seeds: Seeds, urn_id: UUID, word: str, number: int) -> list[tuple[int, str]]:
    """(slot, member number) of voters drawn by lot; raises as above, and InvalidInputError before the first list."""
    async with database.read() as connection:
        found = dict(await _members(connection, seeds, urn_id))
        try:
            drawn = sample(read_log(await urn_log.leaves(connection, urn_id)), word, number)
        except UrnError:
            raise InvalidInputError(FieldError("urn", "no_list_yet")) from None
        numbers = await electorate.numbers(connection, [found[slot] for slot in drawn])
    return [(slot, numbers.get(found[slot]) or "–") for slot in drawn]


async def _members(connection: Connected, seeds: Seeds, urn_id: UUID) -> list[tuple[int, UUID]]:
    """(slot, member) in the order of the slots."""
    ballot_id = await urns.ballot_of(connection, urn_id)
    if ballot_id is None:
        raise NotFoundError("urn", urn_id)
    if not seeds.has(urn_id, API):
        raise InvalidInputError(FieldError("urn", "seed_destroyed"))
    key = seeds.read(urn_id, API).roll
    marks = dict(await urns.marks(connection, urn_id))
    everybody = [member for member, _, _ in await postal.electors(connection, ballot_id)]
    known = {marks[mark]: member for member in everybody if (mark := tag(key, member.hex)) in marks}
    former = dict(_former(key, everybody, {slot: mark for mark, slot in marks.items() if slot not in known}))
    return sorted((known | former).items())


def _former(key: bytes, everybody: list[UUID], left: dict[int, bytes]) -> Iterator[tuple[int, UUID]]:
    """Slots that were voided, and whose members have got others since."""
    for slot, mark in left.items():
        yield from ((slot, member) for member in everybody if former_tag(key, member.hex, slot) == mark)
