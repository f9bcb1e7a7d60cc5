"""Minutes from the first word to the last signature, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from democracy.domain.kinds import Channel
from democracy.errors import ConflictError, InvalidInputError, NotFoundError
from democracy.services.proceedings.minutes_due import follow_corrections, wait_for_signatures
from democracy.services.proceedings.minutes_signing import Signature
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.minutes import MinutesSignatureRow
from tests.minutes_office import ITEM, codes, office, sitting
from tests.texts.story import at, meeting, named
from tests.world import World
from workflows.engine import StepDenied
from workflows.minutes_facts import MinutesState
from workflows.proceedings import OfficerRole


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
