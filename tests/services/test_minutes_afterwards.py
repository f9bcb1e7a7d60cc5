"""Minutes at once, verified, corrected, and what the clock does: on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Clock
from democracy.domain.record.item import ItemRecord
from democracy.services.people import People
from democracy.services.proceedings.minutes_addenda import Correction
from democracy.services.proceedings.minutes_at_once import MinutesAtOnce
from democracy.services.proceedings.minutes_due import wait_for_signatures
from democracy.services.proceedings.minutes_signing import Signature
from democracy.storage import statutes
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.minutes import MinutesAddendumRow, MinutesSectionRow
from tests.minutes_office import ITEM, Office, codes, office, sitting
from tests.texts.story import at, item, named
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.minutes_facts import AddendumState, MinutesState
from workflows.statutes import packaged, resolve


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
