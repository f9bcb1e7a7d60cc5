"""`democracy witness`: it cosigns what goes on from before, keeps evidence of forks, and gives a lost log back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner, Result

from democracy.ballotbox.bundle import read_bundle, write_bundle
from democracy.ballotbox.checkpoint import Checkpoint, cosigned_at
from democracy.ballotbox.log_key import ForkError, sign_next
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.note import Note, SignatureLine, VerifierKey
from democracy.ballotbox.witness import RefusedError, Request
from democracy.cli import commands
from democracy.cli._witness_folder import Folder
from democracy.cli._witness_server import serving
from tests.ballotbox.urns import Played

URN = Played().accept().vote(10)
TREE = Tree(leaf_hash(each) for each in URN.leaves)
LOG = URN.log


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["witness", *map(str, arguments)], prog_name="democracy")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "vittne"
    assert run("key", path, "--name", "vittne.example/1").exit_code == 0
    assert run("trust", path, LOG.verifier).exit_code == 0
    return path


def request(old: int, new: int, tree: Tree = TREE) -> Request:
    note = Checkpoint(LOG.name, new, tree.root_at(new)).signed(LOG)
    return Request(old, tuple(tree.consistency(old, new)), note)


def test_a_checkpoint_is_cosigned_from_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "begaran").write_text(str(request(0, 3)))
    told = run("cosign", folder, tmp_path / "begaran")
    assert told.exit_code == 0, told.output
    line = SignatureLine.parse(told.output.rstrip("\n"))
    key = Folder(folder).key.verifier
    assert cosigned_at(request(0, 3).note.with_lines(line), key) is not None
    again = run("cosign", folder, tmp_path / "begaran")
    assert again.exit_code == 1
    assert "Inte bevittnad (409)" in again.output


def test_a_witness_has_one_key_and_a_log_has_one(folder: Path) -> None:
    assert "redan ett vittne" in run("key", folder, "--name", "x").output
    assert "mellanslag" in run("key", folder.parent / "ny", "--name", "a b").output
    other = VerifierKey(LOG.name, LOG.verifier.kind, bytes(32))
    assert "redan en annan nyckel" in run("trust", folder, other).output
    assert run("trust", folder, LOG.verifier).exit_code == 0
    assert "ingen öppen nyckel" in run("trust", folder, "nothing").output


def forked() -> Tree:
    return Tree([*(leaf_hash(each) for each in URN.leaves[:4]), leaf_hash(b"another"), leaf_hash(b"past")])


def test_growth_is_followed_and_everything_else_refused(folder: Path) -> None:
    witness = Folder(folder)
    witness.cosign(request(0, 3))
    witness.cosign(request(3, 3))
    witness.cosign(request(3, 5))
    fork = forked()
    cases = [
        (request(0, 13), 409, 5),
        (request(3, 13), 409, 5),
        (Request(5, (), request(5, 13).note), 422, None),
        (Request(9, (), request(5, 8).note), 400, None),
        (Request(5, tuple(fork.consistency(5, 6)), request(5, 6, fork).note), 422, None),
        (Request(5, (), request(5, 5, fork).note), 409, 5),
        (Request(0, (), request(0, 5).note.with_lines(*request(0, 3).note.lines)), 403, None),
        (Request(0, (), Checkpoint("log.example/x", 1, TREE.root_at(1)).signed(LOG)), 404, None),
    ]
    for asked, status, size in cases:
        with pytest.raises(RefusedError) as refusal:
            witness.cosign(asked)
        assert (refusal.value.status, refusal.value.size) == (status, size)
    witness.cosign(request(5, 13))


def test_two_pasts_of_one_size_are_kept_as_evidence(folder: Path) -> None:
    witness = Folder(folder)
    witness.cosign(request(0, 5))
    with pytest.raises(RefusedError) as refusal:
        witness.cosign(Request(5, (), request(5, 5, forked()).note))
    assert refusal.value.forked
    (evidence,) = (folder / "logs").glob("*.fork-*")
    assert evidence.read_text() == f"{request(0, 5).note}\n{request(5, 5, forked()).note}"


def test_a_log_that_was_lost_is_given_back_as_far_as_it_was_seen(folder: Path, tmp_path: Path) -> None:
    write_bundle(URN.bundle, tmp_path / "urna.zip")
    assert "bevittnats än" in run("copy", folder, tmp_path / "urna.zip", LOG.name).output
    Folder(folder).cosign(request(0, 12))
    assert run("copy", folder, tmp_path / "urna.zip", LOG.name).output == "12 rader sparade.\n"
    assert run("restore", folder, LOG.name, "--out", tmp_path / "ater.zip").exit_code == 0
    back = read_bundle(tmp_path / "ater.zip")
    assert back.leaves == tuple(URN.leaves[:12])
    assert Checkpoint.parse(Note.parse(back.checkpoints[0]).text).size == 12
    bent = URN.copy()
    bent.leaves[5], bent.leaves[6] = bent.leaves[6], bent.leaves[5]
    write_bundle(bent.bundle, tmp_path / "bent.zip")
    assert "inte den som bevittnades" in run("copy", folder, tmp_path / "bent.zip", LOG.name).output
    assert "bevittnas inte" in run("copy", folder, tmp_path / "urna.zip", "log.example/x").output
    assert "ingen kopia" in run("restore", folder, "log.example/x", "--out", tmp_path / "y").output


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    with serving(Folder(folder), "127.0.0.1", 0) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_logs_are_answered_over_http_as_c2sp_says(server: str, folder: Path) -> None:
    with httpx2.Client(base_url=server) as client:
        fine = client.post("/add-checkpoint", content=str(request(0, 3)))
        assert fine.status_code == 200
        line = SignatureLine.parse(fine.text.rstrip("\n"))
        assert cosigned_at(request(0, 3).note.with_lines(line), Folder(folder).key.verifier) is not None
        behind = client.post("/add-checkpoint", content=str(request(0, 5)))
        assert (behind.status_code, behind.text, behind.headers["content-type"]) == (409, "3\n", "text/x.tlog.size")
        for body in (b"", b"old 3\n", b"\xff", b"old x\n\n" + str(request(3, 5).note).encode(), b"x" * 70_000):
            assert client.post("/add-checkpoint", content=body).status_code == 400
        assert client.post("/elsewhere", content=str(request(3, 5))).status_code == 404
        assert client.post("/add-checkpoint", content=str(request(3, 5))).status_code == 200


def test_of_many_at_once_one_goes_on_from_each_state(server: str, folder: Path) -> None:
    statuses: list[int] = []

    def ask(new: int) -> None:
        answer = httpx2.post(f"{server}/add-checkpoint", content=str(request(0, new)))
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=ask, args=(new,)) for new in range(1, 9)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(statuses) == [200] + [409] * 7


def test_a_request_is_written_as_it_is_read() -> None:
    asked = request(3, 13)
    assert Request.parse(str(asked)) == asked
    assert asked.origin == LOG.name


def test_a_logs_key_signs_one_past_only() -> None:
    first, second = (Checkpoint(LOG.name, n, TREE.root_at(n)) for n in (3, 8))
    assert sign_next(LOG, None, first, []).text == first.text
    assert sign_next(LOG, first, first, []).text == first.text
    assert sign_next(LOG, first, second, TREE.consistency(3, 8)).text == second.text
    fork = forked()
    for last, following, proof in (
        (second, first, []),
        (second, Checkpoint(LOG.name, 8, bytes(32)), []),
        (first, second, []),
        (Checkpoint(LOG.name, 5, TREE.root_at(5)), Checkpoint(LOG.name, 6, fork.root), fork.consistency(5)),
        (None, Checkpoint("log.example/x", 3, first.root), []),
    ):
        with pytest.raises(ForkError):
            sign_next(LOG, last, following, proof)
