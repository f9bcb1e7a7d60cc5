"""Whatever people do in whatever order: no decision without a proposal, no two outcomes, nothing that is stuck."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Outcome
from democracy.errors import DemocracyError
from democracy.services.proceedings.announcing import Announcing, HandLot, Tiebreak
from democracy.services.proceedings.divisions import Divisions
from democracy.services.proceedings.gavel import Gavel, Named
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Suggestion
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.recording import Heard, Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.storage import proposals
from democracy.storage.matter_case import GOING_ON, LEFT
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import ProposalRow, QuestionRow
from democracy.storage.unit_of_work import Database
from tests.deciding import OWN, Hall, at_passage
from tests.world import World
from workflows.engine import StepDenied
from workflows.matter import MatterState
from workflows.proceedings import Choice, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState

K: TypeAlias = ProposalKind
S: TypeAlias = ProposalState
MADE_OF: dict[K, dict[str, Any]] = {
    K.AMENDMENT: {"text": "Heltid."}, K.COUNTER: {"text": "En fond."}, K.REJECT: {}, K.NOTED: {},
    K.ADDITION: {"text": "Det utvärderas."},
    K.REFER_BACK: {"recipient": "DS", "instruction": "Räkna.", "reason": "Oklart.", "back_by": "i höst"},
}  # fmt: skip


@dataclass
class Play:
    """One sequence of moves."""

    hall: Hall
    dice: Random
    taken: list[str] = field(default_factory=list)

    async def move(self, name: str) -> None:
        """Try something; whether it may be done, the rules say."""
        try:
            await MOVES[name](self)
        except (StepDenied, DemocracyError):
            return
        self.taken.append(name)
        await self.holds()

    def somebody(self) -> Member:
        return self.hall.ombud(self.dice.randrange(4))

    async def one(self, *states: ProposalState) -> ProposalRow:
        rows = [row for row in (await self.hall.proposals()).values() if row.state in states]
        if not rows:
            raise DemocracyError
        return self.dice.choice(rows)

    async def mover_of(self, proposal: ProposalRow) -> Actor:
        """Somebody behind it, or asked to be; the board's is its own."""
        async with self.hall.world.database.unit(self.hall.now) as unit:
            rows = await proposals.movers(unit.session, proposal.id)
            named = [row.member_id for row in rows if row.member_id is not None and row.left_at is None]
        return Member(self.dice.choice(named)) if named else self.hall.board

    async def question(self, *states: QuestionState) -> QuestionRow:
        rows = [row for row in await self.hall.questions() if row.state in states]
        if not rows:
            raise DemocracyError
        return rows[-1]

    async def division(self) -> DivisionRow | None:
        async with self.hall.world.database.unit(self.hall.now) as unit:
            statement = select(DivisionRow).where(
                DivisionRow.matter_id == self.hall.matter, DivisionRow.state.in_(GOING_ON)
            )
            return (await unit.session.scalars(statement)).first()

    async def holds(self) -> None:
        """What has to be true at every moment."""
        rows, decisions = (await self.hall.proposals()).values(), await self.hall.decisions()
        in_force = [each for each in decisions if each.replaced_at is None]
        state = await self.hall.state()
        assert len(in_force) == (state is MatterState.DECIDED), self.taken
        carried = [row for row in rows if row.state is S.CARRIED and row.kind is not K.ADDITION]
        assert len(carried) <= 1, self.taken
        if state is not MatterState.DECIDED:
            return
        assert [row for row in rows if row.state is S.MADE] == [], self.taken
        assert [
            row for row in await self.hall.questions() if row.state in LEFT and row.kind is not QuestionKind.ORDER
        ] == []
        (decision,) = in_force
        known = {row.id: row for row in rows}
        if decision.proposal_id is None:
            assert decision.outcome is Outcome.DEFER, self.taken
        elif carried:
            assert carried[0].id == decision.proposal_id, self.taken
        else:
            lost = known[decision.proposal_id]
            assert lost.state is S.LOST or lost.kind is K.ADDITION, self.taken


async def propose(play: Play) -> None:
    kind = play.dice.choice(list(MADE_OF))
    await play.hall.propose(kind, by=play.somebody(), **MADE_OF[kind])


async def join(play: Play) -> None:
    row = await play.one(S.MADE)
    await play.hall.service(Proposals).join(row.id, OWN, actor=play.somebody())


async def withdraw(play: Play) -> None:
    row = await play.one(S.MADE)
    await play.hall.service(Proposals).withdraw(row.id, OWN, actor=await play.mover_of(row))


async def take_over(play: Play) -> None:
    row = await play.one(S.WITHDRAWN)
    await play.hall.service(Proposals).take_over(row.id, OWN, actor=play.somebody())


async def reconcile(play: Play) -> None:
    one, other = await play.one(S.MADE), await play.one(S.MADE)
    text = Wording(K.AMENDMENT, f"Jämkat {len(play.taken)}.")
    await play.hall.service(Reconciling).reconcile(
        play.hall.matter, list({one.id, other.id}), text, OWN, actor=play.somebody()
    )  # fmt: skip


async def answer(play: Play) -> None:
    row = await play.one(S.DRAFTED)
    service, actor = play.hall.service(Reconciling), await play.mover_of(row)
    await (service.accept if play.dice.random() < 0.7 else service.decline)(row.id, OWN, actor=actor)


async def order(play: Play) -> None:
    main = await play.one(S.MADE)
    by = play.hall.chair if play.dice.random() < 0.6 else play.somebody()
    await play.hall.order(Suggestion(main=main.id), by=by)


async def name(play: Play) -> None:
    question = await play.question(QuestionState.PUT, QuestionState.NAMED)
    found: Named = Named(answer=play.dice.choice([Choice.YES, Choice.NO]))
    if play.dice.random() < 0.6:
        found = Named(proposal=(await play.one(S.MADE)).id)
    await play.hall.service(Gavel).name(question.id, found, actor=play.hall.chair)


async def approve_voting(play: Play) -> None:
    question = await play.question(QuestionState.DIVIDING)
    await play.hall.service(Gavel).approve_voting(question.id, actor=play.hall.chair)


async def vote(play: Play) -> None:
    yes = play.dice.randrange(7)
    division = await play.hall.open_division()
    await announce(play, division, yes, 6 - yes)


async def announce(play: Play, division: UUID, yes: int, no: int) -> None:
    """Close it with figures and announce them; the lot settles equal ones where it has to."""
    chair, service = play.hall.chair, play.hall.service(Announcing)
    await play.hall.service(Divisions).close(division, Count(yes, no), actor=chair)
    try:
        await service.announce(division, actor=chair)
    except StepDenied:
        numbers = play.hall.world.numbers
        lot = HandLot(Choice.YES, (numbers["member"], numbers["neighbour"]))
        await service.announce(division, Tiebreak(by_hand=lot), actor=chair)


async def annul(play: Play) -> None:
    async with play.hall.world.database.unit(play.hall.now) as unit:
        rows = await unit.session.scalars(select(DivisionRow).where(DivisionRow.matter_id == play.hall.matter))
        keys = [row.id for row in rows]
    if not keys:
        raise DemocracyError
    await play.hall.service(Divisions).annul(play.dice.choice(keys), "Räknat fel.", actor=play.hall.chair)


async def record(play: Play) -> None:
    winner = await play.one(S.MADE)
    await play.hall.service(Recording).decide(play.hall.matter, Heard(winner.id), actor=play.hall.chair)


async def debate_again(play: Play) -> None:
    await play.hall.service(Matters).reopen_debate(play.hall.matter, actor=play.hall.chair)


async def lapse(play: Play) -> None:
    await play.hall.service(Matters).lapse(play.hall.matter, actor=play.hall.chair)


async def reopen(play: Play) -> None:
    await play.hall.service(Reopening).reopen(play.hall.matter, "Nya uppgifter.", actor=play.hall.chair)


async def ask(play: Play) -> None:
    await play.hall.ask_division(play.somebody())


Move = Callable[[Play], Awaitable[object]]
MOVES: dict[str, Move] = {
    "propose": propose, "join": join, "withdraw": withdraw, "take_over": take_over, "reconcile": reconcile,
    "answer": answer, "close_debate": lambda play: play.hall.debate_over(), "debate_again": debate_again,
    "order": order, "approve": lambda play: play.hall.approve(), "name": name, "gavel": lambda play: play.hall.gavel(),
    "ask": ask, "approve_voting": approve_voting, "vote": vote, "annul": annul, "record": record, "lapse": lapse,
    "reopen": reopen,
}  # fmt: skip
OFTEN = (
    "propose",
    "propose",
    "order",
    "approve",
    "name",
    "name",
    "gavel",
    "gavel",
    "ask",
    "vote",
    "vote",
    "close_debate",
)


async def carry_on(play: Play) -> None:
    """What a chair does who wants to get through: always something is possible, and it ends."""
    hall = play.hall
    for _ in range(40):
        state = await hall.state()
        if state in {MatterState.DECIDED, MatterState.LAPSED}:
            return
        standing = any(row.state is S.MADE for row in (await hall.proposals()).values())
        if state is not MatterState.ORDERED and not standing:
            await lapse(play)
        elif state is MatterState.OPEN:
            await hall.debate_over()
        else:
            await _next_question(play, ordered=state is MatterState.ORDERED)
        await play.holds()
    raise AssertionError(f"stuck in {await hall.state()} after {play.taken}")


async def _next_question(play: Play, *, ordered: bool) -> None:
    hall = play.hall
    going_on = await play.division()
    left = [row for row in await hall.questions() if row.state in LEFT]
    asked = [row for row in left if row.state in (QuestionState.PUT, QuestionState.NAMED)]
    if going_on is not None:
        await announce(play, going_on.id, 4, 2)
    elif asked and asked[-1].state is QuestionState.NAMED:
        await hall.gavel()
    elif asked:
        await _found(play, asked[-1])
    elif left:
        await _voted(play)
    elif not ordered:
        try:
            await hall.approve()
        except StepDenied:
            await hall.order()
    else:
        raise AssertionError(f"an approved order with nothing to put, after {play.taken}")


async def _found(play: Play, question: QuestionRow) -> None:
    among = json.loads(question.proposals)
    several = question.kind is QuestionKind.RIVALS and len(among) > 1
    found = Named(proposal=UUID(among[0])) if several else Named(answer=Choice.YES)
    await play.hall.service(Gavel).name(question.id, found, actor=play.hall.chair)


async def _voted(play: Play) -> None:
    try:
        division = await play.hall.open_division()
    except StepDenied:
        await approve_voting(play)
        division = await play.hall.open_division()
    await announce(play, division, 4, 2)


async def played(world: World, url: str, seed: int, names: list[str]) -> None:
    database = Database(url, pool_size=2)
    try:
        hall = await at_passage(world.over(database), ombud=6)
        play = Play(hall, Random(seed))  # noqa: S311 - which moves are tried is no secret
        for each in names:
            await play.move(each)
        await carry_on(play)
    finally:
        await database.close()


@given(seed=st.integers(0, 2**32), names=st.lists(st.sampled_from((*MOVES, *OFTEN)), min_size=8, max_size=30))
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_no_sequence_of_moves_ends_in_two_outcomes_or_leaves_a_matter_stuck(
    sqlite_world: tuple[Path, World], tmp_path: Path, seed: int, names: list[str]
) -> None:
    path, world = sqlite_world
    copy = tmp_path / "play.db"
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"play.db{suffix}").unlink(missing_ok=True)
    shutil.copy(path, copy)
    asyncio.run(played(world, f"sqlite:///{copy}", seed, names))
