"""What is proposed on a matter: by whom, what it lacks, withdrawn, taken over, reconciled."""

import pytest

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.reopening import Reopening
from democracy.storage.tables.agenda import AgendaItemRow, WaiverRow
from tests.deciding import OWN, at_passage, codes, movers
from tests.world import World
from workflows.engine import StepDenied
from workflows.matter import MatterState
from workflows.proceedings import Choice, ProposalKind
from workflows.proposal import ProposalState

K, S = ProposalKind, ProposalState
YES, NO = Choice.YES, Choice.NO


async def test_what_means_the_same_is_put_once_with_all_its_movers(world: World) -> None:
    hall = await at_passage(world)
    first = await hall.propose(K.REJECT, by=hall.ombud(1))
    again = await hall.propose(K.REJECT, by=hall.ombud(2))
    text = await hall.propose(K.AMENDMENT, "Heltid från 2027.", by=hall.ombud(1))
    same = await hall.propose(K.AMENDMENT, "  heltid  från 2027. ", by=hall.ombud(3))
    assert (first, text) == (again, same)
    assert list(await hall.proposals()) == ["A", "B", "C"]
    assert await movers(hall, "B") == [hall.ombud(1).id, hall.ombud(2).id]
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.ombud(2))
    assert codes(refused) == {"stands_already"}


async def test_only_those_with_the_right_propose_and_for_another_only_the_secretary(world: World) -> None:
    hall = await at_passage(world)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=world.actor("member"))
    assert codes(refused) == {"not_your_role", "mover_without_right"}
    for_another = Receipt(hall.ombud(2).id, Channel.FLOOR)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.ombud(1), receipt=for_another)
    assert codes(refused) == {"not_your_role"}
    without_right = Receipt(world.members["member"], Channel.PAPER)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.REJECT, by=hall.secretary, receipt=without_right)
    assert codes(refused) == {"mover_without_right"}
    assert list(await hall.proposals()) == ["A"]


async def test_what_a_proposal_lacks_is_told_at_once(world: World) -> None:
    hall = await at_passage(world)
    for kind, more, missing in (
        (K.AMENDMENT, {}, {"text_missing"}),
        (K.DEFER, {}, {"meeting_missing"}),
        (K.DEFER, {"back_at": hall.conference.meeting}, {"named_meeting_unfit"}),
        (K.ADDITION, {"text": "Det utvärderas.", "adds_to": None}, {"adds_to_missing"}),
        (K.REFER, {}, {"recipient_missing"}),
        (K.REFER_BACK, {"recipient": "DS", "reason": "Oklart."}, {"instruction_missing", "return_missing"}),
    ):
        with pytest.raises(StepDenied) as refused:
            await hall.propose(kind, **more)
        assert codes(refused) == missing


async def test_after_yrkandestopp_only_formal_proposals_unless_the_meeting_waives_it(world: World) -> None:
    hall = await at_passage(world)
    made = await hall.propose(K.REJECT, by=hall.ombud(1))
    await hall.change(AgendaItemRow, hall.item, proposals_close_at=hall.now)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.AMENDMENT, "Heltid.")
    assert codes(refused) == {"proposals_closed"}
    await hall.propose(K.DEFER, back_at=world.next_meeting)
    await hall.service(Proposals).join(made, OWN, actor=hall.ombud(2))
    await hall.service(Proposals).withdraw(made, OWN, actor=hall.ombud(1))
    async with world.database.unit(hall.now) as unit:
        unit.session.add(
            WaiverRow(
                id=new_id(), meeting_id=hall.conference.meeting, item_id=hall.item, workflow="proposal",
                code="proposals_closed", reason="Alla hann inte.", decided_at=hall.now,
            )
        )  # fmt: skip
    await hall.propose(K.AMENDMENT, "Heltid.")
    assert await movers(hall, "B") == [hall.ombud(2).id]


async def test_a_withdrawn_proposal_is_taken_over_by_another(world: World) -> None:
    hall = await at_passage(world)
    made = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(1))
    service = hall.service(Proposals)
    with pytest.raises(StepDenied) as refused:
        await service.withdraw(made, OWN, actor=hall.ombud(2))
    assert codes(refused) == {"not_your_role", "not_a_mover"}
    await service.withdraw(made, OWN, actor=hall.ombud(1))
    assert (await hall.states())["B"] is S.WITHDRAWN
    await service.take_over(made, OWN, actor=hall.ombud(2))
    assert ((await hall.states())["B"], await movers(hall, "B")) == (S.MADE, [hall.ombud(2).id])


async def test_the_board_withdraws_its_own_and_a_matter_without_proposals_lapses(world: World) -> None:
    hall = await at_passage(world)
    first = (await hall.proposals())["A"].id
    with pytest.raises(StepDenied) as refused:
        await hall.service(Matters).lapse(hall.matter, actor=hall.chair)
    assert codes(refused) == {"proposals_stand"}
    await hall.service(Proposals).withdraw(first, OWN, actor=hall.board)
    await hall.service(Matters).lapse(hall.matter, actor=hall.chair)
    assert await hall.state() is MatterState.LAPSED
    await hall.service(Reopening).reopen(hall.matter, "Någon vill yrka.", actor=hall.chair)
    await hall.service(Proposals).take_over(first, OWN, actor=hall.ombud(0))
    assert await hall.states() == {"A": S.MADE}


async def test_a_declined_reconciliation_leaves_its_sources_as_they_were(world: World) -> None:
    hall = await at_passage(world)
    one = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(0))
    other = await hall.propose(K.AMENDMENT, "Heltid 2027.", by=hall.ombud(1), variant_of=one)
    service, text = hall.service(Reconciling), Wording(K.AMENDMENT, "Heltid, helst 2027.")
    with pytest.raises(StepDenied) as refused:
        await service.reconcile(hall.matter, [one, new_id()], text, OWN, actor=hall.ombud(0))
    assert codes(refused) == {"sources_missing"}
    jamkning = await service.reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    with pytest.raises(StepDenied) as refused:
        await service.accept(jamkning, OWN, actor=hall.ombud(2))
    assert codes(refused) == {"not_your_role", "not_asked"}
    await service.decline(jamkning, OWN, actor=hall.ombud(1))
    assert await hall.states() == {"A": S.MADE, "B1": S.MADE, "B2": S.MADE, "B": S.WITHDRAWN}
    again = await service.reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    await service.accept(again, OWN, actor=hall.ombud(1))
    assert (await hall.states())["C"] is S.MADE


async def test_a_reconciliation_that_nobody_answers_comes_to_nothing_when_the_order_is_approved(world: World) -> None:
    hall = await at_passage(world)
    one = await hall.propose(K.AMENDMENT, "Heltid.", by=hall.ombud(0))
    other = await hall.propose(K.AMENDMENT, "Heltid 2027.", by=hall.ombud(1))
    text = Wording(K.AMENDMENT, "Heltid, helst 2027.")
    await hall.service(Reconciling).reconcile(hall.matter, [one, other], text, OWN, actor=hall.ombud(0))
    await hall.ordered()
    assert await hall.states() == {"A": S.MADE, "B": S.MADE, "C": S.MADE, "D": S.WITHDRAWN}
