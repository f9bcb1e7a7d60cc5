"""Writing a motion, alone or with others, handing it in and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.motions.case import MotionService, expect_version, hold_role, member_id, required
from democracy.services.motions.content import Content
from democracy.services.motions.notices import tell_member, tell_movers
from democracy.services.proceedings.motion_items import take_off_agenda
from democracy.services.use_case import use_case
from democracy.storage.ledger import Text
from democracy.storage.motion_case import MotionCase
from democracy.storage.tables.motion import MotionRow, MoverRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.motion import MOTION, MotionState


@dataclass(frozen=True)
class UnitMover:
    """A unit that moves by a decision of its meeting."""

    unit_id: UUID
    decision: str
    """The meeting and paragraph that decided it."""
    decided_on: date


@dataclass(frozen=True)
class Arrival:
    """How and when something that did not come through the system reached the organisation."""

    channel: Channel
    received_at: datetime


class Drafting(MotionService):
    """From the first word until the motion has been handed in or withdrawn."""

    @use_case
    async def create(
        self, unit: Unit, meeting_id: UUID, content: Content, mover: UnitMover | None = None, *, actor: Actor
    ) -> UUID:
        """Begin a motion to a meeting, one's own or that of a unit that one leads."""
        content = content.checked()
        meeting = await unit.meetings.case(meeting_id, actor=actor)
        if not isinstance(actor, Member):
            raise MOTION.wrong_role("edit").under(meeting.statutes)
        motion_id = await _insert(unit, meeting_id, content, actor)
        await _confirmed(unit, motion_id, mover or actor.id, Channel.DIGITAL)
        case = await unit.motions.case(motion_id, actor=actor)
        await self.take(unit, case, "edit", actor=actor, texts=[_text(motion_id, content, actor.id)])
        return motion_id

    @use_case
    async def update(
        self,
        unit: Unit,
        motion_id: UUID,
        content: Content,
        expected_version: int | None = None,
        asked: str | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Change the text of a draft, or of a motion that was returned for completion.

        The secretary does it for a mover who `asked`: how, is kept.
        """
        content = content.checked()
        case = _for_mover(await unit.motions.open(motion_id, actor=actor), asked)
        expect_version(case, expected_version)
        texts = [_text(motion_id, content, member_id(actor)), *_asking(case, asked)]
        await self.take(unit, case, "edit", actor=actor, texts=texts)
        (await unit.motions.row(motion_id)).category = content.category
        await unit.motions.write(motion_id, content.title, content.reasoning, content.clauses)
        return motion_id

    @use_case
    async def invite(self, unit: Unit, motion_id: UUID, member_number: str, *, actor: Actor) -> UUID:
        """Ask another member to stand behind the motion."""
        case = await unit.motions.open(motion_id, actor=actor)
        hold_role("invite", case.roles, case.statutes)
        invited = await _known(unit, member_number)
        await self.take(unit, case, "invite", actor=actor, outcome={"member": invited.hex})
        mover = next((each for each in await unit.motions.movers(motion_id) if each.member_id == invited), None)
        if mover is None:
            await unit.motions.add_mover(_invitation(unit, motion_id, member=invited))
            await tell_member(unit, motion_id, invited, "motion_invitation")
        elif mover.declined_at is not None or mover.left_at is not None:
            # Asked anew: whoever once confirmed and then left does not stand again until they say so.
            mover.confirmed_at = mover.declined_at = mover.left_at = None
            await tell_member(unit, motion_id, invited, "motion_invitation")
        return motion_id

    @use_case
    async def invite_unit(self, unit: Unit, motion_id: UUID, unit_id: UUID, *, actor: Actor) -> UUID:
        """Ask another unit to move together; its own dated decision confirms it."""
        case = await unit.motions.open(motion_id, actor=actor)
        await unit.motions.unit_exists(unit_id)
        await self.take(unit, case, "invite", actor=actor, outcome={"unit": unit_id.hex})
        if all(mover.unit_id != unit_id for mover in await unit.motions.movers(motion_id)):
            await unit.motions.add_mover(_invitation(unit, motion_id, by_unit=unit_id))
        return motion_id

    @use_case
    async def confirm(self, unit: Unit, motion_id: UUID, decided: UnitMover | None = None, *, actor: Actor) -> UUID:
        """Stand behind the motion: for oneself, or for a unit by its meeting's decision."""
        case = await unit.motions.open(motion_id, actor=actor)
        await self.take(unit, case, "confirm", actor=actor)
        mover = await _asked(unit, case, actor, decided)
        mover.confirmed_at, mover.declined_at = unit.now, None
        return motion_id

    @use_case
    async def confirm_for(
        self, unit: Unit, motion_id: UUID, member_number: str, channel: Channel, *, actor: Actor
    ) -> UUID:
        """Record that an invited member has confirmed on paper or by telephone. For the secretary."""
        case = await unit.motions.open(motion_id, actor=actor)
        office = replace(case, roles=case.roles & {Role.SECRETARY})
        hold_role("confirm", office.roles, case.statutes)
        invited = await _known(unit, member_number)
        await self.take(unit, office, "confirm", actor=actor, outcome={"channel": channel.name, "member": invited.hex})
        mover = next((each for each in await unit.motions.movers(motion_id) if each.member_id == invited), None)
        if mover is None:
            raise InvalidInputError(FieldError("memberNumber", "not_invited"))
        mover.confirmed_at, mover.declined_at, mover.channel = unit.now, None, channel
        return motion_id

    @use_case
    async def decline(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Say no to an invitation."""
        case = await unit.motions.open(motion_id, actor=actor)
        await self.take(unit, case, "decline", actor=actor)
        (await _asked(unit, case, actor, None)).declined_at = unit.now
        return motion_id

    @use_case
    async def leave(self, unit: Unit, motion_id: UUID, *, actor: Actor) -> UUID:
        """Take one's own name off a motion behind which others stand."""
        case = await unit.motions.open(motion_id, actor=actor)
        # One's own name only: that the office may record for others gives it no name to take off.
        own = replace(case, roles=case.roles & {Role.MOVER})
        await self.take(unit, own, "leave", actor=actor)
        movers = [each for each in await unit.motions.movers(motion_id) if each.member_id == member_id(actor)]
        if not movers:
            raise NotFoundError("mover")
        movers[0].left_at = unit.now
        return motion_id

    @use_case
    async def submit(
        self,
        unit: Unit,
        motion_id: UUID,
        expected_version: int | None = None,
        asked: str | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Hand a draft, or a completed motion, in to its meeting. The secretary does it for a mover who `asked`."""
        case = _for_mover(await unit.motions.open(motion_id, actor=actor), asked)
        expect_version(case, expected_version)
        arrival = Arrival(Channel.DIGITAL, unit.now)
        await self._hand_in(unit, case, "submit", actor, arrival, _asking(case, asked))
        return motion_id

    @use_case
    async def record(
        self,
        unit: Unit,
        meeting_id: UUID,
        content: Content,
        mover: str | UnitMover,
        arrival: Arrival,
        *,
        actor: Actor,
    ) -> UUID:
        """Record a motion that came on paper, by post or by telephone. For the secretary.

        `mover` is a member's number, or a unit with its decision. The deadline looks at the time it was received; one
        that came late is recorded all the same, for the board to stop and the meeting to be told.
        """
        content = content.checked()
        meeting = await unit.meetings.case(meeting_id, actor=actor)
        hold_role("record", meeting.roles, meeting.statutes)
        motion_id = await _insert(unit, meeting_id, content, actor)
        by = mover if isinstance(mover, UnitMover) else await _known(unit, mover)
        await _confirmed(unit, motion_id, by, arrival.channel)
        case = await unit.motions.case(motion_id, actor=actor)
        # Recording for another is the office's: that one is also the mover gives no right to it.
        case = replace(case, roles=meeting.roles)
        late = case.facts.deadline is not None and arrival.received_at >= case.facts.deadline
        rule = "record_late" if late else "record"
        await self._hand_in(unit, case, rule, actor, arrival, [_text(motion_id, content, None)])
        return motion_id

    @use_case
    async def withdraw(self, unit: Unit, motion_id: UUID, asked: str | None = None, *, actor: Actor) -> UUID:
        """Take the motion back. It keeps its number. The secretary does it for a mover who `asked`."""
        case = _for_mover(await unit.motions.open(motion_id, actor=actor), asked)
        await self.take(unit, case, "withdraw", actor=actor, texts=_asking(case, asked))
        await take_off_agenda(unit, motion_id, case.meeting_id, actor)
        return motion_id

    async def _hand_in(
        self, unit: Unit, case: MotionCase, rule: str, actor: Actor, arrival: Arrival, texts: Sequence[Text] = ()
    ) -> None:
        row = await unit.motions.row(case.id)
        facts = case.facts
        if facts.received_at is None:
            facts = replace(facts, received_at=arrival.received_at)
            row.received_at, row.recorded_at, row.channel = arrival.received_at, unit.now, arrival.channel
        row.completion_due_at = row.completion_note = None
        # A refusal undoes the whole unit, so the number is not lost.
        number = await unit.motions.number(case.id, case.meeting_id)
        outcome = {"receipt": number, "channel": arrival.channel.name}
        await self.take(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=texts)
        await tell_movers(unit, case.id, "motion_receipt", received=facts.received_at or unit.now)


def _for_mover(case: MotionCase, asked: str | None) -> MotionCase:
    """The case with whether a mover wants this: whoever moves says so by doing it, the office says how it was asked."""
    consents = Role.MOVER in case.roles or bool((asked or "").strip())
    return replace(case, facts=replace(case.facts, mover_consents=consents))


def _asking(case: MotionCase, asked: str | None) -> list[Text]:
    return [Text("asked", case.id, {"asked": asked.strip()})] if asked and asked.strip() else []


async def _insert(unit: Unit, meeting_id: UUID, content: Content, actor: Actor) -> UUID:
    """A draft with its text. NotFoundError when the actor may not see the meeting.

    The meeting is held, so that it does not open between being judged and getting the motion.
    """
    await unit.meetings.hold(meeting_id, actor=actor)
    motion_id = new_id()
    unit.session.add(
        MotionRow(
            id=motion_id,
            meeting_id=meeting_id,
            state=MotionState.DRAFT,
            category=content.category,
            title="",
            reasoning="",
            created_at=unit.now,
            created_by=member_id(actor),
            channel=Channel.DIGITAL,
            version=0,
        )
    )
    await unit.session.flush()
    await unit.motions.write(motion_id, content.title, content.reasoning, content.clauses)
    return motion_id


async def _known(unit: Unit, member_number: str) -> UUID:
    found = await unit.motions.member_by_number(member_number.strip())
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found


async def _confirmed(unit: Unit, motion_id: UUID, mover: UUID | UnitMover, channel: Channel) -> None:
    """Put the first mover on the motion, confirmed by the very act."""
    if isinstance(mover, UnitMover):
        await unit.motions.unit_exists(mover.unit_id)
        row = _invitation(unit, motion_id, by_unit=mover.unit_id)
        _decided(row, mover, unit)
    else:
        row = _invitation(unit, motion_id, member=mover)
    row.confirmed_at, row.channel = unit.now, channel
    await unit.motions.add_mover(row)


def _invitation(unit: Unit, motion_id: UUID, *, member: UUID | None = None, by_unit: UUID | None = None) -> MoverRow:
    return MoverRow(
        id=new_id(),
        motion_id=motion_id,
        member_id=member,
        unit_id=by_unit,
        invited_at=unit.now,
        channel=Channel.DIGITAL,
    )


def _decided(row: MoverRow, mover: UnitMover, unit: Unit) -> None:
    if mover.decided_on > unit.today:
        raise InvalidInputError(FieldError("decidedOn", "in_future"))
    row.decision, row.decided_on = required("decision", mover.decision, longest=200), mover.decided_on


async def _asked(unit: Unit, case: MotionCase, actor: Actor, decided: UnitMover | None) -> MoverRow:
    """The invitation that the actor answers: their own, or that of the unit that they lead and whose decision is given.

    The secretary may record a unit's decision for it.
    """
    if decided is not None and Role.SECRETARY not in case.roles and not await _leads(unit, actor, decided.unit_id):
        raise MOTION.wrong_role("confirm").under(case.statutes)
    for row in await unit.motions.movers(case.id):
        if decided is not None and row.unit_id == decided.unit_id:
            _decided(row, decided, unit)
            return row
        if decided is None and row.member_id is not None and row.member_id == member_id(actor):
            return row
    raise InvalidInputError(FieldError("unit" if decided else "motionId", "not_invited"))


async def _leads(unit: Unit, actor: Actor, unit_id: UUID) -> bool:
    return isinstance(actor, Member) and await unit.motions.leads(actor.id, unit_id)


def _text(motion_id: UUID, content: Content, about: UUID | None) -> Text:
    return Text("motion", motion_id, content.kept(), about)
