"""`democracy verify bundle`: everything about an urn that can be verified without its server."""

import json
import sys
from pathlib import Path

import click

from democracy.ballotbox.claims import NO_FAULT, judge
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.verifier import Verdict, verify, verify_so_far
from democracy.cli._urn_files import claim_in, keys_in, urn_in
from democracy.cli._urn_words import BLIND, ERRORS, WARNINGS, in_swedish

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRONG, UNREADABLE, AT_FAULT = 1, 2, 3


@click.command(
    help="Kontrollera en urna. Ingen server, inget nät. Avslutas med 0 om allt stämmer, 1 vid fel, 2 om en fil"
    " inte går att läsa och 3 om ett anspråk visar att någon har fuskat."
)
@click.argument("file", type=_FILE)
@click.option(
    "--trust", "trusted", type=_FILE, required=True, help="Nycklar som du har fått på annat sätt än därifrån."
)
@click.option("--claim", "claimed", type=_FILE, help="Pröva ett anspråk, eller ett kvitto, mot loggen.")
@click.option("--roll", "roll_file", type=_FILE, help="Hela röstlängden, en rad för varje plats.")
@click.option("--so-far", is_flag=True, help="Kontrollera en urna som inte är färdig.")
@click.option("--json", "as_json", is_flag=True, help="Svara i JSON.")
def bundle(
    *, file: Path, trusted: Path, claimed: Path | None, roll_file: Path | None, so_far: bool, as_json: bool
) -> None:
    """Verify, judge, and tell."""
    try:
        trust, found = keys_in(trusted), urn_in(file)
        claim = claim_in(claimed) if claimed else None
        roll = roll_file.read_bytes().split(b"\n")[:-1] if roll_file else None
        check = verify_so_far if so_far or claim else verify
        verdict = check(found, trust, roll)
        answer = judge(verdict.story, verdict.lists, claim) if claim else None
    except FileError as error:
        click.echo(f"Filen går inte att läsa: {error}", err=True)
        sys.exit(UNREADABLE)
    except UrnError as error:
        click.echo(json.dumps({"error": error.code, "detail": error.detail}) if as_json else _wrong(error))
        sys.exit(WRONG)
    click.echo(json.dumps(_data(verdict, answer), ensure_ascii=False) if as_json else _words(verdict, answer))
    sys.exit(0 if answer in {None, NO_FAULT} else AT_FAULT)


def _wrong(error: UrnError) -> str:
    return f"{error}\n{ERRORS[error.code]}"


def _data(verdict: Verdict, answer: str | None) -> dict[str, object]:
    line = str(verdict.totals) if verdict.totals else None
    rest = {"warnings": verdict.warnings, "unchecked": verdict.unchecked, "claim": answer}
    return {"urn": verdict.story.manifest.urn, "m": verdict.story.m.hex(), "line": line, **rest}


def _words(verdict: Verdict, answer: str | None) -> str:
    totals = (
        str(verdict.totals) if verdict.totals else f"{len(verdict.story.entries)} rader i loggen stämmer så här långt."
    )
    said = [totals, *(f"{each} ({WARNINGS[each.split()[0]]})" for each in verdict.warnings)]
    said += [f"Inte kontrollerat: {in_swedish(each)}." for each in verdict.unchecked]
    if verdict.story.manifest.rehearsal:
        said.append("Det här är en övning, inte en riktig omröstning.")
    return "\n".join([*said, *([answer] if answer else []), BLIND])
