"""What comes after the week: voids signed, lists mixed, papers counted, an objection answered, certified, published."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from democracy.ballotbox.verifier import verify
from democracy.demo.ballot.holders import Holders
from democracy.demo.ballot.party import Party
from democracy.services.ballots.certifying import BallotCertifying
from democracy.services.ballots.counting import BallotCounting
from democracy.services.ballots.finishing import BallotFinishing
from democracy.services.ballots.objecting import Objecting
from democracy.services.ballots.papers import Paper, PaperCounting
from democracy.services.ballots.signing import ToSign, to_sign
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballots
from democracy.storage.unit_of_work import Database
from democracy.workers.urns import round_of
from workflows.ballot_kinds import ObjectionFinding

AFTER_OBJECTIONS = timedelta(days=15)


@dataclass(frozen=True)
class Report:
    """What it came to."""

    protocol: dict[str, Any]
    cast: int = 0
    line: str = ""

    def with_line(self, cast: int, line: str) -> "Report":
        """With how many voted digitally, and the verifier's reconciled line."""
        return replace(self, cast=cast, line=line)


@dataclass
class Ending:
    """The end of one ballot."""

    database: Database
    seeds: Seeds
    party: Party
    holders: Holders
    ballot: UUID
    urn: UUID
    now: datetime
    line: str = ""
    """The verifier's, of the whole urn: before the sealed ballots and the lists are destroyed."""

    async def play(self, papers: dict[str, int], show: Callable[[str, float], None]) -> Report:
        """From the close to the destroyed keys."""
        for label, act in (
            ("Funktionärerna undertecknar", self._sign_voids),
            ("Nyckelhållarna blandar", self._open_up),
            ("Pappersrösterna räknas", lambda: self._count_papers(papers)),
            ("Invändningar och fastställande", self._certify),
            ("Vem som helst kontrollerar urnan", self._verify),
            ("Nycklarna förstörs", self._finish),
        ):
            show(label, 0.0)
            await act()
            show(label, 1.0)
        async with self.database.unit(self.now) as unit:
            return Report(json.loads((await ballots.row(unit, self.ballot)).protocol or "{}"))

    async def _sign_voids(self) -> None:
        await self.holders.sign_all(self.urn, (await self._waiting()).voids, self.now)

    async def _open_up(self) -> None:
        await self._log()
        await self.holders.open_up(self.urn, self.now)

    async def _count_papers(self, papers: dict[str, int]) -> None:
        counting = PaperCounting(self.database, self.now)
        kinds = [Paper({1: (choice,)}, number) for choice, number in papers.items() if number]
        for teller in (self.party.secretary, self.party.chair):
            await counting.count(self.ballot, kinds, 0, actor=teller)
        await self.holders.count(self.urn, (await self._waiting()).paper, self.now)
        await self._log()

    async def _certify(self) -> None:
        secretary = self.party.secretary
        await Objecting(self.database, self.now).object(self.ballot, "Frågan var vinklad.", actor=self.party.chair)
        await BallotCounting(self.database, self.now).count(self.ballot, actor=secretary)
        self.now += AFTER_OBJECTIONS
        async with self.database.unit(self.now) as unit:
            (objection,) = await ballots.objections(unit, self.ballot)
        await Objecting(self.database, self.now).answer(
            objection, ObjectionFinding.DISMISSED, "Frågan är den som PS fastställde.", "PS § 3", actor=secretary
        )
        certifying = BallotCertifying(self.database, self.now, seeds=self.seeds)
        await certifying.certify(self.ballot, "PS 4 december, § 4", actor=secretary)
        await certifying.publish(self.ballot, actor=secretary)
        await certifying.decide(self.ballot, "PS följer medlemmarna.", "PS 4 december, § 5", actor=secretary)
        await self._log()

    async def _verify(self) -> None:
        bundle, trust = await self.holders.bundle(self.urn, self.now), await self.holders.trust(self.urn, self.now)
        self.line = str(verify(bundle, trust).totals)

    async def _finish(self) -> None:
        await self.holders.declare_destroyed(self.urn, self.now)
        secretary = self.party.secretary
        await BallotFinishing(self.database, self.now, seeds=self.seeds).finish(self.ballot, actor=secretary)
        await self._log()

    async def _waiting(self) -> ToSign:
        return await to_sign(self.database, self.seeds, self.ballot, actor=self.party.secretary, at=self.now)

    async def _log(self) -> None:
        while await round_of(self.database, self.seeds, self.now):
            pass
