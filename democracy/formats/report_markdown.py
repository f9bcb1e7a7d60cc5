"""A report as Markdown, for minutes and web pages."""

from collections.abc import Sequence

from democracy.formats.report import Report
from democracy.formats.report_parts import Table, Title


def report_markdown(report: Report) -> str:
    """Headings, lists and tables; every character that Markdown would read as markup is escaped."""
    parts = []
    for block in report.blocks:
        if isinstance(block, Title):
            parts.append(f"{'#' * block.level} {_plain(block.text)}")
        elif isinstance(block, Table):
            parts.append(_table(block))
        elif block.lines:
            parts.append("\n".join(f"- {_plain(line)}" for line in block.lines))
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rule = ["---", *["---:"] * (len(table.header) - 1)]
    return "\n".join(_row(cells) for cells in (_all(table.header), rule, *map(_all, table.rows)))


def _all(cells: Sequence[str]) -> list[str]:
    return [_plain(cell) for cell in cells]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return "".join(f"\\{each}" if each in "\\`*_[]<>|#&~" else each for each in text).replace("\n", " ")
