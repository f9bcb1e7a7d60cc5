"""Votes on matters and allotments of seats in words and tables."""

from collections.abc import Mapping
from typing import Any

from democracy.formats.counting_words import Words
from democracy.formats.report_parts import Block, Lines, Table, Title, figures_text, number_text


def threshold_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """The figures of each meeting, with both sides of every comparison."""
    blocks: list[Block] = []
    for stage in protocol["stages"]:
        lines = [figures_text(stage["figures"], words)]
        lines += [_test(test, stage["figures"], words) for test in stage["tests"]]
        lines += [words.say("event", "tied", settled=words.say("tie", stage["tie"]))] if stage["tie"] else []
        lines += [words.say("event", stage["result"])] if stage["result"] else []
        several = len(protocol["stages"]) > 1
        blocks += [Title(words.say("label", "meeting", number=stage["stage"]), 2)] if several else []
        blocks.append(Lines(lines))
    return blocks


def _test(test: Mapping[str, Any], figures: Mapping[str, Any], words: Words) -> str:
    sides = {key: test[key] for key in ("denominator", "left", "numerator", "of", "right")}
    holds = words.say("event", "holds" if test["holds"] else "fails")
    return words.say("event", "test", yes=figures["yes"], holds=holds, **sides)


def contra_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """Question by question and vote by vote, as the minutes have them; then what the order decides."""
    lines = [f"{stage['stage']}. {_contra_event(stage, words)}" for stage in protocol["stages"]]
    blocks: list[Block] = [Lines(lines)]
    if analysis := protocol.get("analysis"):
        header = [words.say("event", "main_header"), words.say("label", "winner")]
        rows = [[main, words.names(sorted(found))] for main, found in analysis["by_main"].items()]
        blocks.append(Table(header, rows))
    return blocks


def _contra_event(stage: Mapping[str, Any], words: Words) -> str:
    kind = stage["kind"]
    if kind == "question":
        asked = words.say("event", "division" if stage["division"] else "acclamation")
        put = words.say("event", "question", put=words.names(stage["put"]), named=stage["named"])
        return f"{put} {asked}"
    if kind == "withdrawn":
        return words.say("event", "withdrawn", winner=stage["winner"] or words.say("label", "nobody"))
    values = {"yes": stage["yes"], "no": stage["no"], "figures": figures_text(stage["figures"], words)}
    told = words.say("event", kind if stage["winner"] else "untaken", winner=stage["winner"], **values)
    if stage.get("tie"):
        told += " " + words.say("event", "tied", settled=words.say("tie", stage["tie"]))
    if kind == "qualified":
        told += " " + _test(stage["test"], stage["figures"], words)
    return told


def allotment_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """Members and seats of every unit, and seat by seat how it came."""
    members, seats = protocol["figures"]["members"], protocol["allotted"]
    header = [words.say("label", each) for each in ("unit", "members", "seats")]
    rows = [[unit, str(members[unit]), str(seats[unit])] for unit in protocol["candidates"]]
    rows.append([words.say("label", "total"), str(sum(members.values())), str(sum(seats.values()))])
    lines = [f"{stage['stage']}. {_allotment_event(stage, words)}" for stage in protocol["stages"]]
    snapshot = protocol["figures"]["snapshot"]
    above = [f"{words.say('label', 'snapshot')}: {snapshot}"] if snapshot else []
    following = [f"{words.say('label', 'next')}: {words.names(protocol['next'])}"] if protocol["next"] else []
    events: list[Block] = [Title(words.say("label", "events"), 2), Lines(lines)]
    return [Lines(above), Table(header, rows), *events, Lines(following)]


def _allotment_event(stage: Mapping[str, Any], words: Words) -> str:
    kind = stage["kind"]
    if kind in {"seats", "remainder"}:
        names, key = words.names(stage["to"]), number_text(stage["key"], words)
        told = words.say("event", "seat" if kind == "seats" else kind, names=names, key=key)
        return f"{told} – {words.say('tie', 'lot')}" if stage["lot"] else told
    return words.say("event", kind, left=stage.get("left"))
