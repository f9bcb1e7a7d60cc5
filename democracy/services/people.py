"""People: where they vote, where they belong, and how they are erased."""

from dataclasses import asdict
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.services.use_case import Service, use_case
from democracy.storage import person_case
from democracy.storage.erasure import erase_person
from democracy.storage.ledger import Text
from democracy.storage.person_case import open_person
from democracy.storage.person_export import Section, everything_about, member_by_number
from democracy.storage.unit_of_work import Unit
from workflows.person import PERSON


class People(Service):
    """Use cases on one person."""

    @use_case
    async def choose_voting_unit(self, unit: Unit, member_id: UUID, unit_id: UUID, *, actor: Actor) -> UUID:
        """Move the person's vote to another of their units."""
        case = await open_person(unit, member_id, actor=actor, there=unit_id)
        step = PERSON.step("choose_voting_unit", case.state, case.facts, roles=case.roles, now=unit.now)
        await person_case.choose_voting_unit(unit, member_id, unit_id)
        unit.record(step, member_id, by=actor, outcome={"unit": unit_id.hex})
        return member_id

    @use_case
    async def leave_unit(self, unit: Unit, member_id: UUID, unit_id: UUID, *, actor: Actor) -> UUID:
        """End the person's membership of a unit, from today."""
        case = await open_person(unit, member_id, actor=actor, there=unit_id)
        step = PERSON.step("leave_unit", case.state, case.facts, roles=case.roles, now=unit.now)
        await person_case.leave_unit(unit, member_id, unit_id)
        unit.record(step, member_id, by=actor, outcome={"unit": unit_id.hex})
        return member_id

    @use_case
    async def erase(self, unit: Unit, member_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Take away everything that names the person. It cannot be undone.

        What they did stays in the ledger under an id that no longer leads to anybody. The reason is kept beside the
        step; it should not name them.
        """
        case = await open_person(unit, member_id, actor=actor, reason_given=bool(reason.strip()))
        step = PERSON.step("erase", case.state, case.facts, roles=case.roles, now=unit.now)
        erased = await erase_person(unit, member_id)
        outcome = asdict(erased)
        texts = [Text("erasure", member_id, {"reason": reason.strip()})]
        unit.record(step, member_id, by=actor, outcome=outcome, texts=texts)
        return member_id

    async def find(self, number: str) -> UUID:
        """The id of the member with a number; NotFoundError when there is none."""
        async with self.database.read() as connection:
            member_id = await member_by_number(connection, number)
        if member_id is None:
            raise NotFoundError("member", number)
        return member_id

    async def everything_about(self, member_id: UUID) -> dict[str, Section]:
        """All that the installation holds on a person, as plain JSON values by kind. For the operator to hand over."""
        async with self.database.read() as connection:
            return await everything_about(connection, member_id)
