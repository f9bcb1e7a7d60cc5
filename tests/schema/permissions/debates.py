"""A meeting that decides: matters at every stage between the debate and the gavel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.services.proceedings.divisions import Divisions, Handed
from democracy.services.proceedings.gavel import Gavel, Named
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Orders, Suggestion
from democracy.services.proceedings.preparing import prepare_passage
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.recording import Heard, Recording
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.roll import PresenceRow
from tests.world import BEFORE, World
from workflows.item import ItemState
from workflows.proceedings import Choice, ItemKind, ProposalKind
from workflows.statutes.kinds import Participant

K = ProposalKind
OWN = Receipt()
MATTERS = ("open", "empty", "over", "ordering", "settled", "blocked")
"""Matters by the stage that they have reached."""
PROPOSALS = ("first", "mine", "other", "withdrawn", "waiting")
QUESTIONS = ("put", "named", "divided")


@dataclass
class Debates:
    """Ids by name."""

    matters: dict[str, UUID] = field(default_factory=dict)
    proposals: dict[str, UUID] = field(default_factory=dict)
    questions: dict[str, UUID] = field(default_factory=dict)
    block: UUID = field(default_factory=new_id)
    blocked: UUID = field(default_factory=new_id)


class DebateMaker:
    """Furnishes a meeting that has been opened. The delegate and the co-mover are checked in with every right."""

    def __init__(self, world: World, meeting: UUID, mark: Callable[[str, str], str]) -> None:
        self.world, self.meeting, self.mark, self.made = world, meeting, mark, Debates()
        self.item = new_id()
        database = world.database
        self.matters, self.proposals = Matters(database, BEFORE), Proposals(database, BEFORE)
        self.orders = Orders(database, BEFORE)
        self.chair, self.delegate = world.actor("presidium"), world.actor("delegate")
        self.other = world.actor("co_mover")

    async def furnish(self) -> Debates:
        """Everything."""
        await self._hall()
        await self._debate()
        await self._questions()
        return self.made

    async def _hall(self) -> None:
        async with self.world.database.unit(BEFORE) as unit:
            for name, key, state, parent, kind in (
                ("Ärenden", self.item, ItemState.OPEN, None, ItemKind.PROPOSAL),
                ("Klump", self.made.block, ItemState.OPEN, None, ItemKind.MOTION_BLOCK),
                ("Del", self.made.blocked, ItemState.PLANNED, self.made.block, ItemKind.OTHER),
            ):
                position = 80 + len(name)
                unit.session.add(
                    AgendaItemRow(
                        id=key, meeting_id=self.meeting, kind=kind, state=state, position=position, title=name,
                        number=position if parent is None else None, parent_id=parent, opened_at=BEFORE,
                    )
                )  # fmt: skip
                await unit.session.flush()
            for name in ("delegate", "co_mover"):
                unit.session.add(
                    PresenceRow(
                        id=new_id(), meeting_id=self.meeting, member_id=self.world.members[name],
                        participant=Participant.DELEGATE, speaks=True, proposes=True, speaks_as_mover=False,
                        voting=True, votes=1, remote=False, in_at=BEFORE,
                    )
                )  # fmt: skip

    async def _matter(self, name: str, item: UUID | None = None) -> UUID:
        async with self.world.database.unit(BEFORE) as unit:
            key = await prepare_passage(
                unit, item or self.item, new_id(), name, "Styrelsens text.", len(self.made.matters) + 1,
                actor=self.chair,
            )  # fmt: skip
        self.made.matters[name] = key
        return key

    async def _propose(self, matter: UUID, kind: K, text: str = "", other: bool = False) -> UUID:
        actor = self.other if other else self.delegate
        made: UUID = await self.proposals.make(matter, Wording(kind, text), OWN, actor=actor)
        return made

    async def _debate(self) -> None:
        matter, made = await self._matter("open"), self.made.proposals
        made["first"] = await self._boards(matter)
        made["mine"] = await self._propose(matter, K.AMENDMENT, f"Heltid {self.mark('debate', 'text')}.")
        made["other"] = await self._propose(matter, K.COUNTER, "En fond.", other=True)
        made["withdrawn"] = await self._propose(matter, K.REJECT)
        await self.proposals.withdraw(made["withdrawn"], OWN, actor=self.delegate)
        text = Wording(K.AMENDMENT, "Både och.")
        sources = [made["other"], await self._propose(matter, K.COUNTER, "En annan fond.")]
        made["waiting"] = await Reconciling(self.world.database, BEFORE).reconcile(
            matter, sources, text, OWN, actor=self.other
        )
        empty = await self._matter("empty")
        await self.proposals.withdraw(await self._boards(empty), OWN, actor=self.world.actor("board"))
        await self._matter("blocked", self.made.blocked)
        over = await self._matter("over")
        await self.matters.close_debate(over, actor=self.chair)

    async def _boards(self, matter: UUID) -> UUID:
        async with self.world.database.unit(BEFORE) as unit:
            (first,) = await unit.matters.proposals(matter)
            return first.id

    async def _questions(self) -> None:
        for name in ("ordering", "put", "named", "divided", "settled"):
            matter = await self._matter(name)
            if name == "divided":
                await self._propose(matter, K.AMENDMENT, "Heltid.")
                await self._propose(matter, K.COUNTER, "En fond.", other=True)
            await self.matters.close_debate(matter, actor=self.chair)
            await self.orders.propose(matter, Suggestion(), OWN, actor=self.chair)
            if name in QUESTIONS:
                await self.orders.approve(matter, actor=self.chair)
                await self._question(name, matter)
        settled = self.made.matters["settled"]
        heard = Heard(await self._boards(settled))
        await Recording(self.world.database, BEFORE).decide(settled, heard, actor=self.chair)

    async def _question(self, name: str, matter: UUID) -> None:
        gavel = Gavel(self.world.database, BEFORE)
        async with self.world.database.unit(BEFORE) as unit:
            (question,) = await unit.matters.questions(matter)
            first = UUID(question.proposals.strip('[]"').split('"')[0])
        self.made.questions[name] = question.id
        if name == "named":
            await gavel.name(question.id, Named(answer=Choice.YES), actor=self.chair)
        if name == "divided":
            await gavel.name(question.id, Named(first), actor=self.chair)
            await Divisions(self.world.database, BEFORE).request(question.id, Handed(), actor=self.delegate)
            async with self.world.database.unit(BEFORE) as unit:
                deeper = (await unit.matters.questions(matter))[-1]
                among = UUID(deeper.proposals.strip('[]"').split('"')[0])
            await gavel.name(deeper.id, Named(among), actor=self.chair)
            await Divisions(self.world.database, BEFORE).request(deeper.id, Handed(), actor=self.delegate)
