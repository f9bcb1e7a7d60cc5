"""What is wrong with a unit's place in the tree, in Swedish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from democracy.domain.kinds import UnitKind
from democracy.domain.unit_tree import above, in_circle, may_become, may_stand_under
from democracy.formats.register_files import UNIT_KINDS

_WORDS = {kind: word for word, kind in UNIT_KINDS.items()}


@dataclass(frozen=True)
class Stands:
    """A unit's kind and the code of the unit right above it."""

    kind: UnitKind
    parent: str | None


Tree = Mapping[str, Stands]


def unit_faults(code: str, before: Tree, after: Tree) -> Iterator[tuple[str, str]]:
    """Every fault of one unit in the tree as it would be: the column, and why with what to do."""
    here = after[code]
    if code in before and not may_become(before[code].kind, here.kind):
        was, becomes = _WORDS[before[code].kind], _WORDS[here.kind]
        yield "kind", f"»{code}« är {was} och kan inte bli {becomes}. Lägg upp en ny enhet med en egen kod."
    yield from _parent_faults(code, after)
    for child, stands in after.items():
        if stands == before.get(child) and stands.parent == code and not may_stand_under(stands.kind, here.kind):
            yield "kind", f"»{child}« ({_WORDS[stands.kind]}) står under den och kan inte göra det. Flytta den först."


def _parent_faults(code: str, after: Tree) -> Iterator[tuple[str, str]]:
    here = after[code]
    if here.parent is not None and here.parent not in after:
        yield "parent", f"»{here.parent}« finns varken i filen eller i registret. Rätta koden."
        return
    parents = {each: stands.parent for each, stands in after.items()}
    if in_circle(code, parents):
        ring = " → ".join([*above(code, parents), code])
        yield "parent", f"Enheterna står över varandra i en ring: {ring}. Rätta en av dem."
        return
    above_kind = after[here.parent].kind if here.parent else None
    if not may_stand_under(here.kind, above_kind):
        where = f"under {_WORDS[above_kind]}" if above_kind else "överst. Ange dess överordnade"
        yield "parent", f"En enhet av typen {_WORDS[here.kind]} kan inte stå {where}."
