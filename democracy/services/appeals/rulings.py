"""A decision that can be appealed: recorded, told to each whom it concerns, and final when its time is out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.cases.letters import tell
from democracy.services.cases.persons import hold, known, own_id
from democracy.services.motions.case import required
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import case_bodies, case_parts, rulings, statutes
from democracy.storage.ledger import Text
from democracy.storage.reads import correspondents
from democracy.storage.ruling_case import RulingCase
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.appeal_information import information
from workflows.appeal_time import last_moment
from workflows.engine import Role, StepDenied
from workflows.ruling import RULING, RulingFacts, RulingState
from workflows.statutes import Resolved
from workflows.statutes.parameters.appeals import Appeal, Appellant, Decision, Start


@dataclass(frozen=True)
class Made:
    """A decision that was made."""

    kind: Decision
    unit_id: UUID
    body_id: UUID
    title: str
    text: str
    reasons: str
    decision: str
    """Meeting and paragraph."""
    decided_at: datetime
    statutes: str
    """Digest of the set that applied to it."""
    case_id: UUID | None = None
    members: tuple[UUID, ...] = ()
    """Those whom it concerns."""
    units: tuple[UUID, ...] = ()
    took_part: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """A decision as a secretary records it."""

    kind: Decision
    body_id: UUID
    title: str
    text: str
    decision: str
    decided_on: date
    reasons: str = ""
    persons: tuple[Person, ...] = ()
    units: tuple[UUID, ...] = ()
    present: tuple[UUID, ...] | None = None


async def take(
    unit: Unit, case: RulingCase, rule: str, *, actor: Actor, facts: RulingFacts | None = None,
    outcome: Mapping[str, Any] | None = None, texts: Sequence[Text] = (), follows: bool = False,
) -> RulingRow:  # fmt: skip
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason."""
    roles = case.roles | RULING.rules[rule].by if follows else case.roles
    try:
        step = RULING.step(rule, case.state, facts or case.facts, roles=roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row = await rulings.row(unit, case.id)
    row.state = step.dest
    await unit.session.flush()
    unit.record(step, case.id, by=actor, statutes=case.statutes, outcome=outcome, texts=texts)
    return row


async def make_ruling(unit: Unit, made: Made) -> UUID:
    """Keep a decision that the statutes open to appeal, with each whom it concerns. It has been told to nobody yet."""
    rules = (await statutes.by_digest(unit.session, made.statutes))[made.statutes]
    order = rules.parameters.appeals.against.get(made.kind)
    office = await case_bodies.office_of(unit.session, made.body_id)
    seat = await case_bodies.find(unit.session, made.unit_id, order.to) if order else None
    row = RulingRow(
        id=new_id(), kind=made.kind, unit_id=made.unit_id, body_id=made.body_id, office_id=office.office_id,
        appeal_to_id=seat.body_id if seat else None, appeal_office_id=seat.office_id if seat else None,
        case_id=made.case_id, state=RulingState.NEW, statutes_digest=made.statutes, title=made.title, text=made.text,
        reasons=made.reasons, decision=made.decision, decided_at=made.decided_at, recorded_at=unit.now,
        open_to_members=bool(order and Appellant.MEMBER in order.by),
    )  # fmt: skip
    unit.session.add(row)
    await unit.session.flush()
    unit.session.add_all(RulingNoticeRow(id=new_id(), ruling_id=row.id, member_id=each) for each in made.members)
    unit.session.add_all(RulingNoticeRow(id=new_id(), ruling_id=row.id, unit_id=each) for each in made.units)
    await case_parts.took_part(unit.session, row.id, made.took_part)
    await unit.session.flush()
    return row.id


async def order_of(unit: Unit, row: RulingRow) -> Appeal | None:
    """The way to appeal that applied to a decision."""
    rules = (await statutes.by_digest(unit.session, row.statutes_digest))[row.statutes_digest]
    return rules.parameters.appeals.against.get(row.kind)


def moment_for(order: Appeal, row: RulingRow, notice: RulingNoticeRow | None, unit: Unit) -> datetime | None:
    """First moment too late for one whom a decision concerns."""
    return last_moment(
        order,
        decided_at=row.decided_at,
        verified_on=row.minutes_verified_on,
        received_at=notice.received_at if notice else None,
        told_until=notice.told_until if notice else None,
        zone=unit.zone,
    )


async def refresh(unit: Unit, row: RulingRow) -> None:
    """Work out anew when it is too late for everybody who has been reached."""
    order = await order_of(unit, row)
    if order is None:
        return
    told = await rulings.notices(unit, row.id)
    if order.starts is Start.MINUTES_VERIFIED and row.minutes_verified_on is not None:
        for each in told:
            each.received_at = each.received_at or unit.now
    ends = [moment_for(order, row, each, unit) for each in told] or [moment_for(order, row, None, unit)]
    row.last_moment = row.due_at = max(filter(None, ends), default=None)


class Rulings(Service):
    """Use cases on one decision that can be appealed."""

    @use_case
    async def record(self, unit: Unit, given: Recorded, *, actor: Actor) -> UUID:
        """Keep a decision that somebody may appeal and that was made outside the system. For the secretary."""
        made = await self._made(unit, given, actor)
        ruling_id = await make_ruling(unit, made)
        case = await rulings.case(unit, ruling_id, actor=actor)
        facts = replace(
            case.facts, text_given=bool(given.text.strip()), decision_given=bool(given.decision.strip()),
            appealable=await order_of(unit, await rulings.row(unit, ruling_id)) is not None,
        )  # fmt: skip
        texts = [Text("ruling", ruling_id, {"title": given.title, "text": given.text, "reasons": given.reasons})]
        await take(unit, case, "record", actor=actor, facts=facts, outcome={"kind": given.kind.name}, texts=texts)
        return ruling_id

    async def _made(self, unit: Unit, given: Recorded, actor: Actor) -> Made:
        seat = await self._office(unit, given.body_id, actor)
        if given.decided_on > unit.today:
            raise InvalidInputError(FieldError("decidedOn", "in_future"))
        rules: Resolved = await statutes.in_force(unit.session, seat.unit_id, given.decided_on)
        members = tuple([await known(unit, each) for each in given.persons])
        voters = await case_parts.voters_of(unit.session, given.body_id, given.decided_on)
        return Made(
            given.kind, seat.unit_id, given.body_id, required("title", given.title, longest=200), given.text.strip(),
            given.reasons.strip(), given.decision.strip(),
            min(unit.now, datetime.combine(given.decided_on, datetime.min.time(), tzinfo=unit.zone)),
            await statutes.keep(unit.session, rules), members=tuple(dict.fromkeys(members)), units=given.units,
            took_part=given.present if given.present is not None else tuple(voters),
        )  # fmt: skip

    async def _office(self, unit: Unit, body_id: UUID, actor: Actor) -> case_bodies.Seat:
        """The body whose decision is recorded; NotFoundError for whoever has no place in its office."""
        member = own_id(actor)
        seat = await case_bodies.office_if_there(unit.session, body_id)
        if (
            seat is None
            or member is None
            or member not in await case_parts.holders_of(unit.session, seat.office_id, unit.today)
        ):
            raise NotFoundError("body", body_id)
        return seat

    @use_case
    async def notify(self, unit: Unit, ruling_id: UUID, told_until: date | None = None, *, actor: Actor) -> UUID:
        """Send it to everybody whom it concerns: by mail, which reaches them at once, or by letter."""
        case = await rulings.opened(unit, ruling_id, actor=actor)
        row = await rulings.row(unit, ruling_id)
        facts = replace(case.facts, concerned=1) if row.open_to_members else case.facts
        await take(unit, case, "notify", actor=actor, facts=facts)
        order = await order_of(unit, row)
        waiting = [each for each in await rulings.notices(unit, ruling_id) if each.sent_at is None]
        by_mail = {each.id for each in await _people(unit, waiting) if each.email}
        for each in waiting:
            each.sent_at, each.told_until = unit.now, told_until
            each.channel = Channel.E_MAIL if each.unit_id or each.member_id in by_mail else Channel.POST
            each.received_at = unit.now if each.channel is Channel.E_MAIL else None
        body = await rulings.body_name(unit, row.appeal_to_id)
        both = (information(order, body, "sv"), information(order, body, "en"))
        people = [each.member_id for each in waiting if each.member_id is not None]
        await tell(unit, people, "ruling_notice", title=row.title, decision=row.decision, text=row.text, appeal=both)
        await refresh(unit, row)
        return ruling_id

    @use_case
    async def confirm(
        self, unit: Unit, ruling_id: UUID, received_at: datetime, person: Person | None = None,
        told_until: date | None = None, *, actor: Actor,
    ) -> UUID:  # fmt: skip
        """Record when somebody got it: their time runs from then."""
        case = await rulings.opened(unit, ruling_id, actor=actor)
        hold(RULING, "confirm_notice", case.roles, case.statutes)
        recorded = person is not None and (person.member_id or person.number) is not None
        member = await known(unit, person) if recorded and person else own_id(actor)
        own = case if member == own_id(actor) else replace(case, roles=case.roles & {Role.SECRETARY})
        found = next((each for each in await rulings.notices(unit, ruling_id) if each.member_id == member), None)
        facts = replace(case.facts, told=found is not None and found.sent_at is not None, at=received_at)
        row = await take(unit, own, "confirm_notice", actor=actor, facts=facts)
        assert found is not None  # noqa: S101 - the rule has refused otherwise
        found.received_at, found.told_until = received_at, told_until or found.told_until
        await refresh(unit, row)
        return ruling_id

    @use_case
    async def verify_minutes(self, unit: Unit, ruling_id: UUID, on: date, *, actor: Actor) -> UUID:
        """Record when its minutes were verified, where the time runs from that."""
        case = await rulings.opened(unit, ruling_id, actor=actor)
        at = datetime.combine(on, datetime.min.time(), tzinfo=unit.zone)
        row = await take(unit, case, "verify_minutes", actor=actor, facts=replace(case.facts, at=at))
        row.minutes_verified_on = on
        await refresh(unit, row)
        return ruling_id

    @use_case
    async def become_final(self, unit: Unit, ruling_id: UUID, *, actor: Actor) -> UUID:
        """Everybody's time is out and nobody has appealed."""
        case = await rulings.opened(unit, ruling_id, actor=actor)
        row = await take(unit, case, "become_final", actor=actor)
        row.due_at = None
        return ruling_id


async def _people(unit: Unit, told: Sequence[RulingNoticeRow]) -> list[correspondents.Correspondent]:
    return await correspondents.members(unit.session, [each.member_id for each in told if each.member_id is not None])
