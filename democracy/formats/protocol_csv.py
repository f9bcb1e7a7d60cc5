"""The figures of a protocol as CSV: one row for each stage and name, the exact number beside its decimal."""

from collections.abc import Iterator, Mapping
from typing import Any

from democracy.formats.ballots_csv import csv_text
from democracy.formats.counting_words import Words


def protocol_csv(protocol: Mapping[str, Any], words: Words) -> str:
    """A flat table for spreadsheets."""
    head = [words.say("label", each) for each in ("event", "name", "exact", "decimal", "elected")]
    return csv_text([head, *_rows(protocol, words)])


def _rows(protocol: Mapping[str, Any], words: Words) -> Iterator[list[str]]:
    if protocol["method"] == "allotment":
        for unit, seats in protocol["allotted"].items():
            yield ["", unit, str(seats), str(seats), ""]
        return
    for stage in protocol["stages"]:
        elected = {*stage.get("elected", ()), *stage.get("last_vacancies", ()), stage.get("winner")}
        for name, number in _numbers(stage):
            exact, decimal = (number["exact"], number["decimal"]) if isinstance(number, Mapping) else (number, number)
            mark = words.say("label", "yes").casefold() if name in elected else ""
            yield [str(stage["stage"]), name, str(exact), words.decimal(str(decimal)), mark]


def _numbers(stage: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "votes" in stage:
        yield from stage["votes"].items()
    elif "table" in stage:
        for name, row in stage["table"].items():
            yield from ((f"{name} > {other}", number) for other, number in row.items())
    elif "figures" in stage:
        yes, no = stage.get("yes", "ja"), stage.get("no", "nej")
        figures = stage["figures"]
        yield from ((yes, figures["yes"]), (no, figures["no"]))
