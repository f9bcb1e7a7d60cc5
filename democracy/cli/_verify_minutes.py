"""`democracy verify minutes`: minutes written out anew from what happened, beside what was signed."""

import json
import sys
from dataclasses import asdict

import click

from democracy.cli._running import run
from democracy.domain.minutes_verdict import MinutesFault, MinutesFinding, MinutesReport
from democracy.services.verifying.minutes import verify_minutes

_SHOWN = 20

_FAULTS = {
    MinutesFault.TEXT_ALTERED: "texten är inte den som skrevs under",
    MinutesFault.DIGEST_ALTERED: "kontrollsumman är inte den som står i liggaren",
    MinutesFault.STATE_ALTERED: "läget är inte det som liggaren säger",
    MinutesFault.EVENTS_DIFFER: "det som hände säger något annat än texten",
    MinutesFault.SIGNATURE_ALTERED: "en underskrift har ändrats",
    MinutesFault.SIGNATURE_MISSING: "en underskrift är borttagen",
    MinutesFault.SIGNATURE_ADDED: "en underskrift är inlagd för hand",
    MinutesFault.ADDENDUM_ALTERED: "en rättelse har ändrats",
    MinutesFault.SECTION_ALTERED: "texten i en omedelbart justerad paragraf har ändrats",
    MinutesFault.FIGURES_DIFFER: "röstsiffror är inte de som liggaren säger",
    MinutesFault.OUTCOME_DIFFERS: "ett utfall är inte det som liggaren säger",
    MinutesFault.WORDS_DIFFER: "ett yrkande eller en anteckning har fått andra ord",
    MinutesFault.RECORD_ALTERED: "ett steg i liggaren har ändrats",
}  # fmt: skip


@click.command(help="Räkna om protokoll ur det som hände och jämför med det som skrevs under. MÖTE är mötets id eller "
               "en del av dess namn; utan det prövas alla. Avslutas med 1 om något skiljer sig.")  # fmt: skip
@click.argument("meeting", required=False, metavar="[MÖTE]")
@click.option("--json", "as_json", is_flag=True, help="Svara i JSON.")
def minutes(meeting: str | None, as_json: bool) -> None:
    """Verify the minutes of one meeting, or all."""
    report = run(lambda application: verify_minutes(application.database, meeting))
    if meeting is not None and not report.minutes:
        raise click.ClickException(f"Det finns inget protokoll från något möte som heter {meeting}.")
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else in_words(report))
    sys.exit(1 if report.findings else 0)


def in_words(report: MinutesReport) -> str:
    """A report for people."""
    counts = (
        f"{report.minutes} protokoll prövade, varav {report.fixed} med låst text; {report.signatures} underskrifter "
        f"och {report.rows} rader jämförda med liggaren."
    )
    if not report.findings:
        return f"Protokollen säger det som hände. {counts}\nKör också `democracy verify ledger`: den prövar liggaren."
    shown = report.findings[:_SHOWN]
    head = f"Protokollen säger inte det som hände. Fynd ({len(shown)} av {len(report.findings)}):"
    return "\n".join([head, *(said(each) for each in shown), "", counts])


def said(finding: MinutesFinding) -> str:
    """One finding for people: where, what, and both wordings."""
    lines = [f"  {finding.meeting}, {finding.where}: {_FAULTS[finding.fault]}"]
    lines += [f"    lagrat: {finding.stored}"] if finding.stored else []
    lines += [f"    hände:  {finding.told}"] if finding.told else []
    return "\n".join(lines)
