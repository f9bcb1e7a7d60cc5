"""Minutes from the first word to the last correction, on both databases."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Clock, Member
from democracy.domain.kinds import Channel
from democracy.domain.record.item import ItemRecord
from democracy.domain.record.meeting import MeetingRecord
from democracy.errors import ConflictError, InvalidInputError, NotFoundError
from democracy.services.people import People
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_addenda import Correction, MinutesAddenda
from democracy.services.proceedings.minutes_at_once import MinutesAtOnce
from democracy.services.proceedings.minutes_due import follow_corrections, wait_for_signatures
from democracy.services.proceedings.minutes_reading import Shown, shown
from democracy.services.proceedings.minutes_signing import MinutesSigning, Signature
from democracy.storage import statutes
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.minutes import MinutesAddendumRow, MinutesRow, MinutesSectionRow, MinutesSignatureRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.step import StepRow
from tests.minutes_rows import write
from tests.texts.story import at, item, meeting, named
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.minutes_facts import AddendumState, MinutesState
from workflows.proceedings import OfficerRole
from workflows.statutes import packaged, resolve

CLOSED = at("15.40", 22)
WRITING = CLOSED + timedelta(hours=1)
ITEM = named("item")


@dataclass
class Office:
    """The people who make the minutes, and the time."""

    world: World
    id: UUID
    now: datetime = WRITING

    def who(self, name: str) -> Member:
        return Member(named(name))

    @property
    def minutes(self) -> Minutes:
        return Minutes(self.world.database, self.now)

    @property
    def signing(self) -> MinutesSigning:
        return MinutesSigning(self.world.database, self.now)

    @property
    def addenda(self) -> MinutesAddenda:
        return MinutesAddenda(self.world.database, self.now)

    async def row(self) -> MinutesRow:
        async with self.world.database.unit(self.now) as unit:
            return await unit.minutes.row(self.id)

    async def open(self) -> None:
        await self.minutes.open_signing(self.id, actor=self.who("rami"))

    async def sign(self, name: str, **more: object) -> None:
        digest = (await self.row()).digest or ""
        await self.signing.sign(self.id, Signature(digest, **more), actor=self.who(name))  # type: ignore[arg-type]

    async def verified(self) -> None:
        await self.open()
        for name in ("gunhild", "rami", "inga", "yusuf"):
            await self.sign(name)

    async def shown(self) -> Shown:
        async with self.world.database.read() as connection:
            return await shown(connection, self.id, self.world.database.zone)

    async def steps(self) -> list[str]:
        async with self.world.database.read() as connection:
            statement = select(StepRow.rule).where(StepRow.case_id == self.id).order_by(StepRow.at, StepRow.id)
            return list((await connection.execute(statement)).scalars())

    async def told(self) -> list[str]:
        async with self.world.database.read() as connection:
            return list((await connection.execute(select(OutboxRow.purpose).order_by(OutboxRow.id))).scalars())

    async def miscount(self) -> None:
        """A figure that the minutes rest on is corrected, and the meeting records it."""
        async with self.world.database.unit(self.now) as unit:
            await unit.session.execute(update(DivisionRow).where(DivisionRow.id == named("d3")).values(yes=26, no=30))
            step = StepRow(
                id=named(f"step-{self.now}"), workflow="division", case_id=named("d3"), meeting_id=self.world.meeting,
                rule="correct", source="ANNOUNCED", dest="ANNOUNCED", paragraph="correction", actor_kind="clock",
                at=self.now, record='{"outcome":{}}',
            )  # fmt: skip
            unit.session.add(step)


async def office(world: World, record: MeetingRecord | None = None) -> Office:
    return Office(world, await write(world, record or meeting()))


def sitting() -> MeetingRecord:
    """The same conference, still going on."""
    told = meeting()
    return replace(told, head=replace(told.head, closed_at=None))


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {denial.code for denial in denied.value.denials}


async def test_the_secretary_words_a_paragraph_and_what_is_bound_stays(world: World) -> None:
    made = await office(world)
    text = "Debatten gällde kostnaden.\n\n{{ordning-1-beslut}}\n\nTora Kvistmark tackar presidiet."
    await made.minutes.edit(made.id, ITEM, text, 0, actor=made.who("rami"))
    shown = await made.shown()
    section = next(each for each in shown.sections if each.number == 14)
    assert section.wording == text
    assert section.version == 1
    order = ["Debatten gällde kostnaden.", "DS föreslår (A)", "Mötet godkänner ordförandens propositionsordning.",
             "Tora Kvistmark tackar presidiet.", "Mötet bifaller B."]  # fmt: skip
    places = [section.text.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "code"),
    [("{{beslut-99}}", "unknown_marker"), ("{{beslut}} {{yrkande-A}}", "markers_out_of_order"),
     ("x" * 50_001, "too_long")],
)  # fmt: skip
async def test_a_wording_that_misplaces_what_is_bound_is_refused(world: World, text: str, code: str) -> None:
    made = await office(world)
    with pytest.raises(InvalidInputError, match=code):
        await made.minutes.edit(made.id, ITEM, text, actor=made.who("rami"))
    assert await made.steps() == []


async def test_of_two_who_word_the_same_paragraph_the_later_is_told(world: World) -> None:
    made = await office(world)
    await made.minutes.edit(made.id, ITEM, "Först.", 0, actor=made.who("rami"))
    with pytest.raises(ConflictError) as conflict:
        await made.minutes.edit(made.id, ITEM, "Sedan.", 0, actor=made.who("rami"))
    assert conflict.value.current == 1


@pytest.mark.parametrize("name", ["inga", "gunhild"])
async def test_nobody_but_the_secretary_words_the_minutes(world: World, name: str) -> None:
    made = await office(world)
    with pytest.raises(StepDenied, match="not_your_role"):
        await made.minutes.edit(made.id, ITEM, "Nej.", actor=made.who(name))


@pytest.mark.parametrize("name", ["tora", "nils-erik"])
async def test_those_who_do_not_make_the_minutes_do_not_see_them_before_they_are_published(
    world: World, name: str
) -> None:
    made = await office(world)
    with pytest.raises(NotFoundError):
        await made.minutes.edit(made.id, ITEM, "Nej.", actor=made.who(name))


async def test_the_minutes_are_not_signed_while_the_meeting_goes_on(world: World) -> None:
    made = await office(world, sitting())
    with pytest.raises(StepDenied) as denied:
        await made.open()
    assert codes(denied) == {"meeting_not_closed"}


async def test_a_meeting_without_chair_and_verifiers_has_nobody_to_sign(world: World) -> None:
    made = await office(world, replace(meeting(), officers=()))
    with pytest.raises(StepDenied) as denied:
        await made.minutes.open_signing(made.id, actor=world.actor("secretary"))
    assert codes(denied) == {"no_chair", "no_verifiers"}


async def test_everybody_is_asked_and_the_last_signature_verifies(world: World) -> None:
    made = await office(world)
    await made.open()
    assert (await made.told()) == ["minutes_signing"] * 4
    for name in ("gunhild", "rami"):
        await made.sign(name)
    made.now = at("10.00", 27)
    await made.sign("inga", place="Granvik")
    assert (await made.row()).state is MinutesState.SIGNING
    made.now = at("10.00", 31) - timedelta(hours=1)
    await made.sign("yusuf", place="Lissabon", dissent="Debatten var längre.")
    row = await made.row()
    assert (row.state, row.verified_at) == (MinutesState.VERIFIED, made.now)
    assert await made.steps() == ["open_signing", "sign", "sign", "sign", "sign", "verify"]
    text = (await made.shown()).markdown
    assert "- Justerare Yusuf Ekfors, 31 mars 2026, Lissabon" in text
    assert "Avvikande mening av Yusuf Ekfors:\n\n> Debatten var längre." in text
    assert "Justerat 31 mars 2026 av båda." in text


@pytest.mark.parametrize(("name", "code"), [("inga", "signed_already"), ("åsa", "not_your_role")])
async def test_nobody_signs_twice_or_unasked(world: World, name: str, code: str) -> None:
    made = await office(world)
    await made.open()
    await made.sign("inga")
    with pytest.raises(StepDenied) as denied:
        await made.sign(name)
    assert codes(denied) == {code}


async def test_what_was_not_read_cannot_be_signed(world: World) -> None:
    made = await office(world)
    await made.open()
    with pytest.raises(ConflictError):
        await made.signing.sign(made.id, Signature("0" * 64), actor=made.who("inga"))
    assert (await made.steps()) == ["open_signing"]


async def test_a_signature_on_paper_is_recorded_by_the_secretary(world: World) -> None:
    made = await office(world)
    await made.open()
    async with world.database.unit(made.now) as unit:
        await unit.session.execute(update(MemberRow).where(MemberRow.id == named("yusuf")).values(number="7001"))
    received = made.now
    made.now += timedelta(days=1)
    await made.sign("rami", member_number="7001", channel=Channel.POST, received_at=received)
    async with world.database.read() as connection:
        row = (await connection.execute(select(MinutesSignatureRow.__table__))).one()
    assert (row.member_id, row.signed_at, row.recorded_at) == (named("yusuf"), received, made.now)
    with pytest.raises(StepDenied, match="not_your_role"):
        await made.sign("inga", member_number="7001")


async def test_what_is_taken_back_loses_its_signatures_and_is_signed_anew(world: World) -> None:
    made = await office(world)
    await made.open()
    await made.sign("inga")
    with pytest.raises(StepDenied, match="reason_missing"):
        await made.minutes.take_back(made.id, " ", actor=made.who("rami"))
    await made.minutes.take_back(made.id, "Ett föreningsnamn är fel.", actor=made.who("rami"))
    await made.minutes.edit(made.id, ITEM, "Rättat.", actor=made.who("rami"))
    made.now += timedelta(minutes=1)
    await made.verified()
    async with world.database.read() as connection:
        rows = (await connection.execute(select(MinutesSignatureRow.__table__))).all()
    assert sorted(row.fallen_at is None for row in rows) == [False, True, True, True, True]
    assert "Rättat." in (await made.shown()).markdown


async def test_a_corrected_figure_lets_the_signatures_fall_and_asks_anew(world: World) -> None:
    made = await office(world)
    await made.open()
    await made.sign("gunhild")
    made.now += timedelta(minutes=5)
    await made.miscount()
    with pytest.raises(StepDenied) as denied:
        await made.sign("inga")
    assert codes(denied) == {"text_changed"}
    assert await follow_corrections(world.database, made.now) == 1
    assert await follow_corrections(world.database, made.now) == 0
    assert "JA = A 26, NEJ = B 30, 1 avstår." in (await made.shown()).markdown
    assert (await made.told())[-4:] == ["minutes_changed"] * 4
    for name in ("gunhild", "rami", "inga", "yusuf"):
        await made.sign(name)
    assert (await made.row()).state is MinutesState.VERIFIED


async def test_the_clock_finds_nothing_to_renew_where_what_was_recorded_changes_no_word(world: World) -> None:
    made = await office(world)
    await made.miscount()
    made.now += timedelta(minutes=5)
    await made.open()
    await made.sign("gunhild")
    assert await follow_corrections(world.database, made.now) == 0


async def test_whoever_is_out_of_reach_is_reminded_and_then_somebody_has_to_decide(world: World) -> None:
    made = await office(world)
    await made.open()
    for name in ("gunhild", "rami", "inga"):
        await made.sign(name)
    due = (await made.row()).due_at
    assert due is not None
    started = made.now
    for days in (1, 8, 13):
        made.now = started + timedelta(days=days)
        await wait_for_signatures(world.database, made.now)
    assert (await made.told())[4:] == ["minutes_reminder"] * 2
    yusuf = named("yusuf")
    with pytest.raises(StepDenied) as denied:
        await made.signing.leave_out(made.id, yusuf, "Presidiet 5 april.", actor=made.who("gunhild"))
    assert codes(denied) == {"not_due"}
    made.now = due
    await wait_for_signatures(world.database, made.now)
    # The party's statutes ask for a decision: the clock tells the chair and the secretary.
    assert (await made.told())[6:] == ["minutes_absent"] * 2
    with pytest.raises(StepDenied) as denied:
        await made.signing.leave_out(made.id, yusuf, None, actor=made.who("gunhild"))
    assert codes(denied) == {"is_replaced"}
    await made.signing.leave_out(made.id, yusuf, "Presidiet 5 april.", actor=made.who("gunhild"))
    assert (await made.row()).state is MinutesState.VERIFIED
    text = (await made.shown()).markdown
    assert "av en av två." in text
    assert "Yusuf Ekfors har inte kunnat nås och justerar inte. Beslut: Presidiet 5 april." in text


async def test_somebody_else_who_was_there_steps_in(world: World) -> None:
    made = await office(world)
    await made.open()
    for name in ("gunhild", "rami", "inga"):
        await made.sign(name)
    async with world.database.unit(made.now) as unit:
        for number, name in (("7001", "tora"), ("7002", "inga")):
            await unit.session.execute(update(MemberRow).where(MemberRow.id == named(name)).values(number=number))
    for number in ("7002", world.numbers["outsider"]):
        with pytest.raises(StepDenied, match="substitute_unfit"):
            await made.signing.replace(made.id, named("yusuf"), number, "DS § 4", actor=made.who("gunhild"))
    with pytest.raises(InvalidInputError, match="unknown_member"):
        await made.signing.replace(made.id, named("yusuf"), "0", "DS § 4", actor=made.who("gunhild"))
    with pytest.raises(StepDenied, match="not_your_role"):
        await made.signing.replace(made.id, named("yusuf"), "0", "DS § 4", actor=made.who("inga"))
    async with world.database.unit(made.now) as unit:
        unit.session.add(
            MeetingOfficerRow(id=named("teller"), meeting_id=world.meeting, member_id=named("tora"),
                              role=OfficerRole.TELLER, position=1, since=made.now)
        )  # fmt: skip
    await follow_corrections(world.database, made.now)
    await made.signing.replace(made.id, named("yusuf"), "7001", "DS § 4", actor=made.who("gunhild"))
    assert (await made.told())[-1] == "minutes_signing"


async def test_the_last_verifier_is_not_left_out_nor_is_the_chair(world: World) -> None:
    made = await office(world)
    await made.open()
    made.now += timedelta(days=20)
    chair = made.who("gunhild")
    await made.signing.leave_out(made.id, named("inga"), "Beslut.", actor=chair)
    with pytest.raises(StepDenied) as denied:
        await made.signing.leave_out(made.id, named("yusuf"), "Beslut.", actor=chair)
    assert codes(denied) == {"nobody_verifies"}
    with pytest.raises(StepDenied) as denied:
        await made.signing.leave_out(made.id, named("rami"), "Beslut.", actor=chair)
    assert codes(denied) == {"not_a_verifier"}


async def test_published_minutes_are_read_by_whoever_sees_the_meeting(world: World) -> None:
    made = await office(world)
    await made.verified()
    with pytest.raises(NotFoundError):
        await made.minutes.publish(made.id, actor=made.who("tora"))
    await made.minutes.publish(made.id, actor=made.who("rami"))
    with pytest.raises(StepDenied, match="not_your_role"):
        await made.minutes.publish(made.id, actor=made.who("tora"))
    assert (await made.row()).published_at == made.now


async def at_once(made: Office) -> None:
    service = MinutesAtOnce(made.world.database, made.now)
    await service.verify_item(made.id, ITEM, actor=made.who("gunhild"))


async def section_of(made: Office) -> MinutesSectionRow:
    async with made.world.database.unit(made.now) as unit:
        row = await unit.minutes.section(ITEM)
    assert row is not None
    return row


async def test_one_paragraph_is_verified_at_once_while_the_meeting_goes_on(world: World) -> None:
    made = await office(world, sitting())
    await at_once(made)
    with pytest.raises(StepDenied, match="item_kept"):
        await made.minutes.edit(made.id, ITEM, "Annat.", actor=made.who("rami"))
    await made.minutes.edit(made.id, named("item-1"), "Välkomna.", actor=made.who("rami"))
    digest = (await section_of(made)).digest
    for name in ("gunhild", "rami", "inga", "yusuf"):
        await made.signing.sign(made.id, Signature(digest, item_id=ITEM), actor=made.who(name))
    assert (await section_of(made)).verified_at == made.now
    assert "§ 14 justerades omedelbart 22 mars 2026." in (await made.shown()).markdown
    with pytest.raises(StepDenied, match="item_not_signed_at_once"):
        await made.signing.sign(made.id, Signature("x", item_id=named("item-1")), actor=made.who("inga"))


async def test_what_is_not_finished_is_not_verified_at_once(world: World) -> None:
    told = sitting()
    waiting: ItemRecord = replace(item(), state=ItemState.ADJOURNED)
    made = await office(world, replace(told, items=(told.items[0], waiting)))
    with pytest.raises(StepDenied, match="item_undecided"):
        await at_once(made)


async def test_a_clerical_error_in_verified_minutes_is_put_right_and_the_original_stays(world: World) -> None:
    made = await office(world)
    rami = made.who("rami")
    error = Correction(ITEM, "1 januari 2027", "1 januari 2028", "Omkastade siffror.")
    with pytest.raises(StepDenied, match="not_verified"):
        await made.addenda.propose(made.id, error, actor=rami)
    await made.verified()
    original = (await made.row()).text
    with pytest.raises(StepDenied, match="text_not_found"):
        await made.addenda.propose(made.id, replace(error, before="2072"), actor=rami)
    await made.addenda.propose(made.id, error, actor=rami)
    made.now = at("10.00") + timedelta(days=60)
    async with world.database.read() as connection:
        (addendum,) = (await connection.execute(select(MinutesAddendumRow.id))).scalars()
    for name in ("gunhild", "inga"):
        await made.addenda.sign(addendum, Signature(""), actor=made.who(name))
    with pytest.raises(StepDenied, match="not_your_role"):
        await made.addenda.sign(addendum, Signature(""), actor=rami)
    assert "Rättelser" not in (await made.shown()).markdown
    await made.addenda.sign(addendum, Signature(""), actor=made.who("yusuf"))
    text = (await made.shown()).markdown
    assert "Rättelse av skrivfel i § 14. »1 januari 2027« ska vara »1 januari 2028«." in text
    assert "Undertecknad av Gunhild Bergvide, Inga Malmrot och Yusuf Ekfors, 20 maj 2026." in text
    assert (await made.row()).text == original


async def test_a_correction_can_be_withdrawn_until_everybody_has_signed(world: World) -> None:
    made = await office(world)
    await made.verified()
    await made.addenda.propose(made.id, Correction(ITEM, "heltid", "deltid", "Fel."), actor=made.who("inga"))
    async with world.database.read() as connection:
        (addendum,) = (await connection.execute(select(MinutesAddendumRow.id))).scalars()
    await made.addenda.drop(addendum, "Det var rätt.", actor=made.who("inga"))
    with pytest.raises(StepDenied) as denied:
        await made.addenda.sign(addendum, Signature(""), actor=made.who("inga"))
    assert codes(denied) == {"wrong_state", "not_your_role"}
    async with world.database.unit(made.now) as unit:
        assert (await unit.minutes.addendum(addendum)).state is AddendumState.DROPPED


async def test_an_erased_person_is_gone_from_verified_minutes_and_the_text_still_proves_itself(world: World) -> None:
    made = await office(world)
    await made.minutes.edit(made.id, ITEM, "Tora Kvistmark talar länge.", actor=made.who("rami"))
    await made.verified()
    digest = (await made.row()).digest
    await People(world.database, made.now).erase(named("tora"), "Begäran.", actor=world.actor("operator"))
    shown = await made.shown()
    assert "Kvistmark" not in shown.markdown
    assert "[namnet borttaget] talar länge." in shown.markdown
    assert (await made.row()).digest == digest


async def test_a_name_that_changes_later_stands_as_it_was_when_it_was_signed(world: World) -> None:
    made = await office(world)
    await made.verified()
    async with world.database.unit(made.now) as unit:
        await unit.session.execute(update(MemberRow).where(MemberRow.id == named("elin")).values(family_name="Ny"))
    assert "Elin Rosvik" in (await made.shown()).markdown


async def test_of_two_who_sign_last_at_once_one_verifies_and_both_have_signed(world: World) -> None:
    made = await office(world)
    await made.open()
    for name in ("gunhild", "rami"):
        await made.sign(name)
    await asyncio.gather(made.sign("inga"), made.sign("yusuf"))
    assert (await made.row()).state is MinutesState.VERIFIED
    assert (await made.steps()).count("verify") == 1
    assert (await made.steps()).count("sign") == 4


async def under_other_statutes(made: Office) -> None:
    """Thirty days, and whoever is out of reach is left out."""
    async with made.world.database.unit(made.now) as unit:
        digest = await statutes.keep(unit.session, resolve(packaged("smaforeningen")))
        await unit.session.execute(
            update(MeetingRow).where(MeetingRow.id == made.world.meeting).values(statutes_digest=digest)
        )


async def test_the_clock_leaves_out_a_verifier_where_the_statutes_say_so(world: World) -> None:
    made = await office(world)
    await under_other_statutes(made)
    await made.open()
    for name in ("gunhild", "rami", "inga"):
        await made.sign(name)
    started = made.now
    for days in (16, 29, 32):
        made.now = started + timedelta(days=days)
        await wait_for_signatures(world.database, made.now)
    assert (await made.row()).state is MinutesState.VERIFIED
    assert (await made.told())[4:] == ["minutes_reminder"] * 2
    assert (await made.steps())[-2:] == ["leave_out", "verify"]
    assert "av en av två." in (await made.shown()).markdown


async def test_the_clock_by_itself_replaces_nobody_where_the_statutes_ask_for_a_decision(world: World) -> None:
    made = await office(world)
    await made.open()
    made.now += timedelta(days=20)
    with pytest.raises(StepDenied) as denied:
        await made.signing.leave_out(made.id, named("yusuf"), actor=Clock())
    assert codes(denied) == {"is_replaced"}


async def test_where_one_paragraph_may_not_be_verified_at_once_the_statutes_say_so(world: World) -> None:
    made = await office(world, sitting())
    await under_other_statutes(made)
    with pytest.raises(StepDenied, match="immediate_not_allowed"):
        await at_once(made)
