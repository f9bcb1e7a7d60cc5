"""A ballot's urn from its first key to the verified bundle, on both databases."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from democracy.ballotbox.keys import with_sigs
from democracy.ballotbox.log_key import ForkError
from democracy.ballotbox.urn import accept_leaf, finished
from democracy.ballotbox.verifier import verify
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.casting_refusal import AlreadyCastError
from democracy.services.urns.log import place_waiting, sign_checkpoint
from democracy.storage import urns
from democracy.storage.tables.step import StepRow
from democracy.storage.tables.urn import SealedBallotRow, UrnRow
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, new_seed, seeds_in
from tests.world import BEFORE, World
from workflows.ballot_kinds import SecrecyLevel
from workflows.engine import StepDenied
from workflows.urn import UrnState

DURING = OPENS + timedelta(days=1)
VOTERS = ("member", "mover", "co_mover", "outsider", "delegate", "board", "chair", "secretary")


@pytest.fixture
async def held(world: World, tmp_path: Path) -> Held:
    """An urn that takes ballots, held by two key holders."""
    ballot = await announced(world)
    keeper = world.actor("party_secretary")
    made = Held(world.database, seeds_in(tmp_path), keeper, ballot, mixers=[new_seed()])
    await made.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    return made


def desk(held: Held, at: datetime = DURING) -> CastDesk:
    return CastDesk(held.database, held.seeds, lambda: at)


async def cast(held: Held, world: World, name: str, choice: str, *, taken_by: CastDesk | None = None) -> bytes:
    box = await held.box(world.members[name], [choice], DURING)
    answer = await (taken_by or desk(held)).cast(held.urn, await held.m(DURING), box, actor=world.actor(name))
    return answer.receipt


async def log_everything(held: Held) -> None:
    async with held.database.unit(DURING) as unit:
        row = await urns.locked(unit.session, held.urn)
        assert row is not None
        while await place_waiting(unit, row):
            pass
    await sign_checkpoint(held.database, held.seeds, held.urn, DURING)


async def test_what_was_cast_is_opened_counted_and_verified_without_the_server(held: Held, world: World) -> None:
    await sign_checkpoint(held.database, held.seeds, held.urn, BEFORE)
    for name in VOTERS[:5]:
        await cast(held, world, name, "ja")
    await log_everything(held)
    for name in VOTERS[5:]:
        await cast(held, world, name, "nej")
    await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))
    await sign_checkpoint(held.database, held.seeds, held.urn, CLOSES)
    await held.finish(CLOSES)
    bundle = await held.bundle(CLOSES)
    verdict = verify(bundle, await held.trust(CLOSES))
    assert verdict.story.manifest.urn == held.urn.hex
    assert json.loads(bundle.protocol or b"")["tally"] == {"ja": 5, "nej": 3}
    row = await _row(held)
    assert row.state is UrnState.COUNTED


async def test_two_key_holders_and_a_changed_vote_count_the_last_one(world: World, tmp_path: Path) -> None:
    ballot, keeper = await announced(world, level=SecrecyLevel.SEALED), world.actor("party_secretary")
    held = Held(world.database, seeds_in(tmp_path), keeper, ballot, mixers=[new_seed(), new_seed()])
    await held.prepare(BEFORE, revote=True)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    taken_by = desk(held)
    for choice in ("ja", "nej"):
        for name in VOTERS[:6]:
            await cast(held, world, name, choice, taken_by=taken_by)
    await log_everything(held)
    await cast(held, world, VOTERS[0], "ja", taken_by=taken_by)
    await held.closing(CLOSES).close(ballot, actor=world.actor("clock"))
    await held.finish(CLOSES)
    bundle = await held.bundle(CLOSES)
    verify(bundle, await held.trust(CLOSES))
    assert json.loads(bundle.protocol or b"")["tally"] == {"ja": 1, "nej": 5}


async def test_the_level_forseglad_takes_two_key_holders(world: World, tmp_path: Path) -> None:
    ballot, keeper = await announced(world, level=SecrecyLevel.SEALED), world.actor("party_secretary")
    held = Held(world.database, seeds_in(tmp_path), keeper, ballot, mixers=[new_seed()])
    with pytest.raises(InvalidInputError):
        await held.prepare(BEFORE)


async def test_the_same_bytes_again_get_the_same_receipt_and_others_are_refused(held: Held, world: World) -> None:
    box, m = await held.box(world.members["member"], ["ja"], DURING), await held.m(DURING)
    taken_by, voter = desk(held), world.actor("member")
    first = await taken_by.cast(held.urn, m, box, actor=voter)
    assert await taken_by.cast(held.urn, m, box, actor=voter) == first
    with pytest.raises(AlreadyCastError):
        await cast(held, world, "member", "nej")
    # Also when it has closed: nobody doubts that it is in.
    assert await desk(held, CLOSES).cast(held.urn, m, box, actor=voter) == first
    assert await _boxes(held) == 1


async def test_a_ballot_copied_from_somebody_else_is_refused(held: Held, world: World) -> None:
    box, m = await held.box(world.members["member"], ["ja"], DURING), await held.m(DURING)
    await desk(held).cast(held.urn, m, box, actor=world.actor("member"))
    with pytest.raises(InvalidInputError) as refused:
        await desk(held).cast(held.urn, m, box, actor=world.actor("mover"))
    assert refused.value.fields[0].code == "copied"
    assert await _boxes(held) == 1


@pytest.mark.parametrize(("at", "code"), [(OPENS - timedelta(seconds=1), "not_yet_time"), (CLOSES, "closing_passed")])
async def test_nothing_is_taken_before_it_opens_or_from_the_moment_it_closes(
    held: Held, world: World, at: datetime, code: str
) -> None:
    box, m = await held.box(world.members["member"], ["ja"], DURING), await held.m(DURING)
    with pytest.raises(StepDenied) as denied:
        await desk(held, at).cast(held.urn, m, box, actor=world.actor("member"))
    assert [each.code for each in denied.value.denials] == [code]
    assert await _boxes(held) == 0


async def test_whoever_is_not_in_the_roll_or_signed_in_cannot_vote(held: Held, world: World) -> None:
    box, m = await held.box(world.members["member"], ["ja"], DURING), await held.m(DURING)
    for stranger in ("anonymous", "staff"):
        with pytest.raises(NotFoundError):
            await desk(held).cast(held.urn, m, box, actor=world.actor(stranger))
    with pytest.raises(StepDenied) as denied:
        await desk(held).cast(held.urn, m, box, actor=world.actor("operator"))
    assert [each.code for each in denied.value.denials] == ["not_your_role", "not_an_elector"]
    with pytest.raises(NotFoundError):
        await desk(held).cast(UUID(int=7), m, box, actor=world.actor("member"))
    assert await _boxes(held) == 0


async def test_a_ballot_for_another_urn_or_of_another_length_is_refused(held: Held, world: World) -> None:
    box, m = await held.box(world.members["member"], ["ja"], DURING), await held.m(DURING)
    for given, sealed, code in ((bytes(32), box, "another_manifest"), (m, box + b"x", "wrong_length")):
        with pytest.raises(InvalidInputError) as refused:
            await desk(held).cast(held.urn, given, sealed, actor=world.actor("member"))
        assert refused.value.fields[0].code == code
    assert await _boxes(held) == 0


async def test_nothing_is_recorded_beside_a_vote(held: Held, world: World) -> None:
    async with held.database.unit(DURING) as unit:
        before = (await unit.session.execute(select(func.count()).select_from(StepRow))).scalar_one()
    await cast(held, world, "member", "ja")
    async with held.database.unit(DURING) as unit:
        after = (await unit.session.execute(select(func.count()).select_from(StepRow))).scalar_one()
    assert after == before


async def test_many_at_once_from_several_desks_leave_one_ballot_for_each_voter(held: Held, world: World) -> None:
    desks, m = [desk(held) for _ in range(3)], await held.m(DURING)
    tries = [(name, each) for name in VOTERS for each in desks for _ in range(2)]
    boxes = [await held.box(world.members[name], ["ja"], DURING) for name, _ in tries]

    async def attempt(at: int) -> bool:
        name, taken_by = tries[at]
        try:
            await taken_by.cast(held.urn, m, boxes[at], actor=world.actor(name))
        except AlreadyCastError:
            return False
        return True

    taken = await asyncio.gather(*(attempt(at) for at in range(len(tries))))
    assert sum(taken) == len(VOTERS) == await _boxes(held)


async def test_a_manifest_that_is_not_the_draft_or_not_signed_is_refused(world: World, tmp_path: Path) -> None:
    ballot, keeper = await announced(world), world.actor("party_secretary")
    held = Held(world.database, seeds_in(tmp_path), keeper, ballot)
    building = held.building(BEFORE)
    held.urn = await building.draw_up(ballot, held.plan(), actor=keeper)
    draft = await held.draft(BEFORE)
    for changed in (draft | {"least": 6}, draft):
        signed = held.signed(changed) if changed is not draft else finished(with_sigs(draft, held.officers[0].sign))
        with pytest.raises(InvalidInputError):
            await building.begin(held.urn, signed, actor=keeper)
    with pytest.raises(StepDenied):
        await building.begin(held.urn, held.signed(draft), actor=world.actor("auditor"))
    assert (await _row(held)).state is UrnState.DRAFT


async def test_the_ballot_does_not_open_before_every_key_holder_has_accepted(world: World, tmp_path: Path) -> None:
    ballot, keeper = await announced(world, level=SecrecyLevel.SEALED), world.actor("party_secretary")
    held = Held(world.database, seeds_in(tmp_path), keeper, ballot, mixers=[new_seed(), new_seed()])
    building = held.building(BEFORE)
    held.urn = await building.draw_up(ballot, held.plan(), actor=keeper)
    await building.begin(held.urn, held.signed(await held.draft(BEFORE)), actor=keeper)
    accepted = accept_leaf(await held.m(BEFORE), 1, held.mixers[0].sign)
    await building.add(held.urn, accepted, actor=keeper)
    with pytest.raises(StepDenied) as denied:
        await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    assert [each.code for each in denied.value.denials] == ["urn_not_ready"]
    with pytest.raises(InvalidInputError):
        await building.add(held.urn, accepted, actor=keeper)


async def test_it_opens_and_closes_at_its_time_and_never_before(world: World, tmp_path: Path) -> None:
    ballot, clock = await announced(world), world.actor("clock")
    held = Held(world.database, seeds_in(tmp_path), world.actor("party_secretary"), ballot)
    await held.prepare(BEFORE)
    with pytest.raises(StepDenied) as denied:
        await BallotHolding(world.database, OPENS - timedelta(seconds=1)).open(ballot, actor=clock)
    assert [each.code for each in denied.value.denials] == ["not_yet_time"]
    await BallotHolding(world.database, OPENS).open(ballot, actor=clock)
    with pytest.raises(StepDenied) as denied:
        await held.closing(CLOSES - timedelta(seconds=1)).close(ballot, actor=clock)
    assert [each.code for each in denied.value.denials] == ["still_open"]
    await held.closing(CLOSES).close(ballot, actor=clock)
    assert (await _row(held)).state is UrnState.CLOSED


async def test_a_ballot_is_extended_with_a_reason_and_never_shortened(held: Held, world: World) -> None:
    holding = BallotHolding(world.database, DURING)
    with pytest.raises(StepDenied) as denied:
        await holding.extend(held.ballot, CLOSES - timedelta(hours=1), "PS § 2", "", actor=held.keeper)
    assert [each.code for each in denied.value.denials] == ["reason_missing", "only_later"]
    later = CLOSES + timedelta(days=1)
    await holding.extend(held.ballot, later, "PS § 2", "Servern stod still", actor=held.keeper)
    extended = held.leaf(await held.m(DURING), "extend", closes="2026-03-23T08:00:00Z", decision="PS § 2")
    await held.building(DURING).add(held.urn, extended, actor=held.keeper)
    with pytest.raises(StepDenied):
        await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))
    assert (await _row(held)).closes_at == later


async def test_a_void_slot_votes_no_more_and_its_ballot_is_not_counted(held: Held, world: World) -> None:
    for name in VOTERS[:6]:
        await cast(held, world, name, "ja")
    await log_everything(held)
    slot = await held.slot(world.members[VOTERS[0]])
    void = held.leaf(await held.m(DURING), "void", slot=slot, reason="removed", decision="PS § 4")
    await held.building(DURING).add(held.urn, void, actor=held.keeper)
    with pytest.raises(StepDenied) as denied:
        await cast(held, world, VOTERS[0], "nej")
    assert [each.code for each in denied.value.denials] == ["slot_struck"]
    await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))
    await held.finish(CLOSES)
    assert json.loads((await held.bundle(CLOSES)).protocol or b"")["tally"] == {"ja": 5}


async def test_too_few_ballots_are_never_opened(held: Held, world: World) -> None:
    await cast(held, world, "member", "ja")
    await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))
    with pytest.raises(StepDenied) as denied:
        await held.closing(CLOSES).hand_over(held.urn, actor=held.keeper)
    assert [each.code for each in denied.value.denials] == ["too_few"]


async def test_a_database_put_back_from_a_copy_gets_no_signature_under_another_past(held: Held, world: World) -> None:
    await cast(held, world, "member", "ja")
    await log_everything(held)
    async with held.database.unit(DURING) as unit:
        await unit.session.execute(text("DELETE FROM urn_checkpoint"))
        await unit.session.execute(text("DELETE FROM log_node WHERE at >= 2"))
        await unit.session.execute(text("UPDATE urn SET log_size = 2"))
    with pytest.raises(ForkError):
        await sign_checkpoint(held.database, held.seeds, held.urn, DURING)


async def _row(held: Held) -> UrnRow:
    async with held.database.unit(DURING) as unit:
        row = await urns.locked(unit.session, held.urn)
        assert row is not None
        return row


async def _boxes(held: Held) -> int:
    async with held.database.unit(DURING) as unit:
        return (await unit.session.execute(select(func.count()).select_from(SealedBallotRow))).scalar_one()
