"""`democracy recount`: recompute an exported protocol with the independent script."""

import sys
from pathlib import Path

import click

from democracy.counting import recount as script


@click.command()
@click.argument("protocol", type=click.Path(path_type=Path))
@click.argument("ballots", nargs=-1, type=click.Path(path_type=Path))
def command(protocol: Path, ballots: tuple[Path, ...]) -> None:
    """Recompute PROTOCOL from its rule and the exported BALLOTS, and compare everything.

    Ends with 0 if they agree, 1 if they differ, and 2 if the files cannot be read. The same script runs alone, without
    this program: python recount.py PROTOCOL BALLOTS.
    """
    sys.exit(script.main([str(protocol), *map(str, ballots)]))
