"""Reservations, notes and special statements: what people have put beside a decision, in their own words."""

from collections.abc import Iterator

from democracy.domain.record.item import ItemRecord, MatterRecord, StatementRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import quoted
from democracy.texts.minutes.told import Line
from workflows.proceedings import MatterKind, StatementKind

_BARE = {StatementKind.MINUTE_NOTE: "statement.note_bare", StatementKind.SPECIAL_STATEMENT: "statement.special_bare"}


def statement_lines(item: ItemRecord) -> Iterator[Line]:
    """They come last in their item, in the order in which they were recorded."""
    for number, each in enumerate(sorted(item.statements, key=lambda each: each.recorded_at), start=1):
        yield Line(each.recorded_at, 10, f"anteckning-{number}", _said(item, each))


def _said(item: ItemRecord, each: StatementRecord) -> str:
    name = mark(each.member_id)
    matter = next((matter for matter in item.matters if matter.id == each.matter_id), None)
    head = _where(item, matter)
    if each.kind is StatementKind.RESERVATION:
        label = _label(matter, each)
        said = (
            say("statement.reservation_for", name=name, label=label)
            if label
            else say("statement.RESERVATION", name=name)
        )
        return f"{head}{said}" + (f"\n\n{quoted(each.text)}" if each.text else "")
    if not each.text:
        return head + say(_BARE[each.kind], name=name)
    return f"{head}{say(f'statement.{each.kind.name}', name=name)}\n\n{quoted(each.text)}"


def _label(matter: MatterRecord | None, each: StatementRecord) -> str | None:
    proposals = matter.proposals if matter else ()
    return next((proposal.label for proposal in proposals if proposal.id == each.proposal_id), None)


def _where(item: ItemRecord, matter: MatterRecord | None) -> str:
    """Under an item with several points: which of them it is about."""
    if matter is None or len(item.matters) < 2:
        return ""
    if matter.kind is MatterKind.CLAUSE and matter.clause is not None:
        return say("statement.clause", number=matter.clause) + " "
    return say("statement.point", title=matter.title) + " "
