"""An application to form a branch is refused, appealed, granted; and the branch is founded. Step by step in the API."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.outbox import OutboxRow
from schema.ids import key_of
from tests.board_cases import Desk, Newcomer, add_body, codes, desk, local, welcome
from tests.world import World

_SITS, _DS, _PS = MandateRole.MEMBER, "district/board", "party/board"
FOUNDERS = (
    Newcomer("hanna", "Hanna", "Bodström"),
    Newcomer("birger_o", "Birger", "Östlid", email=False),
    Newcomer("nyss", "Alva", "Nyström", paid_on=date(2025, 11, 20)),
    *(Newcomer(f"f{index}", "Grundare", f"Nummer {index}") for index in range(9)),
)
OTHERS = (
    Newcomer("lars", "Lars", "Kvarnhed", seats=((_DS, _SITS), ("stenvika/board", MandateRole.CHAIR))),
    *(Newcomer(f"ds{index}", "Ledamot", f"Distrikt {index}", seats=((_DS, _SITS),)) for index in range(5)),
    Newcomer("leif", "Leif", "Granhed", seats=((_PS, _SITS),)),
    Newcomer("vu", "Vera", "Utskott", seats=((_PS, _SITS), ("party/vu", MandateRole.SECRETARY))),
    *(Newcomer(f"ps{index}", "Ledamot", f"Parti {index}", seats=((_PS, _SITS),)) for index in range(11)),
    *(Newcomer(f"m{index}", "Medlem", f"Nummer {index}") for index in range(3)),
)
DEADLINE_OF_ELEVEN = local(2026, 3, 29, 0)
"""28 March at 24.00; that night the clocks go forward."""


@pytest.fixture
async def story(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    at = local(2025, 12, 1)
    await add_body(world, at, "stenvika/board", "stenvika", BodyKind.BOARD, "Styrelsen i Stenvika")
    await add_body(world, at, "party/vu", "party", BodyKind.EXECUTIVE_COMMITTEE, "Verkställande utskottet")
    await welcome(world, at, (*FOUNDERS, *OTHERS))
    async with desk(world, tmp_path / "seeds") as made:
        yield made


async def letters(story: Desk, purpose: str) -> dict[str, int]:
    """How many of one kind have been written so far, by channel."""
    async with story.world.database.read() as connection:
        rows = await connection.execute(
            select(OutboxRow.channel, func.count()).where(OutboxRow.purpose == purpose).group_by(OutboxRow.channel)
        )
        return {row[0]: row[1] for row in rows}


async def applied(story: Desk) -> str:
    """1-2: twelve sign, one of them on paper; the board asks Stenvika, which is against, and they meet that."""
    made = await story.did(
        "hanna", "applyForBranch", unitId=story.unit("norrviken"), name="Partiföreningen Tallsäter", area="Tallsäter",
        interimRole="CHAIR",
    )  # fmt: skip
    key = str(made["id"])
    assert codes(await story.do("hanna", "submitBranchApplication", applicationId=key)) == ["founders_missing"]
    for each in FOUNDERS[1:]:
        await story.did("hanna", "inviteFounder", applicationId=key, memberNumber=story.world.numbers[each.name])
    assert await story.see("secretary", "branchApplication", key) is None
    for each in FOUNDERS[2:]:
        await story.did(each.name, "confirmFounding", applicationId=key)
    paper = await story.did(
        "hanna", "confirmFounding", applicationId=key, memberNumber=story.world.numbers["birger_o"], channel="PAPER"
    )
    birger = next(each for each in paper["founders"] if each["name"] == "Birger Östlid")
    assert (birger["recorded"], birger["channel"]) == (True, "PAPER")
    assert (paper["founderCount"], paper["countedFounders"], paper["neededFounders"]) == (12, 11, 10)
    handed = await story.did("hanna", "submitBranchApplication", applicationId=key)
    assert (handed["state"], handed["decideBy"]) == ("SUBMITTED", local(2026, 3, 9, 0).isoformat())
    return key


async def heard(story: Desk, key: str) -> None:
    """2: the branch that is affected is heard, and the applicants meet its answer."""
    story.at(local(2025, 12, 17))
    asked = await story.did("secretary", "consultBranches", applicationId=key)
    assert (asked["state"], asked["answersDueAt"]) == ("HEARING", local(2026, 1, 17, 0).isoformat())
    await story.did("secretary", "draftBranchDecision", applicationId=key, text="Avslag, tror vi.")
    story.at(local(2026, 1, 12))
    given = {"applicationId": key, "unitId": story.unit("stenvika"), "position": "OPPOSES",
             "text": "Vi blir för få.", "decision": "Stenvika § 4"}  # fmt: skip
    assert codes(await story.do("neighbour", "answerBranchConsultation", **given)) in ([], ["not_your_role"])
    await story.did("lars", "answerBranchConsultation", **given)
    assert codes(await story.do("lars", "answerBranchConsultation", **given)) == ["answered_already"]
    seen = await story.see("hanna", "branchApplication", key)
    assert seen is not None
    assert (seen["consultations"][0]["answer"], seen["draft"]) == ("Vi blir för få.", None)
    assert codes(await story.do("secretary", "closeBranchHearing", applicationId=key)) == ["applicants_have_time"]
    story.at(local(2026, 1, 20))
    await story.did(
        "hanna", "meetConsultationAnswer", applicationId=key, unitId=story.unit("stenvika"), text="Ni blir 38."
    )
    story.at(local(2026, 1, 28))
    assert (await story.clock())["board_applications"] == 1
    ready = await story.see("hanna", "branchApplication", key)
    assert ready is not None
    assert ready["state"] == "READY"


async def refused(story: Desk, key: str) -> str:
    """3-4: six against two refuse, with reasons; eleven get it by mail, Birger a letter that comes on 2 March."""
    story.at(local(2026, 2, 25))
    seen = await story.see("secretary", "branchApplication", key)
    assert seen is not None
    assert seen["barred"] == [{"name": "Lars Kvarnhed", "ground": "ANSWERED"}]
    given = {"applicationId": key, "approve": False, "decision": "DS § 23", "votesFor": 6, "votesAgainst": 2,
             "reservations": "Wira Edholt och Lo Sandgren"}  # fmt: skip
    assert codes(await story.do("secretary", "decideBranchApplication", **given)) == ["reasons_missing"]
    everybody = [story.member(name) for name in ("board", "chair", "secretary", "lars", *(f"ds{n}" for n in range(5)))]
    given["reasons"] = "Stenvika skulle få färre än 40 medlemmar."
    assert codes(await story.do("secretary", "decideBranchApplication", **given, presentIds=everybody)) == [
        "barred_took_part"
    ]
    decided = await story.did("secretary", "decideBranchApplication", **given)
    assert decided["state"] == "REFUSED"
    ruling = decided["ruling"]
    assert ruling["state"] == "NEW"
    assert ruling["appealInformation"] == (
        "Beslutet kan överklagas till: Partistyrelsen. Ditt överklagande ska ha kommit in inom 30 dagar från det att "
        "du fick del av beslutet."
    )
    assert await story.see("hanna", "ruling", ruling["id"]) is None
    story.at(local(2026, 2, 26))
    await story.did("secretary", "notifyRuling", rulingId=ruling["id"])
    assert await letters(story, "ruling_notice") == {"mail": 11, "letter": 1}
    story.at(local(2026, 3, 4))
    await story.did(
        "secretary", "confirmRulingNotice", rulingId=ruling["id"], memberNumber=story.world.numbers["birger_o"],
        receivedAt=local(2026, 3, 2, 10).isoformat(),
    )  # fmt: skip
    hanna, birger = [await story.see(who, "ruling", ruling["id"]) for who in ("hanna", "birger_o")]
    assert hanna is not None
    assert birger is not None
    assert hanna["yourAppealUntil"] == DEADLINE_OF_ELEVEN.isoformat()
    assert birger["yourAppealUntil"] == local(2026, 4, 2, 0).isoformat()
    assert [each["name"] for each in hanna["notices"]] == ["Hanna Bodström"]
    return str(ruling["id"])


async def appealed(story: Desk, ruling: str) -> str:
    """5: a minute before midnight Hanna appeals for all, and asks for a stay, which VU grants."""
    story.at(local(2026, 3, 28, 23, 59))
    lodged = await story.did(
        "hanna", "lodgeAppeal", rulingId=ruling, grounds="Stadgarna kräver ingen storlek.", forAll=True
    )
    key = str(lodged["id"])
    assert (lodged["state"], lodged["appellantCount"]) == ("LODGED", 12)
    assert {each["inTime"] for each in lodged["appellants"]} == {True}
    assert await letters(story, "appeal_lodged") == {"mail": 11, "letter": 1}
    again = await story.do("f1", "lodgeAppeal", rulingId=ruling, grounds="Jag också.")
    assert codes(again) == ["stands_already"]
    await story.did("hanna", "requestStay", appealId=key, text="Valbudgeten ska inte flyttas.")
    assert await story.see("leif", "appeal", key) is not None
    assert await story.see("m0", "appeal", key) is None
    given = {"appealId": key, "granted": True, "decision": "VU § 8"}
    assert codes(await story.do("party_secretary", "decideStay", **given)) == ["not_your_role"]
    stayed = await story.did("vu", "decideStay", **given)
    assert (stayed["stay"], stayed["stayDecision"]) == ("GRANTED", "VU § 8")
    return key


async def stated(story: Desk, key: str) -> None:
    """6: asked on Monday, silent on time, a week late; the appellants answer."""
    story.at(local(2026, 3, 29))
    await story.clock()
    waiting = await story.see("hanna", "appeal", key)
    assert waiting is not None
    assert waiting["state"] == "LODGED"
    story.at(local(2026, 3, 30))
    await story.clock()
    asked = await story.see("hanna", "appeal", key)
    assert asked is not None
    assert (asked["state"], asked["statementDueAt"]) == ("AWAITING_STATEMENT", local(2026, 4, 14, 0).isoformat())
    story.at(local(2026, 4, 14))
    await story.clock()
    story.at(local(2026, 4, 20))
    late = await story.did("chair", "stateOnAppeal", appealId=key, text="Vi står fast.", decision="DS § 31")
    assert late["state"] == "AWAITING_REPLY"
    story.at(local(2026, 5, 4))
    answered = await story.did("hanna", "replyToStatement", appealId=key, text="Skälet finns inte i stadgarna.")
    assert (answered["state"], answered["statement"]) == ("READY", "Vi står fast.")


async def granted(story: Desk, key: str) -> None:
    """7: two are barred, both sides heard, the late statement considered; nine to four."""
    story.at(local(2026, 5, 9))
    await story.did("party_secretary", "barFromAppeal", appealId=key, memberId=story.member("leif"), ground="TOOK_PART")
    barred = await story.did(
        "party_secretary", "barFromAppeal", appealId=key, memberId=story.member("party_secretary"),
        ground="CLOSE_RELATION",
    )  # fmt: skip
    assert sorted(each["name"] for each in barred["barred"]) == ["Leif Granhed", "Mona Tallrot"]
    given: dict[str, Any] = {"appealId": key, "outcome": "GRANTED", "decision": "PS § 57", "votesFor": 9,
                             "votesAgainst": 4, "reasons": "Stadgarna kräver inte en viss storlek.",
                             "formBy": "2026-06-15"}  # fmt: skip
    assert set(codes(await story.do("party_secretary", "decideAppeal", **given))) == {"not_heard", "lateness_unjudged"}
    await story.did("party_secretary", "hearAppeal", appealId=key, text="Hanna och DS ordförande hördes digitalt.")
    done = await story.did("party_secretary", "decideAppeal", **given, statementConsidered=True)
    assert (done["state"], done["present"], done["ruling"]["setAsideBy"]) == ("CLOSED", 13, "Partistyrelsen PS § 57")
    assert done["finality"] == "Beslutet kan inte överklagas inom organisationen."


async def founded(story: Desk, application: str) -> None:
    """8-11: the board is silent, VU calls, and 31 members found; most move, two stay."""
    right = await story.see("hanna", "branchApplication", application)
    assert right is not None
    assert (right["state"], right["formBy"]) == ("APPROVED", local(2026, 6, 16, 0).isoformat())
    assert (right["ruling"]["state"], right["decisionReasons"]) == (
        "SET_ASIDE", "Stenvika skulle få färre än 40 medlemmar.",
    )  # fmt: skip
    call = {"applicationId": application, "at": local(2026, 6, 27).isoformat(), "place": "Bygdegården"}
    assert codes(await story.do("vu", "callFoundingMeeting", **call)) == ["first_caller_has_time"]
    story.at(local(2026, 6, 16))
    await story.clock()
    assert sum((await letters(story, "founding_not_called")).values()) >= 2
    await story.did("vu", "callFoundingMeeting", **call)
    story.at(local(2026, 6, 27, 15))
    minutes = {
        "applicationId": application, "name": "Partiföreningen Tallsäter", "decision": "Bildandemöte § 4",
        "heldAt": local(2026, 6, 27, 13).isoformat(), "auditorIds": [story.member("f5")],
        "nominationCommitteeIds": [story.member("f6")],
        "board": [{"memberId": story.member("hanna"), "role": "CHAIR"},
                  {"memberId": story.member("f1"), "role": "SECRETARY"}],
    }  # fmt: skip
    assert codes(await story.do("hanna", "holdFoundingMeeting", **minutes | {"auditorIds": []})) == ["auditors_missing"]
    formed = await story.did("hanna", "holdFoundingMeeting", **minutes)
    assert formed["state"] == "FORMED"
    for name in ("hanna", "f1", "m0"):
        await story.did(name, "joinFoundedBranch", applicationId=application)
    await story.did("secretary", "joinFoundedBranch", applicationId=application, memberId=story.member("birger_o"))
    assert codes(await story.do("hanna", "joinFoundedBranch", applicationId=application)) == ["belongs_already"]
    unit = key_of(formed["formedId"], "Unit")
    async with story.world.database.read() as connection:
        rows = await connection.execute(
            select(MembershipRow.effective_on, MembershipRow.voting).where(MembershipRow.unit_id == unit)
        )
        assert [tuple(row) for row in rows] == [(date(2026, 6, 27), True)] * 4


async def test_the_story_of_tallsater(story: Desk) -> None:
    application = await applied(story)
    await heard(story, application)
    ruling = await refused(story, application)
    appeal = await appealed(story, ruling)
    await stated(story, appeal)
    await granted(story, appeal)
    await founded(story, application)
