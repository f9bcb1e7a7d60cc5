"""Members (medlemmar) and mandates (uppdrag) in the API."""

from datetime import date
from uuid import UUID

import strawberry

from democracy.domain.kinds import MandateRole
from democracy.storage.mandate_case import MandateCase
from democracy.storage.reads.mandates import MandateView
from democracy.storage.reads.members import MemberView
from democracy.storage.standing import Affiliation
from schema.context import Info
from schema.ids import global_id, maybe_global_id
from schema.types.case import Action, HistoryStep, NextStep, Reading
from schema.types.handover import Handover
from schema.types.node import Node
from schema.types.unit import Body, Unit
from workflows.mandate import MANDATE, MandateState


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

    view: strawberry.Private[MandateView]
    member_key: strawberry.Private[UUID]
    body_key: strawberry.Private[UUID]
    role: MandateRole = strawberry.field(description="What they are in the body.")
    position: int = strawberry.field(description="The order in which substitutes (ersättare) step in.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date | None = strawberry.field(description="Last day; null until further notice.")
    resigned_on: date | None = strawberry.field(
        description="The day they asked to be released (avsägelse). The duty remains until it is granted."
    )
    released_on: date | None = strawberry.field(description="First day without it, where it was ended by a decision.")
    decision: str | None = strawberry.field(description="The decision that elected: meeting and paragraph.")
    stands_in_for_id: strawberry.ID | None = strawberry.field(
        description="A substitute's while somebody is on leave: that mandate."
    )

    @strawberry.field(description="First day of a leave (ledighet), for the holder and those who keep the body.")
    async def leave_from(self, info: Info) -> date | None:
        """Told to those who have a part in it."""
        return self.view.leave_from if await self._part(info) else None

    @strawberry.field(description="Last day of the leave; null while it has none.")
    async def leave_until(self, info: Info) -> date | None:
        """The same."""
        return self.view.leave_until if await self._part(info) else None

    @strawberry.field(description="Where it stands; null where you have no part in it.")
    async def state(self, info: Info) -> MandateState | None:
        """From the case."""
        case = await self._part(info)
        return case.state if case else None

    @strawberry.field(description="Everything that can be done with it: by you or not, why not, and when.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options; none for those without a part in it."""
        case = await self._part(info)
        if case is None:
            return []
        reading = await self._reading(info, case)
        options = MANDATE.options(case.state, case.facts, roles=case.roles, now=info.context.at)
        return [reading.action(MANDATE.name, option) for option in options]

    @strawberry.field(description="What it waits for: a resignation waits for the decision of those who elected.")
    async def next_steps(self, info: Info) -> list[NextStep]:
        """Who is to act; nobody while it is simply held."""
        case = await self._part(info)
        if case is None or case.state is not MandateState.RESIGNED:
            return []
        reading = await self._reading(info, case)
        awaiting = MANDATE.next_steps(case.state, case.facts, now=info.context.at)
        return [reading.next_step(MANDATE.name, each) for each in awaiting]

    @strawberry.field(description="Every step that was taken, the oldest first; for those with a part in it.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        case = await self._part(info)
        if case is None:
            return []
        reading = await self._reading(info, case)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.view.id)]

    @strawberry.field(
        description="The handover list (överlämningslista), once it has been drawn up; for the holder, for whoever "
        "takes the same place afterwards, and for those who keep the body."
    )
    async def handover(self, info: Info) -> Handover | None:
        """By the loader."""
        case = await info.context.loaders.posts.handover.load(self.view.id)
        return Handover.of(case) if case else None

    @strawberry.field(description="The page that describes the life of a mandate.")
    def documentation(self) -> str:
        """Path on this server."""
        return "/docs/mandate"

    async def _part(self, info: Info) -> MandateCase | None:
        """The case, for its holder, for those who keep the body, and for the clock."""
        case = await info.context.loaders.posts.mandate_case.load(self.view.id)
        return case if case is not None and case.roles else None

    async def _reading(self, info: Info, case: MandateCase) -> Reading:
        rules = await info.context.loaders.statutes.load(case.unit_id)
        return Reading(info.context.language, info.context.app.zone, rules)

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
        away = maybe_global_id("Mandate", view.stands_in_for_id)
        return cls(
            id=global_id("Mandate", view.id),
            view=view,
            member_key=view.member_id,
            body_key=view.body_id,
            stands_in_for_id=away,
            **same,
        )


_SAME = ("role", "position", "starts_on", "ends_on", "resigned_on", "released_on", "decision")


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
