"""Check statutes before they are adopted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from workflows.registry import paragraphs
from workflows.statutes.consistency import contradictions
from workflows.statutes.errors import StatutesError
from workflows.statutes.finding import Finding, Severity, error, note
from workflows.statutes.keys import PARAGRAPH_KEYS
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Paragraph
from workflows.statutes.resolved import paragraphs_of, resolve


def lint(
    statutes: Statutes, required_keys: Iterable[str] | None = None, *, above: Sequence[Statutes] = ()
) -> list[Finding]:
    """Everything worth saying about a set under the sets `above` it (the highest first), errors first.

    `required_keys` are the paragraph keys that have to be there: by default those that a rule of the rulebook names,
    and those that the rest of the system rests on.
    """
    required = {*PARAGRAPH_KEYS, *paragraphs()} if required_keys is None else required_keys
    found = paragraphs_of((*above, statutes))
    findings = [
        *_missing(found, required),
        *_dangling(statutes, found),
        *_dates(statutes, found),
        *_together((*above, statutes)),
        *_unverified(statutes),
    ]
    return sorted(findings, key=lambda each: list(Severity).index(each.severity))


def _missing(found: Mapping[str, Paragraph], required_keys: Iterable[str]) -> Iterator[Finding]:
    for key in sorted(set(required_keys) - found.keys()):
        yield error("missing_paragraph", f"paragraphs.{key}", "rules rest on this paragraph; no level has it.")


def _dangling(statutes: Statutes, found: Mapping[str, Paragraph]) -> Iterator[Finding]:
    for path, key in statutes.sources.items():
        if key not in found:
            yield error("unknown_paragraph", f"sources.{path}", f"no level has a paragraph {key!r}.")
    for each in statutes.interpretations:
        if each.paragraph not in found:
            yield error("unknown_paragraph", f"interpretations.{each.parameter}", f"no paragraph {each.paragraph!r}.")


def _dates(statutes: Statutes, found: Mapping[str, Paragraph]) -> Iterator[Finding]:
    for key, paragraph in statutes.paragraphs.items():
        if paragraph.valid_from > statutes.valid_from:
            yield error("dates", f"paragraphs.{key}.valid_from", f"the set applies already from {statutes.valid_from}.")
    for each in statutes.interpretations:
        where = f"interpretations.{each.parameter}.decided_on"
        if each.decided_on > statutes.valid_from:
            yield error("dates", where, f"the set applies already from {statutes.valid_from}, before the decision.")
        if each.paragraph in found and each.decided_on < found[each.paragraph].valid_from:
            yield error("dates", where, "it was decided before the wording that it reads.")


def _together(levels: tuple[Statutes, ...]) -> Iterator[Finding]:
    try:
        resolved = resolve(*levels)
    except StatutesError as refused:
        for fault in refused.faults:
            yield error("cannot_resolve", fault.key, f"{fault.problem} {fault.remedy}")
        return
    for each in resolved.overruled:
        yield error("overruled", f"parameters.{each.path}", f"the {each.by} level does not leave this open.")
    yield from contradictions(resolved.parameters)


def _unverified(statutes: Statutes) -> Iterator[Finding]:
    for key, paragraph in statutes.paragraphs.items():
        if not paragraph.verified:
            yield note("unverified", f"paragraphs.{key}", f"not verified ({paragraph.source}).")
