"""Items that were decided together in one block (klumpbeslut): each with its outcome."""

from collections.abc import Iterator

from democracy.domain.record.item import DecisionRecord, ItemRecord, MatterRecord
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline
from democracy.texts.minutes.swedish import genitive, listed
from democracy.texts.minutes.told import Line, Told
from workflows.proceedings import ItemKind, MatterKind


def decided_in_block(item: ItemRecord) -> bool:
    """Whether everything in it was decided in one block: then its points are told as a list."""
    return bool(item.matters) and item.number is not None and item.kind is ItemKind.MOTION_BLOCK


def block_lines(told: Told, item: ItemRecord) -> Iterator[Line]:
    """A block's own §: every item in it, with the outcome of each point."""
    if item.kind is not ItemKind.MOTION_BLOCK or item.opened_at is None:
        return
    members = [each for each in told.record.items if each.parent_id == item.id] or ([item] if item.matters else [])
    rows = [row for each in members if (row := _row(each)) is not None]
    if rows:
        at = max(decision.decided_at for each in members for decision in _block_decisions(each))
        start = say("item.block", board=genitive(told.record.head.board))
        yield Line(at, 8, "block", "\n".join([start, "", *rows]))


def _row(item: ItemRecord) -> str | None:
    said = [
        (matter, decision) for matter in item.matters for decision in matter.decisions
        if decision.in_block and decision.replaced_at is None
    ]  # fmt: skip
    if not said:
        return None
    return say("item.block_line", what=_what(item), outcome=_outcomes(said))


def _what(item: ItemRecord) -> str:
    if item.motion is not None and item.motion.number:
        return f"{item.motion.number} »{inline(item.motion.title)}«"
    return inline(item.title)


def _outcomes(said: list[tuple[MatterRecord, DecisionRecord]]) -> str:
    words = [say(f"block_outcome.{decision.outcome.name}") for _, decision in said]
    if len(set(words)) == 1:
        return words[0]
    return listed([f"{_point(matter)} {word}" for (matter, _), word in zip(said, words, strict=True)])


def _point(matter: MatterRecord) -> str:
    if matter.kind is MatterKind.CLAUSE and matter.clause is not None:
        return say("outcome.clause", number=matter.clause)
    return inline(matter.title)


def _block_decisions(item: ItemRecord) -> Iterator[DecisionRecord]:
    for matter in item.matters:
        yield from (each for each in matter.decisions if each.in_block)
