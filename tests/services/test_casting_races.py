"""Many who cast at once, and the close in between: one ballot a voter, nothing acknowledged is lost."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from democracy.ballotbox.leaves import Close
from democracy.ballotbox.receipt import read_receipt
from democracy.ballotbox.story import read_log
from democracy.domain.actors import Member
from democracy.errors import NotFoundError
from democracy.services.ballots.postal import PostalChannel
from democracy.services.urns.casting import CastDesk
from democracy.storage.tables.ballot import ElectorRow
from democracy.workers.urns import round_of
from tests.services.test_ballot_ordering import CLOSES
from tests.voting_hall import DURING, hall, told_by
from tests.world import BEFORE, World
from workflows.engine import StepDenied

LAST_MOMENT = CLOSES - timedelta(seconds=1)


@pytest.mark.long
async def test_a_thousand_members_who_cast_four_times_from_four_processes_leave_a_thousand_ballots(
    world: World, tmp_path: Path
) -> None:
    made = await hall(world, tmp_path, 1_000)
    processes = [await made.process(f"voters-{at}", await made.lines()) for at in range(4)]
    told = [each for found in await asyncio.gather(*map(told_by, processes)) for each in found]
    taken, refused = [what for how, what in told if how == "in"], [what for how, what in told if how == "out"]
    assert (len(taken), len(refused)) == (1_000, 3_000)
    assert sorted(taken) == sorted(await made.digests())
    assert sorted(map(int, refused)) == sorted(list(made.slots.values()) * 3)


@pytest.mark.long
async def test_what_was_acknowledged_before_kill_nine_is_there_and_a_retry_gets_the_same_receipt(
    world: World, tmp_path: Path
) -> None:
    made = await hall(world, tmp_path, 200)
    lines, acknowledged = await made.lines(), list[str]()
    process = await made.process("voters", lines)
    assert process.stdout is not None
    while len(acknowledged) < 50:
        acknowledged.append((await asyncio.to_thread(process.stdout.readline)).split()[1])
    process.kill()
    acknowledged += [what for _, what in await told_by(process) if len(what) == 64]
    stored = await made.digests()
    assert set(acknowledged) <= set(stored)
    assert len(stored) < len(lines), "it was killed in the middle"
    again = await told_by(await made.process("again", lines))
    assert {how for how, _ in again} == {"in"}
    assert sorted(what for _, what in again) == sorted(await made.digests())
    assert len(set(acknowledged) & {what for _, what in again}) == len(set(acknowledged))


async def test_a_cast_that_races_the_close_is_in_or_out_and_the_answer_says_which(world: World, tmp_path: Path) -> None:
    made = await hall(world, tmp_path, 60)
    held, lines = made.held, await made.lines()
    m, desk = await held.m(BEFORE), CastDesk(held.database, held.seeds, lambda: LAST_MOMENT)

    async def cast(at: int, line: str) -> str | None:
        await asyncio.sleep(at * 0.004)
        member, _, box = line.split()
        try:
            answer = await desk.cast(held.urn, m, bytes.fromhex(box), actor=Member(UUID(member)))
        except StepDenied:
            return None
        return read_receipt(answer.receipt).digest

    async def close() -> None:
        await asyncio.sleep(0.1)
        await held.closing(CLOSES).close(held.ballot, actor=world.actor("clock"))

    *answers, _ = await asyncio.gather(*(cast(at, line) for at, line in enumerate(lines)), close())
    taken = [each for each in answers if each is not None]
    assert sorted(taken) == sorted(await made.digests())
    await round_of(held.database, held.seeds, CLOSES)
    close_leaf = read_log((await held.bundle(CLOSES)).leaves).one(Close)
    assert close_leaf is not None
    assert close_leaf[1].ballots == len(taken)


async def test_a_cast_that_races_an_envelope_is_in_or_out_and_never_shut_with_a_receipt(
    world: World, tmp_path: Path
) -> None:
    made = await hall(world, tmp_path, 24)
    held, lines = made.held, await made.lines()
    m, desk = await held.m(BEFORE), CastDesk(held.database, held.seeds, lambda: DURING)
    office = PostalChannel(held.database, DURING, seeds=held.seeds)

    async def cast(line: str) -> list[str]:
        member, _, box = line.split()
        return await refusals(desk.cast(held.urn, m, bytes.fromhex(box), actor=Member(UUID(member))))

    async def mark(line: str) -> list[str]:
        return await refusals(office.mark(held.ballot, UUID(line.split()[0]), actor=held.keeper))

    cast_in = [asyncio.create_task(cast(line)) for line in lines[:12]]
    marked = [asyncio.create_task(mark(line)) for line in lines]
    await asyncio.sleep(0.01)
    cast_in += [asyncio.create_task(cast(line)) for line in lines[12:]]
    answers = list(zip(await asyncio.gather(*cast_in), await asyncio.gather(*marked), strict=True))
    none: list[str] = []
    voted, by_post = (none, ["voted_already"]), (["voted_by_post"], none)
    assert all(each in (voted, by_post) for each in answers), answers
    assert len(await made.digests()) == answers.count(voted)


async def refusals(asked: Awaitable[object]) -> list[str]:
    """The reasons why not; none where it was done."""
    try:
        await asked
    except StepDenied as denied:
        return [each.code for each in denied.denials]
    return []


async def test_whoever_a_correction_takes_out_of_the_electorate_casts_no_more(world: World, tmp_path: Path) -> None:
    made = await hall(world, tmp_path, 6)
    held = made.held
    m, desk = await held.m(BEFORE), CastDesk(held.database, held.seeds, lambda: DURING)
    early, late = made.members[:2]
    box = await held.box(early.id, ["ja"], BEFORE)
    receipt = (await desk.cast(held.urn, m, box, actor=early)).receipt
    async with held.database.unit(DURING) as unit:
        gone = ElectorRow.member_id.in_([early.id, late.id])
        await unit.session.execute(update(ElectorRow).where(gone).values(removed_at=DURING))
    other = await held.box(late.id, ["ja"], BEFORE)
    with pytest.raises((StepDenied, NotFoundError)):
        await desk.cast(held.urn, m, other, actor=late)
    again = await desk.cast(held.urn, m, box, actor=early)
    assert again.receipt == receipt, "what is in is in: two officers decide whether its slot is void"
