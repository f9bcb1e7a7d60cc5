"""The floor of a meeting as the rules see it, together with somebody who may want it: when writing and when reading."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, Uuid, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Gender
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.rights import is_barred, item_rights
from democracy.storage.roles import Columns, found, item_roles, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.floor import FloorRulesRow, SpeechRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from democracy.storage.waivers import waived_column, waived_of
from workflows.engine import Role
from workflows.floor import FLOOR, FloorFacts
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.proceedings import SpeechKind
from workflows.speakers import FloorOrder
from workflows.speech import SPEECH, SpeechFacts, SpeechState

_TARGET = cast("UUID", bindparam("target_id", type_=Uuid()))
_NOBODY = UUID(int=0)
_SPEECH, _PART = aliased(SpeechRow), aliased(AgendaItemRow)


@dataclass(frozen=True)
class Speaker:
    """Whoever has the floor, or was the last to have it."""

    speech_id: UUID
    member_id: UUID


@dataclass(frozen=True)
class Limits:
    """How long one speaks, in seconds; None for as long as it takes."""

    speech: int | None
    reply: int | None

    def of(self, kind: SpeechKind) -> int | None:
        """The limit of one kind."""
        return self.speech if kind is SpeechKind.SPEECH else self.reply


@dataclass(frozen=True)
class FloorCase:
    """The floor now. `asking` is whoever might ask for it: the actor, or somebody for whom it is recorded."""

    meeting_id: UUID
    item_id: UUID | None
    """The item that is open."""
    statutes: str
    roles: frozenset[Role]
    facts: FloorFacts
    decided: FloorOrder
    preferred: Gender | None
    """The gender that the meeting has ever named as going first."""
    limits: Limits
    own_limits: Limits
    """The meeting's own, whatever the item says."""
    speaking: Speaker | None
    spoke_last: Speaker | None
    waived: frozenset[str]
    asking: SpeechFacts
    asking_id: UUID | None
    on_list: frozenset[SpeechKind]

    def asks(self, kind: SpeechKind, requested_at: datetime | None = None) -> SpeechFacts:
        """The facts of a request of one kind by whoever asks."""
        own = self.asking
        heard = self.speaking or self.spoke_last
        return SpeechFacts(
            meeting_sits=own.meeting_sits,
            item_open=own.item_open,
            kind=kind,
            present=own.present,
            may_speak=own.may_speak,
            barred=own.barred,
            debate_closed=own.debate_closed,
            requested_at=requested_at,
            list_closes_at=own.list_closes_at,
            on_list=kind in self.on_list,
            to_reply_to=heard is not None and heard.member_id != self.asking_id,
            somebody_speaks=own.somebody_speaks,
            waiting=own.waiting,
        )

    def judging(self, kind: SpeechKind, waiting: Sequence[UUID], speech_id: UUID | None) -> SpeechFacts:
        """The facts of a place on the list, where these wait in this order."""
        return replace(self.asks(kind), waiting=len(waiting), their_turn=list(waiting[:1]) == [speech_id])


async def floor_cases(
    connection: Connected,
    ids: Sequence[UUID],
    *,
    actor: Actor,
    at: datetime,
    zone: ZoneInfo,
    asking: UUID | None = None,
) -> dict[UUID, FloorCase]:
    """The floor of every meeting of `ids` that the actor may see. One statement."""
    target = asking or (actor.id if isinstance(actor, Member) else None)
    statement, roles = _statement(stand_in(actor), zone)
    values = {**filled_in(actor, at, zone, ids), "target_id": target or _NOBODY}
    rows = (await connection.execute(statement, values)).all()
    return {row.meeting_id: _case(row, found(row, roles, actor), target) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = item_roles(actor, DAY)
    statement = (
        select(
            MeetingRow.id.label("meeting_id"),
            MeetingRow.statutes_digest,
            (MeetingRow.state == MeetingState.OPENED).label("meeting_sits"),
            AgendaItemRow.id.label("item_id"),
            AgendaItemRow.speakers_close_at,
            AgendaItemRow.speech_seconds.label("item_seconds"),
            FloorRulesRow.first_timers_first,
            FloorRulesRow.under_represented_first,
            FloorRulesRow.preferred_gender,
            FloorRulesRow.speech_seconds,
            FloorRulesRow.reply_seconds,
            item_rights(_TARGET)[Role.ATTENDEE].label("present"),
            item_rights(_TARGET)[Role.SPEAKER].label("may_speak"),
            is_barred(_TARGET, AgendaItemRow.id).label("barred"),
            _debate_closed().label("debate_closed"),
            _count(_SPEECH.state == SpeechState.WAITING).label("waiting"),
            waived_column(SPEECH.name, MeetingRow.id, AgendaItemRow.id).label("waived"),
            waived_column(FLOOR.name, MeetingRow.id, AgendaItemRow.id).label("waived_floor"),
            *(_count(_waits_for(kind)).label(f"waits_{kind.value}") for kind in SpeechKind),
            *_heard("speaking", _SPEECH.meeting_id == MeetingRow.id, _SPEECH.state == SpeechState.SPEAKING),
            *_heard(
                "last",
                _SPEECH.item_id == AgendaItemRow.id,
                _SPEECH.state == SpeechState.ENDED,
                _SPEECH.kind != SpeechKind.POINT_OF_ORDER,
            ),
            *labelled(roles),
        )
        .select_from(MeetingRow)
        .outerjoin(AgendaItemRow, and_(AgendaItemRow.meeting_id == MeetingRow.id, AgendaItemRow.id == _open_item()))
        .outerjoin(FloorRulesRow, FloorRulesRow.meeting_id == MeetingRow.id)
        .where(any_of(MeetingRow.id, IDS), meeting_visible_to(actor, AT, zone))
    )
    return cast("Select[Any]", statement), roles


def _open_item() -> Any:
    """The item that is open; of a block and what was lifted out of it, the latter."""
    opened = select(_PART.id).where(_PART.meeting_id == MeetingRow.id, _PART.state == ItemState.OPEN)
    return opened.order_by(_PART.parent_id.is_(None), _PART.position).limit(1).correlate(MeetingRow).scalar_subquery()


def _debate_closed() -> ColumnElement[bool]:
    """It has matters, and on none of them the debate goes on."""
    inside = or_(_PART.id == AgendaItemRow.id, _PART.parent_id == AgendaItemRow.id)
    matters = select(1).select_from(MatterRow).join(_PART, _PART.id == MatterRow.item_id).where(inside)
    matters = matters.correlate(AgendaItemRow)
    return and_(exists(matters), ~exists(matters.where(MatterRow.state == MatterState.OPEN)))


def _waits_for(kind: SpeechKind) -> ColumnElement[bool]:
    return and_(_SPEECH.state == SpeechState.WAITING, _SPEECH.kind == kind, _SPEECH.member_id == _TARGET)


def _count(*which: Any) -> Any:
    counted = select(func.count()).select_from(_SPEECH).where(_SPEECH.item_id == AgendaItemRow.id, *which)
    return counted.correlate(AgendaItemRow).scalar_subquery()


def _heard(name: str, *which: Any) -> list[Any]:
    """The latest speech of which that is true: its id and its speaker."""
    return [
        select(column)
        .where(*which)
        .order_by(_SPEECH.ended_at.desc(), _SPEECH.number.desc())
        .limit(1)
        .correlate(AgendaItemRow, MeetingRow)
        .scalar_subquery()
        .label(f"{name}_{column.key}")
        for column in (_SPEECH.id, _SPEECH.member_id)
    ]


def _case(row: Row[Any], roles: frozenset[Role], target: UUID | None) -> FloorCase:
    sits, is_open = bool(row.meeting_sits), row.item_id is not None
    speaking = _speaker(row.speaking_id, row.speaking_member_id)
    limits = Limits(row.speech_seconds, row.reply_seconds)
    return FloorCase(
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        statutes=row.statutes_digest,
        roles=roles,
        facts=FloorFacts(meeting_sits=sits, item_open=is_open, closes_at=row.speakers_close_at),
        decided=FloorOrder(bool(row.first_timers_first), bool(row.under_represented_first)),
        preferred=row.preferred_gender,
        limits=Limits(row.item_seconds or limits.speech, limits.reply),
        own_limits=limits,
        speaking=speaking,
        spoke_last=_speaker(row.last_id, row.last_member_id),
        waived=waived_of(row.waived) | waived_of(row.waived_floor),
        asking=SpeechFacts(
            meeting_sits=sits,
            item_open=is_open,
            present=bool(row.present),
            may_speak=bool(row.may_speak),
            barred=bool(row.barred),
            debate_closed=bool(row.debate_closed),
            list_closes_at=row.speakers_close_at,
            somebody_speaks=speaking is not None,
            waiting=row.waiting,
        ),
        asking_id=target,
        on_list=frozenset(kind for kind in SpeechKind if getattr(row, f"waits_{kind.value}")),
    )


def _speaker(speech_id: UUID | None, member_id: UUID | None) -> Speaker | None:
    return None if speech_id is None or member_id is None else Speaker(speech_id, member_id)
