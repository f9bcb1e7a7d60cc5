"""An import in words."""

from collections.abc import Iterator

from democracy.services.register_report import Report, Tally

_NOUNS = {
    "units": "Enheter",
    "bodies": "Organ",
    "members": "Medlemmar",
    "memberships": "Medlemskap",
    "mandates": "Uppdrag",
    "staff": "Anställda",
}
_SHOWN = 20


def in_words(report: Report, name: str) -> str:
    """Figures, every bad row, what else should be known, and what to do next."""
    return "\n".join([*_headline(report, name), *_figures(report), *_details(report), *_errors(report), *_next(report)])


def _headline(report: Report, name: str) -> Iterator[str]:
    if report.applied:
        yield f"{name} är inläst."
    elif report.errors:
        yield f"{name} går inte att läsa in. Ingenting har skrivits."
    else:
        yield f"Så här skulle {name} läsas in. Ingenting har skrivits än."


def _figures(report: Report) -> Iterator[str]:
    if report.errors:
        return
    for noun, tally in report.tallies.items():
        yield f"  {_NOUNS[noun] + ':':<12} {_counts(tally)}"
    if report.absent:
        yield f"  I registret men inte i filen: {report.absent} (lämnas som de är)"


def _counts(tally: Tally) -> str:
    counts = f"{tally.new} nya, {tally.changed} ändrade, {tally.unchanged} oförändrade"
    return counts + (f", {tally.ended} avslutade" if tally.ended else "")


def _details(report: Report) -> Iterator[str]:
    if report.unused:
        yield f"Kolumner som inte används: {', '.join(report.unused)}."
    if report.changes and not report.errors:
        yield "Ändringar:"
        yield from (f"  {change}" for change in report.changes[:_SHOWN])
        changed = sum(tally.changed for noun, tally in report.tallies.items() if noun != "memberships")
        if changed > _SHOWN:
            yield f"  … och {changed - _SHOWN} till"
    if report.notices:
        yield "Att känna till:"
        yield from (f"  {notice}" for notice in report.notices)


def _errors(report: Report) -> Iterator[str]:
    if report.errors:
        bad = len({error.line for error in report.errors})
        yield f"Fel på {bad} {'rad' if bad == 1 else 'rader'}:"
        yield from (f"  {error}" for error in report.errors)


def _next(report: Report) -> Iterator[str]:
    if report.errors:
        yield "Rätta raderna och kör kommandot igen."
    elif not report.applied:
        yield "Kör samma kommando med --apply för att skriva till registret."
