"""A district conference over two days, from the papers to its verified minutes, through the services."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from democracy.domain.actors import Member
from democracy.domain.kinds import Outcome
from democracy.services.meetings import Meetings
from democracy.services.proceedings.announcing import Announcing, HandLot, Tiebreak
from democracy.services.proceedings.barring import Barring, Declared
from democracy.services.proceedings.blocks import Blocks
from democracy.services.proceedings.divisions import Divisions
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.items import Items
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_reading import shown
from democracy.services.proceedings.minutes_signing import MinutesSigning, Signature
from democracy.services.proceedings.officers import Officers
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.persons import Person
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.proposal_deadline import ProposalStop
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.recording import Heard, Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.services.proceedings.roll import Rolls
from democracy.services.proceedings.statements import Statement, Statements
from democracy.services.proceedings.waivers import SetAside, Waivers
from democracy.services.verifying.minutes import verify_minutes
from democracy.storage import agenda_items
from democracy.storage.tables.agenda import BarredRow
from democracy.storage.tables.document import AmendmentRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, ProposalRow
from democracy.storage.tables.motion import DecisionRow
from democracy.storage.tables.roll import RollEntryRow
from democracy.workers import sequencer
from tests.gathering import AMENDMENTS, CLAUSES, DELEGATES, FORMS, IN_BLOCK, PARAGRAPHS, Gathering, gathered, moment
from tests.world import World
from workflows.amendment import AmendmentState
from workflows.document import DocumentState
from workflows.engine import StepDenied
from workflows.proceedings import Choice, Formality, ProposalKind, StatementKind
from workflows.proposal import ProposalState

K = ProposalKind
PAGE = Path(__file__).parent.parent / "texts" / "pages" / "en_hel_konferens.md"
YES, NO = Choice.YES, Choice.NO


async def opened(hall: Gathering, title: str) -> list[UUID]:
    """Open an item; what it gives the meeting to decide."""
    hall.item = hall.items[title]
    await hall.service(Items).open(hall.item, actor=hall.chair)
    async with hall.world.database.unit(hall.now) as unit:
        found: list[UUID] = await agenda_items.matters(unit.session, hall.item)
    hall.matter = found[0]
    return found


def best(rows: Sequence[ProposalRow]) -> ProposalRow:
    """The board's, or the first that stands."""
    standing = [row for row in rows if row.state is ProposalState.MADE]
    return next((row for row in standing if row.from_board), standing[0])


async def hears(hall: Gathering, matter: UUID, label: str | None = None) -> None:
    """Acclamation and the gavel, on what the board proposes or on what is named."""
    hall.matter = matter
    rows = await hall.proposals()
    won = rows[label] if label else best(list(rows.values()))
    additions = tuple(row.id for row in rows.values() if row.kind is K.ADDITION)
    heard = Heard(None, additions) if won.kind is K.ADDITION else Heard(won.id, additions)
    await hall.service(Recording).decide(matter, heard, actor=hall.chair)


async def formalities(hall: Gathering) -> None:
    """The meeting constitutes itself."""
    elected = {
        Formality.CHAIR: (hall.chair.id, hall.ombud(10).id), Formality.SECRETARY: (hall.secretary.id,),
        Formality.VERIFIERS: (hall.ombud(11).id, hall.ombud(12).id),
        Formality.TELLERS: (hall.ombud(13).id, hall.ombud(14).id),
    }  # fmt: skip
    for form in Formality:
        (matter,) = await opened(hall, FORMS[form])
        if form in elected:
            await hall.propose(K.APPROVE, "Valberedningens förslag.", by=hall.ombud(20), nominees=elected[form])
        await hears(hall, matter)


async def report_and_discharge(hall: Gathering) -> None:
    """The board takes no part in the decision on its own discharge, and another chair holds the gavel."""
    (matter,) = await opened(hall, "Verksamhetsberättelse")
    await hears(hall, matter)
    (matter,) = await opened(hall, "Ansvarsfrihet för distriktsstyrelsen")
    async with hall.world.database.read() as connection:
        rows = select(func.count()).select_from(BarredRow).where(BarredRow.item_id == hall.item)
        assert (await connection.execute(rows)).scalar_one() == 3
    declared = Declared("Jag är gift med kassören.")
    await hall.service(Barring).declare(hall.item, declared, actor=hall.ombud(30))
    meeting, second = hall.world.meeting, hall.ombud(10)
    await hall.service(Officers).pass_gavel(meeting, Person(second.id), actor=hall.chair)
    rows_ = await hall.proposals()
    await hall.service(Recording).decide(matter, Heard(best(list(rows_.values())).id, unanimous=True), actor=second)


async def block(hall: Gathering) -> None:
    """Sixty-six motions in one decision, but for one that a delegate lifts out."""
    matters = await opened(hall, "Motioner i block")
    assert len(matters) == 3 * IN_BLOCK
    await hall.service(Blocks).lift(hall.items["Förslag 7"], Receipt(), actor=hall.ombud(40))
    await hall.service(Blocks).decide(hall.item, unanimous=False, actor=hall.chair)


async def chain(hall: Gathering, figures: Sequence[tuple[int, int, int]]) -> None:
    """Three rivals beside the board's: named from the outside in, voted from the inside out."""
    one = await hall.propose(K.COUNTER, "att frågan utreds i en arbetsgrupp", by=hall.ombud(50))
    two = await hall.propose(K.COUNTER, "att frågan prövas i två föreningar", by=hall.ombud(51))
    main = (await hall.proposals())["A"].id
    await hall.ordered()
    await hall.name(main)
    await hall.ask_division(hall.ombud(52))
    await hall.name(one)
    await hall.ask_division(hall.ombud(53))
    rows = await hall.proposals()
    others = [row.id for row in rows.values() if row.id not in {main, one}]
    if len(others) > 1:
        await hall.find(two)
    root = next(row for row in await hall.questions() if row.kind.name == "RIVALS" and row.level == 0)
    await hall.service(Gavel).approve_voting(root.id, actor=hall.chair)
    for yes, no, abstained in figures:
        await hall.vote(yes, no, abstained)
    await hall.gavel()


async def vote_that_went_wrong(hall: Gathering) -> None:
    """A division is annulled and taken again; equal figures defer the matter, and the second time the lot settles."""
    await hall.ordered()
    await hall.name(best(list((await hall.proposals()).values())).id)
    await hall.ask_division(hall.ombud(60))
    first = await hall.open_division()
    await hall.service(Divisions).close(first, Count(120, 90, 3), actor=hall.chair)
    await hall.service(Divisions).annul(first, "En del av salen hörde inte frågan.", actor=hall.chair)
    await hall.vote(107, 107, 4)
    await hall.gavel()
    assert [each.outcome for each in await hall.decisions()] == [Outcome.DEFER]
    await hall.service(Reopening).reopen(hall.matter, "Frågan behöver ett svar i dag.", actor=hall.chair)
    await hall.ordered()
    await hall.name(best(list((await hall.proposals()).values())).id)
    await hall.ask_division(hall.ombud(60))
    again = await hall.open_division()
    await hall.service(Divisions).close(again, Count(106, 106, 6), actor=hall.chair)
    with pytest.raises(StepDenied) as refused:
        await hall.service(Announcing).announce(again, actor=hall.chair)
    assert [each.code for each in refused.value.denials] == ["lot_missing"]
    lot = HandLot(NO, (hall.world.numbers["member"], hall.world.numbers["neighbour"]))
    await hall.service(Announcing).announce(again, Tiebreak(by_hand=lot), actor=hall.chair)
    await hall.gavel()


async def motions(hall: Gathering) -> None:
    """Those that are debated singly: two chains, a lot, a waiver, reservations, and the rest by acclamation."""
    left = ["Förslag 7", *(f"Förslag {number}" for number in range(IN_BLOCK + 1, len(hall.motions) + 1))]
    for place, title in enumerate(left):
        first, *rest = await opened(hall, title)
        if place in {0, 1}:
            await chain(hall, [(118, 95, 4), (99, 110, 8)] if place else [(90, 120, 5), (130, 80, 7)])
            reserved = Statement(StatementKind.RESERVATION, hall.item, first)
            await hall.service(Statements).record(reserved, actor=hall.ombud(52))
        elif place == 2:
            await vote_that_went_wrong(hall)
        elif place == 3:
            await after_the_stop(hall, first)
        else:
            await hears(hall, first)
        for matter in rest:
            await hears(hall, matter)
        if place == 6:
            await over_night(hall)


async def after_the_stop(hall: Gathering, matter: UUID) -> None:
    """Proposals are closed; the meeting sets that aside for one that came by train."""
    stop = hall.now + timedelta(minutes=1)
    await hall.service(ProposalStop).set(hall.item, stop, decided=True, actor=hall.chair)
    hall.now += timedelta(minutes=5)
    with pytest.raises(StepDenied) as refused:
        await hall.propose(K.ADDITION, "att det redovisas 2027", by=hall.ombud(70))
    assert [each.code for each in refused.value.denials] == ["proposals_closed"]
    aside = SetAside("proposal", "proposals_closed", "Tåget från Östervall var försenat.")
    await hall.service(Waivers).waive(hall.world.meeting, aside, hall.item, actor=hall.chair)
    await hall.propose(K.ADDITION, "att det redovisas 2027", by=hall.ombud(70))
    await hears(hall, matter, next(label for label, row in (await hall.proposals()).items() if row.of_motion))
    note = Statement(StatementKind.MINUTE_NOTE, hall.item, matter, "Styrelsen fick höra det för sent.")
    await hall.service(Statements).record(note, actor=hall.board)


async def over_night(hall: Gathering) -> None:
    """Two delegates go home and substitutes step in; the roll is fixed anew in the morning."""
    meeting, going = hall.world.meeting, [hall.ombud(2), hall.ombud(23)]
    for key in hall.waiting[2:4]:
        await hall.service(Presences).check_in(meeting, Door(), actor=Member(key))
    for each in going:
        await hall.service(Presences).check_out(meeting, Door(), for_good=each is going[0], actor=each)
    hall.now = moment(1, 18)
    await hall.service(Meetings).adjourn(meeting, moment(2, 9), actor=hall.chair)
    hall.now = moment(2, 9)
    await hall.service(Meetings).resume(meeting, actor=hall.chair)
    roll = await hall.service(Rolls).adjust(meeting, actor=hall.chair)
    async with hall.world.database.read() as connection:
        rows = select(func.count()).select_from(RollEntryRow).where(RollEntryRow.roll_id == roll)
        assert (await connection.execute(rows)).scalar_one() == DELEGATES


async def plan(hall: Gathering) -> None:
    """Each passage with amendments by itself; one is taken up again; the last gavel adopts the text."""
    hall.now = moment(2, 13)
    matters = await opened(hall, "Verksamhetsplan")
    *passages, rest = matters
    for place, matter in enumerate(passages):
        hall.matter = matter
        labels = [*(await hall.proposals())]
        await hears(hall, matter, labels[-1] if place % 3 == 0 else None)
    await hears(hall, rest)
    hall.matter = passages[1]
    await hall.service(Reopening).reopen(passages[1], "Kostnaden var fel angiven.", actor=hall.chair)
    assert hall.plan is not None
    assert (await hall.plan.row()).state is DocumentState.PROPOSED
    await hears(hall, passages[1], "B")
    assert (await hall.plan.row()).state is DocumentState.ADOPTED


async def signed(hall: Gathering) -> UUID:
    """The meeting is closed, the secretary words one §, and everybody signs."""
    world = hall.world
    await hall.service(Items).close(hall.item, actor=hall.chair)
    await hall.service(Meetings).close(world.meeting, actor=hall.chair)
    async with world.database.unit(hall.now) as unit:
        minutes = await unit.minutes.of_meeting(world.meeting)
    assert minutes is not None
    await hall.service(Minutes).edit(minutes, hall.items["Verksamhetsberättelse"], "Debatten gällde nya medlemmar.",
                                     actor=hall.secretary)  # fmt: skip
    await hall.service(Minutes).open_signing(minutes, actor=hall.secretary)
    async with world.database.unit(hall.now) as unit:
        digest = (await unit.minutes.row(minutes)).digest or ""
    for each in (hall.chair, hall.ombud(10), hall.secretary, hall.ombud(11), hall.ombud(12)):
        hall.now += timedelta(hours=5)
        await hall.service(MinutesSigning).sign(minutes, Signature(digest), actor=each)
    return minutes


@pytest.mark.long
async def test_a_whole_conference_is_held_and_its_minutes_are_verified(world: World) -> None:
    hall = await gathered(world)
    hall.now = moment(1, 10)
    await hall.service(Meetings).open(world.meeting, actor=hall.secretary)
    await formalities(hall)
    await report_and_discharge(hall)
    await block(hall)
    await motions(hall)
    await plan(hall)
    minutes = await signed(hall)
    await kept(hall)
    async with world.database.read() as connection:
        text = (await shown(connection, minutes, world.database.zone)).markdown
    # The checksum is of ids that are other ones each time.
    said = re.sub(r"`[0-9a-f]{64}`", "`…`", text)
    assert said == PAGE.read_text(encoding="utf-8")
    await sequencer.drain(world.database)
    report = await verify_minutes(world.database, "Distriktsårskonferens 2026")
    assert (report.findings, report.fixed, report.signatures) == ([], 1, 5)


async def kept(hall: Gathering) -> None:
    """What has to be true of everything that was decided."""
    async with hall.world.database.unit(hall.now) as unit:
        clauses = select(func.count()).select_from(DecisionRow).where(DecisionRow.replaced_at.is_(None))
        assert (await unit.session.execute(clauses)).scalar_one() == CLAUSES
        found = (await unit.session.scalars(select(AmendmentRow))).all()
        assert len(found) == AMENDMENTS
        assert {row.state for row in found} == {AmendmentState.APPROVED, AmendmentState.REJECTED}
        decisions = await unit.session.scalars(select(MatterDecisionRow).where(MatterDecisionRow.replaced_at.is_(None)))
        outcomes = [row.outcome for row in decisions]
        matters = (await unit.session.execute(select(func.count()).select_from(MatterRow))).scalar_one()
        assert len(outcomes) == matters
        assert Outcome.DEFER not in outcomes
    assert hall.plan is not None
    assert len(await hall.plan.lines()) >= PARAGRAPHS
