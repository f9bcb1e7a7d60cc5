"""The command line: one file per command, loaded when it is asked for.

A file `democracy/cli/<name>.py` defines `command`, a click command, and is then `democracy <name>`. An underscore at
the end of a file name keeps a command apart from a Python keyword (`import_.py` is `democracy import`); other
underscores are written as hyphens. Nothing needs to be registered.
"""

import importlib
import pkgutil

import click


class Commands(click.Group):
    """A group that finds its commands among the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, sorted."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that is wanted, or None when there is no such command."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{module}").command
        return command


def _modules() -> dict[str, str]:
    names = (found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return {name.rstrip("_").replace("_", "-"): name for name in names}


commands = Commands(help="Democracy: the system on which a members' organisation governs itself.")
