"""A ballot's electorate of any size, instead of the few people of the world."""

from uuid import UUID

from sqlalchemy import text

from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.storage.electorate import digest
from democracy.storage.tables.ballot import ElectorRow, MemberBallotRow
from democracy.storage.tables.member import MemberRow
from tests.world import BEFORE, SINCE, World


async def electorate(world: World, ballot: UUID, size: int) -> list[Member]:
    """So many members instead of those of the world."""
    ids = [new_id() for _ in range(size)]
    async with world.database.unit(BEFORE) as unit:
        await unit.session.execute(text("UPDATE elector SET removed_at = announced_at FROM member_ballot"))
        for number, key in enumerate(ids):
            name = f"Väljare {number}"
            unit.session.add(
                MemberRow(
                    id=key, number=f"9{number:05}", given_name=name, family_name="Prov", sort_key=name, email=None,
                    email_key=None, language="sv", protected=False, joined_on=SINCE,
                )
            )  # fmt: skip
        await unit.session.flush()
        unit_id = world.units["granvik"]
        unit.session.add_all([ElectorRow(ballot_id=ballot, member_id=key, unit_id=unit_id) for key in ids])
    await announced_anew(world, ballot)
    return [Member(each) for each in ids]


async def announced_anew(world: World, ballot: UUID) -> None:
    """Let the digest that was announced be that of the electorate as it stands now."""
    async with world.database.unit(BEFORE) as unit:
        row = await unit.session.get_one(MemberBallotRow, ballot)
        row.electorate_size, row.electorate_digest = await digest(unit.session, ballot)
