"""The conference's open item, played live: everybody at a device of their own, against the running example."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from democracy.demo.build import PASSWORD
from democracy.demo.cast import Cast, cast
from democracy.demo.client import Client
from democracy.demo.content import Content, load
from democracy.demo.ombud import voters
from democracy.demo.papers import IN_TIME
from democracy.domain.labels import label_key
from workflows.proceedings import OfficerRole

AT_ONCE = 24
"""So many devices speak with the server at the same moment."""
SLIP = "Amina Hedlyng"
"""Hands in a slip of paper: the secretary records it."""
PROPOSALS = (
    ("Malte Skogsmark", "COUNTER", "Distriktet inrättar i stället en föreningsfond på 300 000 kronor om året."),
    (SLIP, "REJECT", "Stycke 17 utgår ur verksamhetsplanen."),
    ("Astrid Fårmark", "ADDITION", "Satsningen utvärderas till distriktsårskonferensen 2028."),
)
"""Who proposes what from the floor, beside the board's own text and what had been handed in in time."""
_ASKS = (IN_TIME[0], PROPOSALS[0][0])
"""Who asks for a division, one after the other."""
_BEFORE = 2
"""Proposals that stand when the play begins: the board's, and the one that came in in time."""
_MORE, _FEWER = 0.52, 0.43
"""How large a part of the room votes for what it likes better, and for the other; the rest abstain."""


class PlayedError(Exception):
    """The item has been played already, or is not open any more."""


Say = Callable[[str], None]


@dataclass
class Live:
    """The people at their devices, and the matter that they decide."""

    say: Say
    chair: Client
    secretary: Client
    room: dict[str, Client]
    """The delegates, by name."""
    pool: ThreadPoolExecutor
    meeting: str = ""
    item: str = ""
    matter: str = ""
    rest: str = ""
    """What nobody has proposed to change in the text."""

    def play(self) -> None:
        """From the proposals to the minutes."""
        self._find()
        self._propose()
        self._order()
        while (question := self._now()["currentQuestion"]) is not None:
            self._put(question)
        self._adopt()
        self._read_minutes()

    def _find(self) -> None:
        found = self.chair.ask("OpenMeetings")["meetings"]["nodes"]
        for each in found:
            speech = each["floor"] and each["floor"]["speaker"]
            if speech:
                self.meeting, self.item = each["id"], speech["itemId"]
                passage, rest = self.chair.ask("MattersOfItem", id=self.item)["node"]["matters"]
                self.matter, self.rest = passage["id"], rest["id"]
                self.say(f"{each['name']}. Mötet behandlar: {passage['title']} i verksamhetsplanen.")
                return
        raise PlayedError

    def _now(self) -> dict[str, Any]:
        found: dict[str, Any] = self.chair.ask("Matter", id=self.matter)["matter"]
        return found

    def _propose(self) -> None:
        """All at once: which letter each proposal gets is settled by who comes first."""
        state = self._now()
        if state["state"] != "OPEN" or len(state["proposals"]) > _BEFORE:
            raise PlayedError
        self.say(f"\nTvå ombud yrkar samtidigt, på var sin enhet. {SLIP} lämnar en lapp, som sekreteraren för in.")
        list(self.pool.map(self._propose_one, PROPOSALS))
        for each in self._now()["proposals"]:
            movers = ", ".join(mover["name"] or "distriktsstyrelsen" for mover in each["movers"])
            self.say(f"  {each['label']}  {movers}: {each['text']}")

    def _propose_one(self, proposal: tuple[str, str, str]) -> None:
        name, kind, text = proposal
        given = {"matterId": self.matter, "kind": kind, "text": text}
        if kind == "ADDITION":
            given["addsToId"] = self.matter
        if name == SLIP:
            self.secretary.do("MakeProposal", memberNumber=self.room[name].number, channel="PAPER", **given)
        else:
            self.room[name].do("MakeProposal", **given)

    def _order(self) -> None:
        self.chair.do("CloseDebate", matterId=self.matter)
        first = min(self._now()["proposals"], key=lambda each: label_key(each["label"]))
        self.chair.do("SetQuestionOrder", matterId=self.matter, mainId=first["id"])
        self.chair.do("ApproveQuestionOrder", matterId=self.matter)
        self.say(f"\nDebatten är avslutad. Mötet godkänner ordningen, med {first['label']} som huvudförslag.")

    def _put(self, question: dict[str, Any]) -> None:
        if question["state"] == "DIVIDING":
            self._divide(question)
        elif question["state"] == "NAMED":
            self.chair.do("Gavel", questionId=question["id"])
            self.say("Klubban faller.")
        elif question["kind"] == "RIVALS":
            self._acclaim(question)
        else:
            self.chair.do("DeclareAcclamation", questionId=question["id"], answer="YES")
            self.say("\nTilläggsyrkandet ställs. Ordföranden finner att mötet svarar ja.")

    def _acclaim(self, question: dict[str, Any]) -> None:
        """The chair hears a winner; as long as more than two are left, somebody asks for a division."""
        rivals = sorted(question["proposals"], key=lambda each: label_key(each["label"]))
        labels = ", ".join(each["label"] for each in rivals)
        self.chair.do("DeclareAcclamation", questionId=question["id"], proposalId=rivals[0]["id"])
        self.say(f"\nAcklamation mellan {labels}: ordföranden finner {rivals[0]['label']}.")
        if len(rivals) > 2:
            name = _ASKS[question["level"] % len(_ASKS)]
            self.room[name].do("RequestDivision", questionId=question["id"])
            self.say(f"{name} begär votering.")

    def _divide(self, question: dict[str, Any]) -> None:
        for vote in question["votingOrder"]:
            self.say(f"  Votering {vote['number']}: ja för {vote['yes']}, nej för {vote['no']}.")
        self.chair.do("ApproveVotingOrder", questionId=question["id"])
        for _ in question["votingOrder"]:
            self._vote(question["id"])

    def _vote(self, question: str) -> None:
        opened = self.chair.do("OpenDivision", questionId=question, method="DEVICES")
        texts = {each["label"]: f"{each['label']}: {each['text']}" for each in self._now()["proposals"]}
        yes, no = opened["yesMeans"], opened["noMeans"]
        self.say(f"\nJA  = {texts[yes]}\nNEJ = {texts[no]}")
        self.say(f"{opened['entitled']} röster i röstlängden. Alla röstar nu, {AT_ONCE} enheter åt gången …")
        shares = (_MORE, _FEWER) if _liking(texts[yes]) < _liking(texts[no]) else (_FEWER, _MORE)
        answers = _answers(len(self.room), *shares)
        room = zip(self.room.values(), answers, strict=True)
        list(self.pool.map(lambda each: each[0].do("CastVote", divisionId=opened["id"], choice=each[1]), room))
        self.chair.do("CloseDivision", divisionId=opened["id"])
        told = self.chair.do("AnnounceDivision", divisionId=opened["id"])
        figures = told["figures"]
        self.say(f"{figures['yes']} ja, {figures['no']} nej, {figures['abstained']} avstår.")

    def _adopt(self) -> None:
        """The rest of the text is approved, and with it the text as it has become is adopted."""
        found = self.chair.ask("Matter", id=self.rest)["matter"]
        self.chair.do("RecordDecision", matterId=self.rest, proposalId=found["proposals"][0]["id"])
        self.say("\nTexten i övrigt bifalls. Därmed är verksamhetsplanen antagen, med det som mötet har ändrat.")

    def _read_minutes(self) -> None:
        minutes = self.chair.ask("Minutes", id=self.meeting)["meeting"]["minutes"]
        for section in minutes["sections"]:
            if section["itemId"] == self.item:
                self.say(f"\nSå här står det i protokollet:\n\n{section['text']}")


def play(address: str, say: Say) -> None:
    """Play the item. Raises SilentError, RefusedError, PlayedError."""
    content = load()
    known = cast(content)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        say("Ordföranden, sekreteraren och 220 ombud loggar in …")
        clients = list(pool.map(lambda each: sign_in(address, *each), people(known, content)))
        chair, secretary, *room = clients
        Live(say, chair, secretary, {each.name: each for each in room}, pool).play()


def people(known: Cast, content: Content) -> list[tuple[str, str]]:
    """The chair, the secretary, then everybody with a vote: names and numbers."""
    roles = (OfficerRole.CHAIR, OfficerRole.SECRETARY)
    table = [known.named(content.conference.sitting.officers(role)[0]) for role in roles]
    return [(str(each), each.number) for each in (*table, *voters(known, content))]


def sign_in(address: str, name: str, number: str) -> Client:
    """Somebody at a device of their own."""
    return Client(address, name, number).sign_in(PASSWORD)


def _liking(text: str) -> int:
    """The room's order of liking, 0 for what it likes best: it votes alike, whichever letters the proposals have."""
    texts = [IN_TIME[1], PROPOSALS[0][2]]
    return next((place for place, each in enumerate(texts) if text.endswith(each)), len(texts))


def _answers(count: int, yes: float, no: float) -> Sequence[str]:
    """So many answers: first ja, then nej, and the rest abstain."""
    yeses, noes = round(count * yes), round(count * no)
    return ["YES"] * yeses + ["NO"] * noes + ["ABSTAIN"] * (count - yeses - noes)
