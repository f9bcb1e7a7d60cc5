"""Counting a ballot: what its urn opened to, with the papers beside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from democracy.ballotbox.leaves import Opened
from democracy.ballotbox.manifest import Manifest, read_manifest
from democracy.ballotbox.opening import read_final
from democracy.ballotbox.story import read_log
from democracy.domain.actors import Actor
from democracy.services.ballots.case import open_ballot, take
from democracy.services.ballots.papers import Papers
from democracy.services.ballots.result import Asked, Cast, Terms, count, text
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, electorate, postal, statutes, urn_log, urns
from democracy.storage.ballot_case import BallotCase
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.statutes.parameters.ballots import SIMPLE

RULE = "ballot-conduct"
NO_PAPERS = Papers((), 0)


@dataclass(frozen=True)
class Source:
    """What a count is made from."""

    asked: Sequence[Asked]
    cast: Cast
    terms: Terms
    papers_agree: bool
    """The figures in the urn's protocol are those that the tellers came to."""

    def protocol(self) -> str:
        """Canonical JSON of the whole count."""
        return text(count(self.asked, self.cast, self.terms))


class BallotCounting(Service):
    """From the opened urn to the figures."""

    @use_case
    async def count(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Count it. The urn has to be opened and counted, and the papers counted twice with the same figures."""
        case = await open_ballot(unit, ballot_id, actor)
        source = await source_of(unit, case)
        agree = case.facts.papers_agree and (source is None or source.papers_agree)
        protocol = None if source is None else source.protocol()
        facts = replace(case.facts, papers_agree=agree, urn_opened=case.facts.urn_opened and source is not None)
        await take(unit, case, "count", actor=actor, facts=facts, outcome=_figures(protocol))
        row = await ballots.row(unit, ballot_id)
        row.protocol, row.counted_at = protocol, unit.now
        return ballot_id


async def source_of(unit: Unit, case: BallotCase) -> Source | None:
    """Everything that the count is made from; None while the urn has not been counted."""
    urn = await urns.of_ballot(unit.session, case.id)
    final = None if urn is None else await urns.file(unit.session, urn.id, "final")
    if urn is None or urn.manifest is None or final is None:
        return None
    manifest = read_manifest(urn.manifest)
    papers = await _papers(unit, case.id)
    size, _ = await electorate.digest(unit.session, case.id)
    spoilt = await _spoilt(unit, urn)
    asked = [
        Asked(number, form, tuple(codes))
        for number, form, _, _, codes in await ballots.questions_with_options(unit, case.id)
    ]
    cast = Cast(read_final(final, manifest), spoilt, papers or NO_PAPERS, size)
    return Source(asked, cast, await _terms(unit, case), await _agrees(unit, urn, manifest, papers))


async def _papers(unit: Unit, ballot_id: UUID) -> Papers | None:
    counts = await postal.paper_counts(unit, ballot_id)
    return Papers.read(counts[-1].ballots) if counts else None


async def _terms(unit: Unit, case: BallotCase) -> Terms:
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes].parameters.member_ballots
    return Terms(SIMPLE if rules is None else rules.majority, None if rules is None else rules.turnout, RULE)


async def _spoilt(unit: Unit, urn: UrnRow) -> int:
    story = read_log(await urn_log.leaves_but_ballots(unit.session, urn.id))
    opened = story.one(Opened)
    return 0 if opened is None else opened[1].spoilt


async def _agrees(unit: Unit, urn: UrnRow, manifest: Manifest, papers: Papers | None) -> bool:
    """The block of figures in the urn's protocol is what the tellers came to; without papers there is none."""
    stored = await urns.file(unit.session, urn.id, "protocol")
    block: dict[str, Any] | None = json.loads(stored or b"{}").get("paper")
    if papers is None or block is None:
        return papers is None and block is None
    return bool(block["n"] == papers.counted + papers.spoilt and block["figures"] == papers.figures())


def _figures(protocol: str | None) -> dict[str, Any]:
    """What the ledger keeps of a count: its outcome and numbers."""
    found: dict[str, Any] = json.loads(protocol or "{}")
    return {name: found[name] for name in ("outcome", "digital", "papers", "taken_part") if name in found}
