"""`democracy serve`: the server, with everything that runs beside it."""

import click
import uvicorn

from democracy.cli._running import run
from democracy.cli.migrate import revisions

STOPPING = 10
"""Seconds that open streams get to end when the server stops."""


@click.command(help="Starta servern. Kön, klockan, posten och händelserna följer med.")
@click.option("--host", envvar="DEMOCRACY_HOST", default="127.0.0.1", show_default=True, help="Adress att lyssna på.")
@click.option("--port", envvar="DEMOCRACY_PORT", default=8000, show_default=True, help="Port att lyssna på.")
@click.option("--workers", envvar="DEMOCRACY_WORKERS", default=1, show_default=True, help="Antal processer.")
def command(host: str, port: int, workers: int) -> None:
    """Serve until told to stop; refuse to serve a database that is not ready."""
    found, expected = run(revisions)
    if found != expected:
        raise click.ClickException(
            f"Databasen är på steg {found or 0}, programmet väntar sig {expected}. Kör `democracy migrate` först."
        )
    uvicorn.run(
        "schema.asgi:served",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=STOPPING,
    )
