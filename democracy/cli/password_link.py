"""`democracy password-link`: a one-time link to hand over."""

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.errors import NotFoundError
from democracy.services.password_links import MadeLink
from workflows.words import moment


@click.command(help="Gör en engångslänk för att välja lösenord. INLOGGNING är medlemsnummer eller e-postadress.")
@click.argument("login", metavar="INLOGGNING")
def command(login: str) -> None:
    """Make a link and print it: the only time that it can be read."""
    click.echo(run(lambda application: _make(application, login)))


async def _make(application: Application, login: str) -> str:
    try:
        link = await application.password_links(application.now()).make(login)
    except NotFoundError:
        raise click.ClickException("Ingen medlem och ingen anställd loggar in så. Kontrollera numret.") from None
    return _said(application, link)


def _said(application: Application, link: MadeLink) -> str:
    until = moment(link.expires_at, language="sv", zone=application.zone)
    rule = f"Länken fungerar en gång, till och med {until}. Lämna den bara till rätt person."
    return f"{link.address}\nKod: {link.code}\n{rule}"
