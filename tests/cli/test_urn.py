"""An urn handled by people: the operator at the server, everybody else with files on their own machines."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from democracy.app import Application
from democracy.cli import commands
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.closing import UrnClosing
from democracy.storage.tables.ballot import ElectorRow
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database
from democracy.workers.urns import round_of
from tests.cli.test_mix import Holder
from tests.electors import announced_anew
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World
from workflows.ballot_kinds import SecrecyLevel

VOTERS = ("member", "mover", "co_mover", "delegate", "board", "chair", "secretary")


class Hands:
    """Everybody who handles an urn, and the time."""

    def __init__(self, folder: Path, url: str, world: World) -> None:
        self.folder, self.url, self.world, self.now = folder, url, world, BEFORE
        self.holders = [Holder(folder, name) for name in ("Asta", "Börje")]
        for each in self.holders:
            each.confirm_backup()
        self.officers = {name: self.done("officer", "key", folder / name).strip() for name in ("Cilla", "Dan")}
        self.witness = self.done("witness", "key", folder / "vittne", "--name", "vittne.example/1").strip()

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(commands, [str(each) for each in arguments], prog_name="democracy")

    def done(self, *arguments: object) -> str:
        told = self.run(*arguments)
        assert told.exit_code == 0, (arguments, told.output, told.exception)
        return told.output

    def refused(self, *arguments: object) -> str:
        told = self.run(*arguments)
        assert told.exit_code == 1, (arguments, told.output)
        assert isinstance(told.exception, SystemExit), told.exception
        return told.output

    def urn(self, name: str, *arguments: object) -> str:
        return self.done("urn", name, *arguments)

    def file(self, name: str) -> Path:
        return self.folder / name

    def plan(self, holders: list[Holder], **changes: object) -> Path:
        plan = {
            "host": "rost.exempel.example",
            "mixers": [each.public for each in holders],
            "officers": list(self.officers.values()),
            "witnesses": [self.witness],
            "quorum": 1,
            "rehearsal_minutes": 30,
        }
        self.file("plan.json").write_text(json.dumps(plan | changes, ensure_ascii=False))
        return self.file("plan.json")

    def drawn(self, ballot: UUID, holders: list[Holder], *flags: str) -> str:
        told = self.urn("draw", ballot, "--plan", self.plan(holders), "--out", self.file("utkast"), *flags)
        urn = told.split()[1].strip(".")
        self.urn("begin", urn, self.signed(self.file("utkast")))
        return urn

    def signed(self, draft: Path) -> Path:
        first, second = self.file(f"{draft.name}-1"), self.file(f"{draft.name}-2")
        self.done("officer", "sign", self.file("Cilla"), draft, "--out", first, "--yes")
        self.done("officer", "sign", self.file("Dan"), first, "--out", second, "--yes")
        return second

    def files(self, urn: str) -> list[object]:
        self.urn("bundle", urn, "--whole", "--out", self.file("urna.zip"))
        self.urn("trust", urn, "--out", self.file("nycklar.json"))
        return [self.file("urna.zip"), "--trust", self.file("nycklar.json")]

    def accepted(self, urn: str, holders: list[Holder]) -> None:
        for holder in holders:
            self.done("mix", "accept", holder.folder, *self.files(urn), "--out", self.file("godkänd"))
            self.urn("add", urn, self.file("godkänd"))

    def witnessed(self, urn: str, old: int = 0) -> int:
        told = self.urn("request", urn, "--old", old, "--out", self.file("begäran"))
        self.files(urn)
        key = json.loads(self.file("nycklar.json").read_text())["log"]
        self.done("witness", "trust", self.file("vittne"), key)
        self.file("rad").write_text(self.done("witness", "cosign", self.file("vittne"), self.file("begäran")))
        self.urn("cosign", urn, self.file("rad"))
        return int(told.split()[-2])

    def mixed(self, urn: str, holders: list[Holder], old: int) -> int:
        for holder in holders:
            out = self.file("lista")
            self.done("mix", "run", holder.folder, *self.files(urn), "--out", out)
            self.urn("take", urn, out)
            old = self.witnessed(urn, old)
        return old


@pytest.fixture
def hands(world_url: tuple[str, World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    url, world = world_url
    monkeypatch.setenv("DEMOCRACY_DATABASE_URL", url)
    monkeypatch.setenv("DEMOCRACY_SEEDS_FOLDER", str(tmp_path / "seeds"))
    made = Hands(tmp_path, url, world)
    monkeypatch.setattr(Application, "now", lambda _: made.now)
    return made


def in_database(hands: Hands, work: object) -> object:
    """What voters and the clock do, in a process of the server."""

    async def inside() -> object:
        database = Database(hands.url, pool_size=5)
        try:
            return await work(replace(hands.world, database=database))  # type: ignore[operator]
        finally:
            await database.close()

    return asyncio.run(inside())


def test_an_urn_goes_from_its_manifest_to_a_verified_bundle_with_a_dropped_key_holder(hands: Hands) -> None:
    ballot = in_database(hands, _without_birger)
    assert isinstance(ballot, UUID)
    _rehearsed(hands, ballot)
    urn = hands.drawn(ballot, hands.holders)
    assert "redan en urna" in hands.refused(
        "urn", "draw", ballot, "--plan", hands.file("plan.json"), "--out", hands.file("x")
    )
    hands.accepted(urn, hands.holders)
    assert "väntar på nyckelhållarna" in hands.urn("list"), "nobody has witnessed the acceptances"
    old = hands.witnessed(urn)
    assert "tar emot röster" in hands.urn("list")
    _voted(hands, UUID(urn), ballot, VOTERS)
    _corrected(hands, urn)
    hands.now = CLOSES + timedelta(minutes=1)
    in_database(hands, lambda world: _closed(world, hands, ballot))
    hands.urn("hand-over", urn)
    old = hands.witnessed(urn, old)
    old = hands.mixed(urn, hands.holders, old)
    hands.urn("open", urn)
    assert "För få vittnen" in hands.refused("urn", "count", urn)
    hands.witnessed(urn, old)
    assert json.loads(hands.urn("count", urn))["tally"] == {"ja": 3, "nej": 3}
    hands.urn("bundle", urn, "--out", hands.file("alla.zip"))
    for file in ("alla.zip", "urna.zip"):
        hands.files(urn)
        told = hands.done("verify", "bundle", hands.file(file), "--trust", hands.file("nycklar.json"))
        assert "roll 18 voted 7 void 1 in 6 = bad 0 + dup 0 + spoilt 0 + counted 6" in told


def _rehearsed(hands: Hands, ballot: UUID) -> None:
    """A third key holder never answers: the rehearsal is given up, and held again without them."""
    gone = Holder(hands.folder, "Ebba")
    first = hands.drawn(ballot, [hands.holders[0], gone], "--rehearsal")
    hands.accepted(first, hands.holders[:1])
    assert "ingen övning som tar emot röster" in hands.refused("urn", "practise", first)
    hands.urn("spoil", first, "--reason", "Ebba har tappat sin nyckel")
    urn = hands.drawn(ballot, hands.holders, "--rehearsal")
    hands.accepted(urn, hands.holders)
    old = hands.witnessed(urn)
    told = hands.urn("practise", urn)
    assert "fylld med röster" in hands.refused("urn", "practise", urn)
    assert "kan inte stängas i förtid" in hands.refused("urn", "close", urn)
    hands.now += timedelta(minutes=31)
    hands.urn("close", urn)
    hands.urn("hand-over", urn)
    old = hands.witnessed(urn, old)
    old = hands.mixed(urn, hands.holders, old)
    hands.urn("open", urn)
    hands.witnessed(urn, old)
    tally = json.loads(hands.urn("count", urn))["tally"]
    assert told == "Övningens röster: " + ", ".join(f"{name} {number}" for name, number in sorted(tally.items())) + "\n"
    assert "Det här är en övning" in hands.done("verify", "bundle", *hands.files(urn))


def _voted(hands: Hands, urn: UUID, ballot: UUID, names: tuple[str, ...]) -> None:
    hands.now = OPENS + timedelta(hours=1)

    async def cast(world: World) -> None:
        await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
        seeds = seeds_in(hands.folder)
        held = Held(world.database, seeds, world.actor("party_secretary"), ballot)
        held.urn, desk = urn, CastDesk(world.database, seeds, lambda: hands.now)
        for number, name in enumerate(names):
            box = await held.box(world.members[name], ["nej" if number % 2 else "ja"], hands.now)
            await desk.cast(urn, await held.m(hands.now), box, actor=world.actor(name))
        await round_of(world.database, seeds, hands.now)

    in_database(hands, cast)


def _corrected(hands: Hands, urn: str) -> None:
    """Somebody who came into the electorate gets a slot; somebody who should not stand in it votes no more."""
    out, number = hands.file("blad"), hands.world.numbers["member"]
    decision = ("--decision", "Valnämnden § 3")
    assert "Ingen ny person" in hands.refused("urn", "grow", urn, *decision, "--out", out)
    in_database(hands, lambda world: _one_more(world, urn))
    hands.urn("grow", urn, *decision, "--out", out)
    hands.urn("add", urn, hands.signed(out))
    hands.urn("void", urn, number, *decision, "--out", out)
    signed = hands.signed(out)
    hands.urn("add", urn, signed)
    assert "redan struken" in hands.refused("urn", "add", urn, signed)
    told = hands.refused("urn", "extend", urn, "2026-03-01T20:00+01:00", *decision, "--out", out)
    assert "senare tid" in told


async def _without_birger(world: World) -> UUID:
    ballot = await announced(world, level=SecrecyLevel.SEALED)
    async with world.database.unit(BEFORE) as unit:
        row = await unit.session.get_one(ElectorRow, (ballot, world.members["birger"]))
        row.removed_at = BEFORE
    await announced_anew(world, ballot)
    return ballot


async def _one_more(world: World, urn: str) -> None:
    """The electorate is corrected: somebody who was taken out by mistake stands in it again."""
    async with world.database.unit(OPENS) as unit:
        ballot = (await unit.session.get_one(UrnRow, UUID(urn))).ballot_id
        row = await unit.session.get_one(ElectorRow, (ballot, world.members["birger"]))
        row.removed_at = None


async def _closed(world: World, hands: Hands, ballot: UUID) -> None:
    seeds = seeds_in(hands.folder)
    await UrnClosing(world.database, hands.now, seeds=seeds).close(ballot, actor=world.actor("clock"))
    await round_of(world.database, seeds, hands.now)


def test_what_is_wrong_is_said_in_swedish(hands: Hands) -> None:
    ballot = in_database(hands, announced)
    draft, plan = ("--out", hands.file("utkast")), ("--plan", hands.plan(hands.holders[:1]))
    assert "går inte att läsa" in hands.refused("urn", "draw", ballot, "--plan", hands.file("vittne") / "key", *draft)
    assert "Det finns inte" in hands.refused(
        "urn", "draw", UUID(int=3), "--plan", hands.plan(hands.holders[:1]), *draft
    )
    urn = hands.urn("draw", ballot, *plan, *draft).split()[1].strip(".")
    assert "undertecknat av minst 2" in hands.refused("urn", "begin", urn, hands.file("utkast"))
    assert "manifest" in hands.refused("urn", "hand-over", urn)
    hands.urn("begin", urn, hands.signed(hands.file("utkast")))
    assert "stämmer inte" in hands.refused("urn", "add", urn, hands.file("plan.json"))
    hands.file("rad").write_text("hej\n")
    assert "ingen underskrift av ett vittne" in hands.refused("urn", "cosign", urn, hands.file("rad"))
    assert "övning" in hands.refused("urn", "close", urn)
