"""`democracy verify bundle`, as an auditor or a member runs it: with files, and nothing else."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.ballotbox.bundle import Bundle, read_bundle, write_bundle
from democracy.ballotbox.claims import make_claim
from democracy.ballotbox.receipt import make_receipt
from democracy.cli import commands
from tests.ballotbox.shared import needs_vectors
from tests.ballotbox.test_claims import swapping
from tests.ballotbox.test_verifier import designs
from tests.ballotbox.urns import Played, whole


def written(folder: Path, urn: Played, bundle: Bundle | None = None) -> list[str]:
    write_bundle(bundle or urn.bundle, folder / "urna.zip")
    (folder / "nycklar.json").write_text(json.dumps(urn.trust.data()))
    (folder / "roll").write_bytes(b"".join(each + b"\n" for each in urn.roll))
    return [str(folder / "urna.zip"), "--trust", str(folder / "nycklar.json")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["verify", "bundle", *arguments], prog_name="democracy")


def test_an_honest_urn_is_told_in_one_line_with_what_cannot_be_seen(tmp_path: Path) -> None:
    files = written(tmp_path, whole())
    told = run(*files, "--roll", str(tmp_path / "roll"))
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0] == "roll 30 voted 25 void 0 in 25 = bad 0 + dup 0 + spoilt 0 + counted 25"
    assert lines[1].startswith("Den här kontrollen kan inte se om en nyckelhållare har bytt ut röster.")


def test_what_was_not_checked_is_said_in_swedish(tmp_path: Path) -> None:
    urn = whole()
    told = run(*written(tmp_path, urn, urn.bundle.public()))
    assert "Inte kontrollerat: L_0 (finns inte i filen)." in told.output
    assert "Inte kontrollerat: medlemmarna bakom platserna" in told.output


def test_a_fraud_is_named_by_its_code_and_in_words(tmp_path: Path) -> None:
    urn = whole()
    urn.leaves[5], urn.leaves[6] = urn.leaves[6], urn.leaves[5]
    told = run(*written(tmp_path, urn))
    assert told.exit_code == 1
    assert told.output.startswith("E_FORK the leaves are not those of the checkpoint")
    assert "skrivits om" in told.output
    as_json = json.loads(run(*written(tmp_path, urn), "--json").output)
    assert as_json["error"] == "E_FORK"


def test_an_unfinished_urn_is_verified_so_far(tmp_path: Path) -> None:
    files = written(tmp_path, Played(fields={"rehearsal": 1}).accept().vote())
    assert run(*files).exit_code == 1
    told = run(*files, "--so-far")
    assert told.exit_code == 0
    assert "stämmer så här långt" in told.output
    assert "övning" in told.output


def test_the_swap_of_twenty_passes_and_the_claim_convicts(tmp_path: Path) -> None:
    urn = Played(size=60).accept().vote(50).close()
    swapping(urn, 2, urn.voters[:20]).open().result()
    files = written(tmp_path, urn)
    assert run(*files).exit_code == 0
    victim, other = urn.voters[0], urn.voters[30]
    for voter, answer, code in ((victim, "mixer 2 at fault", 3), (other, "no fault", 0)):
        claim = tmp_path / "claim.json"
        claim.write_bytes(make_claim(2, voter.slot, voter.layers, voter.message).text)
        told = run(*files, "--claim", str(claim))
        assert (told.exit_code, answer in told.output) == (code, True)
        assert json.loads(run(*files, "--claim", str(claim), "--json").output)["claim"] == answer
    claim.write_bytes(make_receipt(urn.api.sign, urn.m, 55, 1, b"never logged"))
    assert "server at fault" in run(*files, "--claim", str(claim)).output


@pytest.mark.parametrize(
    ("broken", "remedy"), [("urna.zip", "democracy urn bundle"), ("nycklar.json", "democracy urn trust")]
)
def test_files_that_cannot_be_read_are_told_apart_from_frauds(tmp_path: Path, broken: str, remedy: str) -> None:
    files = written(tmp_path, whole())
    (tmp_path / broken).write_bytes(b"PK\x03\x04 nothing")
    told = run(*files)
    assert told.exit_code == 2
    assert f"går inte att läsa: {broken} är ingen" in told.output
    assert remedy in told.output


def test_a_bundle_with_strange_files_is_refused(tmp_path: Path) -> None:

    files = written(tmp_path, whole())
    with zipfile.ZipFile(tmp_path / "urna.zip", "a") as archive:
        archive.writestr("../evil", b"x")
    told = run(*files)
    assert told.exit_code == 2
    assert "../evil" in told.output
    assert not (tmp_path.parent / "evil").exists()


@needs_vectors
def test_the_designs_second_urn_is_told_as_it_says(tmp_path: Path) -> None:
    bundle, trust, vector = designs("V2")
    write_bundle(bundle, tmp_path / "v2.zip")
    assert read_bundle(tmp_path / "v2.zip") == bundle
    (tmp_path / "trust.json").write_text(json.dumps(trust.data()))
    told = json.loads(run(str(tmp_path / "v2.zip"), "--trust", str(tmp_path / "trust.json"), "--json").output)
    assert (told["line"], told["warnings"]) == (vector["verify_line"], vector["warnings"])
