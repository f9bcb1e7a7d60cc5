"""Leaves of an urn under way that two officers sign: a void slot, a longer roll, a later close."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from democracy.app import Application
from democracy.cli._urn_desk import DECISION, OUT, URN, work
from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns.amending import UrnDrafts
from democracy.storage.person_export import member_by_number


@click.command(help="Stryk platsen för MEDLEMSNUMMER: det som lagts därifrån räknas inte, och den röstar inte mer.")
@URN
@click.argument("number", metavar="MEDLEMSNUMMER")
@click.option("--reason", default="correction", show_default=True, help="Skälet som en kod: correction, paper, left.")
@DECISION
@OUT
def void(urn: UUID, number: str, reason: str, decision: str, target: Path) -> None:
    """A slot votes no more."""

    async def draft(application: Application, drafts: UrnDrafts) -> bytes:
        async with application.database.read() as connection:
            member = await member_by_number(connection, number)
        if member is None:
            raise InvalidInputError(FieldError("number", "unknown_member"))
        return await drafts.void(urn, member, reason, decision)

    _written(urn, target, draft)


@click.command(
    help="Låt röstlängden växa med dem som har kommit till sedan urnan gjordes i ordning. Den som står i"
    " röstlängden men vars plats är struken av annat skäl än ett kuvert får en ny plats."
)
@URN
@DECISION
@OUT
def grow(urn: UUID, decision: str, target: Path) -> None:
    """The roll grows."""
    _written(urn, target, lambda _, drafts: drafts.growth(urn, decision))


@click.command(help="Förläng urnan till TID, till exempel 2026-03-24T20:00+01:00.")
@URN
@click.argument("closes", metavar="TID")
@DECISION
@OUT
def extend(urn: UUID, closes: str, decision: str, target: Path) -> None:
    """A later close."""
    try:
        at = datetime.fromisoformat(closes)
    except ValueError:
        raise click.ClickException("Skriv tiden som 2026-03-24T20:00+01:00.") from None
    if at.tzinfo is None:
        raise click.ClickException("Skriv tiden med tidszon, som 2026-03-24T20:00+01:00.")
    _written(urn, target, lambda _, drafts: drafts.extension(urn, at, decision))


def _written(urn: UUID, target: Path, draft: Callable[[Application, UrnDrafts], Awaitable[bytes]]) -> None:
    found: list[bytes] = []

    async def steps(application: Application, at: datetime) -> UUID:
        found.append(await draft(application, UrnDrafts(application.database, application.seeds, at)))
        return urn

    work(steps)
    target.write_bytes(found[0])
    click.echo(f"Skrivet: {target}. Låt två funktionärer underteckna det, och ta in det med democracy urn add.")
