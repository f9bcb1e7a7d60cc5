"""What the commands share: settings from the environment, one application, faults as plain sentences."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from democracy.app import Application
from democracy.errors import DatabaseNotReadyError, InvalidInputError, NotFoundError
from democracy.settings import Settings
from democracy.storage import condition

T = TypeVar("T")

_DATABASE = {
    "unreachable": "Databasen svarar inte: {reason}. Kontrollera DEMOCRACY_DATABASE_URL.",
    "no_file": "Det finns ingen databas i {reason}. Kontrollera DEMOCRACY_DATABASE_URL, eller kör `democracy migrate`.",
    "not_migrated": "Databasen är inte klar att användas. Kör `democracy migrate` först.",
    "newer": "Databasen är gjord av en nyare version av programmet (steg {reason}). Uppgradera programmet.",
    "not_empty": "Databasen har redan innehåll. Ange --force om du vill ersätta det.",
    "broken_copy": "Säkerhetskopian går inte att använda: {reason}.",
    "missing_program": "{reason} finns inte. Installera PostgreSQL:s program eller ange DEMOCRACY_POSTGRES_FOLDER.",
    "program_failed": "Databasens program gav upp: {reason}",
}


def settings() -> Settings:
    """The settings of this installation; a value that cannot be read ends the command with its variable's name."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(f"En inställning går inte att läsa: {error}") from None


def run(work: Callable[[Application], Awaitable[T]]) -> T:
    """Do the work with an application of its own, and give everything back. A refusal ends the command in its words."""

    async def inside() -> T:
        chosen = settings()
        condition.is_there(chosen.database_url)
        application = Application(chosen)
        try:
            await application.resume_story()
            return await work(application)
        finally:
            await application.close()

    with refusals():
        return asyncio.run(inside())


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal inside the block ends the command in its own words."""
    try:
        with condition.told():
            yield
    except InvalidInputError as error:
        lines = [f"{each.path}: {each.params.get('message', each.code)}" for each in error.fields]
        raise click.ClickException("\n".join(lines)) from error
    except DatabaseNotReadyError as error:
        raise click.ClickException(_DATABASE[error.code].format(reason=error.reason)) from error
    except NotFoundError as error:
        raise click.ClickException(f"Det finns inte: {error}") from error
