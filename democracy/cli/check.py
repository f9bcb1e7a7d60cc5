"""`democracy check`: a look at the whole installation, before and between its days of use."""

import sys
from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import urlsplit

import click

from democracy.app import Application
from democracy.cli._running import run, settings
from democracy.cli.verify import said
from democracy.services.health import Check
from democracy.services.inspection import TAIL, Inspected, inspect
from democracy.settings import Settings

Line = tuple[bool, str]
"""Whether something is good, and what is said of it."""


@click.command(help="Se över inställningar, databas, liggare och stadgar. Avslutas med 1 om något är fel.")
def command() -> None:
    """Say what is good and what is not, with its remedy."""
    lines = [*_settings(settings()), *run(_installation)]
    for good, text in lines:
        click.echo(f"{'  ok ' if good else ' FEL '} {text}")
    wrong = sum(not good for good, _ in lines)
    click.echo("Allt är i ordning." if not wrong else f"{wrong} fel att rätta.")
    sys.exit(1 if wrong else 0)


def _settings(chosen: Settings) -> Iterator[Line]:
    changed = [
        f"DEMOCRACY_{each.name.upper()}" for each in fields(chosen) if getattr(chosen, each.name) != each.default
    ]
    yield True, f"Inställningar som du har ändrat: {', '.join(changed) or 'inga'}."
    yield not chosen.cheap_passwords, (
        "Lösenord skyddas med full styrka." if not chosen.cheap_passwords
        else "Lösenord skyddas svagt: ta bort DEMOCRACY_CHEAP_PASSWORDS."
    )  # fmt: skip
    yield True, (
        f"E-post skickas med {urlsplit(chosen.smtp_url).hostname}." if chosen.smtp_url
        else f"E-post skrivs till mappen {chosen.mail_folder}." if chosen.mail_folder
        else "E-post väntar i utkorgen: varken DEMOCRACY_SMTP_URL eller DEMOCRACY_MAIL_FOLDER är angiven."
    )  # fmt: skip


async def _installation(application: Application) -> list[Line]:
    checks = await application.check()
    lines = [_database(checks["database"])]
    if checks["database"]["ok"]:
        lines.append(_migrations(checks["migrations"]))
    if not all(good for good, _ in lines):
        return lines
    found = await inspect(application.database, application.now(), application.zone)
    return [*lines, *_protected(found), *_ledger(found, checks["ledger"]), _clock(checks["clock"]), *_statutes(found)]


def _database(check: Check) -> Line:
    if check["ok"]:
        return True, f"Databasen ({check['dialect']}) svarar på {check['ms']} ms."
    return False, f"Databasen svarar inte ({check['code']}). Kontrollera DEMOCRACY_DATABASE_URL."


def _migrations(check: Check) -> Line:
    if check["ok"]:
        return True, f"Databasen är färdig, på steg {check['revision']}."
    found = check.get("revision") or 0
    return (
        False,
        f"Databasen är på steg {found}, programmet väntar sig {check.get('expected')}. Kör `democracy migrate`.",
    )


def _protected(found: Inspected) -> Iterator[Line]:
    for each in found.weaknesses:
        yield False, f"Liggaren är oskyddad: {each}. Kör `democracy migrate`, och sedan `democracy verify ledger`."
    if not found.weaknesses:
        yield True, "Databasen vägrar att ändra och ta bort i liggaren."


def _ledger(found: Inspected, check: Check) -> Iterator[Line]:
    first = found.ledger.first
    if first is None:
        yield True, f"De senaste stegen i liggaren stämmer ({found.ledger.steps} av högst {TAIL} prövade)."
    else:
        yield False, f"Liggaren har ändrats: {said(first)}. Kör `democracy verify ledger`."
    if check["waiting"]:
        text = f"{check['waiting']} steg väntar på sin plats, det äldsta sedan {check['lag_seconds']:.0f} sekunder."
        yield check["ok"], text if check["ok"] else f"{text} Går servern? Annars kör `democracy clock`."


def _clock(check: Check) -> Line:
    if check["ran_at"] is None:
        return True, "Klockan har inte gått än. Den går så länge servern är igång."
    return True, f"Klockan gick senast {check['ran_at']}."


def _statutes(found: Inspected) -> Iterator[Line]:
    if not found.statutes:
        yield True, "Inga stadgar är antagna än. Anta dem med `democracy statutes adopt`."
    for code, errors in found.statutes.items():
        yield not errors, f"Stadgarna för {code} {'håller' if not errors else 'har fel: ' + '; '.join(errors)}."
