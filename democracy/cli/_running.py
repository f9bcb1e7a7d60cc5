"""What the commands share: settings from the environment, one application, faults as plain sentences."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from democracy.app import Application
from democracy.errors import InvalidInputError, NotFoundError
from democracy.settings import Settings

T = TypeVar("T")


def settings() -> Settings:
    """The settings of this installation; a value that cannot be read ends the command with its variable's name."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(f"En inställning går inte att läsa: {error}") from None


def run(work: Callable[[Application], Awaitable[T]]) -> T:
    """Do the work with an application of its own, and give everything back. A refusal ends the command in its words."""

    async def inside() -> T:
        application = Application(settings())
        try:
            return await work(application)
        finally:
            await application.close()

    try:
        return asyncio.run(inside())
    except InvalidInputError as error:
        lines = [f"{each.path}: {each.params.get('message', each.code)}" for each in error.fields]
        raise click.ClickException("\n".join(lines)) from error
    except NotFoundError as error:
        raise click.ClickException(f"Det finns inte: {error}") from error
