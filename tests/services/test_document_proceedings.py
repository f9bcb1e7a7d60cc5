"""A document on the agenda: its passages become points, and the gavel's decisions become its text."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.ids import new_id
from democracy.errors import InvalidInputError
from democracy.services.documents.adopting import Adopting
from democracy.services.documents.amending import Amending
from democracy.services.documents.places import Change
from democracy.services.proceedings.document_rest import AdoptingRest
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.recording import Heard, Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalRow
from tests.conference import conference
from tests.deciding import OWN, Hall, later
from tests.documents import Plan, proposed
from tests.world import BEFORE, World
from workflows.amendment import AmendmentState
from workflows.document import DocumentState, Editor
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import Choice, ItemKind, MatterKind, PlaceOperation, ProposalKind

K, P, A = ProposalKind, PlaceOperation, AmendmentState
HALF_TIME = "Distriktet anställer en ombudsman på halvtid."


@dataclass
class Debate:
    """The hall, the plan before it, and the amendments that came in."""

    hall: Hall
    plan: Plan
    sent: list[UUID]

    async def matters(self) -> dict[str, MatterRow]:
        """By title, in their order."""
        async with self.hall.world.database.unit(self.hall.now) as unit:
            rows = await unit.session.scalars(
                select(MatterRow).where(MatterRow.item_id == self.hall.item).order_by(MatterRow.position)
            )
            return {row.title: row for row in rows}

    async def at(self, title: str) -> dict[str, ProposalRow]:
        """Come to one of them; its proposals by label."""
        self.hall.matter = (await self.matters())[title].id
        return await self.hall.proposals()

    async def hears(self, title: str, label: str = "A") -> None:
        """The chair hears that a proposal is approved, and the gavel falls."""
        won = (await self.at(title))[label]
        heard = Heard(None, (won.id,)) if won.kind is K.ADDITION else Heard(won.id)
        await self.hall.service(Recording).decide(self.hall.matter, heard, actor=self.hall.chair)

    async def states(self) -> list[AmendmentState]:
        return [(await self.plan.amendment(each)).state for each in self.sent]


async def debate(world: World, *changes: tuple[str, PlaceOperation, str, str, str]) -> Debate:
    """A conference that has opened the item of a plan to which these amendments came in: who, what, where, words."""
    plan = await proposed(world)
    sent = []
    for who, operation, place, letter, text in changes:
        change = Change(operation, plan.keys[place] if place else None, letter, text)
        if operation is P.MOVE:
            change = replace(change, text="", to_paragraph_id=plan.keys[text])
        sent.append(await Amending(world.database, BEFORE).submit(plan.id, change, actor=world.actor(who)))
    hall = Hall(await conference(world))
    async with world.database.unit(hall.now) as unit:
        hall.item = new_id()
        unit.session.add(
            AgendaItemRow(
                id=hall.item, meeting_id=world.meeting, kind=ItemKind.PROPOSAL, state=ItemState.PLANNED, position=1,
                title="Verksamhetsplan", document_id=plan.id,
            )
        )  # fmt: skip
    await hall.service(Items).open(hall.item, actor=hall.chair)
    hall.now = later(5)
    return Debate(hall, plan, sent)


FULL_TIME = ("mover", P.REPLACE, "4", "", "Distriktet anställer en ombudsman på heltid.")
NONE = ("member", P.DELETE, "4", "", "")


async def test_each_passage_with_amendments_becomes_a_point_and_the_rest_is_one(world: World) -> None:
    here = await debate(
        world, FULL_TIME, ("member", P.REPLACE, "4", "", FULL_TIME[4]), NONE,
        ("mover", P.DELETE, "3", "b", ""), ("mover", P.MOVE, "4", "", "2"), ("mover", P.INSERT, "1", "", "Nytt."),
    )  # fmt: skip
    found = await here.matters()
    assert [(title, row.kind, row.passage_id) for title, row in found.items()] == [
        ("Tillägg vid stycke 1", MatterKind.PASSAGE, here.plan.keys["1"]),
        ("Stycke 3 b", MatterKind.PASSAGE, here.plan.keys["3"]),
        ("Stycke 4", MatterKind.PASSAGE, here.plan.keys["4"]),
        ("Texten i övrigt", MatterKind.DOCUMENT, None),
    ]
    stands = await here.at("Stycke 4")
    assert {label: (row.kind, row.text, row.from_board) for label, row in stands.items()} == {
        "A": (K.APPROVE, HALF_TIME, True),
        "B": (K.AMENDMENT, "Distriktet anställer en ombudsman på heltid.", False),
        "C": (K.REJECT, "Stycke 4 utgår.", False),
        "D": (K.AMENDMENT, "Stycke 4 flyttas till efter 2.", False),
    }
    # Who said the same stands behind one proposal.
    first, second = [(await here.plan.amendment(key)).proposal_id for key in here.sent[:2]]
    assert first == second == stands["B"].id
    assert [row.kind for row in (await here.at("Tillägg vid stycke 1")).values()] == [K.ADDITION]


async def test_what_the_gavel_decides_is_carried_to_the_document_and_the_last_one_adopts_it(world: World) -> None:
    here = await debate(world, FULL_TIME, NONE, ("mover", P.INSERT, "2", "", "Vi äter ihop."))
    proposals = await here.at("Stycke 4")
    await here.hall.ordered()
    await here.hall.name(proposals["A"].id)
    await here.hall.ask_division()
    await here.hall.find(proposals["B"].id)
    await here.hall.vote(2, 4)
    await here.hall.gavel()
    assert await here.states() == [A.APPROVED, A.REJECTED, A.SUBMITTED]
    await here.hears("Texten i övrigt")
    assert (await here.plan.row()).state is DocumentState.PROPOSED
    await here.hears("Tillägg vid stycke 2", "A")
    document = await here.plan.row()
    assert (document.state, document.adopted_by) == (DocumentState.ADOPTED, "§ 1")
    assert await here.plan.lines() == [
        ("1", "Arbete är mer än lön. Det binder oss samman."), ("2", "Vi möts ofta."), ("2 A", "Vi äter ihop."),
        ("3", "- Varje förening har en kassör\n- Varje möte har en sekreterare."),
        ("4", "Distriktet anställer en ombudsman på heltid."),
    ]  # fmt: skip


async def test_a_passage_on_which_nobody_had_proposed_anything_is_taken_up_from_the_floor(world: World) -> None:
    here = await debate(world, FULL_TIME)
    await here.at("Texten i övrigt")
    proposal = await here.hall.propose(K.AMENDMENT, "Vi möts varje vecka.", passage=here.plan.keys["2"])
    found = await here.matters()
    assert list(found) == ["Stycke 4", "Stycke 2", "Texten i övrigt"]
    again = await here.hall.propose(K.REJECT, passage=here.plan.keys["2"], by=here.hall.ombud(1))
    assert {row.id for row in (await here.at("Stycke 2")).values()} >= {proposal, again}
    await here.at("Texten i övrigt")
    with pytest.raises(InvalidInputError, match="required"):
        await here.hall.propose(K.AMENDMENT, "Något annat.")
    with pytest.raises(StepDenied) as refused:
        await here.hall.propose(K.AMENDMENT, "Annat.", passage=here.plan.keys["1"])
    (denial,) = refused.value.denials
    assert (denial.code, denial.params["source"]) == ("locked", "Solpartiets program 2016")
    assert "Stycke 1" not in await here.matters()
    for title, label in (("Stycke 2", "B"), ("Stycke 4", "A"), ("Texten i övrigt", "A")):
        await here.hears(title, label)
    assert dict(await here.plan.lines())["2"] == "Vi möts varje vecka."


async def test_what_was_reconciled_carries_its_wording_and_what_was_withdrawn_is_gone(world: World) -> None:
    here = await debate(world, FULL_TIME, NONE)
    made = await here.at("Stycke 4")
    part = await here.hall.propose(K.AMENDMENT, "Heltid från 2027.", by=here.hall.ombud(0))
    other = await here.hall.propose(K.AMENDMENT, "Två ombudsmän.", by=here.hall.ombud(2))
    await here.hall.service(Proposals).withdraw(other, OWN, actor=here.hall.ombud(2))
    text = Wording(K.AMENDMENT, "En ombudsman på heltid, tidigast 2027.")
    service = here.hall.service(Reconciling)
    both = await service.reconcile(here.hall.matter, [made["B"].id, part], text, OWN, actor=here.hall.ombud(0))
    await service.accept(both, OWN, actor=world.actor("mover"))
    await here.hall.service(Recording).decide(here.hall.matter, Heard(both), actor=here.hall.chair)
    await here.hears("Texten i övrigt")
    assert await here.states() == [A.APPROVED, A.REJECTED]
    assert (await here.plan.lines())[-1] == ("4", "En ombudsman på heltid, tidigast 2027.")
    async with world.database.unit(here.hall.now) as unit:
        tied = await unit.documents.of_proposals([part, other])
        assert [each.state for each in tied] == [A.REJECTED, A.WITHDRAWN]


async def test_a_withdrawn_proposal_that_is_taken_over_can_still_change_the_text(world: World) -> None:
    here = await debate(world)
    await here.at("Texten i sin helhet")
    made = await here.hall.propose(K.REJECT, passage=here.plan.keys["2"])
    service = here.hall.service(Proposals)
    await service.withdraw(made, OWN, actor=here.hall.ombud(0))
    await service.take_over(made, OWN, actor=here.hall.ombud(1))
    await here.hears("Stycke 2", "B")
    await here.hears("Texten i sin helhet")
    assert [place for place, _ in await here.plan.lines()] == ["1", "3", "4"]


async def test_a_no_to_a_passage_with_nothing_in_its_place_takes_it_out(world: World) -> None:
    here = await debate(world, FULL_TIME)
    proposals = await here.at("Stycke 4")
    await here.hall.service(Proposals).withdraw(proposals["B"].id, OWN, actor=world.actor("mover"))
    await here.hall.ordered()
    await here.hall.find(Choice.NO)
    await here.hears("Texten i övrigt")
    assert [place for place, _ in await here.plan.lines()] == ["1", "2", "3"]


async def test_a_point_that_is_taken_up_again_makes_the_text_undecided_until_the_gavel(world: World) -> None:
    here = await debate(world, FULL_TIME)
    await here.hears("Stycke 4", "B")
    await here.hears("Texten i övrigt")
    assert (await here.plan.row()).state is DocumentState.ADOPTED
    await here.at("Stycke 4")
    await here.hall.service(Reopening).reopen(here.hall.matter, "Kostnaden var fel.", actor=here.hall.chair)
    document = await here.plan.row()
    assert (document.state, document.adopted_by, await here.states()) == (DocumentState.PROPOSED, None, [A.SUBMITTED])
    await here.hears("Stycke 4")
    assert (await here.plan.row()).state is DocumentState.ADOPTED
    assert (await here.states(), (await here.plan.lines())[-1]) == ([A.REJECTED], ("4", HALF_TIME))


async def test_what_goes_back_keeps_the_text_undecided(world: World) -> None:
    here = await debate(world, FULL_TIME)
    await here.at("Stycke 4")
    formal = await here.hall.propose(
        K.REFER_BACK, recipient="DS", instruction="Räkna.", reason="Oklart.", back_by="i höst"
    )
    await here.hall.service(Recording).decide(here.hall.matter, Heard(formal), actor=here.hall.chair)
    await here.hears("Texten i övrigt")
    assert (await here.plan.row()).state is DocumentState.PROPOSED
    assert (await here.matters())["Stycke 4"].state is MatterState.DECIDED
    with pytest.raises(StepDenied) as refused:
        await Adopting(world.database, here.hall.now).adopt(here.plan.id, "§ 1", actor=here.hall.chair)
    assert [each.code for each in refused.value.denials] == ["amendments_undecided"]


async def test_the_rest_is_adopted_without_what_went_back_and_a_later_yes_puts_it_in(world: World) -> None:
    here = await debate(world, FULL_TIME, ("mover", P.REPLACE, "2", "", "Vi möts varje vecka."))
    adopting = AdoptingRest(world.database, here.hall.now)
    await here.at("Stycke 4")
    formal = await here.hall.propose(
        K.REFER_BACK, recipient="DS", instruction="Räkna.", reason="Oklart.", back_by="i höst"
    )
    with pytest.raises(StepDenied) as refused:
        await adopting.adopt(here.plan.id, "§ 1", actor=here.hall.chair)
    assert [each.code for each in refused.value.denials] == [
        "nothing_sent_back", "rest_undecided", "amendments_undecided"
    ]  # fmt: skip
    await here.hall.service(Recording).decide(here.hall.matter, Heard(formal), actor=here.hall.chair)
    await here.hears("Stycke 2", "B")
    await here.hears("Texten i övrigt")
    await adopting.adopt(here.plan.id, "§ 1", actor=here.hall.chair)
    assert (await here.plan.row()).state is DocumentState.ADOPTED
    assert await here.states() == [A.SENT_BACK, A.APPROVED]
    assert [each for each in await here.plan.lines() if each[0] in {"2", "4"}] == [("2", "Vi möts varje vecka.")]
    await here.at("Stycke 4")
    await here.hall.service(Reopening).reopen(here.hall.matter, "DS har räknat.", actor=here.hall.chair)
    assert await here.states() == [A.SUBMITTED, A.APPROVED]
    await here.hears("Stycke 4", "B")
    assert (await here.plan.row()).state is DocumentState.ADOPTED
    assert (await here.plan.lines())[-1] == ("4", FULL_TIME[4])


@pytest.mark.parametrize(("label", "state"), [("A", DocumentState.ADOPTED), ("B", DocumentState.REJECTED)])
async def test_the_text_as_a_whole_is_adopted_or_rejected(world: World, label: str, state: DocumentState) -> None:
    here = await debate(world)
    await here.at("Texten i sin helhet")
    await here.hall.propose(K.REJECT)
    await here.hears("Texten i sin helhet", label)
    assert (await here.plan.row()).state is state


async def test_the_meeting_authorises_somebody_to_put_right_what_it_has_adopted(world: World) -> None:
    here = await debate(world)
    await here.hears("Texten i sin helhet")
    assert (await here.plan.row()).editor is None
    await Adopting(world.database, here.hall.now).authorise(here.plan.id, Editor.BOARD, actor=here.hall.chair)
    assert (await here.plan.row()).editor is Editor.BOARD
