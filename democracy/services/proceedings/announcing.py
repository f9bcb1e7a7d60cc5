"""The chair says what a division came to: from then on everybody reads the figures."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.counting.lots import Lots, PhysicalLot, reveal
from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.division_steps import opened, take
from democracy.services.proceedings.outcome import Count, Result, Settled, Terms, result
from democracy.services.proceedings.tellers import check, count_of, figures, with_count
from democracy.services.proceedings.voting import take_result
from democracy.services.use_case import Service, use_case
from democracy.storage import divided, divisions
from democracy.storage.division_case import DivisionCase
from democracy.storage.ledger import Text, canonical
from democracy.storage.tables.division import CountRow, DivisionRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Choice

LABEL = "votering"
ITEMS = {Choice.YES: "ja", Choice.NO: "nej"}


@dataclass(frozen=True)
class HandLot:
    """A lot drawn by hand: what it fell on, before two witnesses by their member numbers."""

    winner: Choice
    witnesses: tuple[str, ...]


@dataclass(frozen=True)
class Tiebreak:
    """What settles equal figures, where something has to."""

    casting: Choice | None = None
    by_hand: HandLot | None = None
    by_shares: bool = False
    """The lot is drawn from the shares that were committed to before the vote."""

    @property
    def lot(self) -> bool:
        """Whether a lot is drawn."""
        return self.by_shares or self.by_hand is not None


class Announcing(Service):
    """Use cases of the chair, when a vote has been counted."""

    @use_case
    async def announce(self, unit: Unit, division_id: UUID, tiebreak: Tiebreak | None = None, *, actor: Actor) -> UUID:
        """Announce the figures and name what was decided. Equal figures are settled as the statutes say."""
        tiebreak = tiebreak or Tiebreak()
        row, case = await opened(unit, division_id, actor)
        count, terms = count_of(case.facts), await _terms(unit, row, case, actor)
        found = result(count, case.facts.entitled, terms)
        facts = replace(
            case.facts,
            casting_missing=found.needs is Settled.CASTING_VOTE and tiebreak.casting is None,
            casting_not_given=tiebreak.casting is not None and found.needs is not Settled.CASTING_VOTE,
            lot_missing=found.needs is Settled.LOT and not tiebreak.lot,
            lot_not_due=tiebreak.lot and found.needs is not Settled.LOT,
        )
        _write(row, count, found)
        found = await _settled(unit, row, found, tiebreak, actor)
        _write(row, count, found)
        row.announced_at, row.casting_vote = unit.now, tiebreak.casting
        outcome = {"count": figures(count), **_outcome(found), "lot": row.lot is not None}
        await take(unit, case, "announce", actor=actor, facts=facts, outcome=outcome)
        await unit.session.flush()
        await take_result(unit, division_id, actor=actor)
        return division_id

    @use_case
    async def correct(self, unit: Unit, division_id: UUID, correction: "Correction", *, actor: Actor) -> UUID:
        """Put mistyped figures right. Both stand in the record, and the outcome is named anew.

        `aloud` once the next item has been opened: the chair reads both to the meeting.
        """
        row, case = await opened(unit, division_id, actor)
        count, reason = correction.count, correction.reason.strip()
        check(count)
        found = result(count, case.facts.entitled, await _terms(unit, row, case, actor))
        turned = found.winner is not row.winner
        standing = await divisions.counts(unit.session, division_id)
        teller = await unit.motions.member_by_number(correction.teller.strip())
        facts = replace(
            with_count(case.facts, count),
            reason_given=bool(reason),
            teller_named=teller is not None and await divisions.counts_here(unit.session, case.meeting_id, teller),
            # Equal figures are settled before the meeting, not by a correction.
            changes_decided=turned and (case.facts.gavel_fallen or found.needs is not None),
        )
        rule = "correct_aloud" if correction.aloud else "correct_figures"
        outcome = {"before": figures(count_of(case.facts)), "after": figures(count), **_outcome(found)}
        text = Text("division", division_id, {"reason": reason})
        await take(unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=[text])
        new = CountRow(id=new_id(), division_id=division_id, at=unit.now, by=teller, reason=reason, **vars(count))
        await divisions.replace_counts(unit.session, standing, new)
        if turned:
            _write(row, count, found)
            await unit.session.flush()
            await take_result(unit, division_id, actor=actor)
        else:
            row.yes, row.no, row.abstained, row.blank = count.yes, count.no, count.abstained, count.blank
        return division_id


@dataclass(frozen=True)
class Correction:
    """Figures in place of mistyped ones."""

    count: Count
    reason: str
    teller: str
    """Member number of a teller of the meeting who stands behind it."""
    aloud: bool = False


def _write(row: DivisionRow, count: Count, found: Result) -> None:
    row.yes, row.no, row.abstained, row.blank = count.yes, count.no, count.abstained, count.blank
    row.winner, row.settled_by = found.winner, found.settled_by.value if found.settled_by else None


def _outcome(found: Result) -> dict[str, str | None]:
    return {
        "winner": found.winner.name if found.winner else None,
        "settled_by": found.settled_by.value if found.settled_by else None,
    }


async def _terms(unit: Unit, row: DivisionRow, case: DivisionCase, actor: Actor) -> Terms:
    """The rule that the division is settled by."""
    parameters, session = case.rules.parameters, unit.session
    chair = await divisions.presiding(session, case.meeting_id) or (actor.id if isinstance(actor, Member) else None)
    on_roll = chair is not None and await divisions.weight_in(session, row.roll_id, chair) is not None
    return Terms(
        majority=case.majority,
        kind=case.kind,
        role=row.role or "single",
        refer_back=parameters.minorities.refer_back if row.sends_back else None,
        chair_may=on_roll or parameters.meetings.casting_vote_off_roll,
        deferred_before=await divided.deferred_before(session, case.matter_id),
    )


async def _settled(unit: Unit, row: DivisionRow, found: Result, tiebreak: Tiebreak, actor: Actor) -> Result:
    """The result with the casting vote or the lot that it needs; as it is where that was not given."""
    if found.needs is Settled.CASTING_VOTE and tiebreak.casting in ITEMS:
        return Result(tiebreak.casting, Settled.CASTING_VOTE, tied=True)
    if found.needs is not Settled.LOT or not tiebreak.lot:
        return found
    lots = await (_by_hand(unit, row, tiebreak.by_hand, actor) if tiebreak.by_hand else _by_shares(unit, row))
    drawn = lots.one(LABEL, ITEMS.values())
    row.lot = canonical({"lots": lots.drawn, **lots.evidence})
    return Result(next(choice for choice, name in ITEMS.items() if name == drawn), Settled.LOT, tied=True)


async def _by_hand(unit: Unit, row: DivisionRow, lot: HandLot, actor: Actor) -> Lots:
    witnesses = [await unit.motions.member_by_number(number.strip()) for number in lot.witnesses]
    chair = actor.id.hex if isinstance(actor, Member) else ""
    names = [each.hex for each in witnesses if each is not None]
    if lot.winner not in ITEMS or len({chair, *names}) != len(lot.witnesses) + 1 or len(names) != 2:
        raise InvalidInputError(FieldError("lot.witnesses", "two_witnesses"))
    other = next(choice for choice in ITEMS if choice is not lot.winner)
    order = (ITEMS[lot.winner], ITEMS[other])
    return Lots(physical={LABEL: PhysicalLot(LABEL, order, chair, tuple(names))})


async def _by_shares(unit: Unit, row: DivisionRow) -> Lots:
    """The lot that the shares give: whoever committed to one and withholds it steers nothing."""
    shares = await divisions.shares(unit.session, row.id)
    if not shares:
        raise InvalidInputError(FieldError("lot.fromShares", "no_shares"))
    known = [bytes.fromhex(each.share) for each in shares if each.share is not None]
    return reveal([each.commitment for each in shares], known, locked_result(row))


def locked_result(row: DivisionRow) -> bytes:
    """SHA-256 over the division's id and figures: what a lot is mixed with, so that nobody can choose a share by it."""
    counted = {"division": row.id.hex, "count": [row.yes, row.no, row.abstained, row.blank]}
    return hashlib.sha256(canonical(counted).encode()).digest()
