"""`democracy statutes`: read, check and compare an organisation's order."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.cli._statutes_file import STATUTES
from democracy.domain.actors import Operator
from democracy.services.statutes import StatutesService
from democracy.storage.statutes import unit_by_code
from workflows.statutes import Statutes, canonical_json
from workflows.statutes.codec import encode
from workflows.statutes.diff import Change
from workflows.statutes.diff import diff as differences
from workflows.statutes.finding import Finding, Severity
from workflows.statutes.lint import lint as check
from workflows.statutes.readable import page

C = TypeVar("C", bound=Callable[..., Any])


def under(command: C) -> C:
    """The option that names the sets above, the highest first."""
    return click.option(
        "--under", "above", multiple=True, type=STATUTES, help="En högre nivås stadgar; den högsta nivån först."
    )(command)


as_json = click.option("--json", "as_json", is_flag=True, help="För program.")
in_english = click.option("--english", is_flag=True, help="På engelska där det finns en engelsk text.")


@click.group(help="Läs, granska, jämför och anta stadgar. FILE är en fil eller namnet på en medföljande uppsättning.")
def command() -> None:
    """Statutes as data."""


@command.command(help="Visa varje paragraf, och varje parameter med den nivå och paragraf som den vilar på.")
@click.argument("file", type=STATUTES)
@under
@in_english
@as_json
def show(file: Statutes, above: tuple[Statutes, ...], english: bool, as_json: bool) -> None:
    """Every paragraph, and every parameter with the level and the paragraph that it comes from."""
    if as_json:
        click.echo(canonical_json(file))
    else:
        click.echo("\n".join(page((*above, file), "en" if english else "sv")))


@command.command(help="Granska FILE innan den antas. Avslutas med 1 om något är fel.")
@click.argument("file", type=STATUTES)
@under
@as_json
def lint(file: Statutes, above: tuple[Statutes, ...], as_json: bool) -> None:
    """Check FILE before it is adopted. Exits with 1 if there are errors."""
    findings = check(file, above=above)
    click.echo(_json(map(asdict, findings)) if as_json else _report(findings))
    if any(each.severity is Severity.ERROR for each in findings):
        raise SystemExit(1)


@command.command(help="Visa vad som skiljer två versioner åt.")
@click.argument("old", type=STATUTES)
@click.argument("new", type=STATUTES)
@in_english
@as_json
def diff(old: Statutes, new: Statutes, english: bool, as_json: bool) -> None:
    """What differs between two versions: paragraphs, parameters and where they come from."""
    language = "en" if english else "sv"
    changes = differences(old, new)
    if as_json:
        click.echo(_json(map(_change, changes)))
    else:
        click.echo("\n".join(each.words(language) for each in changes) or "Ingen skillnad.")


@command.command(help="Anta FILE som en version av enhetens stadgar. En version ändras aldrig: anta en ny i stället.")
@click.argument("file", type=STATUTES)
@click.option("--unit", required=True, help="Koden för den enhet som stadgarna är till för.")
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), help="Första dagen de gäller; annars filens egen.")
def adopt(file: Statutes, unit: str, valid_from: datetime | None) -> None:
    """Store FILE as a version of a unit's statutes. A version is never changed; adopt another one instead."""

    async def work(application: Application) -> str:
        async with application.database.read() as connection:
            unit_id = await unit_by_code(connection, unit)
        service = StatutesService(application.database, application.now())
        day = valid_from.date() if valid_from else None
        await service.adopt(unit_id, file, valid_from=day, actor=Operator())
        return f"{file.name}: {unit}, {day or file.valid_from}"

    click.echo(run(work))


def _json(rows: Iterable[Any]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def _change(each: Change) -> dict[str, Any]:
    return {"kind": each.kind, "part": each.part, "key": each.key, "old": encode(each.old), "new": encode(each.new)}


def _report(findings: list[Finding]) -> str:
    counts = ", ".join(f"{sum(each.severity is kind for each in findings)} {kind}s" for kind in Severity)
    return "\n".join([*map(str, findings), counts])
