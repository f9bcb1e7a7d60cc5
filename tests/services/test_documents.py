"""A document from a file to its publication, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from democracy.domain.kinds import Channel
from democracy.errors import ConflictError, InvalidInputError, NotFoundError
from democracy.formats.documents.incoming import Format, read_document
from democracy.services.documents.adopting import Adopting
from democracy.services.documents.amending import Amending
from democracy.services.documents.deciding import Deciding
from democracy.services.documents.editing import Editing, Rewording
from democracy.services.documents.floor import Settled, record_amendment, settle, submitted, tie, unsettle
from democracy.services.documents.importing import Belonging, Importing
from democracy.services.documents.locks import Answer, Locks
from democracy.services.documents.places import Change
from democracy.services.documents.proposing import CoProposer, Proposing
from democracy.services.motions.drafting import Arrival
from democracy.storage.tables.document import DocumentProposerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.step import StepRow
from tests.documents import DECISION, LATER, SOURCE, TEXT, imported, open_conference, proposals_on_agenda, proposed
from tests.documents import Plan as Paper
from tests.world import BEFORE, World
from workflows.amendment import AmendmentState
from workflows.document import DocumentState, Editor
from workflows.engine import StepDenied
from workflows.proceedings import PlaceOperation
from workflows.statutes.parameters.order import DocumentKind

DAK = "DÅK 2026, § 14"


def replacing(plan: Paper, label: str, text: str, letter: str = "") -> Change:
    return Change(PlaceOperation.REPLACE, plan.keys[label], letter, text)


def inserting(plan: Paper, label: str, text: str) -> Change:
    return Change(PlaceOperation.INSERT, plan.keys[label], "", text)


async def amended(plan: Paper, change: Change, by: str = "mover") -> UUID:
    return await Amending(plan.world.database, BEFORE).submit(plan.id, change, "Därför.", actor=plan.actor(by))


async def decided(plan: Paper, amendment: UUID, *, approved: bool = True, text: str | None = None) -> None:
    deciding = Deciding(plan.world.database, LATER)
    await deciding.decide(amendment, DAK, text, approved=approved, actor=plan.actor("meeting_secretary"))


async def steps(world: World) -> int:
    async with world.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(StepRow))).scalar_one()


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> list[str]:
    return [each.code for each in denied.value.denials]


async def test_a_text_lives_from_the_file_to_its_publication(world: World) -> None:
    plan = await proposed(world)
    whole = await amended(plan, replacing(plan, "4", "Distriktet anställer en ombudsman på heltid."))
    point = await amended(plan, replacing(plan, "3", "Varje möte har två sekretrare.", "b"), "member")
    lost = await amended(plan, Change(PlaceOperation.DELETE, plan.keys["2"]), "co_mover")
    await open_conference(world)
    await decided(plan, whole, text="Distriktet anställer en ombudsman på heltid från 2027.")
    await decided(plan, point)
    await decided(plan, lost, approved=False)
    adopting = Adopting(world.database, LATER)
    await adopting.adopt(plan.id, DAK, Editor.PRESIDIUM, actor=plan.actor("presidium"))
    assert await plan.lines() == [
        ("1", "Arbete är mer än lön. Det binder oss samman."),
        ("2", "Vi möts ofta."),
        ("3", "- Varje förening har en kassör\n- Varje möte har två sekretrare."),
        ("4", "Distriktet anställer en ombudsman på heltid från 2027."),
    ]
    adopted = await plan.text()
    assert [each.locked for each in adopted.values()] == [True, False, False, False]
    third = list(adopted)[2]
    right = "- Varje förening har en kassör\n- Varje möte har två sekreterare."
    editing = Editing(world.database, LATER)
    await editing.edit(plan.id, [Rewording(third, right)], "Skrivfel.", actor=plan.actor("meeting_secretary"))
    assert (await plan.lines())[2] == ("3", right)
    await editing.publish(plan.id, actor=plan.actor("staff"))
    row = await plan.row()
    assert (row.state, row.adopted_by) == (DocumentState.PUBLISHED, DAK)
    async with world.database.unit(LATER) as unit:
        assert row.current_id is not None
        made = {(each.letter, each.amendment_id) for each in await unit.documents.sources(row.current_id)}
    assert made == {("", whole), ("b", point)}


async def test_a_lock_binds_when_a_person_has_said_so_and_names_its_source(world: World) -> None:
    plan = await imported(world)
    secretary, locks = world.actor("secretary"), Locks(world.database, BEFORE)
    with pytest.raises(StepDenied) as denied:
        await locks.confirm(plan.id, [], actor=secretary)
    assert codes(denied) == ["locks_unanswered"]
    await locks.confirm(plan.id, [Answer(plan.keys["1"], locked=False)], actor=secretary)
    assert not any(each.locked for each in (await plan.text()).values())
    await locks.confirm(plan.id, [Answer(plan.keys["2"], locked=True, provenance="Stadgarna 2024")], actor=secretary)
    locked = {str(each.place): each.provenance for each in (await plan.text()).values() if each.locked}
    assert locked == {"2": "Stadgarna 2024"}


async def test_a_lock_without_a_source_is_not_confirmed(world: World) -> None:
    plan = await imported(world, "1. *Ett helt stycke i kursiv stil.*\n2. Annat.")
    with pytest.raises(StepDenied) as denied:
        await Locks(world.database, BEFORE).confirm(
            plan.id, [Answer(plan.keys["1"], locked=True)], actor=world.actor("secretary")
        )
    assert codes(denied) == ["lock_without_source"]


async def test_a_lock_points_to_the_version_of_the_programme_that_says_so(world: World) -> None:
    secretary, database = world.actor("secretary"), world.database
    programme = read_document("1. Arbete är mer än lön. Det binder oss samman.\n2. Mer.".encode(), Format.MARKDOWN)
    board = Belonging(board_id=world.bodies["district/board"])
    importing = Importing(database, BEFORE)
    source = await importing.bring_in(board, DocumentKind.PROGRAMME, "Program", programme, SOURCE, actor=secretary)
    await Locks(database, BEFORE).confirm(source, [], actor=secretary)
    await Adopting(database, BEFORE).enter_adopted(source, "Kongressen 2016", actor=secretary)
    async with database.unit(BEFORE) as unit:
        version = (await unit.documents.row(source)).current_id
    plan = await imported(world)
    await Locks(database, BEFORE).confirm(plan.id, [Answer(plan.keys["1"], True, None, version)], actor=secretary)
    other = await imported(world, TEXT.replace("binder oss samman", "för oss samman"))
    with pytest.raises(InvalidInputError, match="not_quoted_there"):
        await Locks(database, BEFORE).confirm(other.id, [Answer(other.keys["1"], True, None, version)], actor=secretary)


async def test_a_locked_paragraph_is_not_amended_and_the_refusal_names_what_it_quotes(world: World) -> None:
    plan = await proposed(world)
    before = await steps(world)
    with pytest.raises(StepDenied) as denied:
        await amended(plan, replacing(plan, "1", "Annat."))
    (denial,) = denied.value.denials
    assert (denial.code, denial.paragraph) == ("locked", "locked-text")
    assert denial.params["source"] == "Solpartiets program 2016"
    assert await steps(world) == before
    await amended(plan, inserting(plan, "1", "Beside the quotation."))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda plan: Change(PlaceOperation.REPLACE, plan.id, "", "x"), "place_unknown"),
        (lambda plan: replacing(plan, "3", "x", "d"), "place_unknown"),
        (lambda plan: Change(PlaceOperation.DELETE, None), "place_unknown"),
        (lambda plan: replacing(plan, "2", " "), "text_missing"),
        (lambda plan: replacing(plan, "2", "Vi  möts ofta."), "nothing_changed"),
        (lambda plan: Change(PlaceOperation.MOVE, plan.keys["2"]), "destination_missing"),
        (lambda plan: Change(PlaceOperation.MOVE, plan.keys["2"], to_paragraph_id=plan.id), "destination_unknown"),
        (lambda plan: Change(PlaceOperation.MOVE, plan.keys["3"], "a", to_beginning=True), "destination_unknown"),
    ],
)  # fmt: skip
async def test_an_amendment_that_means_nothing_is_refused(world: World, change: object, code: str) -> None:
    plan = await proposed(world)
    with pytest.raises(StepDenied) as denied:
        await amended(plan, change(plan))  # type: ignore[operator]
    assert codes(denied) == [code]


async def test_amendments_are_handed_in_before_the_deadline_by_whoever_may(world: World) -> None:
    plan = await proposed(world)
    change = inserting(plan, "2", "Nytt.")
    deadline = (await _meeting(world)).amendments_close_at
    assert deadline is not None
    with pytest.raises(StepDenied) as denied:
        await Amending(world.database, deadline).submit(plan.id, change, actor=world.actor("mover"))
    assert codes(denied) == ["deadline_passed"]
    with pytest.raises(NotFoundError):
        await amended(plan, change, "outsider")
    with pytest.raises(StepDenied) as denied:
        await amended(plan, change, "staff")
    assert codes(denied) == ["not_your_role"]
    first, second = await amended(plan, change), await amended(plan, change, "delegate")
    assert [(await plan.amendment(each)).number for each in (first, second)] == [1, 2]


async def test_what_came_on_paper_in_time_is_recorded_afterwards(world: World) -> None:
    plan = await proposed(world)
    deadline = (await _meeting(world)).amendments_close_at
    assert deadline is not None
    change, secretary = inserting(plan, "2", "Nytt."), world.actor("secretary")
    amending, number = Amending(world.database, deadline), world.numbers["birger"]
    key = await amending.record(plan.id, change, number, Arrival(Channel.POST, BEFORE), actor=secretary)
    row = await plan.amendment(key)
    assert (row.mover_member_id, row.channel, row.received_at) == (world.members["birger"], Channel.POST, BEFORE)
    assert row.recorded_by == world.members["secretary"]
    with pytest.raises(StepDenied) as denied:
        await amending.record(plan.id, change, number, Arrival(Channel.POST, deadline), actor=secretary)
    assert codes(denied) == ["deadline_passed"]


async def test_a_unit_moves_by_its_decision_through_those_who_lead_it(world: World) -> None:
    plan = await proposed(world)
    change, branch = inserting(plan, "2", "Nytt."), (world.units["granvik"], "Årsmötet, § 9")
    amending = Amending(world.database, BEFORE)
    key = await amending.submit(plan.id, change, "", branch, actor=world.actor("branch_chair"))
    assert (await plan.amendment(key)).mover_unit_id == world.units["granvik"]
    with pytest.raises(StepDenied) as denied:
        await amending.submit(plan.id, change, "", branch, actor=world.actor("member"))
    assert codes(denied) == ["not_your_role"]


async def test_an_amendment_is_withdrawn_by_its_mover_until_the_meeting_opens(world: World) -> None:
    plan = await proposed(world)
    first, second = [await amended(plan, inserting(plan, "2", text)) for text in ("Ett.", "Två.")]
    amending = Amending(world.database, BEFORE)
    with pytest.raises(NotFoundError):
        await amending.withdraw(first, actor=world.actor("member"))
    with pytest.raises(StepDenied) as denied:
        await amending.withdraw(first, actor=world.actor("secretary"))
    assert codes(denied) == ["mover_did_not_ask"]
    await amending.withdraw(first, actor=world.actor("mover"))
    await open_conference(world)
    with pytest.raises(StepDenied) as denied:
        await Amending(world.database, LATER).withdraw(second, actor=world.actor("mover"))
    assert codes(denied) == ["belongs_to_meeting"]


async def test_a_text_is_not_adopted_while_something_is_undecided_or_contradictory(world: World) -> None:
    plan = await proposed(world)
    one, other, third = [
        await amended(plan, change)
        for change in (
            replacing(plan, "4", "Heltid."),
            Change(PlaceOperation.DELETE, plan.keys["4"]),
            inserting(plan, "2", "Nytt."),
        )
    ]
    await open_conference(world)
    await decided(plan, one)
    await decided(plan, other)
    adopting, presidium = Adopting(world.database, LATER), world.actor("presidium")
    with pytest.raises(StepDenied) as denied:
        await adopting.adopt(plan.id, DAK, actor=presidium)
    assert codes(denied) == ["amendments_undecided", "decisions_contradict"]
    await decided(plan, third)
    await Deciding(world.database, LATER).reopen(other, "Fel klubbat.", actor=presidium)
    await decided(plan, other, approved=False)
    await adopting.adopt(plan.id, DAK, actor=presidium)
    assert [label for label, _ in await plan.lines()] == ["1", "2", "2 A", "3", "4"]


async def test_nothing_but_spelling_and_numbers_is_put_right_and_only_by_those_authorised(world: World) -> None:
    plan = await proposed(world)
    added = await amended(plan, inserting(plan, "2", "Nytt."))
    await open_conference(world)
    await decided(plan, added)
    await Adopting(world.database, LATER).adopt(plan.id, DAK, Editor.BOARD, actor=world.actor("presidium"))
    keys = list(await plan.text())
    editing, secretary = Editing(world.database, LATER), world.actor("secretary")
    for rewordings, by, code in (
        ([Rewording(keys[0], "Annat.")], "secretary", "quotation_changed"),
        ([Rewording(keys[3], "- En punkt")], "secretary", "places_changed"),
        ([], "secretary", "nothing_changed"),
        ([Rewording(keys[1], "Vi möts.")], "presidium", "not_authorised"),
    ):
        with pytest.raises(StepDenied) as denied:
            await editing.edit(plan.id, rewordings, "Skrivfel.", actor=world.actor(by))
        assert codes(denied) == [code]
    await editing.edit(plan.id, [], "Numrering.", renumber=True, actor=secretary)
    assert [label for label, _ in await plan.lines()] == ["1", "2", "3", "4", "5"]
    with pytest.raises(ConflictError):
        await editing.edit(plan.id, [], "Igen.", 1, renumber=True, actor=secretary)


async def test_a_proposal_on_the_agenda_is_recorded_tied_and_settled(world: World) -> None:
    plan = await proposed(world)
    sent = await amended(plan, inserting(plan, "2", "Nytt."))
    await open_conference(world)
    proposals, presidium = await proposals_on_agenda(plan, 2), world.actor("presidium")
    async with world.database.unit(LATER) as unit:
        assert [each.id for each in await submitted(unit, plan.id)] == [sent]
        await tie(unit, sent, proposals[0])
        floor = await record_amendment(
            unit, plan.id, replacing(plan, "4", "Heltid."), proposal_id=proposals[1],
            mover_id=world.members["delegate"],
            arrival=Arrival(Channel.FLOOR, LATER), actor=presidium,
        )  # fmt: skip
        assert await submitted(unit, plan.id) == []
    with pytest.raises(StepDenied) as denied:
        await decided(plan, sent)
    assert codes(denied) == ["decided_on_agenda"]
    decision = plan.id
    async with world.database.unit(LATER) as unit:
        rows = [Settled(sent, decision, approved=False), Settled(floor, decision, approved=True, text="Heltid 2027.")]
        await settle(unit, rows, actor=presidium)
        await unsettle(unit, [sent], actor=presidium)
        await settle(unit, [Settled(sent, decision, approved=True)], actor=presidium)
    await Adopting(world.database, LATER).adopt(plan.id, DAK, actor=presidium)
    assert (await plan.lines())[-1] == ("4", "Heltid 2027.")
    assert (await plan.amendment(floor)).state is AmendmentState.APPROVED


async def test_the_board_adopts_after_a_conference_only_where_the_statutes_say_so(world: World) -> None:
    plan = await proposed(world)
    await open_conference(world)
    adopting = Adopting(world.database, LATER)
    with pytest.raises(StepDenied) as denied:
        await adopting.adopt_by_board(plan.id, "DS § 5", actor=world.actor("secretary"))
    assert codes(denied) == ["route_closed"]
    await adopting.adopt(plan.id, DAK, actor=world.actor("presidium"))


async def test_a_text_has_co_proposers_and_is_withdrawn_only_before_the_meeting(world: World) -> None:
    branch = CoProposer(world.bodies["granvik/board"], "Styrelsen § 3")
    plan = await proposed(world, branch)
    async with world.database.read() as connection:
        rows = (await connection.execute(select(DocumentProposerRow.body_id, DocumentProposerRow.decision))).all()
    assert [tuple(each) for each in rows] == [(branch.body_id, "Styrelsen § 3")]
    await Proposing(world.database, BEFORE).withdraw(plan.id, "Ny version.", actor=world.actor("secretary"))
    assert (await plan.row()).state is DocumentState.WITHDRAWN


async def test_members_read_it_once_it_is_laid_and_others_amendments_with_the_papers(world: World) -> None:
    plan = await imported(world)
    async with world.database.unit(BEFORE) as unit:
        for name in ("member", "outsider", "anonymous"):
            with pytest.raises(NotFoundError):
                await unit.documents.case(plan.id, actor=world.actor(name))
        for name in ("board", "auditor", "staff"):
            await unit.documents.case(plan.id, actor=world.actor(name))
    plan = await proposed(world)
    key = await amended(plan, inserting(plan, "2", "Nytt."))
    async with world.database.unit(BEFORE) as unit:
        await unit.documents.case(plan.id, actor=world.actor("member"))
        with pytest.raises(NotFoundError):
            await unit.documents.amendment_case(key, actor=world.actor("member"))
        await unit.documents.amendment_case(key, actor=world.actor("mover"))
    await open_conference(world)
    async with world.database.unit(LATER) as unit:
        await unit.documents.amendment_case(key, actor=world.actor("member"))
        with pytest.raises(NotFoundError):
            await unit.documents.amendment_case(key, actor=world.actor("outsider"))


@pytest.mark.parametrize("name", ["member", "presidium", "auditor"])
async def test_only_those_who_prepare_the_meeting_read_a_text_in(world: World, name: str) -> None:
    before = await steps(world)
    with pytest.raises(StepDenied) as denied:
        await imported(world, by=name)
    assert codes(denied) == ["not_your_role"]
    assert await steps(world) == before


async def test_a_text_may_be_read_in_again_until_it_is_laid(world: World) -> None:
    plan = await imported(world)
    secretary, importing = world.actor("secretary"), Importing(world.database, BEFORE)
    reading = read_document(b"1. Nytt.", Format.MARKDOWN)
    await importing.bring_in_again(plan.id, reading, SOURCE, actor=secretary)
    assert await plan.lines() == [("1", "Nytt.")]
    await Locks(world.database, BEFORE).confirm(plan.id, [], actor=secretary)
    with pytest.raises(StepDenied) as denied:
        await Proposing(world.database, BEFORE).propose(plan.id, " ", actor=secretary)
    assert codes(denied) == ["board_decision_missing"]
    await Proposing(world.database, BEFORE).propose(plan.id, DECISION, actor=secretary)
    with pytest.raises(StepDenied) as denied:
        await importing.bring_in_again(plan.id, reading, SOURCE, actor=secretary)
    assert codes(denied) == ["wrong_state"]


async def _meeting(world: World) -> MeetingRow:
    async with world.database.unit(BEFORE) as unit:
        return await unit.meetings.row(world.meeting)
