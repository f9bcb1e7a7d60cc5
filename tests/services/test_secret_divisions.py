"""A secret division in a sealed urn, on both databases: the figures follow, and nothing tells how anybody voted."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text

from democracy.ballotbox.manifest import Question
from democracy.ballotbox.verifier import verify
from democracy.domain.actors import Member
from democracy.domain.minutes_verdict import MinutesFault
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.proceedings.divisions import Divisions, Way
from democracy.services.proceedings.minutes_reading import shown
from democracy.services.proceedings.outcome import Count
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.meeting import BallotForm, MeetingUrns, Vote
from democracy.services.urns.seeds import API, LOCK, LOG, MIXER
from democracy.services.verifying.minutes import verify_within
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.roll import RollEntryRow
from democracy.storage.tables.urn import UrnRow
from democracy.workers.urns import round_of
from tests.divisions import Room, room
from tests.urns import Held, seeds_in
from tests.world import World
from workflows.division import DivisionState
from workflows.engine import StepDenied
from workflows.proceedings import Choice, DivisionMethod
from workflows.urn import UrnState

SEALED = Way(DivisionMethod.SECRET, decided=True, sealed=True)


class Secret:
    """A meeting that votes in an urn, and its members' clients."""

    def __init__(self, held: Room, folder: Path) -> None:
        self.room, self.seeds = held, seeds_in(folder)
        self.urns = MeetingUrns(self.seeds, "rost.exempel.example")
        self.desk = CastDesk(held.world.database, self.seeds, lambda: held.now)
        self.division = UUID(int=0)

    @property
    def divisions(self) -> Divisions:
        return Divisions(self.room.world.database, self.room.now, urns=self.urns)

    async def open(self, way: Way = SEALED) -> "Secret":
        await self.room.ask()
        self.division = await self.divisions.open(self.room.question, way, actor=self.room.chair)
        return self

    async def client(self) -> Held:
        held = Held(self.room.world.database, self.seeds, self.room.chair, UUID(int=0))
        urn = (await self.room.row(self.division)).urn_id
        assert urn is not None
        held.urn = urn
        return held

    async def cast(self, index: int, choice: str) -> bytes:
        held, voter = await self.client(), self.room.ombud(index)
        box = await held.box(voter.id, [choice] if choice else [], self.room.now)
        answer = await self.desk.cast(held.urn, await held.m(self.room.now), box, actor=voter)
        return answer.receipt

    async def close(self) -> None:
        await self.divisions.close(self.division, actor=self.room.chair)

    async def urn_row(self) -> UrnRow:
        held = await self.client()
        async with held.database.unit(self.room.now) as unit:
            return await unit.session.get_one(UrnRow, held.urn)


@pytest.fixture
async def secret(world: World, tmp_path: Path) -> Secret:
    return Secret(await room(world), tmp_path)


async def test_a_secret_division_is_cast_sealed_and_its_figures_follow_at_the_close(secret: Secret) -> None:
    await secret.open()
    for index, choice in enumerate(("ja", "ja", "nej", "avstar", "")):
        await secret.cast(index, choice)
    await secret.cast(5, "ja")
    await secret.cast(5, "nej")
    await secret.close()
    await secret.room.announcing.announce(secret.division, actor=secret.room.chair)
    row = await secret.room.row(secret.division)
    assert (row.yes, row.no, row.abstained, row.blank) == (2, 2, 1, 1)
    steps = await secret.room.steps(secret.division)
    assert [each.rule for each in steps][-3:] == ["open", "close", "announce"]
    assert (await secret.urn_row()).state is UrnState.COUNTED


async def test_its_bundle_is_verified_without_the_server_and_the_seeds_are_gone_after_it(secret: Secret) -> None:
    await secret.open()
    for index in range(6):
        await secret.cast(index, "ja" if index % 2 else "nej")
    await secret.close()
    held, now = await secret.client(), secret.room.now
    trust = await held.trust(now)
    await sign_checkpoint(held.database, held.seeds, held.urn, now)
    verdict = verify(await held.bundle(now), trust)
    assert str(verdict.totals).endswith("counted 6")
    await round_of(held.database, held.seeds, now)
    assert [held.seeds.has(held.urn, name) for name in (API, LOCK, MIXER, LOG)] == [False, False, False, True]
    await round_of(held.database, held.seeds, now)


async def test_minutes_with_a_sealed_division_are_verified_and_its_figures_held_to_the_ledger(secret: Secret) -> None:
    room, world = secret.room, secret.room.world
    await secret.open()
    for index, choice in enumerate(("ja", "ja", "ja", "nej", "nej", "")):
        await secret.cast(index, choice)
    await secret.close()
    await room.announcing.announce(secret.division, actor=room.chair)
    async with world.database.read() as connection:
        (minutes,) = (await connection.execute(select(MinutesRow.id))).scalars()
        text_now = (await shown(connection, minutes, world.database.zone)).markdown
        assert (await verify_within(connection, world.database.zone)).findings == []
    assert "Sluten omröstning, 6 röstberättigade. JA = A 3, NEJ = B 2, 1 blank." in text_now, text_now
    async with world.database.writer.connect() as connection:
        await connection.execute(text("UPDATE division SET yes = 2, no = 3"))
        found = await verify_within(connection, world.database.zone)
        await connection.rollback()
    assert MinutesFault.FIGURES_DIFFER in {each.fault for each in found.findings}


async def test_no_table_holds_a_vote_beside_a_voter(secret: Secret) -> None:
    await secret.open()
    for index in range(6):
        await secret.cast(index, "ja")
    await secret.close()
    voters = {secret.room.ombud(index).id.hex for index in range(6)}
    urn = (await secret.client()).urn
    database = secret.room.world.database
    async with database.unit(secret.room.now) as unit:
        connection = await unit.session.connection()
        names = await connection.run_sync(lambda each: inspect(each).get_table_names())
        for name in (each for each in names if each in URN_TABLES):
            for row in await connection.execute(text(f'SELECT * FROM "{name}"')):
                told = " ".join(_plain(value) for value in row)
                assert not any(voter in told for voter in voters), name
    assert urn.hex not in voters


URN_TABLES = {
    "urn", "roll_slot", "sealed_ballot", "waiting_ballot", "log_leaf", "log_node", "urn_checkpoint", "urn_file", "vote",
}  # fmt: skip


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value).replace("-", "")


async def test_whoever_is_not_in_the_roll_casts_nothing(secret: Secret) -> None:
    await secret.open()
    held, now = await secret.client(), secret.room.now
    box = await held.box(secret.room.ombud(0).id, ["ja"], now)
    for stranger in (secret.room.chair, secret.room.world.actor("anonymous"), secret.room.world.actor("operator")):
        with pytest.raises(NotFoundError):
            await secret.desk.cast(held.urn, await held.m(now), box, actor=stranger)


async def test_fewer_than_five_are_never_opened_and_the_vote_goes_on(secret: Secret) -> None:
    await secret.open()
    for index in range(4):
        await secret.cast(index, "ja")
    with pytest.raises(StepDenied) as denied:
        await secret.close()
    assert [each.code for each in denied.value.denials] == ["too_few"]
    assert (await secret.room.row(secret.division)).state is DivisionState.OPEN
    await secret.cast(4, "nej")
    await secret.close()
    assert (await secret.room.row(secret.division)).yes == 4


async def test_an_annulled_vote_is_never_opened_and_is_taken_again_in_a_new_urn(secret: Secret) -> None:
    await secret.open()
    for index in range(5):
        await secret.cast(index, "ja")
    first = (await secret.client()).urn
    await secret.divisions.annul(secret.division, "Fel fråga stod på skärmen", actor=secret.room.chair)
    assert (await secret.urn_row()).state is UrnState.SPOILT
    with pytest.raises(StepDenied):
        await secret.cast(5, "ja")
    again = Secret(secret.room, secret.seeds.folder.parent)
    again.division = await again.divisions.open(secret.room.question, SEALED, actor=secret.room.chair)
    assert (await again.client()).urn != first


async def test_nobody_types_figures_or_answers_openly_where_the_urn_counts(secret: Secret) -> None:
    await secret.open()
    teller = secret.room.chair
    with pytest.raises(StepDenied) as denied:
        await secret.room.tellers.enter(secret.division, Count(3, 2), actor=teller)
    assert [each.code for each in denied.value.denials] == ["counted_by_urn"]
    with pytest.raises(StepDenied) as denied:
        await secret.room.votes.cast(secret.division, Choice.YES, actor=secret.room.ombud(0))
    assert "cast_in_urn" in {each.code for each in denied.value.denials}


async def test_what_cannot_be_sealed_is_taken_on_paper(secret: Secret) -> None:
    await secret.room.ask()
    devices = replace(SEALED, method=DivisionMethod.DEVICES)
    with pytest.raises(InvalidInputError) as refused:
        await secret.divisions.open(secret.room.question, devices, actor=secret.room.chair)
    assert refused.value.fields[0].code == "only_secret_in_urn"
    await secret.room.leave(secret.room.ombud(0).id)
    await secret.room.leave(secret.room.ombud(1).id)
    with pytest.raises(InvalidInputError) as refused:
        await secret.divisions.open(secret.room.question, SEALED, actor=secret.room.chair)
    assert refused.value.fields[0].code == "roll_too_small"
    paper = await secret.divisions.open(secret.room.question, replace(SEALED, sealed=False), actor=secret.room.chair)
    assert (await secret.room.row(paper)).urn_id is None


async def test_elections_take_the_opened_ballots_and_state_their_own_count(secret: Secret) -> None:
    held = secret.room
    question = Question(id="1", kind="rank", options=["a", "b", "c"], text="Ordförande")
    voters = [held.ombud(index).id for index in range(6)]
    database = held.world.database
    form = BallotForm((question,), rule='count/1 majority {"seats":1}', revote=False)
    async with database.unit(held.now) as unit:
        statutes = (await unit.meetings.case(held.world.meeting, actor=held.chair)).statutes
        urn = await secret.urns.open_for(unit, Vote(held.world.meeting, voters, form, statutes), actor=held.chair)
    client = Held(database, secret.seeds, held.chair, UUID(int=0))
    client.urn = urn
    for number, voter in enumerate(voters):
        order = ["a", "b"] if number % 2 else ["c"]
        box = await client.box(voter, order, held.now)
        await secret.desk.cast(urn, await client.m(held.now), box, actor=Member(voter))
    async with database.unit(held.now) as unit:
        assert await secret.urns.voted(unit, urn) == 6
        opened = await secret.urns.close_and_open(unit, urn, actor=held.chair)
        assert sorted(each.choices["1"] for each in opened.ballots) == [("a", "b")] * 3 + [("c",)] * 3
        assert opened.protocol is None
        await secret.urns.state_result(unit, urn, b'{"method":"majority"}', actor=held.chair)
    async with database.unit(held.now) as unit:
        assert (await unit.session.get_one(UrnRow, urn)).state is UrnState.COUNTED


async def test_the_roll_of_the_division_and_of_its_urn_are_the_same_people(secret: Secret) -> None:
    await secret.open()
    row, held = await secret.room.row(secret.division), await secret.client()
    async with held.database.unit(secret.room.now) as unit:
        entries = await unit.session.scalars(select(RollEntryRow.member_id).where(RollEntryRow.roll_id == row.roll_id))
        for member in entries:
            assert await held.slot(member) >= 0
    assert (await held.manifest(secret.room.now))[0].roll.size == row.entitled
