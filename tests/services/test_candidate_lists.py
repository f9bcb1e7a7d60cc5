"""Lists for public elections through the API: order by turns, the consent of each, the conference's decision."""

from typing import Any

from sqlalchemy import select, update

from democracy.domain.kinds import Gender, MeetingKind
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.outbox import OutboxRow
from schema.ids import global_id
from tests.conference import NOW
from tests.elections import REFUSED, Hall, codes

LIST = "id state exception places { position name consentedAt declinedAt }"


async def do(room: Hall, who: str, name: str, **given: Any) -> dict[str, Any]:
    answer = "... on Meeting { id }" if name == "declineList" else f"... on CandidateList {{ {LIST} }}"
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {answer} {REFUSED} }} }}"
    return await room.devices[who].change(query, **given)


async def seen(room: Hall, who: str) -> list[dict[str, Any]]:
    query = f"query ($id: ID!) {{ candidateLists(meetingId: $id) {{ {LIST} }} }}"
    found = await room.devices[who].ask(query, id=global_id("Meeting", room.world.meeting))
    lists: list[dict[str, Any]] = found["candidateLists"]
    return lists


async def begun(room: Hall) -> str:
    """An election conference begins a list of four."""
    async with room.world.database.unit(NOW) as unit:
        held = update(MeetingRow).where(MeetingRow.id == room.world.meeting)
        await unit.session.execute(held.values(kind=MeetingKind.ELECTION_CONFERENCE))
    meeting = global_id("Meeting", room.world.meeting)
    given = {"meetingId": meeting, "title": "Norrvik", "assembly": "Kommunfullmäktige i Norrvik", "most": 3}
    return str((await do(room, "meeting_secretary", "prepareCandidateList", **given))["id"])


async def test_a_list_by_turns_with_the_consent_of_each_is_decided_by_the_conference(room: Hall) -> None:
    await room.genders(o0=Gender.WOMAN, o1=Gender.WOMAN, o2=Gender.MAN)
    listed, numbers = await begun(room), await room.numbers(0, 1, 2)
    order = {"listId": listed, "memberNumbers": numbers}
    twice = await do(room, "meeting_secretary", "placeOnList", **order | {"memberNumbers": [numbers[0], numbers[0]]})
    assert codes(twice) == ["names_do_not_fit"]
    nobody = await do(room, "meeting_secretary", "placeOnList", **order | {"memberNumbers": ["finns ej"]})
    assert codes(nobody) == ["unknown_member"]
    assert await seen(room, "o0") == []
    await do(room, "meeting_secretary", "placeOnList", **order)
    async with room.world.database.unit(NOW) as unit:
        told = list(await unit.session.scalars(select(OutboxRow).where(OutboxRow.purpose == "list_asked")))
    assert {each.member_id for each in told} == set(room.conference.ombud[:3])
    (mine,) = await seen(room, "o0")
    assert [each["name"] for each in mine["places"]] == ["Lo Ombud 001"]
    assert await seen(room, "o5") == []
    early = await do(room, "meeting_secretary", "publishCandidateList", listId=listed)
    assert codes(early) == ["consents_missing", "not_by_turns"]
    for who in ("o0", "o1", "o2"):
        assert (await do(room, who, "consentToList", listId=listed))["state"] == "DRAFT"
    await do(
        room, "meeting_secretary", "placeOnList", **order | {"memberNumbers": [numbers[0], numbers[2], numbers[1]]}
    )
    assert (await do(room, "meeting_secretary", "publishCandidateList", listId=listed))["state"] == "PROPOSED"
    (public,) = await seen(room, "o5")
    assert [each["name"][-1] for each in public["places"]] == ["1", "3", "2"]
    assert codes(await do(room, "o5", "decideCandidateList", listId=listed)) == ["not_your_role"]
    assert (await do(room, "presidium", "decideCandidateList", listId=listed))["state"] == "DECIDED"
    assert codes(await do(room, "o0", "declineList", listId=listed)) == ["wrong_state"]


async def test_an_exception_needs_reasons_and_whoever_declines_is_seen_no_more(room: Hall) -> None:
    await room.genders(o0=Gender.MAN, o1=Gender.MAN)
    listed, numbers = await begun(room), await room.numbers(0, 1, 2)
    await do(room, "meeting_secretary", "placeOnList", listId=listed, memberNumbers=numbers)
    for number in numbers[:2]:
        await do(room, "meeting_secretary", "consentToList", listId=listed, memberNumber=number)
    assert codes(await do(room, "o5", "consentToList", listId=listed)) == []
    assert (await do(room, "o2", "declineList", listId=listed))["__typename"] == "Meeting"
    assert await seen(room, "o2") == []
    again = await do(room, "meeting_secretary", "placeOnList", listId=listed, memberNumbers=numbers)
    assert codes(again) == ["names_do_not_fit"]
    blank = await do(room, "meeting_secretary", "publishCandidateList", listId=listed, exception=" ")
    assert codes(blank) == ["not_by_turns"]
    told = {"listId": listed, "exception": "Ingen kvinna ville."}
    public = await do(room, "meeting_secretary", "publishCandidateList", **told)
    assert (public["state"], public["exception"]) == ("PROPOSED", "Ingen kvinna ville.")
    # The conference itself adds one, who has to consent before it decides; nobody else reads the name before.
    await do(room, "presidium", "placeOnList", listId=listed, memberNumbers=[*numbers[:2], *await room.numbers(3)])
    assert [each["position"] for each in (await seen(room, "o5"))[0]["places"]] == [1, 2]
    assert codes(await do(room, "presidium", "decideCandidateList", listId=listed)) == ["consents_missing"]
    await do(room, "o3", "consentToList", listId=listed)
    assert (await do(room, "presidium", "decideCandidateList", listId=listed))["state"] == "DECIDED"


async def test_a_protected_identity_is_named_on_no_list_before_consenting(room: Hall) -> None:
    async with room.world.database.unit(NOW) as unit:
        hidden = update(MemberRow).where(MemberRow.id == room.conference.ombud[0])
        await unit.session.execute(hidden.values(protected=True))
    listed, numbers = await begun(room), await room.numbers(0)
    placed = await do(room, "meeting_secretary", "placeOnList", listId=listed, memberNumbers=numbers)
    assert [each["name"] for each in placed["places"]] == ["skyddad identitet"]
    agreed = await do(room, "o0", "consentToList", listId=listed)
    assert [each["name"] for each in agreed["places"]] == ["Lo Ombud 001"]


async def test_another_meeting_than_an_election_conference_decides_no_list(room: Hall) -> None:
    given = {"meetingId": global_id("Meeting", room.world.meeting), "title": "N", "assembly": "K", "most": 3}
    assert codes(await do(room, "meeting_secretary", "prepareCandidateList", **given)) == ["no_election_conference"]
    assert codes(await do(room, "meeting_secretary", "prepareCandidateList", **given | {"most": 0})) == ["out_of_range"]
