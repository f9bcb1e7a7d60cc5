"""SCENARIOS.md, story 1, through the API: § 14, passage 17, step by step, with the system's answers and the minutes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from democracy.domain.actors import Member
from democracy.storage.tables.member import MemberRow
from tests.deciding import Hall, at_passage
from tests.end_to_end.hall import Floor, floor, key_of
from tests.world import World

PEOPLE = {
    "tora": ("Tora", "Kvistmark"), "per_ola": ("Per-Ola", "Tegnvik"), "nils_erik": ("Nils-Erik", "Sjöhage"),
    "samira": ("Samira", "Haldin"), "elin": ("Elin", "Rosvik"), "idris": ("Idris", "Norrbåge"),
    "late": ("Vega", "Almhed"),
}  # fmt: skip
MATTER = "state currentQuestion { id state kind } proposals { id label state } questions { id level kind state }"


@dataclass
class Story:
    """The item, and everybody by name."""

    hall: Hall
    floor: Floor
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def matter_id(self) -> str:
        return key_of("Matter", self.hall.matter)

    @property
    def item_id(self) -> str:
        return key_of("AgendaItem", self.hall.item)

    @property
    def chair(self) -> Member:
        return self.hall.chair

    @property
    def rami(self) -> Member:
        return self.hall.secretary

    @property
    def asa(self) -> Member:
        found = self.hall.board
        assert isinstance(found, Member)
        return found

    def who(self, name: str) -> Member:
        return self.hall.ombud(list(PEOPLE).index(name))

    def number(self, name: str) -> str:
        return f"9{list(PEOPLE).index(name):03}"

    async def matter(self) -> dict[str, Any]:
        return await self.floor.node(self.who("tora"), self.matter_id, "Matter", MATTER)

    async def proposals(self) -> dict[str, dict[str, Any]]:
        return {each["label"]: each for each in (await self.matter())["proposals"]}

    async def question(self) -> str:
        found: str = (await self.matter())["currentQuestion"]["id"]
        return found

    async def propose(self, name: str, kind: str, text: str = "", **more: Any) -> str:
        return await self.floor.do(
            self.who(name), "makeProposal", matterId=self.matter_id, kind=kind, text=text, **more
        )

    async def find(self, found: str) -> None:
        """The chair names the outcome: YES, NO, or a proposal."""
        named = {"answer": found} if found in {"YES", "NO"} else {"proposalId": found}
        await self.floor.do(self.chair, "declareAcclamation", questionId=await self.question(), **named)

    async def gavel(self) -> None:
        await self.floor.do(self.chair, "gavel", questionId=await self.question())

    async def demand(self, name: str) -> None:
        await self.floor.do(self.who(name), "requestDivision", questionId=await self.question())

    async def opened(self, asked: str) -> str:
        return await self.floor.do(self.chair, "openDivision", questionId=asked, method="SHOW_OF_CARDS")

    async def dividing(self) -> str:
        """The question on which a vote comes next."""
        waiting = [each["id"] for each in (await self.matter())["questions"] if each["state"] == "DIVIDING"]
        found: str = waiting[0]
        return found

    async def count(self, division: str, yes: int, no: int, abstained: int) -> None:
        figures = {"yes": yes, "no": no, "abstained": abstained}
        await self.floor.do(self.chair, "closeDivision", divisionId=division, figures=figures)
        await self.floor.do(self.chair, "announceDivision", divisionId=division)

    async def vote(self, yes: int, no: int, abstained: int) -> None:
        await self.count(await self.opened(await self.dividing()), yes, no, abstained)


@pytest.fixture
async def story(world: World, database_url: str) -> AsyncIterator[Story]:
    hall = await at_passage(world, ombud=57)
    async with world.database.unit(hall.now) as unit:
        for index, (given, family) in enumerate(PEOPLE.values()):
            one = update(MemberRow).where(MemberRow.id == hall.conference.ombud[index])
            await unit.session.execute(one.values(given_name=given, family_name=family, number=f"9{index:03}"))
    async with floor(world.database.url, hall.now) as edge:
        yield Story(hall, edge)


async def proposed(story: Story) -> dict[str, str]:
    """Steps 1 and 2: A from the start; then what comes on devices and on a slip."""
    b1 = await story.propose("tora", "AMENDMENT", "heltid")
    story.floor.now += timedelta(minutes=8)
    received = (story.floor.now - timedelta(minutes=8)).isoformat()
    slip = await story.floor.do(
        story.rami, "makeProposal", matterId=story.matter_id, kind="AMENDMENT", text="heltid från 2027",
        variantOfId=b1, memberNumber=story.number("per_ola"), channel="PAPER", receivedAt=received,
    )  # fmt: skip
    receipt = (await story.floor.node(story.rami, slip, "Proposal", "receipt"))["receipt"]
    assert receipt.startswith("Mottaget ")
    assert receipt.endswith(" av sekreteraren.")
    assert ", infört " in receipt
    await story.propose("nils_erik", "COUNTER", "i stället en föreningsfond på 300 000 kr")
    await story.propose("samira", "REJECT")
    await story.propose("elin", "ADDITION", "satsningen utvärderas till DÅK 2028", addsToId=story.matter_id)
    refused = await story.floor.tried(story.who("idris"), "makeProposal", matterId=story.matter_id, kind="REFER_BACK")
    assert [each["message"] for each in refused["denials"]] == [
        "Skriv vem som ska ta emot återremissen.",
        "Skriv vad mottagaren ska göra.",
        "Skriv varför ärendet ska tillbaka.",
        "Skriv när ärendet ska komma tillbaka, eller till vilket möte.",
    ]
    await story.propose(
        "idris", "REFER_BACK", recipient="DS", instruction="beräkna kostnaden", reason="kostnaden är okänd",
        backAtId=key_of("Meeting", story.hall.world.next_meeting),
    )  # fmt: skip
    return {label: each["id"] for label, each in (await story.proposals()).items()}


async def too_late(story: Story) -> None:
    """Step 3: the deadline for proposals, which the meeting can lift."""
    closes = (story.floor.now + timedelta(seconds=90)).isoformat()
    stop = {"itemId": story.item_id, "closesAt": closes}
    refused = await story.floor.tried(story.chair, "setProposalDeadline", **stop)
    assert [each["code"] for each in refused["denials"]] == ["stop_undecided"]
    story.floor.now -= timedelta(minutes=1)
    await story.floor.do(story.chair, "setProposalDeadline", decided=True, **stop)
    refused = await story.floor.tried(
        story.who("late"), "makeProposal", matterId=story.matter_id, kind="AMENDMENT", text="två ombudsmän"
    )
    (denial,) = refused["denials"]
    assert denial["message"].startswith("Yrkandestopp var")
    assert "Du kan ansluta dig till ett yrkande, jämka eller be mötet häva stoppet." in denial["message"]
    assert (denial["force"], denial["waivableBy"]) == ("MEETING_ORDER", ["MEETING_SECRETARY", "PRESIDIUM"])


async def reconciled(story: Story, made: dict[str, str]) -> str:
    """Step 4: one text instead of two; both accept, Per-Ola's yes is recorded by the secretary."""
    b = await story.floor.do(
        story.who("tora"), "reconcileProposals", matterId=story.matter_id, proposalIds=[made["B1"], made["B2"]],
        kind="AMENDMENT", text="heltid, tidigast från 1 januari 2027",
    )  # fmt: skip
    await story.floor.do(
        story.rami, "acceptReconciliation", proposalId=b, memberNumber=story.number("per_ola"), channel="FLOOR"
    )
    states = {label: each["state"] for label, each in (await story.proposals()).items()}
    assert (states["B"], states["B1"], states["B2"]) == ("MADE", "RECONCILED", "RECONCILED")
    return b


async def ordered(story: Story, made: dict[str, str]) -> None:
    """Step 5: the chair's order of questions stands against Samira's; the chair's wins."""
    await story.floor.do(story.chair, "closeDebate", matterId=story.matter_id)
    await story.floor.do(story.chair, "setQuestionOrder", matterId=story.matter_id, mainId=made["A"])
    await story.floor.do(story.who("samira"), "setQuestionOrder", matterId=story.matter_id, mainId=made["D"])
    await story.find("YES")
    await story.gavel()
    await story.floor.do(story.chair, "approveQuestionOrder", matterId=story.matter_id)


async def voted(story: Story, made: dict[str, str], b: str) -> None:
    """Steps 6 to 9: decided today by a count; named from the outside in, voted from the inside out."""
    await story.find("YES")
    await story.demand("idris")
    await story.vote(35, 20, 2)
    await story.gavel()
    await story.find(made["A"])
    await story.demand("tora")
    await story.find(b)
    await story.demand("nils_erik")
    await story.find(made["C"])
    await story.gavel()
    root = next(each for each in (await story.matter())["questions"] if each["kind"] == "RIVALS" and each["level"] == 0)
    order = (await story.floor.node(story.rami, root["id"], "Question", "votingOrder { number yes no }"))["votingOrder"]
    assert (order[0]["yes"], order[0]["no"]) == ("B", "C")
    await story.floor.do(story.chair, "approveVotingOrder", questionId=root["id"])
    await story.vote(31, 22, 4)
    second = await story.opened(await story.dividing())
    wrong = {"yes": 72, "no": 29, "abstained": 1}
    refused = await story.floor.tried(story.chair, "closeDivision", divisionId=second, figures=wrong)
    assert refused["denials"][0]["message"] == "72 + 29 + 1 = 102, röstlängden har 57. Räkna om."
    await story.count(second, 27, 29, 1)
    await story.gavel()


async def confirmed(story: Story) -> None:
    """Step 10: the meeting answers yes, the gavel is forgotten, and the next item asks."""
    await story.find("YES")
    forgotten = await story.question()
    following = await story.floor.do(
        story.chair, "addAgendaItem", meetingId=key_of("Meeting", story.hall.conference.meeting), kind="OTHER",
        title="Övriga frågor", reason="Mötet beslutar det.",
    )  # fmt: skip
    refused = await story.floor.tried(story.chair, "openItem", itemId=following)
    assert "gavel_missing" in [each["code"] for each in refused["denials"]]
    await story.floor.do(story.chair, "confirmOutcome", questionId=forgotten)


async def noted(story: Story, made: dict[str, str]) -> None:
    """Step 11: who took part with a vote reserves themselves; who did not has a note taken."""
    refused = await story.floor.tried(story.asa, "recordReservation", matterId=story.matter_id)
    assert "Reservation kräver att du deltog i beslutet. Du kan begära protokollsanteckning." in refused["message"]
    note = {"itemId": story.item_id, "matterId": story.matter_id, "text": "Halvtid var finansierad."}
    await story.floor.do(story.asa, "recordMinuteNote", **note)
    await story.floor.do(story.who("nils_erik"), "recordReservation", matterId=story.matter_id, proposalId=made["C"])


SAID = (
    "DS föreslår (A): Distriktet anställer en ombudsman på halvtid.",
    "Kvistmark och Tegnvik jämkar sina yrkanden till B.",
    "Mötet godkänner ordförandens propositionsordning.",
    "JA = avgöras i dag, NEJ = återremiss: 35 ja, 20 nej, 2 avstår. Mötet beslutar att avgöra ärendet i dag.",
    "31 ja, 22 nej, 4 avstår. B är motförslag till A.",
    "JA = A 27, NEJ = B 29, 1 avstår. Mötet bifaller B.",
    "Mötet bifaller E.",
    "Åsa Fridlöv låter anteckna till protokollet",
    "Nils-Erik Sjöhage reserverar sig till förmån för C.",
)


async def verified(story: Story) -> None:
    """Step 12: the wording is the secretary's; one signs there, one four days later; a slip of the pen is put right."""
    floor, rami, chair = story.floor, story.rami, story.chair
    meeting = key_of("Meeting", story.hall.conference.meeting)
    verifiers = (story.who("elin"), story.who("per_ola"))
    for role, who in (("CHAIR", chair), ("SECRETARY", rami), *(("VERIFIER", each) for each in verifiers)):
        await floor.do(chair, "electOfficer", meetingId=meeting, role=role, memberId=key_of("Member", who.id))
    query = "query($id: ID!) { meeting(id: $id) { agenda { id state } minutes { id digest state text } } }"
    found = (await floor.ask(chair, query, id=meeting))["meeting"]
    for item in (each["id"] for each in found["agenda"] if each["state"] == "PLANNED"):
        await floor.do(chair, "openItem", itemId=item)
        await floor.do(chair, "closeItem", itemId=item)
    await floor.do(chair, "closeMeeting", meetingId=meeting)
    minutes = found["minutes"]["id"]
    refused = await floor.tried(story.who("tora"), "editMinutes", minutesId=minutes, itemId=story.item_id, text="Nej.")
    assert refused["__typename"] != "Minutes"
    await floor.do(rami, "editMinutes", minutesId=minutes, itemId=story.item_id, text="Debatten gällde år 2072.")
    await floor.do(rami, "openSigning", minutesId=minutes)
    digest = (await floor.ask(rami, query, id=meeting))["meeting"]["minutes"]["digest"]
    for who in (chair, rami, verifiers[0]):
        await floor.do(who, "verifyMinutes", minutesId=minutes, digest=digest, place="Granvik")
    floor.now += timedelta(days=4)
    await floor.do(verifiers[1], "verifyMinutes", minutesId=minutes, digest=digest, place="Lissabon")
    said = (await floor.ask(rami, query, id=meeting))["meeting"]["minutes"]
    assert said["state"] == "VERIFIED"
    assert "Justerat 25 mars 2026 av båda." in said["text"]
    floor.now += timedelta(days=40)
    slip = {"itemId": story.item_id, "before": "2072", "after": "2027", "reason": "Omkastade siffror."}
    await floor.do(rami, "correctMinutes", minutesId=minutes, **slip)
    addenda = "addenda { id state before after }"
    (addendum,) = (await floor.node(rami, minutes, "Minutes", addenda))["addenda"]
    for who in (chair, *verifiers):
        await floor.do(who, "signMinutesCorrection", addendumId=addendum["id"])
    said = (await floor.ask(rami, query, id=meeting))["meeting"]["minutes"]
    assert "Debatten gällde år 2072." in said["text"]  # the original stays
    assert "Rättelse av skrivfel i § 14" in said["text"]


async def test_story_one_is_played_through_the_api_and_the_minutes_tell_it(story: Story) -> None:
    made = await proposed(story)
    await too_late(story)
    b = await reconciled(story, made)
    await ordered(story, made)
    await voted(story, made, b)
    await confirmed(story)
    await noted(story, made)
    query = "query($id: ID!) { meeting(id: $id) { minutes { text } } }"
    meeting = key_of("Meeting", story.hall.conference.meeting)
    text: str = (await story.floor.ask(story.rami, query, id=meeting))["meeting"]["minutes"]["text"]
    missing = [each for each in SAID if each not in text]
    assert missing == [], text
    assert [text.index(each) for each in SAID] == sorted(text.index(each) for each in SAID)
    await verified(story)
