"""`democracy witness watch`: growth is signed and copied; a second past is proven with two notes."""

from collections.abc import Callable
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError

import click
import pytest
from click.testing import CliRunner

from democracy.ballotbox.checkpoint import Checkpoint, cosigned_at
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.merkle import Tree
from democracy.ballotbox.note import KeyKind, SignerKey
from democracy.ballotbox.step_leaf import step_leaf
from democracy.ballotbox.tiles import Tile, pack
from democracy.ballotbox.witness import RefusedError
from democracy.cli import commands
from democracy.cli._witness_folder import Folder
from democracy.cli._witness_watch import Fetch, ForkError, Watch, over_http

LOG = SignerKey("vote.example/ledger/1", KeyKind.ED25519, Seed(b"l" * 32).sign)
HONEST = [step_leaf(b"k" * 32, at, f"record {at}") for at in range(1, 601)]
OTHER = [*HONEST[:10], *(step_leaf(b"k" * 32, at, f"forged {at}") for at in range(11, 601))]


class Server:
    """A ledger's files at some size, and which of them were fetched."""

    def __init__(self, size: int, past: list = HONEST) -> None:  # type: ignore[type-arg]
        self.leaves, self.fetched = past[:size], list[str]()
        self.note = Checkpoint(LOG.name, size, Tree(each.hash for each in self.leaves).root).signed(LOG)

    def __call__(self, name: str) -> bytes:
        self.fetched.append(name)
        if name == "checkpoint":
            return str(self.note).encode()
        tile = Tile.parse(name.removeprefix("tile/"))
        assert tile is not None
        return pack([each.data for each in self.leaves[tile.first : tile.first + tile.width]])


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Folder]:
    folder = Folder(tmp_path / "vittne")
    folder.create("vittne.example/1", Seed(b"w" * 32))
    folder.trust(LOG.verifier)

    def once(server: Fetch, *seen: str) -> Folder:
        line = Watch(folder, server).look(seen)
        last = folder.last(LOG.name)
        assert last is not None
        assert cosigned_at(last.with_lines(line), folder.key.verifier) is not None
        return folder

    return once


def evidence(folder: Path) -> list[str]:
    return [each.read_text() for each in (folder / "vittne" / "logs").glob("*.fork-*")]


def test_a_ledger_that_grows_is_signed_each_time_and_only_what_is_new_is_fetched(look: Callable[..., Folder]) -> None:
    for size, bundles in ((1, 1), (300, 2), (300, 1), (600, 2)):
        server = Server(size)
        folder = look(server)
        assert folder.copied(LOG.name) == [each.data for each in HONEST[:size]]
        assert len(server.fetched) == 1 + bundles


def test_a_rewritten_ledger_is_found_and_both_notes_are_kept(look: Callable[..., Folder], tmp_path: Path) -> None:
    look(Server(300))
    for size in (300, 400, 200):
        with pytest.raises(ForkError):
            look(Server(size, OTHER))
    assert len(evidence(tmp_path)) == 3
    assert all(str(Server(300).note) in each for each in evidence(tmp_path))


def test_two_who_are_shown_different_ledgers_find_out(look: Callable[..., Folder], tmp_path: Path) -> None:
    look(Server(300), str(Server(120).note), str(Server(300).note))
    look(Server(300), str(Server(5, OTHER).note))
    assert evidence(tmp_path) == []
    with pytest.raises(ForkError):
        look(Server(300), str(Server(250, OTHER).note))
    (kept,) = evidence(tmp_path)
    assert kept == f"{Server(250, OTHER).note}\n{Server(300).note}"


def test_a_server_that_went_back_honestly_is_not_signed_and_not_accused(
    look: Callable[..., Folder], tmp_path: Path
) -> None:
    look(Server(300))
    with pytest.raises(RefusedError, match="300 have been witnessed"):
        look(Server(200))
    assert evidence(tmp_path) == []


def test_what_cannot_be_read_is_told(look: Callable[..., Folder]) -> None:
    def away(_: str) -> bytes:
        raise OSError("nobody there")

    wrong = Server(5)
    wrong.leaves = OTHER[6:11]
    foreign = Server(5)
    foreign.note = Checkpoint(LOG.name, 5, bytes(32)).signed(SignerKey(LOG.name, LOG.kind, Seed(b"x" * 32).sign))
    for server, words in (
        (away, "svarar inte"), (lambda _: b"<html>", "ingen kontrollpunkt"), (wrong, "Serverns filer"),
        (foreign, "inte undertecknad"),
    ):  # fmt: skip
        with pytest.raises(click.ClickException, match=words):
            look(server)
    with pytest.raises(click.ClickException, match="ingen kontrollpunkt"):
        look(Server(5), "nothing")
    with pytest.raises(click.ClickException, match="adress"):
        over_http("file:///etc/passwd")


def test_a_log_that_the_server_does_not_have_is_told_with_what_to_look_at(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "vittne")
    folder.create("vittne.example/1", Seed(b"w" * 32))

    def missing(name: str) -> bytes:
        raise HTTPError(f"http://vote.example/{name}", 404, "Not Found", Message(), None)

    with pytest.raises(click.ClickException, match=r"Ingen sådan logg.*--urn"):
        Watch(folder, missing).look()


def test_at_the_terminal_an_unreachable_server_ends_with_a_sentence(tmp_path: Path) -> None:
    Folder(tmp_path / "vittne").create("vittne.example/1", Seed(b"w" * 32))
    told = CliRunner().invoke(commands, ["witness", "watch", str(tmp_path / "vittne"), "http://127.0.0.1:9"])
    assert (told.exit_code, "Servern svarar inte" in told.output) == (1, True)
