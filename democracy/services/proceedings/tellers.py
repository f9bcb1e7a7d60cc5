"""Figures that tellers type in, and mistyped ones put right."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.division_steps import opened, take
from democracy.services.proceedings.outcome import Count
from democracy.services.use_case import Service, use_case
from democracy.storage import divisions
from democracy.storage.division_case import DivisionCase
from democracy.storage.tables.division import CountRow, DivisionRow
from democracy.storage.unit_of_work import Unit
from workflows.division import DivisionFacts, DivisionState


class Tellers(Service):
    """Use cases of those who count."""

    @use_case
    async def enter(self, unit: Unit, division_id: UUID, count: Count, *, actor: Actor) -> UUID:
        """Type in figures, in place of those that the same person typed in before. A sum above the roll is refused."""
        row, case = await opened(unit, division_id, actor)
        await give_in(unit, row, case, count, actor)
        return division_id


async def give_in(unit: Unit, row: DivisionRow, case: DivisionCase, count: Count, actor: Actor) -> None:
    """The same for what is a part of another use case, such as closing."""
    check(count)
    facts = with_count(case.facts, count)
    standing = await divisions.counts(unit.session, case.id)
    by = actor.id if isinstance(actor, Member) else None
    # Where one count is enough, whoever types last has counted; where several are, each replaces their own.
    replaced = [each for each in standing if row.counters == 1 or each.by == by]
    await take(unit, case, "enter_figures", actor=actor, facts=facts, outcome={"count": figures(count)})
    new = CountRow(id=new_id(), division_id=case.id, at=unit.now, by=by, **vars(count))
    await divisions.replace_counts(unit.session, replaced, new)


def check(count: Count) -> None:
    """Raise InvalidInputError for a figure below zero."""
    faults = [FieldError(f"figures.{name}", "negative") for name, figure in vars(count).items() if figure < 0]
    if faults:
        raise InvalidInputError(*faults)


def with_count(facts: DivisionFacts, count: Count) -> DivisionFacts:
    """The facts with other figures."""
    return replace(facts, **vars(count))


def figures(count: Count) -> list[int]:
    """As the ledger keeps them: yes, no, abstained, blank."""
    return [count.yes, count.no, count.abstained, count.blank]


def count_of(facts: DivisionFacts) -> Count:
    """The figures that the facts hold."""
    return Count(facts.yes, facts.no, facts.abstained, facts.blank)


COUNTING = (DivisionState.OPEN, DivisionState.CLOSED)
"""States in which tellers count."""
