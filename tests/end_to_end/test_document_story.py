"""A plan over HTTP: read in, its locks confirmed, amended, decided, adopted, put right, fetched as files."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.documents import LATER, TEXT
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.formats.documents.papers import plan, with_tracked_change
from tests.world import BEFORE, DEADLINE, STARTS, World

TEXTS = """text { number kind notes { code place message } paragraphs { id label heading text locked
    lock { provenance confirmed } subanchors { letter label text madeBy { number } } madeBy { number decision }
    wordDiff { kind text } } removedBy { number } }"""
DOCUMENT = f"id state version title {TEXTS}"
AMENDMENT = """id number state place operation text moverName wordDiff { kind text } collisions { kind number }
    decision adoptedText actions { name allowed } nextSteps { what who }"""
REFUSED = """... on NotAllowed { message denials { code message paragraph { key } } }
    ... on InvalidInput { message fields { path code } } ... on NotFound { message } ... on Conflict { code }"""


@pytest.fixture
async def here(world_url: tuple[str, World]) -> AsyncIterator[Organisation]:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(BEFORE)
        yield running


async def do(person: Person, mutation: str, kind: str = "Document", /, **given: Any) -> dict[str, Any]:
    """The result of a mutation, with every kind of refusal spelt out."""
    name, fields = mutation[0].upper() + mutation[1:], DOCUMENT if kind == "Document" else AMENDMENT
    query = f"""mutation($input: {name}Input!) {{ found: {mutation}(input: $input) {{
        __typename ... on {kind} {{ {fields} }} {REFUSED} }} }}"""
    found: dict[str, Any] = (await person.ask(query, input=given))["found"]
    return found


async def laid(here: Organisation) -> tuple[Person, dict[str, Any], dict[str, str]]:
    """The secretary, the document and its paragraphs by label."""
    secretary = await here.sign_in("secretary")
    meeting = here_id(here)
    document = await do(
        secretary, "importDocument", meetingId=meeting, kind="ACTIVITY_PLAN", title="Plan", file={"markdown": TEXT}
    )
    keys = {each["label"]: each["id"] for each in document["text"]["paragraphs"]}
    answer = {"paragraphId": keys["1"], "locked": True, "provenance": "Solpartiets program 2016"}
    await do(secretary, "confirmLocks", documentId=document["id"], locks=[answer])
    document = await do(secretary, "proposeDocument", documentId=document["id"], decision="DS 3 januari, § 4")
    assert document["state"] == "PROPOSED"
    return secretary, document, keys


def here_id(here: Organisation) -> str:
    from schema.ids import global_id

    return global_id("Meeting", here.world.meeting)


async def test_a_plan_from_its_file_to_the_adopted_text(here: Organisation) -> None:
    secretary, document, keys = await laid(here)
    mover, member = await here.sign_in("mover"), await here.sign_in("member")
    refused = await do(
        mover, "submitAmendment", "Amendment", documentId=document["id"],
        change={"operation": "REPLACE", "paragraphId": keys["1"], "text": "Annat."},
    )  # fmt: skip
    (denial,) = refused["denials"]
    assert (denial["code"], denial["paragraph"]["key"]) == ("locked", "locked-text")
    assert "Stycket är låst. Det är citerat: Solpartiets program 2016." in denial["message"]
    change = {"operation": "REPLACE", "paragraphId": keys["4"], "text": "Distriktet anställer en ombudsman på heltid."}
    whole = await do(mover, "submitAmendment", "Amendment", documentId=document["id"], change=change, reasons="Ty.")
    assert (whole["number"], whole["place"], whole["moverName"]) == (1, "4", "Sofia Ängvide")
    assert whole["wordDiff"] == [
        {"kind": "EQUAL", "text": "Distriktet anställer en ombudsman på "},
        {"kind": "DELETE", "text": "halvtid"},
        {"kind": "INSERT", "text": "heltid"},
        {"kind": "EQUAL", "text": "."},
    ]
    deleting = {"operation": "DELETE", "paragraphId": keys["4"]}
    rival = await do(member, "submitAmendment", "Amendment", documentId=document["id"], change=deleting)
    assert rival["collisions"] == []  # until the papers are out nobody sees another's
    point = {"operation": "DELETE", "paragraphId": keys["3"], "subanchor": "b"}
    gone = await do(member, "submitAmendment", "Amendment", documentId=document["id"], change=point)
    assert (gone["place"], gone["number"]) == ("3 b", 3)

    here.at(DEADLINE)
    late = await do(mover, "submitAmendment", "Amendment", documentId=document["id"], change=point)
    assert [each["code"] for each in late["denials"]] == ["deadline_passed"]
    await secretary.do("sendPapers", meetingId=here_id(here))
    seen = await member.ask(
        "query($id: ID!) { document(id: $id) { amendments { number collisions { kind number } } } }", id=document["id"]
    )
    assert seen["document"]["amendments"][0] == {"number": 1, "collisions": [{"kind": "RIVALS", "number": 2}]}

    here.at(STARTS)
    presidium = await here.sign_in("presidium")
    await presidium.do("openMeeting", meetingId=here_id(here))
    here.at(LATER)
    for amendment, approved in ((whole, True), (rival, False), (gone, True)):
        decided = await do(
            presidium, "decideAmendment", "Amendment", amendmentId=amendment["id"], approved=approved, decision="§ 14"
        )
        assert decided["state"] == ("APPROVED" if approved else "REJECTED"), decided
    adopted = await do(
        presidium, "adoptDocument", documentId=document["id"], decision="§ 14", editor="PRESIDIUM"
    )  # fmt: skip
    assert adopted["state"] == "ADOPTED"
    text = adopted["text"]
    assert [(each["label"], [made["number"] for made in each["madeBy"]]) for each in text["paragraphs"]] == [
        ("1", []), ("2", []), ("3", []), ("4", [1]),
    ]  # fmt: skip
    assert text["removedBy"] == [{"number": 3}]
    assert [each["kind"] for each in text["paragraphs"][3]["wordDiff"]] == ["EQUAL", "DELETE", "INSERT", "EQUAL"]
    edited = await do(
        presidium, "recordEditorialChange", documentId=document["id"], reason="Skrivfel.",
        paragraphs=[{"paragraphId": text["paragraphs"][1]["id"], "text": "Vi möts oftare."}],
    )  # fmt: skip
    assert (edited["text"]["kind"], edited["text"]["paragraphs"][1]["text"]) == ("EDITORIAL", "Vi möts oftare.")
    assert edited["text"]["paragraphs"][3]["madeBy"] == [{"number": 1, "decision": "§ 14"}]
    await fetched(here, await here.sign_in("member"), document["id"])


async def fetched(here: Organisation, member: Person, document: str) -> None:
    """The same text as a file, for whoever may read it."""
    asked = await member.ask(
        "query($id: ID!) { document(id: $id) { downloads { markdown html docx pdf } } }", id=document
    )
    starts = {"markdown": b"# Plan\n\n*Antagen: \xc2\xa7 14*", "html": b"<!doctype", "docx": b"PK", "pdf": b"%PDF"}
    outsider = await here.sign_in("outsider")
    for name, path in asked["document"]["downloads"].items():
        own = await here.client.get(path, headers={"authorization": f"Bearer {member.token}"})
        assert (own.status_code, own.content[: len(starts[name])]) == (200, starts[name]), name
        hidden = await here.client.get(path, headers={"authorization": f"Bearer {outsider.token}"})
        unknown = await here.client.get(path)
        assert (hidden.status_code, unknown.status_code) == (404, 401)
    assert "Vi möts oftare." in (await here.client.get(
        asked["document"]["downloads"]["markdown"], headers={"authorization": f"Bearer {member.token}"}
    )).text  # fmt: skip


async def test_a_docx_is_read_and_a_file_that_is_none_is_refused_with_its_remedy(here: Organisation) -> None:
    secretary = await here.sign_in("secretary")
    given = {"meetingId": here_id(here), "kind": "ACTIVITY_PLAN", "title": "Plan"}
    sent = {"docx": base64.b64encode(plan()).decode(), "name": "plan.docx"}
    document = await do(secretary, "importDocument", file=sent, **given)
    assert len(document["text"]["paragraphs"]) == 6
    assert {each["code"] for each in document["text"]["notes"]} == {"JOINED"}
    for file, code in (
        ({"docx": base64.b64encode(with_tracked_change()).decode()}, "tracked_changes"),
        ({"docx": "inte base64"}, "base64"),
        ({"markdown": "# Bara en rubrik"}, "no_paragraphs"),
        ({"markdown": "1. A.", "plainText": "1. A."}, "one_file"),
        ({}, "one_file"),
    ):
        refused = await do(secretary, "importDocument", file=file, **given)
        assert [each["code"] for each in refused["fields"]] == [code], refused
        assert refused["message"]


async def test_the_same_key_twice_hands_one_amendment_in(here: Organisation) -> None:
    _, document, keys = await laid(here)
    mover = await here.sign_in("mover")
    change = {"operation": "INSERT", "paragraphId": keys["2"], "text": "Nytt."}
    given = {"documentId": document["id"], "change": change, "idempotencyKey": "en gång"}
    first, again = [await do(mover, "submitAmendment", "Amendment", **given) for _ in range(2)]
    assert first["id"] == again["id"]


ON_AGENDA = """agenda { id title state matters { id title kind passageId
    proposals { id label kind text fromBoard movers { name } } } }"""


async def carried(person: Person, mutation: str, /, **given: Any) -> None:
    """A mutation that is allowed."""
    name = mutation[0].upper() + mutation[1:]
    query = f"""mutation($input: {name}Input!) {{ found: {mutation}(input: $input) {{
        __typename ... on Node {{ id }} {REFUSED} }} }}"""
    found = (await person.ask(query, input=given))["found"]
    assert "id" in found, found


async def test_the_passages_of_a_plan_are_decided_on_the_agenda_and_the_gavel_makes_the_text(
    here: Organisation,
) -> None:
    secretary, document, keys = await laid(here)
    mover = await here.sign_in("mover")
    change = {"operation": "REPLACE", "paragraphId": keys["4"], "text": "Distriktet anställer en ombudsman på heltid."}
    sent = await do(mover, "submitAmendment", "Amendment", documentId=document["id"], change=change)
    meeting = here_id(here)
    await carried(
        secretary,
        "addAgendaItem",
        meetingId=meeting,
        kind="PROPOSAL",
        title="Verksamhetsplan",
        documentId=document["id"],
    )
    await carried(secretary, "sendPapers", meetingId=meeting)
    here.at(STARTS)
    presidium = await here.sign_in("presidium")
    await carried(presidium, "openMeeting", meetingId=meeting)
    here.at(LATER)
    query = f"query($id: ID!) {{ meeting(id: $id) {{ {ON_AGENDA} }} }}"
    (item,) = (await presidium.ask(query, id=meeting))["meeting"]["agenda"]
    assert item["matters"] == []
    await carried(presidium, "openItem", itemId=item["id"])
    (item,) = (await presidium.ask(query, id=meeting))["meeting"]["agenda"]
    passage, rest = item["matters"]
    assert [(each["title"], each["passageId"]) for each in (passage, rest)] == [
        ("Stycke 4", keys["4"]), ("Texten i övrigt", None),
    ]  # fmt: skip
    assert [(each["label"], each["fromBoard"], each["movers"]) for each in passage["proposals"]] == [
        ("A", True, [{"name": "Distriktsstyrelsen"}]), ("B", False, [{"name": "Sofia Ängvide"}]),
    ]  # fmt: skip
    by_hand = await do(
        presidium, "decideAmendment", "Amendment", amendmentId=sent["id"], approved=True, decision="§ 1"
    )  # fmt: skip
    assert [each["message"] for each in by_hand["denials"]] == ["Yrkandet prövas på dagordningen. Avgör det där."]
    for matter, winner in ((passage, passage["proposals"][1]), (rest, rest["proposals"][0])):
        await carried(presidium, "recordDecision", matterId=matter["id"], proposalId=winner["id"])
    found = await presidium.ask(f"query($id: ID!) {{ document(id: $id) {{ {DOCUMENT} }} }}", id=document["id"])
    document = found["document"]
    last = document["text"]["paragraphs"][-1]
    assert (document["state"], last["text"]) == ("ADOPTED", "Distriktet anställer en ombudsman på heltid.")
    assert [each["number"] for each in last["madeBy"]] == [1]
    authorised = await do(presidium, "authoriseEditor", documentId=document["id"], editor="PRESIDIUM")
    assert authorised["state"] == "ADOPTED"
    right = [{"paragraphId": last["id"], "text": "Distriktet anställer en ombudsman, på heltid."}]
    edited = await do(
        presidium, "recordEditorialChange", documentId=document["id"], reason="Komma.", paragraphs=right
    )  # fmt: skip
    assert edited["text"]["paragraphs"][-1]["text"] == "Distriktet anställer en ombudsman, på heltid."
