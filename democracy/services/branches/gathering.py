"""Founders write an application, sign it, and hand it in."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.domain.unit_tree import BRANCHES
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.branches.case import take
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known, own_id
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications, case_bodies, case_parts, statutes
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.ledger import Text
from democracy.storage.tables.branch_application import BranchApplicationRow, FounderRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal_facts import ConflictGround
from workflows.branch_application import BRANCH_APPLICATION, BranchApplicationState
from workflows.engine import Role
from workflows.statutes import Resolved

LONGEST = 40_000


@dataclass(frozen=True)
class Wish:
    """What the founders apply for."""

    name: str
    area: str
    reasons: str = ""
    proposed_statutes: str = ""
    kind: UnitKind = UnitKind.LOCAL_BRANCH

    def checked(self) -> "Wish":
        """Itself, where it can be kept; InvalidInputError naming what cannot."""
        if self.kind not in BRANCHES:
            raise InvalidInputError(FieldError("kind", "not_a_branch"))
        for path, text, longest in (
            ("name", self.name, 200), ("area", self.area, 2_000), ("reasons", self.reasons, LONGEST),
            ("proposedStatutes", self.proposed_statutes, LONGEST),
        ):  # fmt: skip
            if len(text) > longest:
                raise InvalidInputError(FieldError(path, "too_long", {"longest": longest}))
        return self

    def kept(self) -> dict[str, str | None]:
        """What the ledger keeps the digest of."""
        return {"name": self.name, "area": self.area, "reasons": self.reasons, "statutes": self.proposed_statutes}


class Gathering(Service):
    """From the first word until the application has been handed in or withdrawn."""

    @use_case
    async def apply(
        self, unit: Unit, unit_id: UUID, wish: Wish, interim_role: MandateRole | None = None, *, actor: Actor
    ) -> UUID:
        """Begin an application to form a branch under a unit; whoever begins it has signed."""
        wish = wish.checked()
        rules, member = await _rules(unit, unit_id, actor), own_id(actor)
        assert member is not None  # noqa: S101 - nobody else belongs to a unit
        row = await _insert(unit, unit_id, wish, rules, member)
        await _add_founder(unit, row.id, member, interim_role, Channel.DIGITAL, confirmed=True)
        case = await branch_applications.case(unit, row.id, actor=actor)
        texts = [Text("branch_application", row.id, wish.kept(), member)]
        await take(unit, case, "edit", actor=actor, texts=texts)
        return row.id

    @use_case
    async def edit(self, unit: Unit, application_id: UUID, wish: Wish, *, actor: Actor) -> UUID:
        """Write it anew, while names are gathered."""
        wish = wish.checked()
        case = await branch_applications.opened(unit, application_id, actor=actor)
        texts = [Text("branch_application", application_id, wish.kept(), own_id(actor))]
        row = await take(unit, case, "edit", actor=actor, texts=texts)
        _write(row, wish)
        return application_id

    @use_case
    async def invite(
        self, unit: Unit, application_id: UUID, person: Person, interim_role: MandateRole | None = None, *, actor: Actor
    ) -> UUID:
        """Ask somebody to found; or say what they would be in the interim board, where they have been asked."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, "invite", case.roles, case.statutes)
        member = await known(unit, person)
        await take(unit, case, "invite", actor=actor, outcome={"member": member.hex})
        earlier = await _founder(unit, application_id, member)
        if earlier is not None:
            earlier.interim_role = interim_role
            if earlier.declined_at or earlier.left_at:
                earlier.declined_at = earlier.left_at = earlier.confirmed_at = None
            return application_id
        await _add_founder(unit, application_id, member, interim_role, Channel.DIGITAL, confirmed=False)
        row = await branch_applications.row(unit, application_id)
        await tell(unit, [member], "founder_invited", name=row.name)
        return application_id

    @use_case
    async def confirm(
        self, unit: Unit, application_id: UUID, person: Person | None = None, channel: Channel = Channel.PAPER,
        *, actor: Actor,
    ) -> UUID:  # fmt: skip
        """Sign. For a member who signed on paper, a founder or the secretary records it."""
        case, founder, recorded = await self._answering(unit, application_id, "confirm", person, actor)
        facts = replace(case.facts, invited=_waits(founder))
        used = channel if recorded else Channel.DIGITAL
        await take(unit, case, "confirm", actor=actor, facts=facts, outcome={"channel": used.name})
        assert founder is not None  # noqa: S101 - the rule has refused otherwise
        founder.confirmed_at, founder.channel = unit.now, used
        founder.recorded_by = own_id(actor) if recorded else None
        return application_id

    @use_case
    async def decline(self, unit: Unit, application_id: UUID, person: Person | None = None, *, actor: Actor) -> UUID:
        """Say no."""
        case, founder, _ = await self._answering(unit, application_id, "decline", person, actor)
        await take(unit, case, "decline", actor=actor, facts=replace(case.facts, invited=_waits(founder)))
        assert founder is not None  # noqa: S101 - the rule has refused otherwise
        founder.declined_at = unit.now
        return application_id

    @use_case
    async def leave(self, unit: Unit, application_id: UUID, person: Person | None = None, *, actor: Actor) -> UUID:
        """Take one's name off. The number of those who did so is kept, their names are not for long."""
        case, founder, _ = await self._answering(unit, application_id, "leave", person, actor, own_only=True)
        stands = founder is not None and founder.confirmed_at is not None and founder.left_at is None
        await take(unit, case, "leave", actor=actor, facts=replace(case.facts, stands=stands))
        assert founder is not None  # noqa: S101 - the rule has refused otherwise
        founder.left_at = unit.now
        return application_id

    async def _answering(
        self,
        unit: Unit,
        application_id: UUID,
        rule: str,
        person: Person | None,
        actor: Actor,
        *,
        own_only: bool = False,
    ) -> tuple[BranchApplicationCase, FounderRow | None, bool]:
        """The case, the signature that is answered for, and whether somebody records it for another."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        hold(BRANCH_APPLICATION, rule, case.roles, case.statutes)
        recorded = person is not None and (person.member_id or person.number) is not None
        member = await known(unit, person) if recorded and person else own_id(actor)
        if recorded and own_only and member != own_id(actor):
            case = replace(case, roles=case.roles & {Role.SECRETARY})
        return case, await _founder(unit, application_id, member) if member else None, recorded

    @use_case
    async def submit(
        self, unit: Unit, application_id: UUID, received_at: datetime | None = None, *, actor: Actor
    ) -> UUID:
        """Hand it in. What came on paper is handed in by the secretary, with the time at which it came."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        at = received_at or unit.now
        row = await take(unit, case, "submit", actor=actor, facts=replace(case.facts, received_at=at))
        row.received_at = at
        row.channel = Channel.DIGITAL if received_at is None else Channel.PAPER
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        order = rules.parameters.founding
        assert order is not None  # noqa: S101 - no application begins without
        row.decide_by = order.within.derive(at, unit.zone).at
        row.due_at = row.decide_by
        standing = await branch_applications.standing(unit, application_id)
        sits = await case_parts.voters_of(unit.session, case.body_id, unit.today)
        await case_parts.bar(unit.session, application_id, sits & set(standing), ConflictGround.OWN_MATTER, unit.now)
        secretaries = await case_parts.holders_of(unit.session, case.body_id, unit.today, MandateRole.SECRETARY)
        await tell(unit, secretaries, "branch_submitted", name=row.name, deadline=row.decide_by)
        return application_id

    @use_case
    async def withdraw(self, unit: Unit, application_id: UUID, *, actor: Actor) -> UUID:
        """Take the whole application back, when nobody else stands behind it."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        row = await take(unit, case, "withdraw", actor=actor)
        row.due_at = None
        return application_id


async def _rules(unit: Unit, unit_id: UUID, actor: Actor) -> Resolved:
    """The statutes in force for a unit that the member belongs to, whether or not the membership has taken effect."""
    if not isinstance(actor, Member) or not await branch_applications.belongs_below(unit, actor.id, unit_id):
        raise NotFoundError("unit", unit_id)
    return await statutes.in_force(unit.session, unit_id, unit.today)


async def _insert(unit: Unit, unit_id: UUID, wish: Wish, rules: Resolved, member: UUID) -> BranchApplicationRow:
    order = rules.parameters.founding
    body = await case_bodies.find(unit.session, unit_id, order.decided_by if order else None)
    # The board that decides stands in its own unit: a branch's member who names the branch means its district.
    after = await case_bodies.find(unit.session, unit_id, order.called_next if order else None)
    board = body.body_id if body else await branch_applications.board_of(unit, unit_id)
    if board is None:
        raise NotFoundError("unit", unit_id)
    row = BranchApplicationRow(
        id=new_id(),
        unit_id=body.unit_id if body else unit_id,
        body_id=board,
        next_caller_id=after.office_id if after else None,
        statutes_digest=await statutes.keep(unit.session, rules),
        state=BranchApplicationState.GATHERING,
        version=0,
        created_at=unit.now,
        created_by=member,
        channel=Channel.DIGITAL,
        withdrawn_signatures=0,
        kind=wish.kind, name="", area="", reasons="", proposed_statutes="",
    )  # fmt: skip
    _write(row, wish)
    unit.session.add(row)
    await unit.session.flush()
    return row


def _write(row: BranchApplicationRow, wish: Wish) -> None:
    row.kind, row.name, row.area = wish.kind, wish.name.strip(), wish.area.strip()
    row.reasons, row.proposed_statutes = wish.reasons.strip(), wish.proposed_statutes.strip()


async def _add_founder(
    unit: Unit, application_id: UUID, member: UUID, role: MandateRole | None, channel: Channel, *, confirmed: bool
) -> None:
    row = FounderRow(
        id=new_id(),
        application_id=application_id,
        member_id=member,
        interim_role=role,
        invited_at=unit.now,
        confirmed_at=unit.now if confirmed else None,
        channel=channel,
    )
    unit.session.add(row)
    await unit.session.flush()


async def _founder(unit: Unit, application_id: UUID, member: UUID) -> FounderRow | None:
    asked = await branch_applications.founders(unit, application_id)
    return next((each for each in asked if each.member_id == member), None)


def _waits(founder: FounderRow | None) -> bool:
    return founder is not None and not (founder.confirmed_at or founder.declined_at or founder.left_at)
