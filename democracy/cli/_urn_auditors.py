"""What auditors need of an urn from whoever runs the server: the roll file, and the voters to call."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from democracy.app import Application
from democracy.ballotbox.sampling import NUMBER
from democracy.cli._urn_desk import OUT, URN, work
from democracy.services.urns.auditing import roll_file, to_call


@click.command(help="Skriv hela röstlängden till revisorerna, för democracy verify bundle --roll. Bara för dem.")
@URN
@OUT
def roll(urn: UUID, target: Path) -> None:
    """A leaf for each slot."""
    found: list[bytes] = []

    async def steps(application: Application, _: datetime) -> UUID:
        found.append(await roll_file(application.database, application.seeds, urn))
        return urn

    work(steps)
    target.write_bytes(found[0])
    slots = found[0].count(b"\n")
    click.echo(f"Skrivet: {target}. {slots} platser. Filen säger vem som har vilken plats: lämna den säkert.")


@click.command(
    help="Lotta vilka som revisorerna ringer och frågar om de har röstat. Ordet väljer de själva, när listan är gjord:"
    " då kan ingen ha valt vilka det blir."
)
@URN
@click.option("--word", required=True, help="Revisorernas ord.")
@click.option("--number", default=NUMBER, show_default=True, type=click.IntRange(1, 5_000), help="Hur många.")
@OUT
def sample(urn: UUID, word: str, number: int, target: Path) -> None:
    """Slots and member numbers."""
    found: list[tuple[int, str]] = []

    async def steps(application: Application, _: datetime) -> UUID:
        found.extend(await to_call(application.database, application.seeds, urn, word, number))
        return urn

    work(steps)
    target.write_text("plats;medlemsnummer\n" + "".join(f"{slot};{member}\n" for slot, member in found), "utf-8")
    click.echo(f"Skrivet: {target}. {len(found)} att ringa. Svarar någon att den inte har röstat är det en invändning.")
