"""A protocol as people read it: headings, lines and tables, the same for the screen and for Markdown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.formats.counting_words import Words
from democracy.formats.report_matters import allotment_blocks, contra_blocks, threshold_blocks
from democracy.formats.report_parts import Block, Lines, Table, Title, number_text
from democracy.formats.report_persons import names_blocks, positional_blocks, schulze_blocks, stv_blocks

_METHODS: Mapping[str, Callable[[Mapping[str, Any], Words], list[Block]]] = {
    "scottish-stv": stv_blocks,
    "irv": stv_blocks,
    "schulze": schulze_blocks,
    "majority": names_blocks,
    "relative": names_blocks,
    "positional": positional_blocks,
    "threshold": threshold_blocks,
    "contra": contra_blocks,
    "allotment": allotment_blocks,
}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a page about one count shows, in order."""

    blocks: Sequence[Block] = field(default_factory=tuple)


def report(protocol: Mapping[str, Any], words: Words, title: str = "") -> Report:
    """Put a protocol into words."""
    head = words.say("method", protocol["method"])
    blocks: list[Block] = [Title(f"{title}: {head}" if title else head), _facts(protocol, words)]
    blocks += _METHODS[protocol["method"]](protocol, words)
    blocks += _lots(protocol, words) + _notes(protocol, words)
    return Report([*blocks, _outcome(protocol, words)])


def _facts(protocol: Mapping[str, Any], words: Words) -> Lines:
    ballots, lines = protocol["ballots"], []
    if protocol["seats"] is not None:
        lines.append((words.say("label", "seats"), str(protocol["seats"])))
    if protocol.get("quota"):
        lines.append((words.say("label", "quota"), str(protocol["quota"])))
    if ballots:
        lines += [(words.say("label", each), str(ballots[each])) for each in ("cast", "valid", "blank")]
        lines += (
            [(words.say("label", "set_aside"), _reasons(ballots["set_aside"], words))] if ballots["set_aside"] else []
        )
        lines += [(words.say("label", "digest"), ballots["digest"])] if ballots["digest"] else []
    if protocol["rule"].get("paragraph"):
        paragraph = protocol["rule"]["paragraph"]
        lines.append((words.say("label", "rule"), f"§ {paragraph}" if paragraph.isdigit() else paragraph))
    return Lines([f"{name}: {value}" for name, value in lines])


def _reasons(reasons: Mapping[str, int], words: Words) -> str:
    return ", ".join(f"{number} ({words.say('reason', reason)})" for reason, number in reasons.items())


def _lots(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    lines = []
    for lot in protocol["lots"]:
        values = {"label": lot["label"], "items": words.names(lot["items"]), "order": words.names(lot["order"])}
        by = {"chair": lot.get("chair"), "witnesses": words.names(lot.get("witnesses", ())), "seed": lot.get("seed")}
        lines.append(f"{words.say('lot', 'line', **values)} {words.say('lot', lot['by'], **by)}.")
    return [Title(words.say("label", "lots"), 2), Lines(lines)] if lines else []


def _notes(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    lines = [words.say("note", each) for each in protocol["notes"]]
    reasons = (protocol["ballots"] or {}).get("notes")
    lines += [_reasons(reasons, words)] if reasons else []
    return [Title(words.say("label", "notes"), 2), Lines(lines)] if lines else []


def _outcome(protocol: Mapping[str, Any], words: Words) -> Lines:
    persons = protocol["method"] not in {"threshold", "contra", "allotment", "schulze"}
    lines = []
    if protocol["pending"] is None and protocol["method"] != "allotment":
        label = words.say("label", "elected" if persons else "outcome")
        lines.append(f"{label}: {words.names(protocol['elected']) or _word(protocol, words)}")
    elif protocol["pending"] is not None:
        if persons and protocol["elected"]:
            lines.append(f"{words.say('label', 'elected')}: {words.names(protocol['elected'])}")
        lines += [words.say("outcome", "pending"), pending_text(protocol["pending"], words)]
    substitutes = protocol.get("substitutes")
    lines += [f"{words.say('label', 'substitutes')}: {words.names(substitutes)}"] if substitutes else []
    return Lines(lines)


def _word(protocol: Mapping[str, Any], words: Words) -> str:
    outcome = protocol["outcome"]
    return words.say("label", "nobody") if outcome == "settled" else words.say("outcome", outcome)


def pending_text(pending: Mapping[str, Any], words: Words) -> str:
    """What is still needed."""
    values = {key: words.names(each) if isinstance(each, list) else each for key, each in pending.items()}
    return words.say("pending", pending["kind"], **{key: each for key, each in values.items() if key != "kind"})


__all__ = ["Block", "Lines", "Report", "Table", "Title", "number_text", "pending_text", "report"]
