"""One point after another: its text, its proposals, the questions and votes on it, its decision."""

from collections.abc import Iterator
from dataclasses import replace

from democracy.domain.record.item import ItemRecord, MatterRecord
from democracy.texts.minutes.decisions import decision_lines
from democracy.texts.minutes.divisions import division_lines
from democracy.texts.minutes.orders import order_lines
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline
from democracy.texts.minutes.proposals import proposal_lines
from democracy.texts.minutes.questions import question_lines
from democracy.texts.minutes.told import Line, Told
from workflows.proceedings import MatterKind


def matter_lines(told: Told, item: ItemRecord, matter: MatterRecord) -> list[Line]:
    """Everything about one point, in the order in which it happened. Several points are told apart by their number."""
    many = len(item.matters) > 1
    lines = [
        *_heading(item, matter),
        *proposal_lines(told, matter),
        *order_lines(matter),
        *question_lines(told, matter),
        *division_lines(told, matter),
        *decision_lines(told, item, matter),
    ]
    lines.sort(key=lambda line: (line.at, line.rank))
    return [replace(line, key=f"{matter.position}-{line.key}") for line in lines] if many else lines


def _heading(item: ItemRecord, matter: MatterRecord) -> Iterator[Line]:
    clauses = sum(each.kind is MatterKind.CLAUSE for each in item.matters)
    if matter.kind is MatterKind.CLAUSE and matter.text:
        text = inline(matter.text)
        said = (
            say("matter.CLAUSE", number=matter.clause, text=text)
            if clauses > 1
            else say("matter.clause_only", text=text)
        )
        yield Line(matter.opened_at, 0, "punkt", said)
    elif len(item.matters) > 1 or matter.text:
        title, text = inline(matter.title), inline(matter.text or "")
        yield Line(matter.opened_at, 0, "punkt", say("matter.with_text", title=title, text=text) if text else title)
