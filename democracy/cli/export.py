"""`democracy export`: what the installation holds, for those whom it concerns."""

import json
from typing import Any

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.errors import NotFoundError
from democracy.services.people import People

SECTIONS = {
    # Each part of an export and its heading
    "register": "Registret",
    "memberships": "Medlemskap",
    "mandates": "Uppdrag",
    "motions": "Motioner",
    "clauses": "Att-satser",
    "moved": "Namn på motioner",
    "amendments": "Ändringsförslag",
    "reservations": "Reservationer i styrelsen",
    "delegate_for": "Ombud på möten",
    "attended": "Närvaro på möten",
    "on_rolls": "Röstlängder",
    "division_demands": "Begärd votering",
    "answers_by_name": "Svar vid upprop",
    "statements": "Reservationer och anteckningar i protokoll",
    "minutes_signed": "Underskrivna protokoll",
    "handovers": "Överlämningslistor",
    "candidacies": "Kandidaturer",
    "public_lists": "Listor till allmänna val",
    "nominations": "Nomineringar du har gjort",
    "committee_notes": "Anteckningar i valberedningen",
    "council_matters": "Ärenden du har väckt i representantskap och styrelser",
    "council_answers": "Svar per capsulam",
    "council_conflicts": "Anmält jäv",
    "council_papers_opened": "Förtroliga handlingar du har öppnat",
    "secret_elections_asked_for": "Begärda slutna val",
    "founded": "Ansökningar om partiförening du har undertecknat",
    "decisions_told": "Beslut du har fått del av",
    "appealed": "Överklaganden",
    "barred_from_cases": "Jäv i styrelsers ärenden",
    "took_part_in_decisions": "Beslut du har deltagit i",
    "attached": "Bilagor du har lämnat",
    "account": "Konto",
    "sessions": "Inloggningar",
    "password_links": "Länkar för lösenord",
    "messages": "Meddelanden",
    "kept_texts": "Sparade texter",
    "steps": "Steg i liggaren",
}


@click.group(help="Ta ut det som är sparat.")
def command() -> None:
    """Hold the kinds of exports together."""


@command.command(help="Allt som är sparat om en medlem (dataskyddsförordningen, artikel 15).")
@click.argument("number", metavar="MEDLEMSNUMMER")
@click.option("--json", "as_json", is_flag=True, help="Svara i JSON.")
def person(number: str, as_json: bool) -> None:
    """Everything about one person."""

    async def work(application: Application) -> dict[str, list[dict[str, Any]]]:
        people = People(application.database, application.now())
        try:
            return await people.everything_about(await people.find(number))
        except NotFoundError:
            raise click.ClickException(f"Det finns ingen medlem med nummer {number}.") from None

    found = run(work)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _in_words(found))


def _in_words(found: dict[str, list[dict[str, Any]]]) -> str:
    lines: list[str] = []
    for section, rows in found.items():
        lines += ["", f"{SECTIONS[section]} ({len(rows)})"]
        for row in rows:
            lines += [f"  {name}: {_said(value)}" for name, value in row.items() if value not in (None, "")]
            lines.append("")
        lines = lines[:-1] if rows else lines
    return "\n".join(lines).strip()


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value).replace("\n", "\n    ")
