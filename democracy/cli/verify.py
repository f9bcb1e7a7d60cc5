"""`democracy verify`: proves that what is stored is what was done."""

import json
import sys
from dataclasses import asdict

import click

from democracy.cli._running import run
from democracy.cli._verify_bundle import bundle
from democracy.cli._verify_minutes import minutes
from democracy.domain.chain import Head
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.replay import RulesReport, replay_ledger
from democracy.services.verify import verify_ledger

_SHOWN = 20

_FAULTS = {
    Fault.RECORD_ALTERED: "posten är inte den som kedjades: den har ändrats eller bytts ut",
    Fault.HASH_ALTERED: "kontrollsumman har ändrats; posten stämmer",
    Fault.RECORD_OR_HASH_ALTERED: "posten eller dess kontrollsumma har ändrats",
    Fault.RECORD_UNREADABLE: "posten går inte att läsa",
    Fault.COLUMNS_DIFFER: "raden säger något annat än sin post, i",
    Fault.STEP_MISSING: "steget är borttaget",
    Fault.POSITIONS_MISSING: "platser saknas, så här många:",
    Fault.POSITION_BEFORE_FIRST: "platsen ligger före den första",
    Fault.TEXT_ALTERED: "en sparad text har ändrats:",
    Fault.TEXT_MISSING: "en sparad text är borttagen:",
    Fault.TEXT_ADDED: "en sparad text hör inte till steget:",
    Fault.TEXT_WITHOUT_STEP: "en sparad text hör inte till något steg:",
    Fault.STEP_UNPLACED: "steget har ingen plats och väntar inte på någon: steget är inlagt eller platsen borttagen",
    Fault.WAITS_WRONGLY: "raden väntar på en plats men har redan en, eller så finns inte steget",
    Fault.HEAD_DIFFERS: "kontrollsumman är inte den som du har antecknat: här eller tidigare har något ändrats",
    Fault.LEDGER_SHORTER: "platsen som du har antecknat finns inte längre",
}  # fmt: skip


@click.group(help="Kontrollera att det som är sparat är det som hände.")
def command() -> None:
    """Hold the kinds of verification together."""


def _heads(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[Head]:
    try:
        return [Head.parse(value) for value in values]
    except ValueError:
        raise click.BadParameter("skriv PLATS:SUMMA, så som kommandot skrev ut det") from None


command.add_command(bundle)
command.add_command(minutes)


@command.command(help="Kontrollera liggaren. Avslutas med 1 om något har ändrats.")
@click.option("--expect", "noted", multiple=True, callback=_heads, metavar="PLATS:SUMMA",
              help="Ett läge som du har antecknat utanför databasen. Kan anges flera gånger.")  # fmt: skip
@click.option("--rules", is_flag=True, help="Pröva i stället varje steg mot dagens regler.")
@click.option("--json", "as_json", is_flag=True, help="Svara i JSON.")
def ledger(noted: list[Head], rules: bool, as_json: bool) -> None:
    """Verify the chain, or replay the rules."""
    if rules:
        replayed = run(lambda application: replay_ledger(application.database))
        click.echo(json.dumps(asdict(replayed), ensure_ascii=False) if as_json else _rules_in_words(replayed))
        sys.exit(1 if replayed.found else 0)
    report = run(lambda application: verify_ledger(application.database, noted))
    click.echo(json.dumps(_plain(report), ensure_ascii=False) if as_json else in_words(report))
    sys.exit(1 if report.found else 0)


def _plain(report: LedgerReport) -> dict[str, object]:
    return asdict(report) | {"head": str(report.head)}


def in_words(report: LedgerReport) -> str:
    """A report for people."""
    if report.first is None:
        return "\n".join(["Liggaren är hel. Ingenting har ändrats.", *_counts(report)])
    shown = report.findings[:_SHOWN]
    lines = ["Liggaren har ändrats. Första raden som inte stämmer:", f"  {said(report.first)}", ""]
    lines += [f"Fynd i ordning ({len(shown)} av {report.found}):", *(f"  {said(each)}" for each in shown)]
    return "\n".join([*lines, "", *_counts(report)])


def _counts(report: LedgerReport) -> list[str]:
    lines = [f"{report.steps} steg, {report.texts} sparade texter varav {report.erased} raderade."]
    if report.waiting:
        lines.append(f"{report.waiting} steg väntar på sin plats. De är hela, men deras ordning är inte låst än.")
    if report.first is None:
        lines += ["Anteckna läget utanför databasen och ange det nästa gång med --expect:", f"  {report.head}"]
    return lines


def said(finding: Finding) -> str:
    """One finding for people: where, and what."""
    where = [f"plats {finding.position}" if finding.position is not None else "utan plats"]
    where += [f"steg {finding.step}"] if finding.step else []
    what = _FAULTS[finding.fault]
    if finding.detail and finding.fault is Fault.RECORD_ALTERED:
        what += f" (eller så har plats {finding.detail} ändrats tillsammans med sin kontrollsumma)"
    elif finding.detail:
        what += f" {finding.detail}"
    return f"{', '.join(where)}: {what}"


def _rules_in_words(report: RulesReport) -> str:
    lines = [f"{report.steps} steg prövade mot dagens regler."]
    lines += [f"{count} steg följer {name}, som dagens regler inte har." for name, count in report.unknown.items()]
    if not report.found:
        return "\n".join([*lines, "Dagens regler tillåter alla de andra."])
    lines.append(f"{report.found} steg skulle inte tillåtas i dag:")
    lines += [
        f"  plats {each.position}, steg {each.step}: {each.workflow}.{each.rule}: {', '.join(each.codes)}"
        for each in report.refused[:_SHOWN]
    ]
    return "\n".join(lines)
