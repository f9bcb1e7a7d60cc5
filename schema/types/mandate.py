"""Members (medlemmar) and mandates (uppdrag) in the API."""

from datetime import date
from uuid import UUID

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.storage.reads.mandates import MandateView
from democracy.storage.reads.members import MemberView
from democracy.storage.standing import Affiliation
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node
from schema.types.unit import Body, Unit


@strawberry.type(description="A member (medlem). You see whom you may: docs/decisions/041.")
class Member(Node):
    """A member."""

    key: strawberry.Private[UUID]
    name: str = strawberry.field(description="Given name and family name.")
    given_name: str = strawberry.field(description="Förnamn.")
    family_name: str = strawberry.field(description="Efternamn.")
    member_number: str | None = strawberry.field(description="Medlemsnummer; null where you may not reach them.")
    email: str | None = strawberry.field(description="E-mail address; null where you may not reach them.")
    phone: str | None = strawberry.field(description="Telephone; null where you may not reach them.")
    address: str | None = strawberry.field(description="Postal address; null where you may not reach them.")

    @strawberry.field(description="The places that they act in today (uppdrag).", metadata={"list_size": 5})
    async def mandates(self, info: Info) -> "list[Mandate]":
        """By the loader."""
        return [Mandate.of(view) for view in await info.context.loaders.register.member_mandates.load(self.key) or ()]

    @classmethod
    def of(cls, view: MemberView) -> "Member":
        """From what was read."""
        same = {
            name: getattr(view, name) for name in ("name", "given_name", "family_name", "email", "phone", "address")
        }
        return cls(id=global_id("Member", view.id), key=view.id, member_number=view.number, **same)


@strawberry.type(description="A dated place in a body (uppdrag).")
class Mandate(Node):
    """A mandate."""

    member_key: strawberry.Private[UUID]
    body_key: strawberry.Private[UUID]
    role: MandateRole = strawberry.field(description="What they are in the body.")
    position: int = strawberry.field(description="The order in which substitutes (ersättare) step in.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date | None = strawberry.field(description="Last day; null until further notice.")
    resigned_on: date | None = strawberry.field(
        description="The day they asked to be released (avsägelse). The duty remains until it is granted."
    )
    decision: str | None = strawberry.field(description="The decision that elected: meeting and paragraph.")

    @strawberry.field(description="Who holds it.")
    async def member(self, info: Info) -> Member | None:
        """By the loader."""
        view = await info.context.loaders.register.member.load(self.member_key)
        return Member.of(view) if view else None

    @strawberry.field(description="The body.")
    async def body(self, info: Info) -> Body | None:
        """By the loader."""
        view = await info.context.loaders.register.body.load(self.body_key)
        return Body.of(view) if view else None

    @classmethod
    def of(cls, view: MandateView) -> "Mandate":
        """From what was read."""
        same = {name: getattr(view, name) for name in _SAME}
        return cls(id=global_id("Mandate", view.id), member_key=view.member_id, body_key=view.body_id, **same)


_SAME = ("role", "position", "starts_on", "ends_on", "resigned_on", "decision")


@strawberry.type(description="That you belong to a unit (medlemskap).")
class Membership:
    """One of the reader's own memberships."""

    unit_key: strawberry.Private[UUID]
    voting: bool = strawberry.field(description="This is the unit in which you vote.")
    has_rights: bool = strawberry.field(description="A member's rights hold today: paid in time, in effect, not ended.")
    effective_on: date | None = strawberry.field(
        description="First day with a member's rights; null until the fee is paid."
    )

    @strawberry.field(description="The unit.")
    async def unit(self, info: Info) -> Unit | None:
        """By the loader."""
        view = await info.context.loaders.register.unit.load(self.unit_key)
        return Unit.of(view) if view else None

    @classmethod
    def of(cls, affiliation: Affiliation) -> "Membership":
        """From a standing."""
        return cls(
            unit_key=affiliation.unit_id,
            voting=affiliation.voting,
            has_rights=affiliation.has_rights,
            effective_on=affiliation.effective_on,
        )
