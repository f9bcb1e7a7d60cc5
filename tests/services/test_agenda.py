"""The agenda and its items, on both databases: drafted, approved, opened one at a time, adjourned, closed."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.barring import Barring, Declared
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.officers import Officers
from democracy.services.proceedings.persons import Person
from democracy.storage.reads import agenda as reads
from democracy.storage.reads.reader import Reader
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.step import StepRow
from tests.conference import NOW, Conference, conference
from tests.drafts import drafts
from tests.world import BEFORE, World
from workflows.engine import Role, StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.proceedings import Choice, ItemKind, MatterKind, OfficerRole, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.words import explain

ROLL = Item(ItemKind.FORMALITIES, "Röstlängd")
PLAN = Item(ItemKind.PROPOSAL, "Verksamhetsplan", presenter="Åsa Fridlöv", minutes=45)
REST = Item(ItemKind.OTHER, "Övriga frågor")


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {denial.code for denial in refused.value.denials}


async def drafted(world: World, *items: Item) -> list[UUID]:
    """Items that the office has put on the agenda."""
    agenda, secretary = Agenda(world.database, BEFORE), world.actor("secretary")
    return [await agenda.add(world.meeting, item, actor=secretary) for item in items or (ROLL, PLAN, REST)]


async def rows_of(world: World) -> dict[UUID, AgendaItemRow]:
    async with world.database.unit(NOW) as unit:
        return {row.id: row for row in await unit.items.rows(world.meeting)}


async def sitting(world: World, *items: Item) -> tuple[Conference, list[UUID]]:
    """The conference in progress, with an agenda."""
    made = await drafted(world, *items)
    return await conference(world), made


async def with_question(world: World, item: UUID, *, named: bool) -> UUID:
    """A matter under an item, with an addition E that the chair has put, and answered ja where `named`."""
    async with world.database.unit(NOW) as unit:
        matter = MatterRow(
            id=new_id(),
            meeting_id=world.meeting,
            item_id=item,
            kind=MatterKind.QUESTION,
            state=MatterState.ORDERED,
            position=1,
            title="Stycke 17",
            opened_at=NOW,
        )
        unit.session.add(matter)
        await unit.session.flush()
        addition = ProposalRow(
            id=new_id(),
            matter_id=matter.id,
            kind=ProposalKind.ADDITION,
            state=ProposalState.MADE,
            label="E",
            text="Satsningen utvärderas.",
            from_board=False,
            channel="DIGITAL",
            received_at=NOW,
            recorded_at=NOW,
        )
        order = QuestionOrderRow(id=new_id(), matter_id=matter.id, by_chair=True, content="{}", proposed_at=NOW)
        unit.session.add_all([addition, order])
        await unit.session.flush()
        unit.session.add(
            QuestionRow(
                id=new_id(),
                matter_id=matter.id,
                order_id=order.id,
                kind=QuestionKind.ADDITION,
                state=QuestionState.NAMED if named else QuestionState.PUT,
                position=1,
                level=0,
                proposals=f'["{addition.id.hex}"]',
                answer=Choice.YES if named else None,
                named_at=NOW,
                confirmed_late=False,
            )
        )
    return matter.id  # fmt: skip


async def decide(world: World, matter: UUID) -> None:
    async with world.database.unit(NOW) as unit:
        (await unit.matters.row(MatterRow, matter)).state = MatterState.DECIDED
        for question in await unit.matters.questions(matter):
            question.state = QuestionState.DECIDED


async def test_the_office_drafts_the_agenda_and_puts_it_in_order_before_the_meeting(world: World) -> None:
    first, second, third = await drafted(world)
    await Agenda(world.database, BEFORE).order(world.meeting, [second, third, first], actor=world.actor("staff"))
    assert [row.id for row in (await rows_of(world)).values()] == [second, third, first]
    with pytest.raises(StepDenied) as refused:
        await Agenda(world.database, BEFORE).order(world.meeting, [first, first, second], actor=world.actor("staff"))
    assert codes(refused) == {"order_not_whole"}


async def test_an_item_can_be_put_at_a_place(world: World) -> None:
    first, second, third = await drafted(world)
    placed = await Agenda(world.database, BEFORE).add(world.meeting, ROLL, 2, actor=world.actor("secretary"))
    found = await rows_of(world)
    assert list(found) == [first, placed, second, third]
    assert [row.position for row in found.values()] == [1, 2, 3, 4]


async def test_a_member_neither_drafts_the_agenda_nor_reads_it_before_the_papers(world: World) -> None:
    (item,) = await drafted(world, ROLL)
    with pytest.raises(StepDenied) as refused:
        await Agenda(world.database, BEFORE).add(world.meeting, REST, actor=world.actor("member"))
    assert codes(refused) == {"not_your_role"}
    with pytest.raises(NotFoundError):
        await Agenda(world.database, BEFORE).strike(item, actor=world.actor("member"))


async def test_a_title_that_is_missing_and_a_time_that_is_none_are_refused_with_their_field(world: World) -> None:
    agenda, secretary = Agenda(world.database, BEFORE), world.actor("secretary")
    for item, path in ((Item(ItemKind.OTHER, " "), "title"), (Item(ItemKind.OTHER, "Paus", minutes=0), "minutes")):
        with pytest.raises(InvalidInputError) as refused:
            await agenda.add(world.meeting, item, actor=secretary)
        assert [each.path for each in refused.value.fields] == [path]


async def test_once_opened_the_agenda_is_the_meetings_own_and_a_change_after_its_approval_needs_its_decision(
    world: World,
) -> None:
    made, (first, *_) = await sitting(world)
    agenda, chair = Agenda(world.database, NOW), made.presidium
    with pytest.raises(StepDenied) as refused:
        await agenda.add(world.meeting, REST, actor=world.actor("staff"))
    assert codes(refused) == {"not_your_role"}
    await agenda.set(world.meeting, actor=chair)
    with pytest.raises(StepDenied) as refused:
        await agenda.add(world.meeting, REST, actor=chair)
    assert codes(refused) == {"agenda_set"}
    late = await agenda.add(world.meeting, REST, 1, "Mötet beslutar att lägga till frågan.", actor=chair)
    assert next(iter(await rows_of(world))) == late
    await agenda.strike(first, "Redan behandlat.", actor=chair)
    assert (await rows_of(world))[first].state is ItemState.STRUCK
    await agenda.restore(first, "Ändå inte.", actor=chair)
    assert (await rows_of(world))[first].state is ItemState.PLANNED


async def test_items_are_opened_one_at_a_time_and_get_their_paragraphs_without_gaps(world: World) -> None:
    made, (first, second, third) = await sitting(world)
    items, chair = Items(world.database, NOW), made.presidium
    await items.open(first, actor=chair)
    await items.open(third, actor=chair)
    await items.open(second, actor=chair)
    found = await rows_of(world)
    assert [(found[each].number, found[each].state.name) for each in (first, third, second)] == [
        (1, "CLOSED"), (2, "CLOSED"), (3, "OPEN"),
    ]  # fmt: skip


async def test_an_adjourned_item_keeps_its_paragraph_when_it_is_taken_up_again(world: World) -> None:
    made, (first, second, _) = await sitting(world)
    items, chair = Items(world.database, NOW), made.presidium
    await items.open(first, actor=chair)
    await items.adjourn(first, NOW + timedelta(hours=2), "Redaktionskommittén arbetar.", actor=chair)
    await items.open(second, actor=chair)
    await items.open(first, actor=chair)
    row = (await rows_of(world))[first]
    assert (row.number, row.state, row.adjourned_until) == (1, ItemState.OPEN, None)


async def test_the_next_item_asks_for_a_forgotten_gavel_by_its_paragraph_and_letter(world: World) -> None:
    made, (first, second, _) = await sitting(world)
    items, chair = Items(world.database, NOW), made.presidium
    await items.open(first, actor=chair)
    matter = await with_question(world, first, named=True)
    with pytest.raises(StepDenied) as refused:
        await items.open(second, actor=chair)
    said = [explain(each, language="sv", zone=world.database.zone) for each in refused.value.denials]
    assert any(each.startswith("§ 1 tillägg E saknar bekräftat utfall. Bifall?") for each in said)
    await decide(world, matter)
    await items.open(second, actor=chair)
    assert (await rows_of(world))[first].state is ItemState.CLOSED


async def test_an_item_with_something_undecided_is_neither_closed_nor_left_but_can_be_adjourned(world: World) -> None:
    made, (first, second, _) = await sitting(world)
    items, chair = Items(world.database, NOW), made.presidium
    await items.open(first, actor=chair)
    await with_question(world, first, named=False)
    with pytest.raises(StepDenied) as refused:
        await items.close(first, actor=chair)
    assert codes(refused) == {"matters_undecided"}
    with pytest.raises(StepDenied) as refused:
        await items.open(second, actor=chair)
    assert codes(refused) == {"other_item_undecided"}
    await items.adjourn(first, actor=chair)
    await items.open(second, actor=chair)
    assert (await rows_of(world))[second].state is ItemState.OPEN


async def test_a_closed_item_is_taken_up_again_with_a_reason_and_keeps_its_paragraph(world: World) -> None:
    made, (first, *_) = await sitting(world)
    items, chair = Items(world.database, NOW), made.presidium
    await items.open(first, actor=chair)
    await items.close(first, actor=chair)
    with pytest.raises(StepDenied) as refused:
        await items.reopen(first, " ", actor=chair)
    assert codes(refused) == {"reason_missing"}
    await items.reopen(first, "Nya uppgifter.", actor=chair)
    row = (await rows_of(world))[first]
    assert (row.state, row.number, row.closed_at) == (ItemState.OPEN, 1, None)


async def test_a_meeting_closes_only_when_every_item_is_treated_or_struck_and_says_all_that_is_left(
    world: World,
) -> None:
    made, (first, second, third) = await sitting(world)
    items, chair, meetings = Items(world.database, NOW), made.presidium, Meetings(world.database, NOW)
    await items.open(first, actor=chair)
    matter = await with_question(world, first, named=True)
    with pytest.raises(StepDenied) as refused:
        await meetings.close(world.meeting, actor=chair)
    assert codes(refused) == {"item_open", "gavel_missing", "matters_undecided", "items_left"}
    await decide(world, matter)
    await items.close(first, actor=chair)
    for each in (second, third):
        await Agenda(world.database, NOW).strike(each, "Hinns inte med.", actor=chair)
    await meetings.close(world.meeting, actor=chair)


async def test_a_meeting_is_adjourned_over_night_and_resumed_and_nothing_is_opened_meanwhile(world: World) -> None:
    made, (first, *_) = await sitting(world)
    chair, morning = made.presidium, NOW + timedelta(hours=22)
    await Meetings(world.database, NOW).adjourn(world.meeting, morning, "Till i morgon.", actor=chair)
    with pytest.raises(StepDenied) as refused:
        await Items(world.database, NOW).open(first, actor=chair)
    assert codes(refused) == {"meeting_not_sitting"}
    with pytest.raises(StepDenied) as refused:
        await Meetings(world.database, NOW).close(world.meeting, actor=chair)
    assert "wrong_state" in codes(refused)
    await Meetings(world.database, morning).resume(world.meeting, actor=chair)
    await Items(world.database, morning).open(first, actor=chair)
    async with world.database.unit(morning) as unit:
        assert (await unit.meetings.row(world.meeting)).state is MeetingState.OPENED


async def test_a_scheduled_motion_gets_its_item_and_takes_it_along(world: World) -> None:
    ((_, motion),) = await drafts(world, 1)
    secretary = world.actor("secretary")
    await Drafting(world.database, BEFORE).submit(motion, actor=world.actor("mover"))
    await Admission(world.database, BEFORE).admit(motion, actor=secretary)
    advice = Reply("Skälen.", (Recommendation(1, Outcome.APPROVE),), "DS 12 februari, § 8", 3)
    await Replies(world.database, BEFORE).adopt(motion, advice, actor=secretary)
    await Decisions(world.database, BEFORE).schedule(motion, actor=secretary)
    (row,) = (await rows_of(world)).values()
    assert (row.kind, row.motion_id, row.title) == (ItemKind.MOTION, motion, "Motion E1: Kvällsbussar till Granvik")
    with pytest.raises(StepDenied) as refused:
        await Agenda(world.database, BEFORE).strike(row.id, actor=secretary)
    assert codes(refused) == {"motion_stands"}
    await Drafting(world.database, BEFORE).withdraw(motion, actor=world.actor("mover"))
    assert (await rows_of(world))[row.id].state is ItemState.STRUCK


async def test_every_step_of_an_item_is_recorded_in_its_meeting(world: World) -> None:
    made, (first, *_) = await sitting(world)
    await Items(world.database, NOW).open(first, actor=made.presidium)
    async with world.database.read() as reader:
        statement = select(StepRow.rule).where(StepRow.case_id == first, StepRow.meeting_id == world.meeting)
        assert sorted((await reader.execute(statement)).scalars()) == ["add", "open"]


async def test_whoever_is_barred_makes_the_base_of_an_item_smaller_and_of_no_other(world: World) -> None:
    made, (first, second, _) = await sitting(world)
    ombud = made.actor(0)
    await Barring(world.database, NOW).declare(first, Declared("Min syster söker bidraget."), actor=ombud)
    with pytest.raises(StepDenied) as refused:
        await Barring(world.database, NOW).declare(first, Declared("En gång till."), actor=ombud)
    assert codes(refused) == {"barred_already"}
    assert await entitled(world, first, second) == [5, 6]
    person = Person(member_id=ombud.id)
    await Barring(world.database, NOW).lift(first, person, "Mötet finner ingen jäv.", actor=made.presidium)
    assert await entitled(world, first, second) == [6, 6]


async def entitled(world: World, *items: UUID) -> list[int]:
    reader = Reader(world.actor("delegate"), NOW, world.database.zone)
    async with world.database.read() as connection:
        found = await reads.by_ids(connection, reader, items)
    return [found[each].entitled for each in items]


async def test_on_discharge_the_board_neither_votes_nor_presides_and_the_gavel_goes_back_afterwards(
    world: World,
) -> None:
    made, (discharge, other) = await sitting(world, Item(ItemKind.DISCHARGE, "Ansvarsfrihet"), REST)
    items, officers, secretary = Items(world.database, NOW), Officers(world.database, NOW), made.meeting_secretary
    await officers.elect(world.meeting, OfficerRole.CHAIR, _numbered(world, "chair"), actor=secretary)
    await items.open(discharge, actor=world.actor("chair"))
    assert Role.PRESIDIUM not in (await roles_of(world, "chair"))
    with pytest.raises(StepDenied) as refused:
        await officers.pass_gavel(world.meeting, _numbered(world, "board"), actor=secretary)
    assert codes(refused) == {"person_barred"}
    await officers.pass_gavel(world.meeting, _numbered(world, "outsider"), actor=secretary)
    assert Role.PRESIDIUM in (await roles_of(world, "outsider"))
    await decide_all(world, discharge)
    await items.open(other, actor=world.actor("outsider"))
    assert Role.PRESIDIUM in (await roles_of(world, "chair"))
    assert await roles_of(world, "outsider") == {Role.MEMBER}


def _numbered(world: World, name: str) -> Person:
    return Person(number=world.numbers[name])


async def roles_of(world: World, name: str) -> frozenset[Role]:
    async with world.database.unit(NOW) as unit:
        return (await unit.meetings.case(world.meeting, actor=world.actor(name))).roles


async def decide_all(world: World, item: UUID) -> None:
    async with world.database.unit(NOW) as unit:
        for matter in (await unit.session.scalars(select(MatterRow).where(MatterRow.item_id == item))).all():
            matter.state = MatterState.DECIDED


async def test_what_is_set_aside_or_open_in_another_meeting_is_nobodys_business_here(world: World) -> None:
    """The branch's meeting has an open item with something undecided; the conference goes on all the same."""
    made, (first, second, _) = await sitting(world)
    async with world.database.unit(NOW) as unit:
        (await unit.meetings.row(world.annual_meeting)).opened_at = NOW
        (await unit.meetings.row(world.annual_meeting)).state = MeetingState.OPENED
    branch = world.actor("branch_secretary")
    elsewhere: UUID = await Agenda(world.database, NOW).add(world.annual_meeting, PLAN, actor=branch)
    await Items(world.database, NOW).open(elsewhere, actor=branch)
    for each in (first, second):
        await Items(world.database, NOW).open(each, actor=made.presidium)
    assert (await rows_of(world))[second].state is ItemState.OPEN
