"""Who stands: nominated and asked, presented, with the pledge signed, or stepped back."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Clock, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.services.elections.case import member_of, take_candidacy
from democracy.services.elections.notices import ask_nominee
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.branches import leads, lies_below, unit_kind
from democracy.storage.election_case import ElectionCase
from democracy.storage.ledger import Text
from democracy.storage.tables.election import CandidacyRow, NominationRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CANDIDACY, CandidacyState
from workflows.election import ElectionState
from workflows.engine import Role
from workflows.statutes.kinds import Sender

_LEVELS = {UnitKind.PARTY: Sender.NATIONAL, UnitKind.DISTRICT: Sender.DISTRICT}
_RECORDS = frozenset({Role.SECRETARY, Role.MEETING_SECRETARY})


@dataclass(frozen=True)
class Nomination:
    """Whom somebody nominates, for which unit if any, and when it came in."""

    person: Person
    unit_id: UUID | None = None
    decision: str = ""
    received_at: datetime | None = None


class Nominating(Service):
    """Use cases of those who nominate, and of the nominees."""

    @use_case
    async def nominate(self, unit: Unit, election_id: UUID, nomination: Nomination, *, actor: Actor) -> UUID:
        """Nominate somebody, as a member or for a unit. The nominee is asked at once."""
        election = await elections.opened(unit, election_id, actor=actor)
        hold = (CANDIDACY, "nominate")
        member = await person_of(unit, nomination.person, hold=hold, roles=election.roles, statutes=election.statutes)
        new = await elections.candidacy_of(unit, election_id, member) is None
        row = await self._standing(unit, election, member, from_floor=False)
        by = None if nomination.unit_id is not None else member_of(actor)
        before = await elections.nominated_by(unit, row.id, by, nomination.unit_id)
        named = await self._named(unit, election, nomination.unit_id, actor)
        await self._written(unit, row.id, nomination, by, actor)
        case = replace(await elections.candidacy_case(unit, row.id, actor=actor), roles=election.roles)
        facts = replace(
            case.facts,
            received_at=nomination.received_at if case.roles & _RECORDS else None,
            nominator_named=named,
            decision_given=nomination.unit_id is None or bool(nomination.decision.strip()),
            nominated_before=before,
        )
        outcome = {"election": election_id.hex, "unit": nomination.unit_id.hex if nomination.unit_id else None}
        await take_candidacy(unit, case, "nominate", actor=actor, facts=facts, outcome=outcome)
        if new:
            await ask_nominee(unit, await elections.row(unit, election_id), member)
        return row.id

    @use_case
    async def add(self, unit: Unit, election_id: UUID, person: Person, *, actor: Actor) -> UUID:
        """Add a name at the meeting, where the statutes let it."""
        election = await elections.opened(unit, election_id, actor=actor)
        hold = (CANDIDACY, "add")
        member = await person_of(unit, person, hold=hold, roles=election.roles, statutes=election.statutes)
        before = await elections.candidacy_of(unit, election_id, member) is not None
        row = await self._standing(unit, election, member, from_floor=True)
        if not before:
            await self._written(unit, row.id, Nomination(person), member_of(actor), actor)
        # Somebody with a protected identity may have been asked unseen by whoever adds a name.
        case = replace(await elections.candidacy_case(unit, row.id, actor=Clock()), roles=election.roles)
        facts = replace(
            case.facts,
            nominated_before=before,
            voting_begun=election.state not in {ElectionState.NOMINATING, ElectionState.PROPOSED},
        )
        await take_candidacy(unit, case, "add", actor=actor, facts=facts, outcome={"election": election_id.hex})
        return row.id

    @use_case
    async def present(self, unit: Unit, candidacy_id: UUID, text: str, *, actor: Actor) -> UUID:
        """Write the candidate's presentation, or write it anew."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        facts = replace(case.facts, text_given=bool(text.strip()))
        kept = Text("candidacy", candidacy_id, {"presentation": text.strip()}, about=case.member_id)
        row = await take_candidacy(unit, case, "present", actor=actor, facts=facts, texts=[kept])
        row.presentation = text.strip()
        return candidacy_id

    @use_case
    async def accept(
        self, unit: Unit, candidacy_id: UUID, pledge_id: UUID | None = None, *, show_name: bool = False, actor: Actor
    ) -> UUID:
        """Accept, with the candidate pledge signed in the version that is in force, where there is one.

        Whoever has a protected identity stands only with their consent to be named to those who elect.
        """
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        meeting = await unit.meetings.row(case.meeting_id)
        pledge = await elections.pledge_for(unit, meeting.unit_id)
        facts = replace(case.facts, pledge_signed=pledge is None or pledge.id == pledge_id)
        facts = replace(facts, name_may_show=facts.name_may_show or show_name)
        outcome = {"pledge": pledge.id.hex if pledge else None, "named": show_name}
        row = await take_candidacy(unit, case, "accept", actor=actor, facts=facts, outcome=outcome)
        row.answered_at, row.pledge_id = unit.now, pledge.id if pledge else None
        row.named_at = unit.now if show_name else None
        return candidacy_id

    @use_case
    async def decline(self, unit: Unit, candidacy_id: UUID, *, actor: Actor) -> UUID:
        """Decline."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        row = await take_candidacy(unit, case, "decline", actor=actor)
        row.answered_at = unit.now
        return candidacy_id

    @use_case
    async def withdraw(self, unit: Unit, candidacy_id: UUID, *, actor: Actor) -> UUID:
        """Step back, before the vote or between two ballots. Whoever has been elected resigns instead."""
        case = await elections.candidacy_case(unit, candidacy_id, actor=actor)
        election = await elections.row(unit, case.election_id)
        elected = f'"{candidacy_id.hex}"' in (election.protocol or "").partition('"elected":[')[2].partition("]")[0]
        facts = replace(case.facts, voting_begun=case.facts.voting_begun or elected)
        await take_candidacy(unit, case, "withdraw", actor=actor, facts=facts)
        return candidacy_id

    async def _standing(self, unit: Unit, case: ElectionCase, member_id: UUID, *, from_floor: bool) -> CandidacyRow:
        """The nominee's candidacy: the one there is, or a new one."""
        row = await elections.candidacy_of(unit, case.id, member_id)
        if row is None:
            row = CandidacyRow(
                id=new_id(),
                election_id=case.id,
                member_id=member_id,
                state=CandidacyState.ASKED,
                from_floor=from_floor,
                asked_at=unit.now,
            )
            unit.session.add(row)
            await unit.session.flush()
        return row

    async def _written(
        self, unit: Unit, candidacy_id: UUID, nomination: Nomination, by: UUID | None, actor: Actor
    ) -> None:
        if await elections.nominated_by(unit, candidacy_id, by, nomination.unit_id):
            return
        unit.session.add(
            NominationRow(
                id=new_id(),
                candidacy_id=candidacy_id,
                member_id=by,
                unit_id=nomination.unit_id,
                decision=nomination.decision.strip() or None,
                received_at=nomination.received_at or unit.now,
                recorded_by=actor.id if isinstance(actor, Member) else None,
            )
        )
        await unit.session.flush()

    async def _named(self, unit: Unit, case: ElectionCase, unit_id: UUID | None, actor: Actor) -> bool:
        """Whether the statutes let such a one nominate; for a unit, only its own officers or the office speak."""
        if unit_id is None:
            return Sender.MEMBER in case.order.nominators
        level = _LEVELS.get(await unit_kind(unit.session, unit_id), Sender.LOCAL)
        within = unit_id == case.unit_id or await lies_below(unit.session, unit_id, case.unit_id)
        speaks = bool(case.roles & _RECORDS) or await leads(unit.session, actor, unit_id, unit.today)
        return level in case.order.nominators and within and speaks
