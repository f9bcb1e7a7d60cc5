"""Statutes as an argument on the command line: a path, or the name of a packaged set."""

from pathlib import Path

import click

from workflows.statutes import PACKAGED, Statutes, StatutesError, load, packaged


class StatutesFile(click.ParamType[Statutes]):
    """Reads the statutes that an argument names; every fault in the file is shown at once."""

    name = "statutes"

    def convert(self, value: str | Statutes, param: click.Parameter | None, ctx: click.Context | None) -> Statutes:
        """The statutes, or an error that names every fault and its remedy."""
        if isinstance(value, Statutes):
            return value
        if value in PACKAGED and not Path(value).exists():
            return packaged(value)
        try:
            return load(Path(value))
        except StatutesError as error:
            self.fail(f"{value}\n{error}\nMedföljande uppsättningar: {', '.join(PACKAGED)}.", param, ctx)


STATUTES = StatutesFile()
