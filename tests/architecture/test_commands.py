"""Every command of the command line."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from democracy.cli import commands


def every(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """The path of each command and of those under it."""
    if path:
        yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from every(under, *path, name)


@pytest.mark.parametrize("path", list(every(commands)), ids=" ".join)
def test_every_command_tells_what_it_does(path: tuple[str, ...]) -> None:
    told = CliRunner().invoke(commands, [*path, "--help"], prog_name="democracy")
    assert told.exit_code == 0, told.output
    usage, _, rest = told.output.partition("\n")
    assert f"democracy {' '.join(path)}" in usage
    assert rest.strip()


def test_a_command_that_there_is_not_is_refused_by_name() -> None:
    told = CliRunner().invoke(commands, ["dance"], prog_name="democracy")
    assert told.exit_code == 2
    assert "dance" in told.output
