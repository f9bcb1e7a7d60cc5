"""`democracy mail`: sends what waits in the outbox."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.workers.carriers import LetterFolder, NoWayOutError
from democracy.workers.mail import Outbox


@click.command(help="Skicka det som väntar i utkorgen. Flera får köra samtidigt.")
@click.option("--watch", is_flag=True, help="Fortsätt tills du avbryter.")
@click.option("--letters", type=click.Path(file_okay=False, path_type=Path), metavar="MAPP",
              help="Skriv brev som väntar på utskrift till mappen, i stället för att skicka e-post.")  # fmt: skip
def command(watch: bool, letters: Path | None) -> None:
    """Send once, or go on sending."""
    run(lambda application: _send(application, watch=watch, letters=letters))


async def _send(application: Application, *, watch: bool, letters: Path | None) -> None:
    outboxes = _outboxes(application, letters)
    if watch:
        await _watch(outboxes)
        return
    for outbox in outboxes:
        try:
            left = await outbox.send_due()
        except NoWayOutError as error:
            raise click.ClickException(f"Ingenting kan skickas nu ({error}). Meddelandena väntar i utkorgen.") from None
        click.echo(f"{outbox.carrier.channel}: {left} skickade.")


def _outboxes(application: Application, letters: Path | None) -> list[Outbox]:
    if letters is not None:
        return [application.outbox(LetterFolder(letters, application.zone))]
    try:
        outboxes = application.outboxes()
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if not outboxes:
        raise click.ClickException("Ange DEMOCRACY_SMTP_URL eller DEMOCRACY_MAIL_FOLDER, så att e-post kan skickas.")
    return outboxes


async def _watch(outboxes: Sequence[Outbox]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with asyncio.TaskGroup() as group:
        for outbox in outboxes:
            group.create_task(outbox.run(stop))
