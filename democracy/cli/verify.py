"""`democracy verify`: proves that what is stored is what was done."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from democracy.app import Application
from democracy.ballotbox.note import NoteError, VerifierKey
from democracy.cli._running import run
from democracy.cli._verify_bundle import bundle
from democracy.cli._verify_minutes import minutes
from democracy.domain.chain import Head
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.replay import RulesReport, replay_ledger
from democracy.services.verify import LAST_SIGNED, Held, verify_ledger
from democracy.services.verifying.marks import Kept

_SHOWN = 20
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_FAULTS = {
    Fault.RECORD_ALTERED: "posten är inte den som skrevs in: den har ändrats eller bytts ut",
    Fault.HASH_ALTERED: "kontrollsumman har ändrats; posten stämmer",
    Fault.LEAF_MISSING: "steget finns inte i trädet: det är inlagt för hand, eller så är dess kontrollsumma borttagen",
    Fault.NODE_ALTERED: "trädet stämmer inte. Något har ändrats på plats",
    Fault.NODE_MISSING: "en summa i trädet är borttagen, över plats",
    Fault.LEAVES_LEFT: "slutet på liggaren är borttaget. Trädet har kvar så här många steg till:",
    Fault.SALT_MISSING: "nyckeln till stegens salt är borttagen. Utan den kan ingenting kontrolleras",
    Fault.OLD_HASH_DIFFERS: "den gamla kedjans summa stämmer inte: posten ändrades då, eller summan senare",
    Fault.CHECKPOINT_FALSE: "kontrollpunkten är inte undertecknad av liggarens nyckel",
    Fault.CHECKPOINT_DIFFERS: "en annan historia är undertecknad än den som är sparad. Något har ändrats på plats",
    Fault.KEPT_FALSE: "kontrollpunkten som du har sparat är inte undertecknad av liggarens nyckel:",
    Fault.KEPT_DIFFERS: "liggaren är inte den som den var: här eller tidigare har något ändrats sedan du sparade",
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
    Fault.LEDGER_SHORTER: "liggaren är kortare än den har varit: slutet är borttaget, enligt",
}  # fmt: skip

_WHERE: dict[str | None, str] = {
    None: "det som du har antecknat",
    LAST_SIGNED: "det som liggarens nyckel senast undertecknade",
}


@click.group(help="Kontrollera att det som är sparat är det som hände.")
def command() -> None:
    """Hold the kinds of verification together."""


def _heads(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[Head]:
    try:
        return [Head.parse(value) for value in values]
    except ValueError:
        raise click.BadParameter("skriv PLATS:SUMMA, så som kommandot skrev ut det") from None


def _keys(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[VerifierKey]:
    try:
        return [VerifierKey.parse(value) for value in values]
    except NoteError:
        raise click.BadParameter("skriv namn+id+nyckel, så som `democracy ledger key` skrev ut den") from None


command.add_command(bundle)
command.add_command(minutes)


@command.command(help="Kontrollera liggaren. Avslutas med 1 om något har ändrats.")
@click.option("--expect", "noted", multiple=True, callback=_heads, metavar="PLATS:SUMMA",
              help="Ett läge som du har antecknat utanför databasen. Kan anges flera gånger.")  # fmt: skip
@click.option("--checkpoint", "kept", multiple=True, type=FILE, metavar="FIL",
              help="En kontrollpunkt som du har sparat utanför databasen. Kan anges flera gånger.")  # fmt: skip
@click.option("--key", "keys", multiple=True, callback=_keys, metavar="NYCKEL",
              help="Liggarens öppna nyckel, som du har fått på annat sätt än av servern.")  # fmt: skip
@click.option("--rules", is_flag=True, help="Pröva i stället varje steg mot dagens regler.")
@click.option("--json", "as_json", is_flag=True, help="Svara i JSON.")
def ledger(*, noted: list[Head], kept: tuple[Path, ...], keys: list[VerifierKey], rules: bool, as_json: bool) -> None:
    """Verify the tree, or replay the rules."""
    if rules:
        replayed = run(lambda application: replay_ledger(application.database))
        click.echo(json.dumps(asdict(replayed), ensure_ascii=False) if as_json else _rules_in_words(replayed))
        sys.exit(1 if replayed.found else 0)
    notes = [Kept(_text(each), str(each)) for each in kept]
    report = run(lambda application: verify_ledger(application.database, held=_held(application, noted, notes, keys)))
    click.echo(json.dumps(_plain(report), ensure_ascii=False) if as_json else in_words(report))
    sys.exit(1 if report.found else 0)


def _held(application: Application, noted: list[Head], kept: list[Kept], keys: list[VerifierKey]) -> Held:
    own = application.ledger_key
    last = own.last_signed if own.exists else None
    return Held(noted, kept, keys or own.verifiers, last if not keys or own.signer.verifier in keys else None)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} är ingen kontrollpunkt.") from None


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
    lines.append(_signed(report))
    if report.first is None:
        lines += ["Anteckna läget utanför databasen och ange det nästa gång med --expect:", f"  {report.head}"]
    return lines


def _signed(report: LedgerReport) -> str:
    if not report.proven:
        return "Ingenting av liggaren är undertecknat av en nyckel som går att pröva."
    return f"{report.checkpoints} kontrollpunkter. Undertecknad och oförändrad till och med plats {report.proven}."


def said(finding: Finding) -> str:
    """One finding for people: where, and what."""
    where = [f"plats {finding.position}" if finding.position is not None else "utan plats"]
    where += [f"steg {finding.step}"] if finding.step else []
    what = _FAULTS[finding.fault]
    if finding.fault is Fault.LEDGER_SHORTER:
        what += f" {_WHERE.get(finding.detail, finding.detail)}"
    elif finding.fault is Fault.KEPT_DIFFERS:
        what += f" ({_WHERE.get(finding.detail, finding.detail)})"
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
