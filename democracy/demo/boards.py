"""The district board's cases when the story begins: six applications in different stages, one of them before the party.

Each is played by those who would: founders sign, a branch answers, boards decide, a refusal is told and appealed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from democracy.demo import parts
from democracy.demo.script import Script
from democracy.demo.stage import DISTRICT, Stage
from democracy.demo.times import moment
from democracy.domain.actors import Member
from democracy.domain.kinds import MandateRole, UnitKind
from democracy.services.appeals.lodging import Lodged, Lodging
from democracy.services.appeals.rulings import Rulings
from democracy.services.appeals.sides import AppealSides
from democracy.services.branches.deciding import BranchDeciding
from democracy.services.branches.gathering import Gathering, Wish
from democracy.services.branches.hearing import Answer, Hearing
from democracy.services.cases.verdict import Verdict
from democracy.services.proceedings.persons import Person
from democracy.storage import branch_applications
from workflows.branch_application_facts import Position

FOUNDERS = 12


@dataclass(frozen=True)
class Founding:
    """An application as far as it has come."""

    name: str
    branch: str
    """Where the founders belong."""
    area: str
    begun: date
    signed: int = FOUNDERS
    kind: UnitKind = UnitKind.LOCAL_BRANCH
    heard: bool = False
    """A branch has been asked."""
    answered: bool = False
    draft: str = ""
    decided: date | None = None
    refused: str = ""
    """Why, where it was."""
    appealed: str = ""
    """Why, where it was."""


CASES = (
    Founding("Partiföreningen Tallsäter", "Partiföreningen Stenvika", "Tallsäter och byarna norr om ån",
             date(2026, 1, 28), signed=8),
    Founding("Partiföreningen Bryggholmen", "Partiföreningen Norrvik Södra", "Bryggholmen och hamnområdet",
             date(2026, 1, 12), heard=True),
    Founding("Vårdvänstern i Ekholma", "Partiföreningen Ekholma", "Vården och omsorgen i Ekholma",
             date(2025, 11, 20), kind=UnitKind.TRADE_BRANCH, heard=True, answered=True,
             draft="Arbetsutskottet lutar åt bifall. Ekholma har 172 medlemmar och klarar att några flyttar."),
    Founding("Partiföreningen Norrvik Öster", "Partiföreningen Norrvik Norra", "Stadsdelarna öster om järnvägen",
             date(2025, 11, 6), heard=True, answered=True, decided=date(2026, 1, 24)),
    Founding("Partiföreningen Rödmossen", "Partiföreningen Sundbro", "Rödmossen",
             date(2025, 11, 10), heard=True, answered=True, decided=date(2026, 1, 24),
             refused="Området har nio hushåll. Styrelsen ser hellre en enklare förening i Sundbro."),
    Founding("Partiföreningen Sjöbodarna", "Partiföreningen Granvik", "Sjöbodarna och skärgården",
             date(2025, 9, 15), heard=True, answered=True, decided=date(2025, 11, 22),
             refused="Granvik skulle få svårt att fylla sin styrelse.",
             appealed="Stadgarna kräver inte att den kvarvarande föreningen har en viss storlek. Vi är tolv som vill "
                      "träffas där vi bor."),
)  # fmt: skip


def write(script: Script, stage: Stage) -> None:
    """Put every case into the script."""
    for case in CASES:
        _Play(stage, case).write(script)


@dataclass
class _Play:
    stage: Stage
    case: Founding

    @property
    def people(self) -> list[Member]:
        """The founders: members of the branch without any other part."""
        named = self.stage.cast.of(self.case.branch)[-FOUNDERS:]
        return [self.stage.member(str(each)) for each in named]

    @property
    def secretary(self) -> Member:
        return self.stage.member(parts.SECRETARY)

    def write(self, script: Script) -> None:
        """Its acts, at their times."""
        begun = self.case.begun
        script.add(moment(begun, 18), self._begin)
        if self.case.signed == FOUNDERS:
            script.add(moment(begun + timedelta(days=2), 12), self._submit)
        if self.case.heard:
            script.add(moment(begun + timedelta(days=4), 10), self._consult)
        if self.case.answered:
            script.add(moment(begun + timedelta(days=20), 19), self._answer)
            script.add(moment(begun + timedelta(days=24), 20), self._meet)
            script.add(moment(begun + timedelta(days=40), 9), self._close)
        if self.case.decided is not None:
            script.add(moment(self.case.decided, 15, 45), self._decide)
        if self.case.decided is not None and self.case.refused:
            script.add(moment(self.case.decided + timedelta(days=2), 10), self._tell)
        if self.case.decided is not None and self.case.appealed:
            self._write_appeal(script, self.case.decided)

    def _write_appeal(self, script: Script, decided: date) -> None:
        script.add(moment(decided + timedelta(days=20), 21), self._appeal)
        script.add(moment(decided + timedelta(days=22), 9), self._ask_statement)
        script.add(moment(decided + timedelta(days=33), 17), self._state)
        script.add(moment(decided + timedelta(days=44), 18), self._reply)

    async def _begin(self, at: datetime) -> None:
        gathering, case = Gathering(self.stage.database, at), self.case
        wish = Wish(case.name, case.area, f"Vi är många i {case.area} som vill träffas nära hemmet.", "", case.kind)
        first, *others = self.people
        made = await gathering.apply(self.stage.units[DISTRICT], wish, MandateRole.CHAIR, actor=first)
        self.stage.applications[case.name] = made
        for place, person in enumerate(others, start=1):
            role = (MandateRole.SECRETARY, MandateRole.TREASURER)[place - 1] if place <= 2 else None
            await gathering.invite(made, Person(person.id), role, actor=first)
            if place < case.signed:
                await gathering.confirm(made, actor=person)

    async def _submit(self, at: datetime) -> None:
        await Gathering(self.stage.database, at).submit(self._id, actor=self.people[0])

    async def _consult(self, at: datetime) -> None:
        await Hearing(self.stage.database, at).consult(self._id, actor=self.secretary)

    async def _answer(self, at: datetime) -> None:
        hearing, branch = Hearing(self.stage.database, at), self.stage.unit(self.case.branch)
        position = Position.OPPOSES if self.case.refused else Position.SUPPORTS
        text = "Vi blir för få om så många flyttar." if self.case.refused else "Vi har inget emot det."
        answer = Answer(branch, position, text, "Styrelsen, § 7")
        await hearing.answer(self._id, answer, actor=self.stage.chair(self.case.branch))
        for other in await self._others_asked(at):
            await hearing.answer(
                self._id, Answer(other, Position.NO_OPINION, "Vi har ingen synpunkt.", "DS § 4"), actor=self.secretary
            )

    async def _others_asked(self, at: datetime) -> list[UUID]:
        async with self.stage.database.unit(at) as unit:
            asked = await branch_applications.consultations(unit, self._id)
            return [each.unit_id for each in asked if each.answered_at is None]

    async def _meet(self, at: datetime) -> None:
        unit = self.stage.unit(self.case.branch)
        text = "Ni är fortfarande många, och vi vill gärna göra saker tillsammans."
        await Hearing(self.stage.database, at).meet(self._id, unit, text, actor=self.people[0])

    async def _close(self, at: datetime) -> None:
        hearing = Hearing(self.stage.database, at)
        await hearing.close(self._id, actor=self.secretary)
        if self.case.draft:
            await hearing.draft(self._id, self.case.draft, actor=self.secretary)

    async def _decide(self, at: datetime) -> None:
        verdict = Verdict(f"DS {at.date()}, § 19", self.case.refused)
        deciding = BranchDeciding(self.stage.database, at)
        await deciding.decide(self._id, verdict, approve=not self.case.refused, actor=self.secretary)

    async def _tell(self, at: datetime) -> None:
        await Rulings(self.stage.database, at).notify(await self._ruling(at), actor=self.secretary)

    async def _appeal(self, at: datetime) -> None:
        lodged = Lodged(self.case.appealed, for_all=True)
        made = await Lodging(self.stage.database, at).lodge(await self._ruling(at), lodged, actor=self.people[0])
        self.stage.appeals[self.case.name] = made

    async def _ask_statement(self, at: datetime) -> None:
        sides, secretary = AppealSides(self.stage.database, at), self.stage.member(parts.PARTY_SECRETARY)
        await sides.request_statement(self._appealed, actor=secretary)

    async def _state(self, at: datetime) -> None:
        text = "Styrelsen står fast vid sitt beslut."
        await AppealSides(self.stage.database, at).state(self._appealed, text, "DS § 24", actor=self.secretary)

    async def _reply(self, at: datetime) -> None:
        text = "Styrelsen säger inte vilken paragraf den stöder sig på."
        await AppealSides(self.stage.database, at).reply(self._appealed, text, actor=self.people[0])

    async def _ruling(self, at: datetime) -> UUID:
        async with self.stage.database.unit(at) as unit:
            found = (await branch_applications.row(unit, self._id)).ruling_id
        assert found is not None  # noqa: S101 - it was refused
        return found

    @property
    def _id(self) -> UUID:
        return self.stage.applications[self.case.name]

    @property
    def _appealed(self) -> UUID:
        return self.stage.appeals[self.case.name]
