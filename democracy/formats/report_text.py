"""A report as plain text for a screen."""

import unicodedata
from collections.abc import Sequence

from democracy.formats.report import Report
from democracy.formats.report_parts import Table, Title


def report_text(report: Report) -> str:
    """Headings underlined, tables with columns under one another."""
    parts = []
    for block in report.blocks:
        if isinstance(block, Title):
            parts.append(f"{block.text}\n{('=' if block.level == 1 else '-') * _width(block.text)}")
        elif isinstance(block, Table):
            parts.append(_table(block))
        elif block.lines:
            parts.append("\n".join(block.lines))
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rows = [list(table.header), *map(list, table.rows)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(table.header))]
    lines = [_row(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    pads = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(
        [cells[0] + pads[0], *(pad + cell for cell, pad in zip(cells[1:], pads[1:], strict=True))]
    ).rstrip()


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(each) in {"W", "F"} for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) > 0 for each in text)
