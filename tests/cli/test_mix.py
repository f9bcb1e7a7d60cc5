"""`democracy mix`, as key holders use it: on their own machines, with files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.ballotbox.bundle import write_bundle
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.handin import read_handin, take_in
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.verifier import verify, verify_so_far
from democracy.cli import commands
from tests.ballotbox.urns import Played


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["mix", *map(str, arguments)], prog_name="democracy")


def done(*arguments: object) -> str:
    told = run(*arguments)
    assert told.exit_code == 0, told.output
    return told.output


def refused(*arguments: object) -> str:
    told = run(*arguments)
    assert told.exit_code == 1, told.output
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.output


class Holder:
    """A key holder with a folder of their own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder / name, name
        told = done("key", self.folder, "--name", name)
        self.public = json.loads(told[: told.index("}") + 1])

    @property
    def seed(self) -> Seed:
        return Seed(bytes.fromhex((self.folder / "seed").read_text().strip()))

    def confirm_backup(self) -> None:
        done("backup", self.folder, self.folder / "del-1.txt", self.folder / "del-3.txt")


class Table:
    """The server's side: writes the urn as files and takes in what is handed in."""

    def __init__(self, folder: Path, holders: list[Holder], name: str, **fields: object) -> None:
        self.folder, self.holders = folder, holders
        self.urn = Played(name, mixers=len(holders), seeds=[each.seed for each in holders], fields=fields)

    def files(self) -> list[object]:
        write_bundle(self.urn.bundle, self.folder / f"{self.urn.name}.zip")
        (self.folder / "nycklar.json").write_text(json.dumps(self.urn.trust.data()))
        return [self.folder / f"{self.urn.name}.zip", "--trust", self.folder / "nycklar.json"]

    def accept(self) -> None:
        files = self.files()
        for holder in self.holders:
            out = self.folder / "accept"
            done("accept", holder.folder, *files, "--out", out)
            self.urn.leaves.append(out.read_bytes())
        self.urn.checkpoint()

    def mix(self) -> None:
        for i, holder in enumerate(self.holders, start=1):
            self.take(i, self.mixed_by(holder))

    def mixed_by(self, holder: Holder) -> Path:
        out = self.folder / f"mix-{holder.name}"
        done("run", holder.folder, *self.files(), "--out", out)
        return out

    def take(self, i: int, file: Path) -> None:
        verdict = verify_so_far(self.urn.bundle, self.urn.trust)
        handin = read_handin(file)
        self.urn.handed_in(i, handin.leaf, take_in(verdict.story, verdict.lists, handin))


@pytest.fixture
def holders(tmp_path: Path) -> list[Holder]:
    both = [Holder(tmp_path, "Asta"), Holder(tmp_path, "Börje")]
    for each in both:
        each.confirm_backup()
    return both


def rehearsed(folder: Path, holders: list[Holder]) -> None:
    practice = Table(folder, holders, "ovning", rehearsal=1)
    practice.accept()
    practice.urn.vote(6).close()
    practice.mix()


def ready(folder: Path, holders: list[Holder]) -> Table:
    rehearsed(folder, holders)
    table = Table(folder, holders, "riktig")
    table.accept()
    table.urn.vote(12).close()
    return table


def test_two_key_holders_rehearse_accept_mix_and_destroy(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    table.mix()
    table.urn.open().result()
    files = table.files()
    for holder in holders:
        out = tmp_path / "destroyed"
        done("destroy", holder.folder, *files, "--out", out)
        assert not (holder.folder / "seed").exists()
        table.urn.leaves.append(out.read_bytes())
    table.urn.checkpoint()
    assert verify(table.urn.bundle, table.urn.trust).totals is not None
    assert "ingen nyckel" in refused("run", holders[0].folder, *files, "--out", tmp_path / "x")


def test_a_key_is_made_here_for_its_owner_only_and_never_replaced(tmp_path: Path) -> None:
    holder = Holder(tmp_path, "Asta")
    assert (holder.folder / "seed").stat().st_mode & 0o077 == 0
    assert holder.public == {
        "name": "Asta", "hpke": holder.seed.hpke_public.hex(), "sign": holder.seed.sign_public.hex(),
    }  # fmt: skip
    assert "redan en nyckel" in refused("key", holder.folder, "--name", "Asta")
    assert all(len(each.read_text().split()) == 33 for each in holder.folder.glob("del-*.txt"))
    assert "Minst två delar" in refused("key", tmp_path / "ny", "--name", "A", "--shares", 1, 3)
    assert not (tmp_path / "ny").exists()


def test_a_backup_counts_when_it_gave_the_key_back(tmp_path: Path) -> None:
    one, other = Holder(tmp_path, "Asta"), Holder(tmp_path, "Börje")
    urn = Table(tmp_path, [one, other], "ovning", rehearsal=1)
    assert "Säkerhetskopian är inte prövad" in refused("accept", one.folder, *urn.files(), "--out", tmp_path / "x")
    assert "går inte att läsa" in refused("backup", one.folder, one.folder / "del-1.txt")
    wrong = [other.folder / "del-1.txt", other.folder / "del-2.txt"]
    assert "en annan nyckel" in refused("backup", one.folder, *wrong)
    kept = [(tmp_path / f"papper-{n}") for n in (1, 2, 3)]
    for n, paper in enumerate(kept, start=1):
        paper.write_text((one.folder / f"del-{n}.txt").read_text())
    one.confirm_backup()
    assert not list(one.folder.glob("del-*"))
    told = done("restore", tmp_path / "igen", kept[1], kept[2], "--name", "Asta")
    assert one.public["sign"] in told
    assert (tmp_path / "igen" / "seed").read_text() == (one.folder / "seed").read_text()


def test_nobody_accepts_the_real_urn_without_a_rehearsal_unless_it_was_decided(
    tmp_path: Path, holders: list[Holder]
) -> None:
    table = Table(tmp_path, holders, "riktig")
    arguments = ["accept", holders[0].folder, *table.files(), "--out", tmp_path / "x"]
    assert "inte övat" in refused(*arguments)
    assert not (tmp_path / "x").exists()
    done(*arguments, "--unrehearsed")


def test_a_key_is_for_one_real_urn(tmp_path: Path, holders: list[Holder]) -> None:
    ready(tmp_path, holders)
    second = Table(tmp_path, holders, "andra")
    told = refused("accept", holders[0].folder, *second.files(), "--out", tmp_path / "x")
    assert "redan använd för en annan urna" in told


def test_the_same_list_gives_the_same_hand_in_and_another_is_refused(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    first = table.mixed_by(holders[0]).read_bytes()
    assert table.mixed_by(holders[0]).read_bytes() == first
    urn = table.urn
    del urn.leaves[-1], urn.notes[-1]
    urn.by_officers("void", slot=3, reason="not-entitled", decision="x")
    urn.lists[0] = [each for each in urn.lists[0] if each[:4] != (3).to_bytes(4, "big")]
    urn.leaves.append(urn.server.input(urn.lists[0]))
    urn.checkpoint()
    out = tmp_path / "andra"
    told = refused("run", holders[0].folder, *table.files(), "--out", out)
    assert "redan blandat den här urnan från en annan lista" in told
    assert not out.exists()


def test_nothing_is_mixed_before_its_turn_or_without_witnesses(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    out = tmp_path / "x"
    assert "inte din tur" in refused("run", holders[1].folder, *table.files(), "--out", out)
    text, _, lines = table.urn.notes[-1].rpartition("\n\n")
    table.urn.notes[-1] = f"{text}\n\n{lines.splitlines()[0]}\n"
    told = refused("run", holders[0].folder, *table.files(), "--out", out)
    assert "E_WITNESS" in told
    assert "För få vittnen" in told
    assert not out.exists()


def test_too_few_ballots_are_never_mixed(tmp_path: Path, holders: list[Holder]) -> None:
    rehearsed(tmp_path, holders)
    table = Table(tmp_path, holders, "riktig")
    table.accept()
    table.urn.vote(4).close()
    told = refused("run", holders[0].folder, *table.files(), "--out", tmp_path / "x")
    assert "Färre än 5 öppnas aldrig" in told


def test_an_urn_of_others_or_one_not_accepted_is_not_mixed(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    stranger = Holder(tmp_path, "Cecilia")
    stranger.confirm_backup()
    assert "inte med i urnan" in refused("run", stranger.folder, *table.files(), "--out", tmp_path / "x")
    other = Played("tredje", mixers=2, seeds=[each.seed for each in holders]).accept().vote(12).close()
    write_bundle(other.bundle, tmp_path / "tredje.zip")
    (tmp_path / "t3").write_text(json.dumps(other.trust.data()))
    told = refused(
        "run", holders[0].folder, tmp_path / "tredje.zip", "--trust", tmp_path / "t3", "--out", tmp_path / "x"
    )  # fmt: skip
    assert "inte godtagit den här urnan" in told


def test_a_damaged_record_stops_everything(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    (holders[0].folder / "record.json").write_text("{}")
    assert "Blanda inte" in refused("run", holders[0].folder, *table.files(), "--out", tmp_path / "x")


def test_a_key_is_not_destroyed_before_the_result(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    table.mix()
    told = refused("destroy", holders[0].folder, *table.files(), "--out", tmp_path / "x")
    assert "Behåll nyckeln" in told
    assert (holders[0].folder / "seed").exists()


def test_a_hand_in_that_was_tampered_with_is_not_taken(tmp_path: Path, holders: list[Holder]) -> None:
    table = ready(tmp_path, holders)
    file = table.mixed_by(holders[0])
    verdict = verify_so_far(table.urn.bundle, table.urn.trust)
    good = read_handin(file)
    size = verdict.story.manifest.record_bytes(1)
    for bad, code in (
        (replace(good, records=good.records[size:]), "E_LIST"),
        (replace(good, records=good.records[:-1]), "E_LIST"),
        (replace(good, leaf=good.leaf.replace(b'"n_in":12', b'"n_in":11')), "E_SIGNATURE"),
        (replace(good, leaf=verdict.story.entries[1].data), "E_ORDER"),
    ):
        with pytest.raises(UrnError, match=code):
            take_in(verdict.story, verdict.lists, bad)
    for raw in (b"", b"PK"):
        file.write_bytes(raw)
        with pytest.raises(FileError):
            read_handin(file)


def test_at_a_meeting_keys_in_stock_answer_by_themselves(tmp_path: Path) -> None:
    stock, inbox = tmp_path / "lager", tmp_path / "in"
    inbox.mkdir()
    holder = Holder(stock, "Asta")
    holder.confirm_backup()
    urn = Played("m", mixers=1, seeds=[holder.seed], quorum=0, fields={"witnesses": []})
    general = {**urn.trust.data(), "witnesses": []}
    (tmp_path / "nycklar.json").write_text(json.dumps(general))
    write_bundle(urn.bundle, inbox / "1.urna")
    arguments = ["watch", stock, inbox, "--trust", tmp_path / "nycklar.json", "--once"]
    assert done(*arguments) == "1.urna: godtagen\n"
    urn.leaves.append((inbox / "1.accept-1").read_bytes())
    urn.checkpoint()
    urn.vote(7).close()
    write_bundle(urn.bundle, inbox / "1.urna")
    assert done(*arguments) == "1.urna: blandad\n"
    assert done(*arguments) == ""
    verdict = verify_so_far(urn.bundle, urn.trust)
    handin = read_handin(inbox / "1.mix-1")
    urn.handed_in(1, handin.leaf, take_in(verdict.story, verdict.lists, handin)).open().result()
    assert verify(urn.bundle, urn.trust).totals is not None
    (inbox / "2.urna").write_bytes(b"junk")
    assert "2.urna: no bundle" in done(*arguments)
