"""Elections as they are written."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import Gender, MandateRole
from democracy.errors import NotFoundError
from democracy.storage.candidacy_case import CandidacyCase, candidacy_cases
from democracy.storage.election_case import ElectionCase, election_cases
from democracy.storage.election_visibility import work_visible_to
from democracy.storage.in_force import belongs_under, employed_above, mandate_in_force
from democracy.storage.tables.election import (
    CandidacyRow,
    ElectionCountRow,
    ElectionDemandRow,
    ElectionLotRow,
    ElectionRoundRow,
    ElectionRow,
    ElectionSeatRow,
    ElectionShareRow,
    ElectionVoteRow,
    NominationDraftRow,
    NominationRow,
    NominationWorkRow,
    PledgeRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.unit import UnitAncestorRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CandidacyState
from workflows.election import ElectionState
from workflows.pledge import PledgeState


async def opened(unit: Unit, election_id: UUID, *, actor: Actor) -> ElectionCase:
    """Lock an election, and its meeting with others, and judge it; NotFoundError when the actor sees none such."""
    meeting = select(ElectionRow.meeting_id).where(ElectionRow.id == election_id).scalar_subquery()
    shared = select(MeetingRow.id).where(MeetingRow.id == meeting).with_for_update(read=True, key_share=False)
    await unit.session.execute(shared)
    await unit.session.execute(select(ElectionRow.id).where(ElectionRow.id == election_id).with_for_update())
    return await case(unit, election_id, actor=actor)


async def shared(unit: Unit, election_id: UUID, *, actor: Actor) -> ElectionCase:
    """The same, locked together with other voters: closing waits for what is being answered now."""
    locked = select(ElectionRow.id).where(ElectionRow.id == election_id).with_for_update(read=True, key_share=False)
    await unit.session.execute(locked)
    return await case(unit, election_id, actor=actor)


async def case(unit: Unit, election_id: UUID, *, actor: Actor) -> ElectionCase:
    """The election as it stands in this transaction."""
    await unit.session.flush()
    cases = await election_cases(unit.session, [election_id], actor=actor, at=unit.now, zone=unit.zone)
    if election_id not in cases:
        raise NotFoundError("election", election_id)
    return cases[election_id]


async def row(unit: Unit, election_id: UUID) -> ElectionRow:
    """The row itself, to be changed."""
    await unit.session.flush()
    found = await unit.session.get(ElectionRow, election_id, populate_existing=True)
    if found is None:
        raise NotFoundError("election", election_id)
    return found


async def candidacy_case(unit: Unit, candidacy_id: UUID, *, actor: Actor) -> CandidacyCase:
    """A candidacy, with its election locked before it; NotFoundError when the actor sees none such."""
    election = select(CandidacyRow.election_id).where(CandidacyRow.id == candidacy_id).scalar_subquery()
    await unit.session.execute(select(ElectionRow.id).where(ElectionRow.id == election).with_for_update())
    await unit.session.flush()
    cases = await candidacy_cases(unit.session, [candidacy_id], actor=actor, at=unit.now, zone=unit.zone)
    if candidacy_id not in cases:
        raise NotFoundError("candidacy", candidacy_id)
    return cases[candidacy_id]


async def candidacy_row(unit: Unit, candidacy_id: UUID) -> CandidacyRow:
    """The row of a candidacy."""
    found = await unit.session.get(CandidacyRow, candidacy_id, populate_existing=True)
    if found is None:
        raise NotFoundError("candidacy", candidacy_id)
    return found


async def candidacies(unit: Unit, election_id: UUID, *states: CandidacyState) -> list[CandidacyRow]:
    """Those of an election, in one of the states where some are named; as they were asked."""
    wanted = [CandidacyRow.state.in_(states)] if states else []
    statement = select(CandidacyRow).where(CandidacyRow.election_id == election_id, *wanted)
    ordered = statement.order_by(CandidacyRow.asked_at, CandidacyRow.id)
    await unit.session.flush()
    return list(await unit.session.scalars(ordered))


async def candidacy_of(unit: Unit, election_id: UUID, member_id: UUID) -> CandidacyRow | None:
    """Somebody's candidacy in an election."""
    mine = CandidacyRow.election_id == election_id, CandidacyRow.member_id == member_id
    return (await unit.session.scalars(select(CandidacyRow).where(*mine))).one_or_none()


async def nominated_by(unit: Unit, candidacy_id: UUID, member_id: UUID | None, unit_id: UUID | None) -> bool:
    """Whether the same member, or the same unit, has nominated already."""
    by = NominationRow.unit_id == unit_id if unit_id is not None else NominationRow.member_id == member_id
    found = select(NominationRow.id).where(NominationRow.candidacy_id == candidacy_id, by)
    return (await unit.session.execute(found)).first() is not None


async def work(unit: Unit, election_id: UUID, *, actor: Actor) -> NominationWorkRow:
    """The committee's work on an election, locked; NotFoundError for whoever is not in the committee."""
    seen = work_visible_to(actor, unit.now, unit.zone)
    statement = (
        select(NominationWorkRow)
        .join(ElectionRow, ElectionRow.id == NominationWorkRow.election_id)
        .where(ElectionRow.id == election_id, seen)
        .with_for_update(of=NominationWorkRow)
    )
    found = (await unit.session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFoundError("election", election_id)
    return found


async def drafted(unit: Unit, work_id: UUID) -> list[NominationDraftRow]:
    """The committee's draft in its order."""
    row_ = NominationDraftRow
    return list(await unit.session.scalars(select(row_).where(row_.work_id == work_id).order_by(row_.position)))


async def redraft(unit: Unit, work_id: UUID, lines: Sequence[NominationDraftRow]) -> None:
    """Let these lines be the draft."""
    await unit.session.execute(delete(NominationDraftRow).where(NominationDraftRow.work_id == work_id))
    unit.session.add_all(lines)
    await unit.session.flush()


async def pledge_for(unit: Unit, unit_id: UUID) -> PledgeRow | None:
    """The pledge in force for a unit: its own, or the nearest above it."""
    statement = (
        select(PledgeRow)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == PledgeRow.unit_id)
        .where(UnitAncestorRow.unit_id == unit_id, PledgeRow.state == PledgeState.IN_FORCE)
        .order_by(UnitAncestorRow.distance)
        .limit(1)
    )
    return (await unit.session.scalars(statement)).one_or_none()


async def knows_unit(unit: Unit, unit_id: UUID, actor: Actor) -> bool:
    """Whether somebody belongs to a unit, or works for it, so that what it adopts is theirs to know."""
    if isinstance(actor, Clock | Operator):
        return True
    if isinstance(actor, Staff):
        seen = employed_above(actor.id, unit_id, unit.today)
    elif isinstance(actor, Member):
        seen = belongs_under(actor.id, unit_id, unit.today)
    else:
        return False
    return bool((await unit.session.execute(select(seen))).scalar_one())


async def own_pledge(unit: Unit, unit_id: UUID) -> tuple[PledgeRow | None, int]:
    """The unit's own pledge in force, and the number of the next version."""
    own = PledgeRow.unit_id == unit_id
    current = (
        await unit.session.scalars(select(PledgeRow).where(own, PledgeRow.state == PledgeState.IN_FORCE))
    ).first()
    highest = (await unit.session.execute(select(func.max(PledgeRow.number)).where(own))).scalar_one()
    return current, (highest or 0) + 1


async def genders(unit: Unit, candidacy_ids: Sequence[UUID]) -> dict[UUID, Gender | None]:
    """What each candidate has said of their gender."""
    statement = select(CandidacyRow.id, MemberRow.gender).join(MemberRow, MemberRow.id == CandidacyRow.member_id)
    found = await unit.session.execute(statement.where(CandidacyRow.id.in_(candidacy_ids)))
    return {row_.id: row_.gender for row_ in found}


async def rounds(unit: Unit, election_id: UUID) -> list[ElectionRoundRow]:
    """The ballots of an election, the first first."""
    row_ = ElectionRoundRow
    statement = select(row_).where(row_.election_id == election_id).order_by(row_.number)
    return list(await unit.session.scalars(statement.execution_options(populate_existing=True)))


async def votes(unit: Unit, election_id: UUID) -> list[tuple[str, int]]:
    """What has been answered on devices: names and number, without anybody's name. Removed with `forget_votes`."""
    found = select(ElectionVoteRow.names, ElectionVoteRow.votes).where(ElectionVoteRow.election_id == election_id)
    return [(names, number) for names, number in await unit.session.execute(found)]


async def forget_votes(unit: Unit, election_id: UUID) -> None:
    """Remove the answers from devices."""
    await unit.session.execute(delete(ElectionVoteRow).where(ElectionVoteRow.election_id == election_id))


async def counts(unit: Unit, election_id: UUID, number: int) -> list[ElectionCountRow]:
    """The papers of a ballot as they were typed in."""
    row_ = ElectionCountRow
    found = await unit.session.scalars(select(row_).where(row_.election_id == election_id, row_.round == number))
    return list(found)


async def begin_anew(unit: Unit, election_id: UUID) -> None:
    """What belonged to the meeting that leaves the election: who asked for a secret ballot, and shares of a lot."""
    await unit.session.execute(delete(ElectionDemandRow).where(ElectionDemandRow.election_id == election_id))
    await unit.session.execute(delete(ElectionShareRow).where(ElectionShareRow.election_id == election_id))


async def unheld(unit: Unit, meeting_id: UUID) -> list[ElectionRow]:
    """Elections of a meeting that have neither been begun with nor cancelled, locked."""
    wanted = (
        ElectionRow.meeting_id == meeting_id,
        ElectionRow.state.in_((ElectionState.NOMINATING, ElectionState.PROPOSED)),
    )
    statement = select(ElectionRow).where(*wanted).order_by(ElectionRow.id)
    return list(await unit.session.scalars(statement.with_for_update()))


async def shares(unit: Unit, election_id: UUID) -> list[ElectionShareRow]:
    """The shares of the lot, by commitment."""
    row_ = ElectionShareRow
    statement = select(row_).where(row_.election_id == election_id).order_by(row_.commitment)
    return list(await unit.session.scalars(statement))


async def lots(unit: Unit, election_id: UUID) -> list[ElectionLotRow]:
    """The lots that were drawn by hand."""
    return list(await unit.session.scalars(select(ElectionLotRow).where(ElectionLotRow.election_id == election_id)))


async def waiting_for_seats(unit: Unit, meeting_id: UUID) -> list[ElectionRow]:
    """Elections of a meeting that have been declared and whose mandates have not begun."""
    wanted = (
        ElectionRow.meeting_id == meeting_id,
        ElectionRow.state == ElectionState.ELECTED,
        ElectionRow.seated_at.is_(None),
    )  # fmt: skip
    return list(await unit.session.scalars(select(ElectionRow).where(*wanted).order_by(ElectionRow.id)))


async def next_substitutes(unit: Unit, row_: ElectionRow) -> list[tuple[CandidacyRow, MandateRow]]:
    """Substitutes of the body who can step in today, in their order: not those who already fill a place there."""
    other = aliased(MandateRow)
    holds = exists(
        select(1).where(
            other.member_id == MandateRow.member_id,
            other.body_id == row_.body_id,
            other.role != MandateRole.SUBSTITUTE,
            mandate_in_force(other, unit.today),
        )
    )
    statement = (
        select(CandidacyRow, MandateRow)
        .join(ElectionSeatRow, ElectionSeatRow.candidacy_id == CandidacyRow.id)
        .join(MandateRow, MandateRow.id == ElectionSeatRow.mandate_id)
        .where(
            MandateRow.body_id == row_.body_id,
            MandateRow.role == MandateRole.SUBSTITUTE,
            mandate_in_force(MandateRow, unit.today),
            ~holds,
        )
        .order_by(MandateRow.position, MandateRow.id)
    )
    return [(each, mandate) for each, mandate in await unit.session.execute(statement)]


async def mandate_held(unit: Unit, member_id: UUID, body_id: UUID, role: MandateRole, first: date) -> MandateRow | None:
    """The mandate of that sort that somebody already has from that day."""
    row_ = MandateRow
    same = (row_.member_id == member_id, row_.body_id == body_id, row_.role == role, row_.starts_on == first)
    return (await unit.session.scalars(select(row_).where(*same))).one_or_none()


async def seated(unit: Unit, election_id: UUID, day: date | None = None) -> list[tuple[CandidacyRow, MandateRow]]:
    """The mandates that followed, by place; those in force on a day where one is given."""
    wanted: list[Any] = [] if day is None else [mandate_in_force(MandateRow, day)]
    statement = (
        select(CandidacyRow, MandateRow)
        .join(ElectionSeatRow, ElectionSeatRow.candidacy_id == CandidacyRow.id)
        .join(MandateRow, MandateRow.id == ElectionSeatRow.mandate_id)
        .where(ElectionSeatRow.election_id == election_id, *wanted)
        .order_by(CandidacyRow.position, MandateRow.starts_on)
    )
    return [(each, mandate) for each, mandate in await unit.session.execute(statement)]
