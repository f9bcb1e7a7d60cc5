"""`democracy allot`: share out seats among units by their members."""

from fractions import Fraction
from pathlib import Path

import click

from democracy.cli._counting import FILE, Desk, shared_options
from democracy.cli._rules import BracketsType, DivisorType
from democracy.counting.allotment import SWEDISH_FIRST, AllotmentRule, Method, allot
from democracy.formats.figures_csv import read_register


@click.command()
@click.argument("file", type=FILE)
@click.option("--seats", type=click.IntRange(1), help="In all, or beside the minimum when that is outside.")
@click.option(
    "--rule", type=click.Choice([str(each) for each in Method]), default=str(Method.SAINTE_LAGUE), show_default=True
)
@click.option("--first", type=DivisorType(), default=SWEDISH_FIRST, help="First divisor: 6/5 (default), 1, 7/5.")
@click.option("--minimum", type=click.IntRange(0), default=0, help="Seats for every unit with members.")
@click.option("--outside", is_flag=True, help="The minimum comes on top of --seats.")
@click.option("--per", type=click.IntRange(0), default=0, help="One seat for every started so many (per-started).")
@click.option("--brackets", type=BracketsType(), help="50:1,100:2,:3 (brackets).")
@click.option("--snapshot", type=click.DateTime(["%Y-%m-%d"]), help="The day that the members were counted.")
@shared_options
def command(
    *,
    file: Path,
    seats: int | None,
    rule: str,
    first: Fraction,
    minimum: int,
    outside: bool,
    per: int,
    brackets: tuple[tuple[int | None, int], ...] | None,
    snapshot: object,
    lot_seed: str | None,
    lot_shares: Path | None,
    physical_lots: Path | None,
    as_json: bool,
    out: tuple[Path, ...],
    paragraph: str | None,
    encoding: str | None,
    language: str,
) -> None:
    """Share out seats among the units in FILE, a CSV with the columns förening and medlemmar.

    Ends with 0 when every seat is given, 3 when a lot is needed for the last, and 1 when it cannot be done.
    """
    desk = Desk.of(language, encoding)
    lots = desk.lots(lot_seed, lot_shares, physical_lots)
    table = desk.table(file)
    members = desk.reading(file, lambda: read_register(table))
    day = None if snapshot is None else str(snapshot)[:10]
    made = desk.counting(
        lambda: AllotmentRule(Method(rule), minimum, outside, first, per, brackets or (), paragraph or "")
    )
    protocol = desk.counting(lambda: allot(members, seats, made, lots, snapshot=day))
    desk.result(protocol.data(), as_json=as_json, out=out)
