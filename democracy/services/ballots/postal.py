"""The postal channel: an envelope is marked off in the roll; the first vote that was received counts."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.ballotbox.roll import tag
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.ballots.notices import tell_member
from democracy.services.urns.case import UrnService
from democracy.services.urns.seeds import API
from democracy.services.use_case import use_case
from democracy.storage import ballots, electorate, postal, urns
from democracy.storage.ballot_case import BallotCase
from democracy.storage.postal import Slot
from democracy.storage.tables.ballot import PostalVoteRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import EnvelopeFault

NO_SLOT = Slot(-1, void=True, voted=False)


class PostalChannel(UrnService):
    """What the office does with the envelopes that come in. Nobody opens one before the ballot has closed."""

    @use_case
    async def mark(
        self, unit: Unit, ballot_id: UUID, member_id: UUID, received_on: date | None = None, *, actor: Actor
    ) -> UUID:
        """Mark somebody's envelope off: from now on their digital vote is shut. Raises StepDenied `voted_already`."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("mark_postal", case)
        day = received_on or unit.today
        if day > unit.today:
            raise InvalidInputError(FieldError("receivedOn", "in_the_future"))
        standing = await electorate.elector(unit.session, ballot_id, member_id)
        slot = await self._slot(unit, ballot_id, member_id)
        marked = await postal.envelope(unit, ballot_id, member_id)
        stands = standing is not None and standing.removed_at is None
        facts = replace(
            case.facts,
            is_elector=stands,
            slot_used=slot is not None and slot.voted and not slot.void,
            slot_void=marked is not None,
            slot_struck=stands and slot is not None and slot.void and marked is None,
            envelope_in_time=_in_time(case, day, unit),
        )
        envelope = new_id()
        await take(unit, case, "mark_postal", actor=actor, facts=facts, outcome={"envelope": envelope.hex})
        unit.session.add(_row(envelope, ballot_id, member_id, day))
        await unit.session.flush()
        await tell_member(unit, await ballots.row(unit, ballot_id), member_id, "ballot_postal")
        return ballot_id

    @use_case
    async def set_aside(
        self,
        unit: Unit,
        ballot_id: UUID,
        fault: EnvelopeFault,
        member_id: UUID | None = None,
        received_on: date | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Note that an envelope was set aside, unopened, and why."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("set_aside", case)
        if member_id is not None and not await electorate.is_member(unit.session, member_id):
            raise InvalidInputError(FieldError("memberId", "no_such_member"))
        envelope = new_id()
        outcome = {"envelope": envelope.hex, "fault": fault.name}
        await take(unit, case, "set_aside", actor=actor, outcome=outcome)
        unit.session.add(_row(envelope, ballot_id, member_id, received_on or unit.today, fault))
        return ballot_id

    async def _slot(self, unit: Unit, ballot_id: UUID, member_id: UUID) -> Slot | None:
        """The voter's slot, once the votes that are on their way have come to rest; None without an urn.

        Whoever has come into the electorate since the urn was drawn up has none yet: that is as good as a void one.
        """
        urn = await urns.of_ballot(unit.session, ballot_id)
        if urn is None or not self.seeds.has(urn.id, API):
            return None
        await urns.hold_alone(unit.session, urn.id)
        mark = tag(self.seeds.read(urn.id, API).roll, member_id.hex)
        return await postal.slot_of(unit.session, urn.id, mark) or NO_SLOT


def _in_time(case: BallotCase, day: date, unit: Unit) -> bool:
    """Whether an envelope came in no later than the local day on which the ballot closes."""
    closes = case.facts.closes_at
    return closes is None or day <= closes.astimezone(unit.zone).date()


def _row(
    envelope: UUID, ballot_id: UUID, member_id: UUID | None, day: date, fault: EnvelopeFault | None = None
) -> PostalVoteRow:
    return PostalVoteRow(
        id=envelope, ballot_id=ballot_id, member_id=member_id, set_aside=fault is not None, fault=fault, received_on=day
    )
