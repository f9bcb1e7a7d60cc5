"""A client in JavaScript seals ballots that the urn accepts, opens and counts."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from democracy.ballotbox.ballot import seal
from democracy.ballotbox.verifier import verify
from tests.architecture.checkout import ROOT
from tests.ballotbox.urns import ONE, Played, body

HERE = Path(__file__).parent / "javascript"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its one dependency."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("Node or npm is not installed")
    folder = tmp_path_factory.mktemp("javascript")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    shutil.copy(ROOT / "docs" / "guides" / "sealing.mjs", folder)
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    fetched = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, env=environment, timeout=120, capture_output=True
    )
    if fetched.returncode:
        pytest.skip(f"npm cannot fetch @hpke/core here: {fetched.stderr.decode()[-200:]}")
    return folder


def sealed(client: Path, urn: Played, slot: int, choices: dict[str, list[str]], **rest: Any) -> dict[str, Any]:
    said = body(slot)
    given = {
        "manifest": urn.leaves[0].decode(), "trust": urn.trust.data(), "slot": slot,
        "seed": f"{slot:064x}", "choices": choices, "code": said.code, "own": said.own,
    } | rest  # fmt: skip
    ran = subprocess.run(
        ["node", "sealing.mjs"], cwd=client, input=json.dumps(given).encode(), timeout=60, capture_output=True
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr.decode())
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


@pytest.mark.parametrize("mixers", [1, 3])
def test_javascript_and_python_seal_the_same_ballot_byte_for_byte(client: Path, mixers: int) -> None:
    urn = Played(mixers=mixers)
    made = sealed(client, urn, 70_000, {"1": ["nej"]})
    said = body(70_000, ("nej",))
    assert made["m"] == urn.m.hex()
    assert made["body"] == said.text.decode()
    ours = seal(urn.manifest, urn.m, 70_000, bytes.fromhex(f"{70_000:064x}"), said.message(urn.manifest))
    assert made["layers"] == [{"i": each.i, "ekm": each.ekm.hex(), "b": each.box.hex()} for each in ours]


def test_a_ballot_sealed_in_javascript_is_opened_and_counted(client: Path) -> None:
    options = ["ja – till allt", "nej", 'å\u2028\t"\\\u0007😀']
    question = {**ONE, "options": options}
    urn = Played(questions=[question], fields={"rule": "tally/1"}).accept()
    for slot, choice in enumerate(options * 2):
        made = sealed(client, urn, slot, {"1": [choice]})
        urn.cast_box(slot, bytes.fromhex(made["layers"][0]["b"]))
    urn.checkpoint()
    urn.finish()
    totals = verify(urn.bundle, urn.trust).totals
    assert totals is not None
    assert (totals.bad, totals.spoilt, totals.counted) == (0, 0, 6)
    tally = json.loads(urn.protocol or b"")["questions"]["1"]["tally"]
    assert tally == dict.fromkeys(options, 2)


def test_the_javascript_client_seals_to_no_keys_but_trusted_ones(client: Path) -> None:
    urn, other = Played(), Played(name="u2")
    with pytest.raises(RuntimeError, match="E_TRUST"):
        sealed(client, urn, 3, {"1": ["ja"]}, trust=other.trust.data())
    bent = urn.leaves[0].decode().replace('"quorum":1', '"quorum":0')
    with pytest.raises(RuntimeError, match="E_SIGNATURE"):
        sealed(client, urn, 3, {"1": ["ja"]}, manifest=bent)
    with pytest.raises(RuntimeError, match="no manifest"):
        sealed(client, urn, 3, {"1": ["ja"]}, manifest=urn.leaves[0].decode() + " ")
