"""An order of questions (propositionsordning): what it holds, what it suggests, and the questions that it lays out."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from workflows.proceedings import ProposalKind, QuestionKind
from workflows.statutes.parameters.meetings import Place, QuestionPlaces

_TODAY = (ProposalKind.REFER_BACK, ProposalKind.DEFER)


class Form(StrEnum):
    """How rivals meet."""

    NESTED = "nested"
    """Counter-proposals are named from the outside in, and voted from the inside out."""
    SEQUENCE = "sequence"
    """The counter-proposals meet in an order that is settled beforehand; the last winner meets the main proposal."""


@dataclass(frozen=True)
class QuestionOrder:
    """Today's question first, then the rivals with the main proposal, then the additions."""

    rivals: tuple[UUID, ...]
    main: UUID | None = None
    """The main proposal (huvudförslag); None for the one that the chair will name."""
    today: tuple[UUID, ...] = ()
    additions: tuple[UUID, ...] = ()
    form: Form = Form.NESTED

    def holds(self, kinds: Mapping[UUID, ProposalKind]) -> bool:
        """Whether it has each of these proposals once, where its kind belongs, and the main one among the rivals."""
        groups = suggested(kinds)
        mine = (self.today, self.rivals, self.additions)
        theirs = (groups.today, groups.rivals, groups.additions)
        sorted_alike = all(sorted(own) == sorted(other) for own, other in zip(mine, theirs, strict=True))
        return sorted_alike and (self.main is None or self.main in self.rivals)

    def json(self) -> str:
        """As it is stored."""
        plain = {name: [each.hex for each in getattr(self, name)] for name in ("today", "rivals", "additions")}
        main = self.main.hex if self.main else None
        return json.dumps({**plain, "main": main, "form": self.form.value}, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, content: str) -> "QuestionOrder":
        """From what was stored."""
        plain = json.loads(content)
        groups = {name: tuple(UUID(each) for each in plain[name]) for name in ("today", "rivals", "additions")}
        return cls(main=UUID(plain["main"]) if plain["main"] else None, form=Form(plain["form"]), **groups)


@dataclass(frozen=True)
class Laid:
    """One question of an order."""

    kind: QuestionKind
    proposals: tuple[UUID, ...]


def suggested(kinds: Mapping[UUID, ProposalKind], board: Collection[UUID] = ()) -> QuestionOrder:
    """The order that follows from the proposals alone, in the order in which they were made; the board's is main."""
    today = tuple(each for kind in _TODAY for each, its in kinds.items() if its is kind)
    additions = tuple(each for each, its in kinds.items() if its is ProposalKind.ADDITION)
    rivals = tuple(each for each in kinds if each not in {*today, *additions})
    main = next((each for each in rivals if each in board), rivals[0] if rivals else None)
    return QuestionOrder(rivals, main, today, additions)


def led_by(order: QuestionOrder, main: UUID | None) -> QuestionOrder:
    """The same with another main proposal, which is put first."""
    rest = tuple(each for each in order.rivals if each != main)
    return replace(order, main=main, rivals=(main, *rest) if main in order.rivals and main else order.rivals)


def lay_out(order: QuestionOrder, kinds: Mapping[UUID, ProposalKind], places: QuestionPlaces) -> list[Laid]:
    """The questions, as they are put.

    The statutes say where rejection is put: first, by itself; among the rivals; or last, against what has won. And
    whether additions come first or last.
    """
    today = [Laid(QuestionKind.TODAY, (each,)) for each in order.today]
    additions = [Laid(QuestionKind.ADDITION, (each,)) for each in order.additions]
    rivals = _rivals(order.rivals, kinds, places.rejection)
    return [*today, *additions, *rivals] if places.additions is Place.FIRST else [*today, *rivals, *additions]


def _rivals(rivals: Sequence[UUID], kinds: Mapping[UUID, ProposalKind], rejection: Place) -> list[Laid]:
    rejected = tuple(each for each in rivals if kinds[each] is ProposalKind.REJECT)
    others = tuple(each for each in rivals if each not in rejected)
    if rejection is Place.AMONG_RIVALS or not rejected or not others:
        groups: tuple[tuple[UUID, ...], ...] = (tuple(rivals),) if rivals else ()
    else:
        groups = (rejected, others) if rejection is Place.FIRST else (others, rejected)
    return [Laid(QuestionKind.RIVALS, group) for group in groups]
