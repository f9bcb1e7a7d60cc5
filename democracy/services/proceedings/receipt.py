"""How something came to the meeting: on a device of one's own, or through the secretary for somebody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Channel
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role


@dataclass(frozen=True)
class Receipt:
    """By whom, by which channel and when. Without a member it is the actor's own."""

    member_id: UUID | None = None
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None

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
