"""Elections of persons for the minutes: numbers, figures, lots, outcome. No vote of anybody's is stored."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.election import ElectionBallot, ElectionRecord, ListRecord, ReferralRecord
from democracy.storage.statutes import Connected
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.tables.election import CandidacyRow, ElectionReferralRow, ElectionRoundRow, ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from workflows.candidacy import CandidacyState
from workflows.election import ElectionState, VoteMethod

_TOLD = (
    ElectionState.PROPOSED,
    ElectionState.OPEN,
    ElectionState.COUNTING,
    ElectionState.SECOND,
    ElectionState.ELECTED,
)
_CHOSEN = (CandidacyState.ELECTED, CandidacyState.GAVE_UP)


async def read_elections(connection: Connected, meeting_id: UUID) -> tuple[ElectionRecord, ...]:
    """Those that the meeting has begun with. Figures are told once the chair has gone on from them."""
    row = ElectionRow
    wanted = (row.meeting_id == meeting_id, row.state.in_(_TOLD))
    statement = select(
        row.id, row.title, row.seats, row.substitutes, row.numbers_decided_at, row.exception, row.declared_at,
        row.protocol, row.round, row.state,
    ).where(*wanted).order_by(row.numbers_decided_at, row.id)  # fmt: skip
    found = (await connection.execute(statement)).all()
    ids = [each.id for each in found]
    members, rounds = await _candidacies(connection, ids), await _rounds(connection, ids)
    return tuple(_record(each, members[each.id], rounds[each.id]) for each in found)


async def read_referrals(connection: Connected, meeting_id: UUID) -> tuple[ReferralRecord, ...]:
    """Elections that the meeting left to a coming one."""
    row = ElectionReferralRow
    statement = (
        select(ElectionRow.title, MeetingRow.name, row.reason, row.at)
        .join(ElectionRow, ElectionRow.id == row.election_id)
        .join(MeetingRow, MeetingRow.id == row.to_meeting_id)
        .where(row.from_meeting_id == meeting_id)
        .order_by(row.at, row.id)
    )
    return tuple(ReferralRecord(*each) for each in await connection.execute(statement))


async def read_lists(connection: Connected, meeting_id: UUID) -> tuple[ListRecord, ...]:
    """Lists for public elections that the meeting has decided."""
    row, place, on = CandidateListRow, ListPlaceRow, defaultdict[UUID, list[UUID]](list)
    statement = select(row.id, row.title, row.assembly, row.exception, row.decided_at)
    decided = (row.meeting_id == meeting_id, row.decided_at.is_not(None))
    found = (await connection.execute(statement.where(*decided).order_by(row.decided_at, row.id))).all()
    standing = select(place.list_id, place.member_id).where(
        place.list_id.in_([each.id for each in found]), place.declined_at.is_(None)
    )
    for each in await connection.execute(standing.order_by(place.list_id, place.position)):
        on[each.list_id].append(each.member_id)
    return tuple(
        ListRecord(each.title, each.assembly, each.exception, each.decided_at, tuple(on[each.id])) for each in found
    )


async def _candidacies(connection: Connected, ids: Sequence[UUID]) -> Mapping[UUID, list[Any]]:
    row, grouped = CandidacyRow, defaultdict[UUID, list[Any]](list)
    statement = select(row.id, row.election_id, row.member_id, row.state, row.position)
    for each in await connection.execute(statement.where(row.election_id.in_(ids)).order_by(row.position, row.id)):
        grouped[each.election_id].append(each)
    return grouped


async def _rounds(connection: Connected, ids: Sequence[UUID]) -> Mapping[UUID, list[Any]]:
    row, grouped = ElectionRoundRow, defaultdict[UUID, list[Any]](list)
    statement = select(row.election_id, row.number, row.method, row.secret, row.candidates, row.closed_at, row.content)
    for each in await connection.execute(statement.where(row.election_id.in_(ids)).order_by(row.number)):
        grouped[each.election_id].append(each)
    return grouped


def _record(row: Any, candidacies: list[Any], rounds: list[Any]) -> ElectionRecord:
    of = {each.id.hex: each.member_id for each in candidacies}
    protocol = json.loads(row.protocol or "{}")
    told = row.round - 1 if row.state in {ElectionState.OPEN, ElectionState.COUNTING} else row.round
    declared = row.state is ElectionState.ELECTED
    lots = [tuple(of[name] for name in lot["order"]) for lot in protocol.get("lots", ())]
    return ElectionRecord(
        title=row.title,
        seats=row.seats,
        substitutes=row.substitutes,
        numbers_decided_at=row.numbers_decided_at,
        exception=row.exception,
        declared_at=row.declared_at,
        acclaimed=protocol.get("method") == "acclamation",
        ballots=tuple(_ballot(each, of) for each in rounds if each.number <= told and each.content is not None),
        lots=tuple(lots) if declared else (),
        elected=tuple(each.member_id for each in candidacies if declared and each.position and each.state in _CHOSEN),
        deputies=tuple(each.member_id for each in candidacies if each.state is CandidacyState.SUBSTITUTE),
    )


def _ballot(row: Any, of: Mapping[str, UUID]) -> ElectionBallot:
    data, votes = json.loads(row.content), Counter[str]()
    for each in data["ballots"]:
        votes.update(dict.fromkeys(each["names"], each["number"]))
    order = sorted(json.loads(row.candidates), key=lambda name: (-votes[name], name))
    return ElectionBallot(
        number=row.number,
        closed_at=row.closed_at,
        papers=row.method is VoteMethod.PAPERS,
        secret=row.secret,
        votes=tuple((of[name], votes[name]) for name in order),
        blank=data["blank"],
        invalid=data["invalid"],
    )
