"""`democracy demo`: a living example to try everything in."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import click

from democracy.cli._demo_ballot import ballot
from democracy.demo.build import build
from democracy.demo.client import RefusedError, SilentError
from democracy.demo.electing import elect
from democracy.demo.folder import DemoFolder, ForeignFolderError
from democracy.demo.guide import guide
from democracy.demo.live import PlayedError, Say, play
from democracy.demo.server import HOST, PortBusyError, listen, serve
from democracy.storage.migrate import migrate


@click.group(invoke_without_command=True,
             help="Ett levande exempel att prova: 81 motioner, och en konferens med 220 ombud som pågår.")  # fmt: skip
@click.option("--reset", is_flag=True, help="Börja om från början. Det du har gjort i exemplet försvinner.")
@click.option("--folder", type=click.Path(path_type=Path), default="demo-data", show_default=True, metavar="MAPP",
              help="Var exemplet sparas.")  # fmt: skip
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help="Port att lyssna på; eller variabeln PORT.")  # fmt: skip
@click.option("--play", "live", is_flag=True,
              help="Spela konferensens öppna ärende mot exemplet som är igång.")  # fmt: skip
@click.option("--elect", "elects", is_flag=True,
              help="Låt konferensen välja sin styrelse mot exemplet som är igång.")  # fmt: skip
@click.pass_context
def command(context: click.Context, reset: bool, folder: Path, port: int, live: bool, elects: bool) -> None:
    """Build the example where there is none, and serve it; or play against one that runs."""
    if context.invoked_subcommand is not None:
        return
    if live or elects:
        _play(elect if elects else play, f"http://{HOST}:{port}")
        return
    place = DemoFolder(folder.absolute())
    try:
        listener = listen(port)
    except PortBusyError:
        raise click.ClickException(_BUSY.format(port=port, other=port + 1 if port < 65535 else 8000)) from None
    with listener:
        _prepare(place, folder, reset=reset)
        text = guide(f"http://{HOST}:{port}", folder)
        with suppress(KeyboardInterrupt):
            asyncio.run(serve(place, listener, lambda: click.echo(text)))
    click.echo("\nExemplet är stoppat. Nästa gång fortsätter det här.\nStopped. The story goes on from here next time.")


command.add_command(ballot)

_BUSY = (
    "Port {port} är upptagen: ett annat program lyssnar där, kanske ett exempel som redan är igång.\n"
    "Stoppa det, eller välj en annan port:  PORT={other} make demo\n"
    "(Port {port} is in use. Stop the other program, or choose another port as above.)"
)
_SILENT = (
    "Ingen svarar på {address}. Starta exemplet i ett annat terminalfönster:  make demo\n"
    "(Nobody answers. Start the example in another terminal.)"
)
_PLAYED = (
    "Ärendet har redan spelats. Börja om med:  make demo-reset\n"
    "(The item has been played already. Start the example over.)"
)
_FOREIGN = (
    "Mappen {folder} innehåller annat än exemplet, så den rörs inte.\n"
    "Välj en annan:  democracy demo --folder NÅGON_ANNAN_MAPP\n"
    "(The folder holds something else and is left alone. Choose another one.)"
)


def _play(what: Callable[[str, Say], None], address: str) -> None:
    try:
        what(address, click.echo)
    except SilentError:
        raise click.ClickException(_SILENT.format(address=address)) from None
    except PlayedError:
        raise click.ClickException(_PLAYED) from None
    except RefusedError as refused:
        raise click.ClickException(str(refused)) from None


def _prepare(place: DemoFolder, shown: Path, *, reset: bool) -> None:
    try:
        if reset:
            place.clear()
        place.take()
    except ForeignFolderError:
        raise click.ClickException(_FOREIGN.format(folder=shown)) from None
    if place.is_built:
        migrate(f"sqlite:///{place.database}")
        return
    click.echo("Bygger exemplet. Det tar en minut eller så, bara den här gången. (Building; only this once.)")
    with _Bar() as bar:
        asyncio.run(build(place.begin(), bar.show))
    place.finish()


class _Bar:
    """How far the building has come: on a terminal only."""

    def __enter__(self) -> Self:
        self._shown = -1
        return self

    def show(self, done: int, whole: int) -> None:
        """Draw it anew when it has grown."""
        share = 100 * done // whole
        if share != self._shown and sys.stderr.isatty():
            self._shown = share
            click.echo(f"\r[{'#' * (share * 40 // 100):<40}] {share:3} %", nl=share == 100, err=True)

    def __exit__(self, *_: object) -> None:
        """Leave the line as it stands."""
