"""`democracy officer`: two people sign, each on their own machine, what an urn may not do by itself."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.ballotbox.keys import with_sig
from democracy.ballotbox.manifest import read_manifest
from democracy.ballotbox.urn import unsigned
from democracy.cli import commands
from tests.ballotbox.urns import Played


def run(*arguments: object, answer: str = "") -> Result:
    return CliRunner().invoke(commands, ["officer", *map(str, arguments)], input=answer, prog_name="democracy")


@pytest.fixture
def officers(tmp_path: Path) -> dict[str, str]:
    return {name: run("key", tmp_path / name).output.strip() for name in ("Asta", "Börje")}


def test_two_officers_sign_a_manifest_one_after_the_other(tmp_path: Path, officers: dict[str, str]) -> None:
    urn = Played()
    fields = urn.manifest_fields() | {"officers": list(officers.values())}
    (tmp_path / "0").write_text(json.dumps(with_sig(unsigned("manifest", **fields), urn.api.sign)))
    told = run("sign", tmp_path / "Asta", tmp_path / "0", "--out", tmp_path / "1", answer="y\n")
    assert told.exit_code == 0, told.output
    assert "Ska avtalet godkännas?" in told.output, "an officer reads what is signed"
    assert run("sign", tmp_path / "Börje", tmp_path / "1", "--out", tmp_path / "2", "--yes").exit_code == 0
    manifest = read_manifest((tmp_path / "2").read_bytes())
    assert [each.key for each in manifest.sigs] == list(officers.values())
    again = run("sign", tmp_path / "Asta", tmp_path / "2", "--out", tmp_path / "3", "--yes")
    assert "redan undertecknat" in again.output


def test_an_officer_who_says_no_has_not_signed(tmp_path: Path, officers: dict[str, str]) -> None:
    (tmp_path / "0").write_text(json.dumps(unsigned("void", bytes(32), slot=3, reason="paper", decision="Kuvert 1")))
    told = run("sign", tmp_path / "Asta", tmp_path / "0", "--out", tmp_path / "1", answer="n\n")
    assert told.exit_code == 1
    assert not (tmp_path / "1").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"t":"opened"}', '{"t":"void","sigs":1}', '{"t":"void","slot":1.5}'])
def test_an_officer_signs_nothing_else(tmp_path: Path, officers: dict[str, str], text: str) -> None:
    (tmp_path / "0").write_text(text)
    told = run("sign", tmp_path / "Asta", tmp_path / "0", "--out", tmp_path / "1", "--yes")
    assert told.exit_code == 1
    assert "ingenting som funktionärer undertecknar" in told.output


def test_an_officers_key_is_made_once(tmp_path: Path, officers: dict[str, str]) -> None:
    assert "redan en nyckel" in run("key", tmp_path / "Asta").output
    (tmp_path / "tom").mkdir()
    (tmp_path / "0").write_text('{"t":"void"}')
    assert "ingen nyckel" in run("sign", tmp_path / "tom", tmp_path / "0", "--out", tmp_path / "1").output
