"""SCENARIOS.md, story 1, steps 1-10: how § 14, passage 17 is decided."""

from datetime import timedelta

import pytest

from democracy.domain.kinds import Channel, Outcome
from democracy.services.proceedings.gavel import Gavel, Named
from democracy.services.proceedings.orders import Suggestion
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.reconciling import Reconciling
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import QuestionRow
from tests.deciding import OWN, Hall, at_passage
from tests.workflows.zone import STOCKHOLM
from tests.world import World
from workflows.engine import StepDenied
from workflows.matter import MatterState
from workflows.proceedings import Choice, ProposalKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.words import explain

K = ProposalKind
YES, NO = Choice.YES, Choice.NO


def said(refused: pytest.ExceptionInfo[StepDenied]) -> list[str]:
    return [explain(each, language="sv", zone=STOCKHOLM) for each in refused.value.denials]


async def proposed(hall: Hall) -> None:
    """Steps 1 and 2: A from the start, then what is made on devices and on a slip."""
    tora, per_ola, nils_erik, samira = (hall.ombud(index) for index in range(4))
    elin, idris = hall.ombud(4), hall.ombud(5)
    b1 = await hall.propose(K.AMENDMENT, "Distriktet anställer en ombudsman på heltid.", by=tora)
    hall.now += timedelta(minutes=8)
    slip = Receipt(per_ola.id, Channel.PAPER, hall.now - timedelta(minutes=8))
    await hall.propose(
        K.AMENDMENT, "Heltid från 2027.", by=hall.secretary, receipt=slip, variant_of=b1
    )  # fmt: skip
    await hall.propose(K.COUNTER, "Distriktet inrättar i stället en föreningsfond på 300 000 kr.", by=nils_erik)
    await hall.propose(K.REJECT, by=samira)
    await hall.propose(K.ADDITION, "Satsningen utvärderas till DÅK 2028.", by=elin)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REFER_BACK, by=idris)
    assert said(refused) == [
        "Skriv vem som ska ta emot återremissen.",
        "Skriv vad mottagaren ska göra.",
        "Skriv varför ärendet ska tillbaka.",
        "Skriv när ärendet ska komma tillbaka, eller till vilket möte.",
    ]
    await hall.propose(
        K.REFER_BACK, by=idris, recipient="Distriktsstyrelsen", instruction="Beräkna kostnaden.",
        reason="Kostnaden är okänd.", back_at=hall.world.next_meeting,
    )  # fmt: skip


async def test_the_passage_is_decided_as_the_story_tells(world: World) -> None:
    hall = await at_passage(world, ombud=57)
    await proposed(hall)
    made = await hall.proposals()
    assert list(made) == ["A", "B1", "B2", "C", "D", "E", "F"]
    slip = made["B2"]
    assert (slip.recorded_at - slip.received_at, slip.recorded_by) == (timedelta(minutes=8), hall.secretary.id)

    # 3. Yrkandestopp.
    await hall.change(AgendaItemRow, hall.item, proposals_close_at=hall.now + timedelta(minutes=1))
    hall.now += timedelta(minutes=5)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.AMENDMENT, "Distriktet anställer två.", by=hall.ombud(6))
    (words,) = said(refused)
    assert words.startswith("Yrkandestopp var")
    assert "Du kan ansluta dig till ett yrkande, jämka eller be mötet häva stoppet." in words
    assert words.endswith("Mötet kan besluta att göra undantag.")

    # 4. Jämkning: both accept, Per-Ola's yes is recorded by the secretary.
    reconciling = hall.service(Reconciling)
    text = Wording(K.AMENDMENT, "Distriktet anställer en ombudsman på heltid, tidigast från 1 januari 2027.")
    b = await reconciling.reconcile(
        hall.matter, [made["B1"].id, made["B2"].id], text, OWN, actor=hall.ombud(0)
    )  # fmt: skip
    assert (await hall.states())["B"] is ProposalState.DRAFTED
    per_ola = Receipt(hall.ombud(1).id, Channel.FLOOR)
    await reconciling.accept(b, per_ola, actor=hall.secretary)
    states = await hall.states()
    assert [states[each] for each in ("B", "B1", "B2")] == [
        ProposalState.MADE, ProposalState.RECONCILED, ProposalState.RECONCILED,
    ]  # fmt: skip

    # 5. The chair's order of questions stands against Samira's; the chair's wins.
    await hall.debate_over()
    await hall.order(Suggestion(main=made["A"].id))
    await hall.order(Suggestion(main=made["D"].id), by=hall.ombud(3))
    await hall.find(YES)
    await hall.approve()
    kinds = [(row.kind.name, row.position) for row in await hall.questions() if row.kind.name != "ORDER"]
    assert kinds == [("TODAY", 1), ("RIVALS", 2), ("ADDITION", 3)]

    # 6. Decided today: 35 to 20.
    await hall.name(YES)
    await hall.ask_division(hall.ombud(5))
    await hall.vote(35, 20, 2)
    await hall.gavel()
    assert (await hall.states())["F"] is ProposalState.LOST

    # 7. Named from the outside in, voted from the inside out.
    await hall.name(made["A"].id)
    await hall.ask_division(hall.ombud(0))
    await hall.name(b)
    await hall.ask_division(hall.ombud(2))
    await hall.find(made["C"].id)
    root = next(row for row in await hall.questions() if row.kind.name == "RIVALS" and row.level == 0)
    await hall.service(Gavel).approve_voting(root.id, actor=hall.chair)

    # 8 and 9.
    await hall.vote(31, 22, 4)
    second = await hall.open_division()
    with pytest.raises(StepDenied) as refused:
        await hall.count(second, 72, 29, 1)
    assert said(refused) == ["72 + 29 + 1 = 102, röstlängden har 57. Räkna om."]
    await hall.count(second, 27, 29, 1)
    await hall.gavel()
    states = await hall.states()
    assert {label: states[label] for label in "ABCD"} == {
        "A": ProposalState.LOST, "B": ProposalState.CARRIED, "C": ProposalState.LOST, "D": ProposalState.LOST,
    }  # fmt: skip
    await hall.find(YES)
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.APPROVE_REWORDED, b)


async def test_after_the_last_vote_the_addition_is_confirmed_late(world: World) -> None:
    hall = await at_passage(world, ombud=57)
    b = await hall.propose(K.AMENDMENT, "Distriktet anställer en ombudsman på heltid.")
    addition = await hall.propose(K.ADDITION, "Satsningen utvärderas till DÅK 2028.", by=hall.ombud(4))
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    await hall.ask_division()
    await hall.vote(27, 29, 1)
    (rivals, _) = await hall.questions()
    assert (rivals.state, rivals.named_id, rivals.counted) == (QuestionState.NAMED, b, True)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Gavel).name(rivals.id, Named((await hall.proposals())["A"].id), actor=hall.chair)
    assert said(refused) == ["Rösterna är räknade. Siffrorna säger utfallet."]
    await hall.gavel()
    states = await hall.states()
    assert (states["A"], states["B"], states["C"]) == (
        ProposalState.LOST, ProposalState.CARRIED, ProposalState.MADE,
    )  # fmt: skip

    # 10. The meeting answers yes, but the gavel is forgotten.
    question = await hall.name(YES)
    assert await hall.state() is MatterState.ORDERED
    hall.now += timedelta(minutes=30)
    await hall.service(Gavel).confirm(question, actor=hall.chair)
    async with world.database.unit(hall.now) as unit:
        row = await unit.session.get_one(QuestionRow, question)
    assert (row.confirmed_late, row.gavel_at, row.winner_id) == (True, hall.now, addition)
    (decision,) = await hall.decisions()
    assert (decision.outcome, decision.proposal_id) == (Outcome.APPROVE_REWORDED, b)
    assert decision.wording == ("Distriktet anställer en ombudsman på heltid.\n\nSatsningen utvärderas till DÅK 2028.")
    assert await hall.state() is MatterState.DECIDED
