"""The speakers' list in the API, as those in the hall use it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from democracy.domain.ids import new_id
from democracy.storage.tables.agenda import AgendaItemRow
from schema.ids import global_id
from tests.conference import NOW, Conference, conference
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.statements import recorded
from tests.world import World
from workflows.item import ItemState
from workflows.proceedings import ItemKind

SPEECH = """... on Speech { id state kind name place limitSeconds remainingSeconds startedAt endsAt
    actions { name allowed } nextSteps { what who } history { step label by } documentation }
    ... on Meeting { id } ... on NotAllowed { message denials { code waivableBy } } ... on NotFound { message }
    ... on InvalidInput { fields { path code message } }"""
FLOOR = """query($id: ID!) { meeting(id: $id) { floor {
    speaker { name remainingSeconds } waiting { name place firstTime unitName }
    rules { firstTimersFirst preferredGender speechSeconds replySeconds } closesAt speechSeconds
    requests { kind allowed denials { code message } closesAt } actions { name allowed }
    statistics { total { speakers speeches seconds } byGender { gender } covers } } } }"""


@pytest.fixture
async def hall(world_url: tuple[str, World]) -> AsyncIterator[tuple[Organisation, Conference]]:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(NOW)
        made = await conference(world.over(running.app.database))
        async with running.app.database.unit(NOW) as unit:
            unit.session.add(
                AgendaItemRow(
                    id=new_id(), meeting_id=made.meeting, kind=ItemKind.OTHER, state=ItemState.OPEN, position=14,
                    number=14, title="Verksamhetsplan", opened_at=NOW,
                )
            )  # fmt: skip
        yield running, made


async def do(person: Person, mutation: str, **given: Any) -> dict[str, Any]:
    name = mutation[0].upper() + mutation[1:]
    query = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename {SPEECH} }} }}"
    if mutation in {"requestFloor", "withdrawRequest", "giveFloor", "endSpeech", "putSpeechBack"}:
        query = query.replace("... on Meeting { id }", "")
    else:
        query = query.replace(SPEECH, SPEECH[SPEECH.index("... on Meeting") :])
    answer: dict[str, Any] = (await person.ask(query, input=given))[mutation]
    return answer


async def floor(person: Person, meeting: str) -> dict[str, Any]:
    found: dict[str, Any] = (await person.ask(FLOOR, id=meeting))["meeting"]["floor"]
    return found


async def test_a_speech_from_the_phone_of_a_board_member_to_the_chairs_thank_you(
    hall: tuple[Organisation, Conference],
) -> None:
    here, made = hall
    asa, gunhild = await here.sign_in("board"), await here.sign_in("presidium")
    meeting = global_id("Meeting", made.meeting)
    await do(gunhild, "decideFloorRules", meetingId=meeting, speechSeconds=120, replySeconds=60, firstTimersFirst=True)
    asked = await do(asa, "requestFloor", meetingId=meeting)
    assert (asked["state"], asked["name"], asked["place"]) == ("WAITING", "Åsa Fridlöv", 1)
    assert {each["name"]: each["allowed"] for each in asked["actions"]} == {"withdraw": True, "give": False}
    assert asked["nextSteps"] == [{"what": "give", "who": "PRESIDIUM"}]
    given = await do(gunhild, "giveFloor", meetingId=meeting)
    assert given["limitSeconds"] == 120
    here.at(NOW + timedelta(seconds=150))
    seen = await floor(asa, meeting)
    assert seen["speaker"]["name"] == "Åsa Fridlöv"
    assert -31 <= seen["speaker"]["remainingSeconds"] < 0
    ended = await do(gunhild, "endSpeech", speechId=asked["id"])
    assert [step["label"] for step in ended["history"]] == ["Begära ordet", "Ge ordet", "Avsluta inlägget"]
    total = (await floor(asa, meeting))["statistics"]
    assert (total["total"]["speeches"], total["byGender"], total["covers"]) == (1, [], 0)


async def test_whoever_cannot_ask_for_the_floor_is_told_why_in_swedish_before_they_try(
    hall: tuple[Organisation, Conference],
) -> None:
    here, made = hall
    dawit, asa = await here.sign_in("member"), await here.sign_in("board")
    meeting = global_id("Meeting", made.meeting)
    told = {each["kind"]: each["denials"] for each in (await floor(dawit, meeting))["requests"]}
    assert [denial["message"] for denial in told["SPEECH"]] == ["Du är inte incheckad. Checka in först."]
    refused = await do(dawit, "requestFloor", meetingId=meeting)
    assert refused["message"] == "Du är inte incheckad. Checka in först."
    offered = {each["kind"]: each["allowed"] for each in (await floor(asa, meeting))["requests"]}
    assert offered == {"SPEECH": True, "REPLY": False, "POINT_OF_ORDER": True}


async def test_when_streck_is_drawn_the_phone_knows_until_when_and_who_may_lift_it(
    hall: tuple[Organisation, Conference],
) -> None:
    here, made = hall
    asa, gunhild = await here.sign_in("board"), await here.sign_in("presidium")
    meeting, closes = global_id("Meeting", made.meeting), (NOW + timedelta(minutes=2)).isoformat()
    await do(gunhild, "drawStreck", meetingId=meeting, closesAt=closes)
    assert (await floor(asa, meeting))["requests"][0] == {
        "kind": "SPEECH", "allowed": True, "denials": [], "closesAt": closes,
    }  # fmt: skip
    here.at(NOW + timedelta(minutes=3))
    refused = await do(asa, "requestFloor", meetingId=meeting)
    assert refused["denials"] == [{"code": "list_closed", "waivableBy": ["MEETING_SECRETARY", "PRESIDIUM"]}]
    assert refused["message"].startswith("Streck är draget i debatten sedan 21 mars 2026 kl. 11.02.")


async def test_the_secretary_writes_in_a_hand_from_the_floor_and_hears_of_an_unknown_number(
    hall: tuple[Organisation, Conference],
) -> None:
    here, made = hall
    inga, meeting = await here.sign_in("meeting_secretary"), global_id("Meeting", made.meeting)
    number = here.world.numbers["board"]
    asked = await do(inga, "requestFloor", meetingId=meeting, memberNumber=number, channel="FLOOR")
    assert asked["name"] == "Åsa Fridlöv"
    assert (await do(inga, "requestFloor", meetingId=meeting, memberNumber="0"))["__typename"] == "NotFound"
    by_id = await do(inga, "requestFloor", meetingId=meeting, memberId=global_id("Member", made.ombud[0]))
    assert by_id["place"] == 2


@pytest.mark.parametrize(
    ("mutation", "given", "path"),
    [
        ("decideFloorRules", {"speechSeconds": 0}, "speechSeconds"),
        ("decideFloorRules", {"replySeconds": 3601}, "replySeconds"),
        ("decideFloorRules", {"preferredGender": "OTHER"}, "preferredGender"),
        ("setSpeechTime", {"seconds": -1}, "seconds"),
        ("drawStreck", {"closesAt": "2026-03-21T10:00:00"}, "closesAt"),
        ("giveFloor", {"speechId": "x"}, "speechId"),
    ],
)
async def test_what_cannot_be_meant_is_told_with_its_field(
    hall: tuple[Organisation, Conference], mutation: str, given: dict[str, Any], path: str
) -> None:
    here, made = hall
    gunhild = await here.sign_in("presidium")
    answer = await do(gunhild, mutation, meetingId=global_id("Meeting", made.meeting), **given)
    assert [fault["path"] for fault in answer["fields"]] == [path]


async def test_the_list_costs_as_many_statements_for_five_who_wait_as_for_one(
    hall: tuple[Organisation, Conference],
) -> None:
    here, made = hall
    asa, inga = await here.sign_in("board"), await here.sign_in("meeting_secretary")
    meeting, costs = global_id("Meeting", made.meeting), []
    for ombud in (made.ombud[:1], made.ombud[1:5]):
        for member in ombud:
            await do(inga, "requestFloor", meetingId=meeting, memberId=global_id("Member", member))
        with recorded(here.app.database.reader) as statements:
            assert len((await floor(asa, meeting))["waiting"]) in {1, 5}
        # The workers beside the server look for what is new meanwhile.
        costs.append(sum("speech" in statement for statement in statements))
    assert costs == [3, 3]
