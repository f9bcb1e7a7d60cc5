"""What was put and answered in the room, recorded in one act: for meetings that do not put each question here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.deciding import How, decide_matter, end_proposal, fall_with
from democracy.services.proceedings.reconciling import drop_waiting
from democracy.services.use_case import Service, use_case
from democracy.storage import orders
from democracy.storage.proposal_case import FORMAL
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import ProposalKind
from workflows.proposal import ProposalState


@dataclass(frozen=True)
class Heard:
    """What the meeting decided."""

    winner: UUID | None
    """The proposal that won; None where the meeting said no to the only one, or where there were only additions."""
    additions: tuple[UUID, ...] = ()
    unanimous: bool = False


class Recording(Service):
    """Use cases of the room's own decisions."""

    @use_case
    async def decide(self, unit: Unit, matter_id: UUID, heard: Heard, *, actor: Actor) -> UUID:
        """Record what the meeting decided on a matter."""
        case = await unit.matters.open(matter_id, actor=actor)
        standing = [row for row in await unit.matters.proposals(matter_id) if row.state is ProposalState.MADE]
        facts = replace(case.facts, winner_fits=_fits(heard, standing))
        await drop_waiting(unit, matter_id, actor)
        await orders.drop_all(unit.session, matter_id, unit.now)
        await end_all(unit, matter_id, {heard.winner, *heard.additions}, standing, actor)
        how = How(rule="decide_at_once", unanimous=heard.unanimous)
        await decide_matter(unit, matter_id, actor, how, facts)
        return matter_id


async def end_all(
    unit: Unit, matter_id: UUID, carried: Collection[UUID | None], standing: Sequence[ProposalRow], actor: Actor
) -> None:
    """Carry some of the proposals that stand, and let the others be lost; additions fall with what they add to."""
    others = [row for row in standing if row.kind is not ProposalKind.ADDITION]
    main = [row for row in others if row.id in carried]
    for row in sorted(standing, key=lambda row: row.kind is ProposalKind.ADDITION):
        if row.id in carried:
            await end_proposal(unit, row.id, "carry", actor)
            continue
        gone = bool(others) and (not main or main[0].kind in {ProposalKind.REJECT, *FORMAL})
        beside = row.kind is ProposalKind.ADDITION and gone
        await end_proposal(unit, row.id, "fall" if beside else "lose", actor)
    await fall_with(unit, matter_id, actor)


def _fits(heard: Heard, standing: Sequence[ProposalRow]) -> bool:
    """The winner is one that stands and is no addition; each addition stands and adds to something that has won."""
    kinds = {row.id: row for row in standing}
    additions = [kinds.get(each) for each in heard.additions]
    if any(row is None or row.kind is not ProposalKind.ADDITION for row in additions):
        return False
    if any(row.adds_to_id not in {None, heard.winner, *heard.additions} for row in additions if row):
        return False
    rivals = [row for row in standing if row.kind not in {ProposalKind.ADDITION, *FORMAL}]
    if heard.winner is None:
        return not rivals or (len(rivals) == 1 and not heard.additions)
    won = kinds.get(heard.winner)
    if won is None or won.kind is ProposalKind.ADDITION:
        return False
    return not heard.additions or won.kind not in {ProposalKind.REJECT, *FORMAL}
