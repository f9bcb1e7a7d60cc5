"""The roll of an urn under way: who is taken out, comes back, or had somebody else vote from their slot."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.roll import roll_leaf
from democracy.ballotbox.verifier import verify, verify_so_far
from democracy.errors import InvalidInputError
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.own_vote import has_voted
from democracy.services.ballots.postal import PostalChannel
from democracy.services.ballots.preparing import BallotPreparing
from democracy.services.ballots.signing import ToSign, to_sign
from democracy.services.urns.auditing import roll_file, to_call
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.roll import Rolls
from democracy.services.urns.seeds import API
from democracy.workers.urns import round_of
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World
from workflows.ballot_kinds import CorrectionKind
from workflows.engine import StepDenied

OTHERS = ("mover", "co_mover", "outsider", "delegate", "board")
REMOVE, ADD = CorrectionKind.REMOVE, CorrectionKind.ADD


@pytest.fixture
async def held(world: World, tmp_path: Path) -> Held:
    ballot = await announced(world)
    made = Held(world.database, seeds_in(tmp_path), world.actor("party_secretary"), ballot)
    await made.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    return made


async def cast(held: Held, world: World, name: str, choice: str) -> None:
    box = await held.box(world.members[name], [choice], OPENS)
    desk = CastDesk(held.database, held.seeds, lambda: OPENS)
    await desk.cast(held.urn, await held.m(OPENS), box, actor=world.actor(name))
    await round_of(held.database, held.seeds, OPENS)


async def corrected(held: Held, world: World, name: str, kind: CorrectionKind) -> None:
    preparing = BallotPreparing(world.database, OPENS)
    reason = "Fel i registret"
    found = await preparing.propose_correction(held.ballot, world.members[name], kind, reason, actor=held.keeper)
    await preparing.approve_correction(found, actor=world.actor("party_chair"))


async def waiting(held: Held) -> ToSign:
    return await to_sign(held.database, held.seeds, held.ballot, actor=held.keeper, at=OPENS)


async def signed(held: Held, *leaves: bytes | None) -> None:
    for each in leaves:
        assert each is not None
        await held.building(OPENS).add(held.urn, held.signed(json.loads(each)), actor=held.keeper)


async def refusal(held: Held, world: World, name: str) -> list[str]:
    with pytest.raises(StepDenied) as denied:
        await cast(held, world, name, "nej")
    return [each.code for each in denied.value.denials]


async def test_whoever_was_taken_out_and_comes_back_gets_a_new_slot_and_one_vote(held: Held, world: World) -> None:
    for name in ("member", *OTHERS):
        await cast(held, world, name, "ja")
    first, member = await held.slot(world.members["member"]), world.members["member"]
    await corrected(held, world, "member", REMOVE)
    await signed(held, *(await waiting(held)).voids)
    assert await refusal(held, world, "member") == ["not_an_elector", "slot_struck"]
    await corrected(held, world, "member", ADD)
    assert await refusal(held, world, "member") == ["slot_struck"], "nobody has signed the longer roll yet"
    postal = PostalChannel(held.database, OPENS, seeds=held.seeds)
    with pytest.raises(StepDenied) as denied:
        await postal.mark(held.ballot, member, actor=held.keeper)
    assert [each.code for each in denied.value.denials] == ["sender_without_slot"]
    assert not await has_voted(held.database, held.seeds, held.ballot, member)

    await signed(held, (await waiting(held)).roll)
    assert ((await waiting(held)).roll, (await waiting(held)).voids) == (None, ())
    assert await held.slot(member) > first
    mine = await Rolls(held.database, held.seeds).mine(held.urn, member)
    assert mine is not None
    await round_of(held.database, held.seeds, OPENS)
    story = verify_so_far(await held.bundle(OPENS), await held.trust(OPENS)).story
    assert mine.proves(story.roll[0], bytes.fromhex(story.roll[1]))
    await cast(held, world, "member", "nej")
    await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))
    await sign_checkpoint(held.database, held.seeds, held.urn, CLOSES)
    await held.finish(CLOSES)
    await verified_with_its_roll(held, world, first)
    await drawn_by_lot(held, world)


async def verified_with_its_roll(held: Held, world: World, former: int) -> None:
    """Auditors' roll file has the member twice, and one of the slots is void; two that vote would be refused."""
    bundle, trust = await held.bundle(CLOSES), await held.trust(CLOSES)
    assert json.loads(bundle.protocol or b"")["tally"] == {"ja": 5, "nej": 1}
    roll = (await roll_file(held.database, held.seeds, held.urn)).split(b"\n")[:-1]
    verdict = verify(bundle, trust, roll=roll)
    assert str(verdict.totals) == "roll 19 voted 7 void 1 in 6 = bad 0 + dup 0 + spoilt 0 + counted 6"
    members = [json.loads(each)["member"] for each in roll]
    assert members[former] == members[-1] == world.members["member"].hex
    other = members[(former + 1) % (len(members) - 1)]
    twice = [*roll[:-1], roll_leaf(held.seeds.read(held.urn, API).roll, other, len(roll) - 1)]
    with pytest.raises(UrnError) as found:
        verify(bundle, trust, roll=twice)
    assert (found.value.code, "two slots" in str(found.value)) == (Code.E_ROLL, True)


async def drawn_by_lot(held: Held, world: World) -> None:
    """Auditors call voters whom nobody could choose; the void slot is not among them, the new one is."""
    drawn = await to_call(held.database, held.seeds, held.urn, "gråsparv", 300)
    assert {number for _, number in drawn} == {world.numbers[name] for name in ("member", *OTHERS)}
    other = await to_call(held.database, held.seeds, held.urn, "koltrast", 300)
    assert (drawn == other, sorted(drawn) == sorted(other)) == (False, True)
    assert await to_call(held.database, held.seeds, held.urn, "gråsparv", 2) == drawn[:2]
    held.seeds.destroy(held.urn, API)
    with pytest.raises(InvalidInputError) as refused:
        await roll_file(held.database, held.seeds, held.urn)
    assert [each.code for each in refused.value.fields] == ["seed_destroyed"]


async def test_an_extension_that_was_decided_on_waits_for_signatures_and_then_holds(held: Held, world: World) -> None:
    later = CLOSES + timedelta(days=2)
    holding = BallotHolding(world.database, OPENS)
    await holding.extend(held.ballot, later, "PS § 2", "Servern stod still", actor=held.keeper)
    drafted = (await waiting(held)).extension
    assert drafted is not None
    assert json.loads(drafted)["closes"] == "2026-03-24T08:00:00Z"
    await signed(held, drafted)
    assert (await waiting(held)).extension is None
    box = await held.box(world.members["member"], ["ja"], OPENS)
    desk = CastDesk(held.database, held.seeds, lambda: CLOSES + timedelta(days=1))
    await desk.cast(held.urn, await held.m(OPENS), box, actor=world.actor("member"))


async def test_an_envelope_that_counts_gives_nobody_a_second_slot(held: Held, world: World) -> None:
    postal = PostalChannel(held.database, OPENS, seeds=held.seeds)
    await postal.mark(held.ballot, world.members["member"], actor=held.keeper)
    assert await refusal(held, world, "member") == ["voted_by_post"]
    await signed(held, *(await waiting(held)).voids)
    assert (await waiting(held)).roll is None
    with pytest.raises(InvalidInputError) as refused:
        await corrected(held, world, "member", REMOVE)
    assert [each.code for each in refused.value.fields] == ["envelope_in_the_log"]


async def test_the_envelope_of_somebody_who_may_not_vote_is_set_aside(held: Held, world: World) -> None:
    postal = PostalChannel(held.database, OPENS, seeds=held.seeds)
    await postal.mark(held.ballot, world.members["member"], actor=held.keeper)
    await corrected(held, world, "member", REMOVE)
    void = json.loads((await waiting(held)).voids[0])
    assert (void["reason"], void["slot"]) == ("removed", await held.slot(world.members["member"]))
