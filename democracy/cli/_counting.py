"""What the commands that count share: reading files, taking lots, writing results, saying what is wrong."""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots, PhysicalLot, reveal
from democracy.counting.protocol import canonical
from democracy.counting.publish import FEWEST, Publish, may_publish
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.ballots_csv import read_ballots_csv, write_ballots_csv
from democracy.formats.blt import read_blt, write_blt
from democracy.formats.counting_words import LANGUAGES, Words, words
from democracy.formats.cvotes import read_cvotes, write_cvotes
from democracy.formats.lines import clean_name, numbered_lines
from democracy.formats.protocol_csv import protocol_csv
from democracy.formats.rctab import STAGES, rctab
from democracy.formats.report import report
from democracy.formats.report_markdown import report_markdown
from democracy.formats.report_text import report_text
from democracy.formats.table_csv import Table, read_table

UNSETTLED = 3
"""Exit code when something more is needed: a lot, a second ballot, a vote."""
PRIVATE = 0o600

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


def shared_options(command: _Command) -> _Command:
    """The options that every counting command has."""
    options = (
        click.option("--lot-seed", metavar="HEX", help="32 bytes in hexadecimal; without it a lot stops the count."),
        click.option("--lot-shares", type=FILE, help="JSON: commitments, shares and the digest of the locked result."),
        click.option("--physical-lots", type=FILE, help="JSON: lots drawn by hand, each with order, chair, witnesses."),
        click.option("--json", "as_json", is_flag=True, help="Print the protocol as canonical JSON."),
        click.option("--out", multiple=True, type=NEW_FILE, help="Also write .json .md .csv .rctab.json; repeat."),
        click.option("--paragraph", default=None, help="The paragraph of the statutes that the rule rests on."),
        click.option(
            "--encoding", default=None, help="Of the files, such as cp1252; else UTF-8 or what the mark says."
        ),
        click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], envvar="DEMOCRACY_LANGUAGE"),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Refusal(click.ClickException):
    """Something that cannot be counted, in words: the file, the line, and what to do."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of a counting command: its language and the encoding of its files."""

    words: Words
    encoding: str | None

    @classmethod
    def of(cls, language: str, encoding: str | None) -> "Desk":
        """Open the desk."""
        return cls(words(language), encoding)

    def reading(self, path: Path, read: Callable[[], Any]) -> Any:
        """Read from a file; a fault in it is told with the file's name and the line."""
        try:
            return read()
        except (FileError, CountError) as fault:
            raise Refusal(f"{path.name}: {self.words.fault(fault)}") from None

    def counting(self, count: Callable[[], Any]) -> Any:
        """Count; a fault is told in words."""
        try:
            return count()
        except (FileError, CountError) as fault:
            raise Refusal(self.words.fault(fault)) from None

    def table(self, path: Path) -> Table:
        """A CSV file's header, and its rows as they are read."""
        table: Table = self.reading(path, lambda: read_table(numbered_lines(path, self.encoding)))
        return table

    def ballots(self, path: Path, doubtful: Doubtful, *, ties: bool, candidates: Sequence[str] = ()) -> Ballots:
        """Ballots from BLT, CVOTES or CSV, told apart by the file's name."""

        def read() -> Ballots:
            lines = numbered_lines(path, self.encoding)
            suffix = path.suffix.lower()
            if suffix == ".blt":
                return read_blt(lines, doubtful)
            if suffix == ".cvotes":
                return read_cvotes(lines, doubtful, ties=ties)
            if suffix == ".csv":
                return read_ballots_csv(read_table(lines), doubtful, ties=ties, candidates=candidates)
            raise FileError(None, "suffix", suffix=suffix or path.name)

        found: Ballots = self.reading(path, read)
        return found

    def lots(self, seed: str | None, shares: Path | None, physical: Path | None) -> Lots:
        """Where this count takes its lots from."""
        if seed is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", seed):
            raise click.BadParameter("64 hexadecimal digits", param_hint="--lot-seed")
        by_hand = self._by_hand(physical) if physical else {}
        if shares is not None:
            mixed: Lots = self._json(shares, _revealed)
            return Lots(mixed.seed, by_hand, mixed.evidence)
        return Lots(bytes.fromhex(seed) if seed else None, by_hand)

    def _by_hand(self, path: Path) -> dict[str, PhysicalLot]:
        def build(data: Any) -> dict[str, PhysicalLot]:
            lots = [
                PhysicalLot(
                    each["label"], tuple(map(clean_name, each["order"])), each["chair"], tuple(each["witnesses"])
                )
                for each in data
            ]
            return {lot.label: lot for lot in lots}

        found: dict[str, PhysicalLot] = self._json(path, build)
        return found

    def _json(self, path: Path, build: Callable[[Any], Any]) -> Any:
        try:
            return build(json.loads(path.read_text(encoding="utf-8")))
        except CountError as fault:
            raise Refusal(f"{path.name}: {self.words.fault(fault)}") from None
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Refusal(f"{path.name}: {self.words.say('fault', 'lots_file', given=fault)}") from None

    def result(self, data: Mapping[str, Any], *, as_json: bool, out: Sequence[Path], title: str = "") -> None:
        """Print the result, write the files that were asked for, and end with 3 when something more is needed."""
        for path in out:
            write(path, self._written(data, path, title))
        click.echo(canonical(data) if as_json else report_text(report(data, self.words, title)), nl=as_json)
        if data["pending"] is not None:
            raise click.exceptions.Exit(UNSETTLED)

    def _written(self, data: Mapping[str, Any], path: Path, title: str) -> str:
        name = path.name.lower()
        if name.endswith(".rctab.json"):
            if data["method"] not in STAGES:
                raise Refusal(self.words.say("fault", "rctab_method"))
            return json.dumps(rctab(data, title), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        writers: dict[str, Callable[[], str]] = {
            ".json": lambda: canonical(data) + "\n",
            ".md": lambda: report_markdown(report(data, self.words, title)),
            ".csv": lambda: protocol_csv(data, self.words),
        }
        if path.suffix.lower() not in writers:
            raise Refusal(self.words.say("fault", "export_suffix", suffix=path.suffix or path.name))
        return writers[path.suffix.lower()]()

    def export(self, ballots: Ballots, path: Path, setting: Publish, seats: int, *, private: bool) -> None:
        """Write the accepted ballots, if they may be published or go to the scrutineers only."""
        cast = ballots.number + ballots.blank + sum(ballots.set_aside.values())
        if not private and not may_publish(cast, setting):
            raise Refusal(self.words.say("fault", "few_ballots", fewest=FEWEST))
        writers: dict[str, Callable[[], str]] = {
            ".blt": lambda: write_blt(ballots, seats),
            ".cvotes": lambda: write_cvotes(ballots, seats),
            ".csv": lambda: write_ballots_csv(ballots),
        }
        if path.suffix.lower() not in writers:
            raise Refusal(self.words.say("fault", "export_suffix", suffix=path.suffix or path.name))
        write(path, self.counting(writers[path.suffix.lower()]), private=private)


def _revealed(data: Any) -> Lots:
    shares = [bytes.fromhex(share) for share in data["shares"]]
    return reveal(list(data["commitments"]), shares, bytes.fromhex(data["result"]))


def write(path: Path, text: str, *, private: bool = False) -> None:
    """Write a file whole or not at all; a private one can be read by its owner only."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.touch(mode=PRIVATE if private else 0o666)
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)  # noqa: PTH105 - Path.replace says nothing more
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise Refusal(str(fault)) from None


def names_of(text: str | None) -> list[str]:
    """Names with semicolons between them."""
    return [clean_name(name) for name in text.split(";") if name.strip()] if text else []
