"""Frauds in an urn's database, each named by `democracy verify bundle` on what the service then exports."""

import json
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import text

from democracy.ballotbox.bundle import write_bundle
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.leaves import ballot_leaf
from democracy.cli import commands
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.published import whole_bundle
from tests.services.test_ballot_ordering import CLOSES, OPENS, announced
from tests.urns import Held, seeds_in
from tests.world import BEFORE, World

VOTERS = ("member", "mover", "co_mover", "outsider", "delegate", "board", "chair")
STRANGER = ballot_leaf(4_000, 1, "ab" * 32)

FRAUDS: dict[str, tuple[str, Sequence[str]]] = {
    "a ballot is changed": ("E_FORK", ("UPDATE log_leaf SET data = :stranger WHERE n = 3",)),
    "a ballot is dropped": (
        "E_CHECKPOINT",
        ("DELETE FROM log_leaf WHERE n = 3", "DELETE FROM urn_checkpoint WHERE size = 9"),
    ),
    "a ballot is added for a row that SQL put into the roll": (
        "E_CHECKPOINT",
        (
            "INSERT INTO roll_slot SELECT urn_id, :tag, 4000, leaf, void FROM roll_slot LIMIT 1",
            "INSERT INTO log_leaf SELECT urn_id, 99, 'ballot', :stranger FROM log_leaf WHERE n = 1",
        ),
    ),
    "a checkpoint is rewritten": ("E_CHECKPOINT", ("UPDATE urn_checkpoint SET note = REPLACE(note, '9', '8')",)),
    "the manifest is changed after the opening": (
        "E_LEAF",
        ("UPDATE log_leaf SET data = :manifest WHERE n = 0",),
    ),
    "the lists are another urn's": ("E_LIST", ("UPDATE urn_file SET data = :shorter WHERE name = 'list-1'",)),
    "the result is mistyped": ("E_RESULT", ("UPDATE urn_file SET data = :mistyped WHERE name = 'protocol'",)),
    "an opened ballot is another": ("E_OPEN", ("UPDATE urn_file SET data = :other WHERE name = 'final'",)),
}


class _UndoError(Exception):
    """Leaves the unit without a trace."""


async def counted(world: World, folder: Path) -> Held:
    ballot = await announced(world)
    held = Held(world.database, seeds_in(folder), world.actor("party_secretary"), ballot)
    await held.prepare(BEFORE)
    await BallotHolding(world.database, OPENS).open(ballot, actor=world.actor("clock"))
    desk = CastDesk(held.database, held.seeds, lambda: OPENS)
    for name in VOTERS:
        box = await held.box(world.members[name], ["ja"], OPENS)
        await desk.cast(held.urn, await held.m(OPENS), box, actor=world.actor(name))
    await held.closing(CLOSES).close(ballot, actor=world.actor("clock"))
    await sign_checkpoint(held.database, held.seeds, held.urn, CLOSES)
    await held.finish(CLOSES)
    return held


async def exported(held: Held, path: Path, statements: Sequence[str], values: dict[str, bytes]) -> None:
    """The bundle as it is after some SQL, which is then taken back."""
    try:
        async with held.database.unit(CLOSES) as unit:
            for statement in statements:
                named = {name: value for name, value in values.items() if f":{name}" in statement}
                await unit.session.execute(text(statement), named)
            bundle = await whole_bundle(unit.session, held.urn)
            assert bundle is not None
            write_bundle(bundle, path)
            raise _UndoError
    except _UndoError:
        pass


def verified(path: Path, trust: Path) -> tuple[int, str]:
    told = CliRunner().invoke(commands, ["verify", "bundle", str(path), "--trust", str(trust)])
    return told.exit_code, told.output


async def test_every_planted_fraud_is_named(world: World, tmp_path: Path) -> None:
    held = await counted(world, tmp_path)
    trust, path = tmp_path / "nycklar.json", tmp_path / "urna.zip"
    keys = await held.trust(CLOSES)
    trust.write_text(json.dumps(keys.data()))
    bundle = await held.bundle(CLOSES)
    values = {
        "stranger": STRANGER,
        "tag": bytes(16),
        "manifest": bundle.leaves[0].replace(b'"quorum":0', b'"quorum":1'),
        "shorter": bundle.lists[1][: len(bundle.lists[1]) // len(VOTERS)],
        "mistyped": (bundle.protocol or b"").replace(b"7", b"8"),
        "other": (bundle.final or b"").replace(b'"ja"', b'"nej"', 1),
    }
    await exported(held, path, (), values)
    assert verified(path, trust)[0] == 0
    for name, (code, statements) in FRAUDS.items():
        await exported(held, path, statements, values)
        status, told = verified(path, trust)
        assert (status, told.split()[0]) == (1, code), (name, told)
    await exported(held, path, (), values)
    strange = keys.data() | {"mixers": [Seed(bytes(32)).sign_public.hex()]}
    trust.write_text(json.dumps(strange))
    assert verified(path, trust)[1].startswith("E_TRUST")
