"""The agenda (dagordning): drafted by the board, approved by the meeting, and changed by its decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.ids import new_id
from democracy.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from democracy.services.motions.case import optional, required
from democracy.services.proceedings.judging import reason_text, take_item, take_meeting
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.document import DocumentRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.unit_of_work import Unit
from workflows.item import ITEM, ItemState
from workflows.proceedings import Formality, ItemKind

LONGEST_DAY = 24 * 60


@dataclass(frozen=True)
class Item:
    """What is known of an item when it is put on the agenda."""

    kind: ItemKind
    title: str
    formality: Formality | None = None
    purpose: str | None = None
    """What is to come of it: information, discussion, decision."""
    presenter: str | None = None
    minutes: int | None = None
    """Time budget."""
    motion_id: UUID | None = None
    document_id: UUID | None = None
    block_id: UUID | None = None
    """The block of motions that it belongs to."""

    def checked(self) -> "Item":
        """The same without blank edges; InvalidInputError for a time budget that is none."""
        if self.minutes is not None and not 1 <= self.minutes <= LONGEST_DAY:
            raise InvalidInputError(FieldError("minutes", "not_minutes", {"longest": LONGEST_DAY}))
        return replace(
            self,
            title=required("title", self.title, longest=300),
            purpose=_short("purpose", self.purpose),
            presenter=_short("presenter", self.presenter),
        )


class Agenda(Service):
    """Use cases of the agenda."""

    @use_case
    async def add(
        self,
        unit: Unit,
        meeting_id: UUID,
        item: Item,
        position: int | None = None,
        reason: str | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Put an item on the agenda, last or at a place. Once the meeting has opened it is the meeting that adds one.

        Where the agenda has been approved, `reason` says what the meeting decided. Returns the item's id.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        late = (await unit.meetings.row(meeting_id)).opened_at is not None
        rule = "add_late" if late else "add"
        if not ITEM.rules[rule].open_to(case.roles):
            raise ITEM.wrong_role(rule).under(case.statutes)
        item = item.checked()
        await _check_belongings(unit, meeting_id, item)
        row = await insert_item(unit, meeting_id, item)
        await added(unit, row, rule, actor, reason)
        if position is not None:
            await unit.items.place(row, position)
        return row.id

    @use_case
    async def edit(
        self, unit: Unit, item_id: UUID, item: Item, expected_version: int | None = None, *, actor: Actor
    ) -> UUID:
        """Change what an item is called, is for, who presents it, and its time budget."""
        case = await unit.items.open(item_id, actor=actor)
        if expected_version is not None and expected_version != case.version:
            raise ConflictError("version_changed", current=case.version)
        item = item.checked()
        await take_item(unit, case, "edit", actor, texts=[_text(item_id, item)])
        row = await unit.items.row(item_id)
        row.title, row.purpose, row.presenter, row.minutes_planned = (
            item.title, item.purpose, item.presenter, item.minutes,
        )  # fmt: skip
        return item_id

    @use_case
    async def strike(self, unit: Unit, item_id: UUID, reason: str | None = None, *, actor: Actor) -> UUID:
        """Take an item off the agenda. Once the meeting has opened that is its decision, with a reason."""
        case = await unit.items.open(item_id, actor=actor)
        rule = "strike" if case.facts.meeting_opened else "remove"
        facts = replace(case.facts, reason_given=bool((reason or "").strip()))
        await take_item(unit, case, rule, actor, facts=facts, texts=reason_text("item", item_id, reason))
        return item_id

    @use_case
    async def restore(self, unit: Unit, item_id: UUID, reason: str | None = None, *, actor: Actor) -> UUID:
        """Put back an item that was struck."""
        case = await unit.items.open(item_id, actor=actor)
        facts = replace(case.facts, reason_given=bool((reason or "").strip()))
        await take_item(unit, case, "restore", actor, facts=facts, texts=reason_text("item", item_id, reason))
        return item_id

    @use_case
    async def order(self, unit: Unit, meeting_id: UUID, items: Sequence[UUID], *, actor: Actor) -> UUID:
        """Put the items of a meeting that has not opened in order. Each is named once, those struck left out."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        await self._arrange(unit, case, "draft_agenda", items, actor)
        return meeting_id

    @use_case
    async def set(
        self,
        unit: Unit,
        meeting_id: UUID,
        items: Sequence[UUID] | None = None,
        reason: str | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Record that the meeting approves its agenda, in the order that it has or in another one.

        Set once more it is a change of what was approved, and `reason` says what the meeting decided.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        if items is None:
            items = [row.id for row in await unit.items.rows(meeting_id, AgendaItemRow.state != ItemState.STRUCK)]
        await self._arrange(unit, case, "set_agenda", items, actor, reason)
        (await unit.meetings.row(meeting_id)).agenda_set_at = unit.now
        return meeting_id

    async def _arrange(
        self,
        unit: Unit,
        case: MeetingCase,
        rule: str,
        items: Sequence[UUID],
        actor: Actor,
        reason: str | None = None,
    ) -> None:
        rows = await unit.items.rows(case.id)
        standing = {row.id: row for row in rows if row.state is not ItemState.STRUCK}
        whole = len(items) == len(standing) and set(items) == standing.keys()
        facts = replace(case.facts, order_whole=whole, reason_given=bool((reason or "").strip()))
        await take_meeting(
            unit, case, rule, actor, facts=facts, outcome={"items": [each.hex for each in items]},
            texts=reason_text("agenda", case.id, reason),
        )  # fmt: skip
        struck = [row for row in rows if row.state is ItemState.STRUCK]
        await unit.items.arrange([*(standing[each] for each in items), *struck])


async def insert_item(unit: Unit, meeting_id: UUID, item: Item) -> AgendaItemRow:
    """A planned item at the end of the agenda."""
    row = AgendaItemRow(
        id=new_id(),
        meeting_id=meeting_id,
        parent_id=item.block_id,
        kind=item.kind,
        formality=item.formality,
        state=ItemState.PLANNED,
        position=await unit.items.last_position(meeting_id) + 1,
        title=item.title,
        purpose=item.purpose,
        presenter=item.presenter,
        minutes_planned=item.minutes,
        motion_id=item.motion_id,
        document_id=item.document_id,
        version=0,
    )
    unit.session.add(row)
    await unit.session.flush()
    return row


async def added(
    unit: Unit, row: AgendaItemRow, rule: str, actor: Actor, reason: str | None, *, follows: bool = False
) -> None:
    """Record an item that has been put on the agenda; StepDenied where it may not be."""
    # What follows from somebody's act is the meeting's, whether or not that person reads the agenda yet.
    case = await unit.items.case(row.id, actor=Clock() if follows else actor)
    facts = replace(case.facts, reason_given=bool((reason or "").strip()))
    outcome = {"kind": row.kind.name, "motion": row.motion_id.hex if row.motion_id else None}
    texts = [Text("item", row.id, {"title": row.title}), *reason_text("item", row.id, reason)]
    await take_item(unit, case, rule, actor, facts=facts, outcome=outcome, texts=texts, follows=follows)


async def _check_belongings(unit: Unit, meeting_id: UUID, item: Item) -> None:
    """A motion or a text is one that came to this meeting, once; a block one that stands on its agenda."""
    if item.motion_id is not None:
        motion = await unit.session.get(MotionRow, item.motion_id)
        if motion is None or motion.meeting_id != meeting_id:
            raise InvalidInputError(FieldError("motionId", "other_meeting"))
        if await unit.items.of_motion(item.motion_id, meeting_id) is not None:
            raise InvalidInputError(FieldError("motionId", "on_the_agenda"))
    if item.document_id is not None:
        document = await unit.session.get(DocumentRow, item.document_id)
        if document is None or document.meeting_id != meeting_id:
            raise InvalidInputError(FieldError("documentId", "text_of_other_meeting"))
        if await unit.items.of_document(item.document_id, meeting_id) is not None:
            raise InvalidInputError(FieldError("documentId", "text_on_the_agenda"))
    if item.block_id is not None:
        try:
            block = await unit.items.row(item.block_id)
        except NotFoundError:
            raise InvalidInputError(FieldError("blockId", "no_block")) from None
        if block.meeting_id != meeting_id or block.kind is not ItemKind.MOTION_BLOCK:
            raise InvalidInputError(FieldError("blockId", "no_block"))


def _short(path: str, value: str | None) -> str | None:
    return optional(path, value, longest=300)


def _text(item_id: UUID, item: Item) -> Text:
    return Text("item", item_id, {"title": item.title, "purpose": item.purpose, "presenter": item.presenter})
