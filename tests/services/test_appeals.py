"""Appeals through the API: late, wrongly addressed, twice at once, under old statutes, and when silence decides."""

import asyncio
import base64
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.storage import statutes
from democracy.storage.person_export import everything_about
from democracy.storage.tables.appeal import AppealRow
from democracy.storage.tables.branch_application import FounderRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from tests.board_cases import Desk, Newcomer, add_body, codes, desk, local, welcome
from tests.world import World
from workflows.statutes import packaged
from workflows.statutes.loader import from_toml

_SITS, _PS = MandateRole.MEMBER, "party/board"
PEOPLE = (
    *(Newcomer(f"ps{index}", "Ledamot", f"Parti {index}", seats=((_PS, _SITS),)) for index in range(3)),
    Newcomer("hanna", "Hanna", "Bodström"),
    Newcomer("alva", "Alva", "Nyström"),
)
SQLITE = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
"""What is the same on both databases is tried on one: both walk the whole story elsewhere."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@pytest.fixture
async def boards(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    await welcome(world, local(2025, 12, 1), PEOPLE)
    async with desk(world, tmp_path / "seeds") as made:
        made.at(local(2026, 2, 1))
        yield made


async def told(boards: Desk, **more: Any) -> str:
    """A refusal that concerns Hanna and Alva, told to both at once."""
    given = {"kind": "BRANCH_REFUSED", "bodyId": boards.body("district/board"), "title": "Tallsäter",
             "text": "Ansökan avslås.", "decision": "DS § 23", "decidedOn": "2026-02-01",
             "memberIds": [boards.member("hanna"), boards.member("alva")]}  # fmt: skip
    made = await boards.did("secretary", "recordRuling", **given | more)
    await boards.did("secretary", "notifyRuling", rulingId=made["id"])
    return str(made["id"])


async def ready(boards: Desk, ruling: str) -> str:
    """An appeal that can be decided."""
    lodged = await boards.did("hanna", "lodgeAppeal", rulingId=ruling, grounds="Fel.")
    await boards.did("party_secretary", "requestAppealStatement", appealId=lodged["id"])
    await boards.did("chair", "stateOnAppeal", appealId=lodged["id"], text="Nej.", decision="DS § 31")
    await boards.did("hanna", "replyToStatement", appealId=lodged["id"], text="Jo.")
    await boards.did("party_secretary", "hearAppeal", appealId=lodged["id"], text="Båda hördes.")
    return str(lodged["id"])


@SQLITE
async def test_a_late_appeal_is_taken_in_and_dismissed_on_a_ground_that_is_true(boards: Desk) -> None:
    ruling = await told(boards)
    boards.at(local(2026, 3, 4))
    late = await boards.did("hanna", "lodgeAppeal", rulingId=ruling, grounds="Fel.", sentToId=boards.body(_PS))
    assert [each["inTime"] for each in late["appellants"]] == [False]
    given = {"appealId": late["id"], "decision": "PS § 3", "reasons": "En dag för sent."}
    assert codes(await boards.do("party_secretary", "requestAppealStatement", appealId=late["id"])) == [
        "nothing_to_try"
    ]
    wrong = await boards.do("party_secretary", "dismissAppeal", ground="NO_STANDING", **given)
    assert codes(wrong) == ["ground_false"]
    done = await boards.did("party_secretary", "dismissAppeal", ground="LATE", **given)
    assert (done["state"], done["ruling"]["state"]) == ("DISMISSED", "OPEN")
    assert (await boards.clock())["board_rulings"] == 1
    final = await boards.see("hanna", "ruling", ruling)
    assert final is not None
    assert final["state"] == "FINAL"


@SQLITE
async def test_an_appeal_sent_to_the_wrong_body_is_passed_on_and_keeps_its_day(boards: Desk) -> None:
    ruling = await told(boards)
    boards.at(local(2026, 3, 6))
    lodged = await boards.did(
        "secretary", "lodgeAppeal", rulingId=ruling, grounds="Fel.", memberId=boards.member("alva"), channel="POST",
        receivedAt=local(2026, 3, 3, 9).isoformat(), sentToId=boards.body("district/board"),
    )  # fmt: skip
    (entry,) = lodged["appellants"]
    assert (entry["sentTo"], entry["inTime"]) == ("Distriktsstyrelsen", True)
    outsider = await boards.do("outsider", "lodgeAppeal", rulingId=ruling, grounds="Jag med.")
    assert outsider["__typename"] == "NotFound"


async def test_two_who_appeal_at_the_same_moment_are_one_case(boards: Desk) -> None:
    ruling = await told(boards)
    for who in ("hanna", "alva"):
        await boards.device(who)
    first, second = await asyncio.gather(*(
        boards.did(who, "lodgeAppeal", rulingId=ruling, grounds="Fel.") for who in ("hanna", "alva")
    ))  # fmt: skip
    assert first["id"] == second["id"]
    async with boards.world.database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(AppealRow))).scalar_one() == 1
    assert codes(await boards.do("hanna", "withdrawAppeal", appealId=first["id"])) == ["others_stand"]


@SQLITE
async def test_a_decision_under_old_statutes_is_appealed_under_the_version_that_applied_to_it(boards: Desk) -> None:
    text = (files("workflows.statutes") / "files" / "vansterpartiet.toml").read_text("utf-8")
    head, rest = text.split("[parameters.appeals.against.branch_refused]")
    newer = head + "[parameters.appeals.against.branch_refused]" + rest.replace("count = 30", "count = 5", 1)
    newer = newer.replace(f"valid_from = {packaged('vansterpartiet').valid_from}", "valid_from = 2026-02-10", 1)
    async with boards.world.database.unit(boards.now) as unit:
        await statutes.adopt(unit.session, boards.world.units["party"], from_toml(newer, "newer.toml"), boards.now)
    boards.at(local(2026, 2, 12))
    old, new = await told(boards), await told(boards, decidedOn="2026-02-11", title="Granvik")
    seen = [await boards.see("hanna", "ruling", key) for key in (old, new)]
    assert [each and each["yourAppealUntil"] for each in seen] == [
        local(2026, 3, 15, 0).isoformat(), local(2026, 2, 18, 0).isoformat(),
    ]  # fmt: skip
    assert "inom 5 dagar" in str(seen[1])


async def test_where_too_many_are_barred_the_next_body_decides(boards: Desk) -> None:
    appeal = await ready(boards, await told(boards))
    assert codes(await boards.do("party_secretary", "handOverAppeal", appealId=appeal)) == ["body_can_decide"]
    async with boards.world.database.unit(boards.now) as unit:
        # Statutes by which whoever is barred still counts: three of five cannot be met by two.
        rules = await statutes.in_force(unit.session, boards.world.units["norrviken"], boards.now.date())
        await unit.session.execute(update(AppealRow).values(body_statutes=await statutes.keep(unit.session, rules)))
    decide = {"appealId": appeal, "outcome": "REJECTED", "decision": "PS § 4", "reasons": "Nej."}
    for name in ("ps0", "ps1", "ps2", "party_chair", "party_secretary"):
        await boards.did(
            "party_secretary", "barFromAppeal", appealId=appeal, memberId=boards.member(name), ground="TOOK_PART"
        )
    assert set(codes(await boards.do("party_secretary", "decideAppeal", **decide))) >= {"board_not_quorate"}
    handed = await boards.did("party_secretary", "handOverAppeal", appealId=appeal)
    assert handed["quorum"] == 0
    done = await boards.did("party_secretary", "decideAppeal", **decide, presentCount=225, votesFor=200)
    assert (done["state"], done["ruling"]["state"]) == ("CLOSED", "FINAL")


@SQLITE
async def test_where_the_statutes_say_so_a_decision_waits_by_itself_and_silence_grants_the_appeal(
    boards: Desk,
) -> None:
    world, at = boards.world, boards.now
    async with world.database.unit(at) as unit:
        key = world.units["byalag"] = new_id()
        unit.session.add(
            UnitRow(id=key, kind=UnitKind.ASSOCIATION, code="byalag", name="Byalaget", sort_key="byalaget")
        )
        await unit.session.flush()
        unit.session.add(UnitAncestorRow(unit_id=key, ancestor_id=key, distance=0))
        await statutes.adopt(unit.session, key, packaged("smaforeningen"), at)
    await add_body(world, at, "byalag/board", "byalag", BodyKind.BOARD, "Styrelsen")
    await add_body(world, at, "byalag/annual", "byalag", BodyKind.ANNUAL_MEETING, "Årsmötet")
    secretary = Newcomer("byn", "Bo", "Byman", "byalag", seats=(("byalag/board", MandateRole.SECRETARY),))
    await welcome(world, at, (secretary, Newcomer("granne", "Gun", "Granne", "byalag")))
    given = {"kind": "BOARD_DECISION", "bodyId": boards.body("byalag/board"), "title": "Bastun",
             "text": "Bastun säljs.",
             "decision": "§ 5", "decidedOn": "2026-02-01", "presentIds": list[str]()}  # fmt: skip
    ruling = str((await boards.did("byn", "recordRuling", **given))["id"])
    other = await boards.do("byn", "recordRuling", **given | {"kind": "EXCLUSION"})
    assert codes(other) == ["not_open_to_appeal"]
    await boards.did("byn", "notifyRuling", rulingId=ruling)
    await boards.did("byn", "verifyRulingMinutes", rulingId=ruling, on="2026-02-01")
    boards.at(local(2026, 2, 22, 23, 30))
    lodged = await boards.did("granne", "lodgeAppeal", rulingId=ruling, grounds="Vi behöver bastun.")
    assert (lodged["stay"], lodged["appellants"][0]["inTime"]) == ("SUSPENSIVE", True)
    assert set(codes(await boards.do("granne", "requestStay", appealId=lodged["id"], text="Vänta."))) == {
        "nobody_stays", "waits_already",
    }  # fmt: skip
    boards.at(local(2026, 2, 23, 9))
    await boards.clock()
    boards.at(local(2026, 3, 3))
    await boards.clock()
    done = await boards.see("granne", "appeal", lodged["id"])
    assert done is not None
    assert (done["state"], done["outcome"], done["ruling"]["state"]) == ("CLOSED", "GRANTED", "SET_ASIDE")


@SQLITE
async def test_what_is_sent_back_the_board_decides_anew(boards: Desk) -> None:
    appeal = await ready(boards, await told(boards))
    decide = {"appealId": appeal, "outcome": "SENT_BACK", "decision": "PS § 4", "reasons": "Fler ska höras."}
    done = await boards.did("party_secretary", "decideAppeal", **decide)
    assert (done["outcome"], done["ruling"]["setAsideBy"]) == ("SENT_BACK", "Partistyrelsen PS § 4")


@SQLITE
async def test_a_board_sees_what_waits_and_what_happens_when_nobody_acts(boards: Desk) -> None:
    await ready(boards, await told(boards))
    query = """query ($id: ID!) { boardInbox(bodyId: $id) { since nextStep { what who } onSilence { who }
        barred { name } case { __typename } } inbox { items { nextStep { what } case { __typename } } } }"""
    party = await (await boards.device("party_secretary")).ask(query, id=boards.body(_PS))
    assert [(each["case"]["__typename"], each["nextStep"]["what"]) for each in party["boardInbox"]] == [
        ("Appeal", "grant")
    ]
    assert ("Appeal", "grant") in {
        (each["case"]["__typename"], each["nextStep"]["what"]) for each in party["inbox"]["items"]
    }
    assert (await (await boards.device("outsider")).ask(query, id=boards.body(_PS)))["boardInbox"] == []


@SQLITE
async def test_names_that_were_taken_off_are_forgotten_in_time_and_their_number_stays(boards: Desk) -> None:
    made = await boards.did("hanna", "applyForBranch", unitId=boards.unit("norrviken"), name="Tallsäter")
    async with boards.world.database.read() as connection:
        held = await everything_about(connection, boards.world.members["hanna"])
    assert [each["name"] for each in held["founded"]] == ["Tallsäter"]
    await boards.did("hanna", "inviteFounder", applicationId=made["id"], memberId=boards.member("alva"))
    await boards.did("alva", "confirmFounding", applicationId=made["id"])
    await boards.do("alva", "leaveFounding", applicationId=made["id"])
    assert (await boards.clock())["board_signatures"] == 0
    boards.at(boards.now + timedelta(days=732))
    assert (await boards.clock())["board_signatures"] == 1
    async with boards.world.database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(FounderRow))).scalar_one() == 1


def docx(**parts: str) -> bytes:
    """A small DOCX with these parts besides."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}.items():
            archive.writestr(name, content)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.bin", content)
    return packed.getvalue()


async def test_a_file_is_what_its_content_says_and_is_only_ever_downloaded(boards: Desk) -> None:
    appeal = await ready(boards, await told(boards))

    async def attach(name: str, content: bytes, who: str = "hanna", **more: Any) -> dict[str, Any]:
        return await boards.do(
            who, "attachToAppeal", appealId=appeal, name=name, content=base64.b64encode(content).decode(), **more
        )

    for name, content, code in (
        ("karta.pdf", PNG, "attachment_lies"),
        ("sida.html", b"<script>alert(1)</script>", "attachment_type"),
        ("bild.svg", b"<svg onload=alert(1)>", "attachment_type"),
        ("brev.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript >>", "attachment_active"),
        ("brev.docx", docx(vbaProject="macro"), "attachment_active"),
        ("stor.png", PNG + bytes(700_000), "attachment_large"),
        ("tom.png", b"", "attachment_empty"),
    ):
        assert codes(await attach(name, content)) == [code], name
    taken = await attach('"><img src=x>.png', PNG)
    await attach("utkast.docx", docx(), "party_secretary", ofBoard=True)
    url = taken["attachments"][0]["url"]
    seen = await boards.see("hanna", "appeal", appeal)
    assert seen is not None
    assert len(seen["attachments"]) == 1
    answers = {}
    for who in ("hanna", "outsider"):
        token = (await boards.device(who)).token
        answers[who] = await boards.http.get(url, headers={"authorization": f"Bearer {token}"})
    assert answers["outsider"].status_code == 404
    got = answers["hanna"]
    assert (got.status_code, got.content, got.headers["x-content-type-options"]) == (200, PNG, "nosniff")
    assert got.headers["content-disposition"] == 'attachment; filename="___img_src_x_.png"'
    assert "sandbox" in got.headers["content-security-policy"]
