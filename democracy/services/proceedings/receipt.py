"""How something came to the meeting: on a device of one's own, or through the secretary for somebody else."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.storage.matter_case import Place
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role, Workflow
from workflows.proceedings_guards import BY_CHAIR


@dataclass(frozen=True)
class Receipt:
    """By whom, by which channel and when. Without a member it is the actor's own."""

    member_id: UUID | None = None
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None
    number: str | None = None
    """Member number of that person, as the secretary writes it in."""

    def whose(self, actor: Actor) -> UUID | None:
        """The person whose act it is."""
        return self.member_id or (actor.id if isinstance(actor, Member) else None)

    def for_another(self, actor: Actor) -> bool:
        """Whether somebody records it for somebody else."""
        return self.whose(actor) != getattr(actor, "id", None)

    def recorder(self, actor: Actor) -> UUID | None:
        """Who recorded it, where that is another than whose act it is."""
        return getattr(actor, "id", None) if self.for_another(actor) else None

    def received(self, unit: Unit) -> datetime:
        """When it came in."""
        return self.received_at or unit.now

    def roles(self, roles: frozenset[Role], actor: Actor) -> frozenset[Role]:
        """The actor's roles, as far as they go: for somebody else only the meeting's officers act."""
        own = frozenset({Role.PROPOSER, Role.VOTER, Role.MOVER, Role.INVITED})
        return roles - own if self.for_another(actor) else roles


async def resolved(unit: Unit, receipt: Receipt, place: Place, workflow: Workflow[Any, Any], rule: str) -> Receipt:
    """The same with the person instead of the number. Whether there is such a number, only the officers learn."""
    if receipt.number is None:
        return receipt
    if not place.roles & BY_CHAIR:
        raise workflow.wrong_role(rule).under(place.statutes)
    return replace(receipt, member_id=await by_number(unit, receipt.number, "memberNumber"), number=None)


async def by_number(unit: Unit, number: str, path: str) -> UUID:
    """The member with that number; InvalidInputError naming the field where there is none."""
    found = await unit.motions.member_by_number(number.strip())
    if found is None:
        raise InvalidInputError(FieldError(path, "unknown_member"))
    return found
