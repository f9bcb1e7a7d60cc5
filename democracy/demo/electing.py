"""The conference elects its board, live: nine of thirteen by §22, a second ballot, a lot by shares and one by hand."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.lots import commit
from democracy.demo.cast import cast
from democracy.demo.client import Client, RefusedError
from democracy.demo.content import load
from democracy.demo.live import AT_ONCE, PlayedError, Say, people, sign_in
from democracy.demo.nominees import NOMINATED, SEATS, SUBSTITUTES, TITLE, nominees

FIRST = (200, 190, 180, 170, 160, 150, 140, 105, 100, 90, 90, 40, 104)
"""Votes of the first ballot, in the order of the nominees: seven have more than half, and two are equal at the cut."""
SECOND = (120, 100, 80, 80, 130)
"""Of the second, among the eighth to the eleventh and the one whom the conference added."""


@dataclass
class Electing:
    """The people at their devices, and the election."""

    say: Say
    chair: Client
    secretary: Client
    room: list[Client]
    """The delegates."""
    numbers: Sequence[str]
    """Membership numbers of the nominees; the last one is added by the conference."""
    pool: ThreadPoolExecutor
    election: str = ""
    item: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Candidacies with their names."""

    def play(self) -> None:
        """From the committee's proposal to the minutes."""
        self._find()
        added = self._add()
        self.chair.do("DecideElectionNumbers", electionId=self.election, seats=SEATS, substitutes=SUBSTITUTES)
        self.say(f"\nMötet beslutar: {SEATS} ledamöter och {SUBSTITUTES} ersättare. {len(self.names)} kandiderar.")
        self._commit()
        order = self._candidates(added)
        self._ballot("Första omröstningen", order, FIRST)
        self.chair.do("GoOnToSecondBallot", electionId=self.election)
        left = self._ballot("Andra omröstningen", [*order[7:11], added], SECOND)
        while left is not None:
            left = self._draw_by_hand(left)
        self._declare(added)

    def _find(self) -> None:
        for meeting in self.chair.ask("OpenMeetings")["meetings"]["nodes"]:
            found = self.chair.ask("ElectionsOf", id=meeting["id"])
            for each in found["elections"]["nodes"]:
                if each["title"] == TITLE and each["state"] == "PROPOSED":
                    self.election = each["id"]
                    self._open_item(found["meeting"]["agenda"])
                    self._tell(each)
                    return
        raise PlayedError

    def _open_item(self, agenda: list[dict[str, Any]]) -> None:
        """What is open is closed if it is decided; otherwise it is adjourned."""
        for each in agenda:
            if each["state"] == "OPEN":
                try:
                    self.chair.do("CloseItem", itemId=each["id"])
                except RefusedError:
                    self.chair.do("AdjournItem", itemId=each["id"], reason="Valet hålls först.")
                    self.say(f"Mötet ajournerar: {each['title']}.")
        self.item = next(each["id"] for each in agenda if each["title"] == "Val av distriktsstyrelse")
        self.chair.do("OpenItem", itemId=self.item)

    def _tell(self, election: dict[str, Any]) -> None:
        self.say(f"{TITLE}. Valberedningen föreslår:")
        for each in election["candidacies"]:
            self.names[each["id"]] = each["name"]
            if each["proposed"]:
                self.say(f"  {each['proposed']}. {each['name']}: {each['proposedReasons']}")

    def _add(self) -> str:
        """A delegate adds a name from the floor, and whoever it is accepts."""
        number = self.numbers[-1]
        proposer = self._others[0]
        added = proposer.do("AddCandidate", electionId=self.election, memberNumber=number)
        self._device(number).do("AcceptNomination", candidacyId=added["id"])
        self.names[added["id"]] = added["name"]
        self.say(f"\n{proposer.name} nominerar {added['name']} från golvet, som tackar ja.")
        return str(added["id"])

    def _candidates(self, added: str) -> list[str]:
        """Those nominated in time as they were asked, then the one who was added."""
        by_name = {name: key for key, name in self.names.items()}
        return [*(by_name[self._device(each).name] for each in self.numbers[:NOMINATED]), added]

    def _commit(self) -> None:
        first, second = self._others[1:3]
        for each in (first, second):
            each.do("CommitElectionLot", electionId=self.election, commitment=commit(_share(each)))
        self.say(f"{first.name} och {second.name} lämnar var sin andel till en lott, innan någon har röstat.")

    def _ballot(self, what: str, order: Sequence[str], votes: Sequence[int]) -> list[str] | None:
        opened = self.chair.do("OpenElection", electionId=self.election, method="DEVICES")
        ballot = opened["rounds"][-1]
        standing = set(ballot["candidateIds"])
        papers = _papers(len(self.room), [(n, v) for n, v in zip(order, votes, strict=True) if n in standing])
        self.say(f"\n{what}: {ballot['entitled']} röster i röstlängden, {ballot['seats']} platser. Alla röstar nu …")
        given = zip(self.room, papers, strict=True)
        list(self.pool.map(lambda each: self._cast(*each), given))
        counted = self.chair.do("CloseElection", electionId=self.election)
        for each in counted["rounds"][-1]["figures"]["candidates"]:
            self.say(f"  {each['votes']:>3}  {self.names[each['candidacyId']]}")
        lot: dict[str, Any] | None = counted["lotNeeded"]
        if lot is None or len(counted["rounds"]) > 1:
            return lot["candidacyIds"] if lot else None
        return self._draw_by_shares(lot["candidacyIds"])

    def _cast(self, voter: Client, names: Sequence[str]) -> None:
        voter.do("CastElectionVote", electionId=self.election, candidacyIds=names)

    def _draw_by_shares(self, between: Sequence[str]) -> list[str] | None:
        self.say(f"Lika röstetal: {self._named(between)}. De två visar sina andelar, och lotten dras.")
        for each in self._others[1:3]:
            each.do("RevealElectionLot", electionId=self.election, share=_share(each).hex())
        drawn = self.chair.do("DrawElectionLot", electionId=self.election)
        return drawn["lotNeeded"]["candidacyIds"] if drawn["lotNeeded"] else None

    def _draw_by_hand(self, between: Sequence[str]) -> list[str] | None:
        witnesses = self._others[3:5]
        named = f"{witnesses[0].name} och {witnesses[1].name}"
        self.say(f"\nLika röstetal: {self._named(between)}. Lotten dras för hand, inför {named}.")
        numbers = [each.number for each in witnesses]
        drawn = self.chair.do("DrawElectionLot", electionId=self.election, order=between, witnessNumbers=numbers)
        return drawn["lotNeeded"]["candidacyIds"] if drawn["lotNeeded"] else None

    def _declare(self, added: str) -> None:
        done = self.chair.do("DeclareElection", electionId=self.election)
        elected = {each["id"] for each in done["candidacies"] if each["state"] == "ELECTED"}
        beaten = [each["name"] for each in done["candidacies"] if each["proposed"] and each["id"] not in elected]
        self.say(f"\n{self.names[added]} väljs i stället för {', '.join(beaten)}, som valberedningen hade föreslagit.")
        figures = done["representationOfElected"]
        self.say(f"Könsfördelning bland de valda: {figures['women']} kvinnor och {figures['men']} män.")
        self.chair.do("CloseItem", itemId=self.item)
        minutes = self.chair.ask("Minutes", id=done["meetingId"])["meeting"]["minutes"]
        for section in minutes["sections"]:
            if section["itemId"] == self.item:
                self.say(f"\nSå här står det i protokollet:\n\n{section['text']}")

    @property
    def _others(self) -> list[Client]:
        """Delegates who do not stand themselves."""
        return [each for each in self.room if each.number not in self.numbers]

    def _named(self, keys: Sequence[str]) -> str:
        return " och ".join(self.names[each] for each in keys)

    def _device(self, number: str) -> Client:
        return next(each for each in self.room if each.number == number)


def elect(address: str, say: Say) -> None:
    """Play the election. Raises SilentError, RefusedError, PlayedError."""
    content = load()
    known = cast(content)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        say("Ordföranden, sekreteraren och 220 ombud loggar in …")
        chair, secretary, *room = pool.map(lambda each: sign_in(address, *each), people(known, content))
        numbers = [each.number for each in nominees(known, content)]
        Electing(say, chair, secretary, room, numbers, pool).play()


def _papers(voters: int, votes: Sequence[tuple[str, int]]) -> list[list[str]]:
    """So many votes for each, dealt out in turn: nobody names anybody twice, and none more than the others."""
    papers: list[list[str]] = [[] for _ in range(voters)]
    at = 0
    for name, number in votes:
        for _ in range(number):
            papers[at % voters].append(name)
            at += 1
    return papers


def _share(voter: Client) -> bytes:
    """In earnest a share is random; here the same story is to come out each time as far as it can."""
    return hashlib.sha256(voter.number.encode()).digest()[:16]
