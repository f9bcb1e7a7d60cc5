"""From the order to the opening: what each side says, who may vote, the announcement, corrections of the roll."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, electorate, postal, statutes
from democracy.storage.ballot_case import BallotCase
from democracy.storage.ledger import Text
from democracy.storage.tables.ballot import ElectorCorrectionRow, ElectorRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import CorrectionKind, EnvelopeFault


class BallotPreparing(Service):
    """What happens to a ballot before, and to its electorate also while, it is open."""

    @use_case
    async def inform(
        self, unit: Unit, ballot_id: UUID, side: str, text: str | None, author: str | None, *, actor: Actor
    ) -> UUID:
        """Enter what one side says to the voters; without a text, that it was asked and left its room empty."""
        case = await open_ballot(unit, ballot_id, actor)
        row = next((each for each in await ballots.sides(unit, ballot_id) if each.name == side.strip()), None)
        if row is None:
            raise InvalidInputError(FieldError("side", "unknown_side"))
        words = Text("ballot_side", row.id, {"text": text, "author": author})
        await take(unit, case, "inform", actor=actor, outcome={"side": row.position}, texts=[words])
        row.text = None if text is None else required("text", text, longest=20_000)
        row.author = None if author is None else required("author", author, longest=200)
        row.passed_at = unit.now if text is None else None
        return ballot_id

    @use_case
    async def fix_electorate(self, unit: Unit, ballot_id: UUID, counted_on: date, *, actor: Actor) -> UUID:
        """Count the electorate for a day, from the register as it stands. Counted anew, it replaces the earlier one."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("fix_electorate", case)
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        size, digest = await electorate.fix(
            unit.session, ballot_id, case.unit_id, counted_on, minimum_age=rules.parameters.membership.minimum_age
        )
        outcome = {"counted_on": counted_on.isoformat(), "size": size, "digest": digest}
        await take(unit, case, "fix_electorate", actor=actor, outcome=outcome)
        row = await ballots.row(unit, ballot_id)
        row.counted_on, row.electorate_size, row.electorate_digest = counted_on, size, digest
        return ballot_id

    @use_case
    async def announce(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Announce it: from now on its question stands, and the electorate's digest is published."""
        case = await open_ballot(unit, ballot_id, actor)
        row = await ballots.row(unit, ballot_id)
        await take(unit, case, "announce", actor=actor, outcome={"digest": row.electorate_digest})
        row.announced_at = unit.now
        rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
        order = rules.parameters.member_ballots
        if order is not None and row.closes_at is not None:
            row.objections_until = order.objections.derive(row.closes_at, unit.zone).at
        return ballot_id

    @use_case
    async def propose_correction(
        self, unit: Unit, ballot_id: UUID, member_id: UUID, kind: CorrectionKind, reason: str, *, actor: Actor
    ) -> UUID:
        """Propose that somebody is added to or removed from the electorate. A second officer puts it in force.

        Returns the correction's id.
        """
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("propose_correction", case)
        unit_id = await self._fits(unit, case, member_id, kind)
        row = ElectorCorrectionRow(
            id=new_id(), ballot_id=ballot_id, member_id=member_id, unit_id=unit_id, kind=kind,
            reason=required("reason", reason, longest=1_000), first_officer=_officer(actor), proposed_at=unit.now,
        )  # fmt: skip
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        outcome = {"kind": kind.name, "correction": row.id.hex}
        text = Text("elector_correction", row.id, {"reason": row.reason}, about=member_id)
        await take(unit, case, "propose_correction", actor=actor, facts=facts, outcome=outcome, texts=[text])
        unit.session.add(row)
        await unit.session.flush()
        return row.id

    @use_case
    async def approve_correction(self, unit: Unit, correction_id: UUID, *, actor: Actor) -> UUID:
        """Put a correction in force, as another officer than the one who proposed it. Returns the ballot's id."""
        found = await ballots.correction(unit, correction_id)
        case = await open_ballot(unit, found.ballot_id, actor)
        hold_role("correct_electorate", case)
        if found.in_force_at is not None:
            return found.ballot_id
        officers = len({found.first_officer, _officer(actor)})
        await self._fits(unit, case, found.member_id, found.kind)
        row = await ballots.row(unit, found.ballot_id)
        await self._carry_out(unit, found)
        size, digest = await electorate.digest(unit.session, found.ballot_id)
        await take(
            unit, case, "correct_electorate", actor=actor,
            facts=replace(case.facts, officers=officers),
            outcome={"kind": found.kind.name, "correction": found.id.hex, "size": size, "digest": digest},
        )  # fmt: skip
        found.second_officer, found.in_force_at = _officer(actor), unit.now
        row.electorate_size, row.electorate_digest = size, digest
        return found.ballot_id

    async def _fits(self, unit: Unit, case: BallotCase, member_id: UUID, kind: CorrectionKind) -> UUID:
        """The unit in which somebody votes; refuses what would change nothing, or add somebody who votes elsewhere."""
        standing = await electorate.elector(unit.session, case.id, member_id)
        inside = standing is not None and standing.removed_at is None
        if inside == (kind is CorrectionKind.ADD):
            raise InvalidInputError(FieldError("memberId", "in_already" if inside else "not_in"))
        if standing is not None:
            return standing.unit_id
        unit_id = await electorate.votes_where(unit.session, member_id, case.unit_id, unit.today)
        if unit_id is None:
            raise InvalidInputError(FieldError("memberId", "no_vote_here"))
        return unit_id

    async def _carry_out(self, unit: Unit, found: ElectorCorrectionRow) -> None:
        standing = await electorate.elector(unit.session, found.ballot_id, found.member_id)
        if found.kind is CorrectionKind.REMOVE:
            await _set_aside(unit, found.ballot_id, found.member_id)
        if standing is None:
            unit.session.add(ElectorRow(ballot_id=found.ballot_id, member_id=found.member_id, unit_id=found.unit_id))
        else:
            standing.removed_at = unit.now if found.kind is CorrectionKind.REMOVE else None
        await unit.session.flush()


async def _set_aside(unit: Unit, ballot_id: UUID, member_id: UUID) -> None:
    """Whoever may not vote has no envelope that counts, either; refuses once voids for envelopes are in the log."""
    envelope = await postal.envelope(unit, ballot_id, member_id)
    if envelope is None:
        return
    if await postal.voided(unit.session, ballot_id):
        raise InvalidInputError(FieldError("memberId", "envelope_in_the_log"))
    envelope.set_aside, envelope.fault = True, EnvelopeFault.NOT_ENTITLED


def _officer(actor: Actor) -> UUID:
    if not isinstance(actor, Member):
        raise InvalidInputError(FieldError("actor", "not_an_officer"))
    return actor.id
