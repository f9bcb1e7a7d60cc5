"""`democracy clock`: what the server does by itself, without a server."""

import asyncio
import signal

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.workers.sequencer import drain


@click.command(help="Gör det som är dags att göra: ge stegen i liggaren deras platser och städa bort det som gått ut.")
@click.option("--watch", is_flag=True, help="Fortsätt tills du avbryter, med allt som annars går bredvid servern.")
def command(watch: bool) -> None:
    """Go round once, or go on."""
    run(_watch if watch else _once)


async def _once(application: Application) -> None:
    placed = await drain(application.database)
    click.echo(f"{placed} steg fick sin plats i liggaren.")
    for name, count in (await application.clock().round()).items():
        click.echo(f"{name}: {count}")


async def _watch(application: Application) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await application.start()
    click.echo("Klockan går. Avbryt med Ctrl-C.")
    await stop.wait()
