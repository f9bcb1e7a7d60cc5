"""Reservations, notes and special statements: what people have put beside a decision, in their own words."""

from collections.abc import Iterator

from democracy.domain.record.item import ItemRecord, MatterRecord, StatementRecord
from democracy.texts.minutes.names import mark, said_mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.told import Line
from workflows.proceedings import MatterKind, StatementKind


def statement_lines(item: ItemRecord) -> Iterator[Line]:
    """They come last in their item, in the order in which they were recorded."""
    for number, each in enumerate(sorted(item.statements, key=lambda each: each.recorded_at), start=1):
        yield Line(each.recorded_at, 10, f"anteckning-{number}", _said(item, each))


def _said(item: ItemRecord, each: StatementRecord) -> str:
    """Who had what noted. Their words stand behind a mark, so that they can be taken away with their name."""
    name = mark(each.member_id)
    matter = next((matter for matter in item.matters if matter.id == each.matter_id), None)
    head, words = _where(item, matter), said_mark(each.id)
    if each.kind is not StatementKind.RESERVATION:
        return f"{head}{say(f'statement.{each.kind.name}', name=name)}{words}"
    label = _label(matter, each)
    if label is None:
        return f"{head}{say('statement.RESERVATION', name=name)}{words}"
    return f"{head}{say('statement.reservation_for', name=name, label=label)}{words}"


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
