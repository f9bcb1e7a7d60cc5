"""After the vote: lots, the second ballot, who is elected, and what follows for everybody who stood."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.ballotbox.keys import sha256
from democracy.counting.lots import commit
from democracy.domain.actors import Actor, Clock
from democracy.domain.representation import Composition, least_of_each
from democracy.services.elections.case import member_of, represented, take, take_candidacy
from democracy.services.elections.counting import count, lots_of
from democracy.services.elections.seating import seat_at_once
from democracy.services.proceedings.lots import hex_of
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import elections
from democracy.storage.election_case import ElectionCase
from democracy.storage.tables.election import CandidacyRow, ElectionLotRow, ElectionShareRow
from democracy.storage.unit_of_work import Unit
from workflows.candidacy import CandidacyState
from workflows.election import ELECTION, ElectionState
from workflows.statutes.parameters.elections import SubstituteOrder

_WITNESSES = 2


@dataclass(frozen=True)
class Drawn:
    """A lot drawn by hand: the names as they came up, and the two who saw it."""

    order: Sequence[UUID]
    witnesses: Sequence[Person]


class Declaring(Service):
    """Use cases between the close of a vote and the mandates."""

    @use_case
    async def commit(self, unit: Unit, election_id: UUID, commitment: str, *, actor: Actor) -> UUID:
        """Commit to a share of the lot before the ballots open: SHA-256 of it in hex."""
        case = await elections.opened(unit, election_id, actor=actor)
        commitment = hex_of("commitment", commitment)
        await take(unit, case, "commit_lot", actor=actor, outcome={"commitment": commitment})
        unit.session.add(ElectionShareRow(election_id=election_id, member_id=member_of(actor), commitment=commitment))
        return election_id

    @use_case
    async def reveal(self, unit: Unit, election_id: UUID, share: str, *, actor: Actor) -> UUID:
        """Reveal the share that one committed to, in hex."""
        case = await elections.opened(unit, election_id, actor=actor)
        share = hex_of("share", share)
        row = await unit.session.get(ElectionShareRow, (election_id, member_of(actor)))
        mixed = (await elections.row(unit, election_id)).lot_round is not None
        known = row is not None and commit(bytes.fromhex(share)) == row.commitment and not mixed
        facts = replace(case.facts, share_known=known)
        await take(unit, case, "reveal_lot", actor=actor, facts=facts, outcome={"share": share})
        if row is not None:
            row.share = share
        return election_id

    @use_case
    async def draw(self, unit: Unit, election_id: UUID, drawn: Drawn | None = None, *, actor: Actor) -> UUID:
        """Draw the lot that the count waits for: from the shares, or by hand before two witnesses.

        A share that was committed to and not revealed is replaced by a fixed one: nobody stops a lot by staying away.
        """
        case = await elections.opened(unit, election_id, actor=actor)
        row = await elections.row(unit, election_id)
        pending = json.loads(row.protocol or "{}").get("pending") or {}
        between = sorted(pending.get("between", ()))
        if drawn is None:
            possible = row.lot_round is None and bool(await elections.shares(unit, election_id))
            facts = replace(case.facts, lot_possible=possible)
            await take(unit, case, "draw_lot", actor=actor, facts=facts, outcome={"by": "shares"})
            (await elections.row(unit, election_id)).lot_round = case.round
        else:
            await self._by_hand(unit, case, drawn, between, str(pending.get("label", "")), actor)
        await recount(unit, case)
        return election_id

    async def _by_hand(
        self, unit: Unit, case: ElectionCase, drawn: Drawn, between: list[str], label: str, actor: Actor
    ) -> None:
        order = [each.hex for each in drawn.order]
        witnesses = await witnesses_of(unit, drawn.witnesses, actor, case)
        facts = replace(case.facts, lot_possible=sorted(order) == between, lot_witnessed=witnesses is not None)
        await take(unit, case, "draw_lot", actor=actor, facts=facts, outcome={"by": "hand", "order": order})
        first, second = witnesses or (UUID(int=0), UUID(int=0))
        unit.session.add(
            ElectionLotRow(
                election_id=case.id,
                label=label,
                order=json.dumps(order),
                chair_id=member_of(actor),
                first_witness_id=first,
                second_witness_id=second,
            )
        )

    @use_case
    async def go_on(self, unit: Unit, election_id: UUID, *, actor: Actor) -> UUID:
        """Go on to a second ballot. Until it opens, candidates may step back where the statutes let them."""
        case = await elections.opened(unit, election_id, actor=actor)
        await take(unit, case, "go_on", actor=actor)
        return election_id

    async def _goes_on(self, unit: Unit, case: ElectionCase) -> bool:
        """Whether anybody is left for the second ballot: when all have stepped back, the seats stay vacant."""
        return case.state is not ElectionState.SECOND or bool((await on_the_ballot(unit, case))[0])

    @use_case
    async def declare(self, unit: Unit, election_id: UUID, substitutes: Sequence[UUID] = (), *, actor: Actor) -> UUID:
        """Declare who is elected. Where the meeting decides on substitutes, they are given in their order."""
        case = await elections.opened(unit, election_id, actor=actor)
        protocol = json.loads((await elections.row(unit, election_id)).protocol or "{}")
        standing = {row.id for row in await elections.candidacies(unit, election_id, CandidacyState.ACCEPTED)}
        members = [each for each in map(UUID, protocol.get("elected", ())) if each in standing]
        counted = [each for each in map(UUID, protocol.get("substitutes", ())) if each in standing]
        decided = case.order.substitutes is SubstituteOrder.DECISION
        given = list(substitutes)
        fit = len(given) == len(set(given)) <= case.facts.substitutes and set(given) <= standing - set(members)
        facts = replace(
            case.facts,
            lists_fit=fit if decided else not given,
            second_due=case.facts.second_due and await self._goes_on(unit, case),
            representation_met=await represented(unit, case, members),
        )
        chosen = given if decided else counted
        held = await elections.rounds(unit, election_id)
        outcome = {
            "elected": [each.hex for each in members],
            "substitutes": [each.hex for each in chosen],
            "ballots": [sha256((each.content or "").encode()).hex() for each in held],
        }
        await take(unit, case, "declare", actor=actor, facts=facts, outcome=outcome)
        await conclude(unit, case, members, chosen, actor)
        return election_id


async def on_the_ballot(unit: Unit, case: ElectionCase) -> tuple[list[str], int]:
    """Those who stand, and how many of them are to be elected now."""
    standing = [row.id.hex for row in await elections.candidacies(unit, case.id, CandidacyState.ACCEPTED)]
    if case.state is not ElectionState.SECOND:
        return standing, case.facts.seats
    pending = json.loads((await elections.row(unit, case.id)).protocol or "{}").get("pending") or {}
    left = [name for name in pending.get("candidates", ()) if name in standing]
    return left, min(int(pending.get("seats", 0)), len(left)) or 1


async def recount(unit: Unit, case: ElectionCase) -> None:
    """Count what has been voted so far, and write down how far that comes."""
    row = await elections.row(unit, case.id)
    held = await elections.rounds(unit, case.id)
    everybody = [each.id for each in await elections.candidacies(unit, case.id)]
    genders = await elections.genders(unit, everybody)
    lots = lots_of(row, held, await elections.shares(unit, case.id), await elections.lots(unit, case.id))
    protocol = count(row, held, case.order, genders, lots)
    row.protocol = protocol.canonical()
    row.pending = str(protocol.pending["kind"]) if protocol.pending else None
    rule = case.order.gender
    if rule is not None and protocol.pending is None:
        elected = [genders.get(UUID(name)) for name in protocol.elected]
        least = least_of_each(len(elected), rule.minimum.numerator, rule.minimum.denominator)
        row.unmet = not Composition.of(elected).meets(least)


async def conclude(
    unit: Unit, case: ElectionCase, members: Sequence[UUID], substitutes: Sequence[UUID], actor: Actor
) -> None:
    """Let the outcome be that of everybody who stood, and the mandates begin where they begin at once."""
    places = {each: at for at, each in enumerate(members, 1)} | {each: at for at, each in enumerate(substitutes, 1)}
    for row in await elections.candidacies(unit, case.id, CandidacyState.ACCEPTED, CandidacyState.ASKED):
        rule = "elect" if row.id in members else "make_substitute" if row.id in substitutes else "pass_over"
        await _ended(unit, row, rule, actor)
        row.position = places.get(row.id)
    election = await elections.row(unit, case.id)
    election.declared_at = unit.now
    await unit.session.flush()
    await seat_at_once(unit, case, actor)


async def _ended(unit: Unit, row: CandidacyRow, rule: str, actor: Actor) -> None:
    # The election decides it, not the actor's sight: somebody with a protected identity may stand unseen.
    case = await elections.candidacy_case(unit, row.id, actor=Clock())
    await take_candidacy(unit, case, rule, actor=actor, follows=True)


async def witnesses_of(
    unit: Unit, given: Sequence[Person], actor: Actor, case: ElectionCase
) -> tuple[UUID, UUID] | None:
    """Two witnesses, neither of them whoever draws; None where that is not so."""
    hold = (ELECTION, "draw_lot")
    found = [await person_of(unit, each, hold=hold, roles=case.roles, statutes=case.statutes) for each in given]
    if len(found) != _WITNESSES or len({*found, member_of(actor)}) != _WITNESSES + 1:
        return None
    return found[0], found[1]
