"""`democracy erase`: taking away what names a person."""

import click

from democracy.app import Application
from democracy.cli._running import run
from democracy.domain.actors import Operator
from democracy.errors import NotFoundError
from democracy.services.people import People
from workflows.engine import StepDenied
from workflows.words import explain

_DONE = """Medlem {number} är raderad: namn, adresser, konto och meddelanden är borta.
Medlemskap och uppdrag är avslutade. Liggaren är hel och visar »borttagen person«.
Säkerhetskopior har kvar uppgifterna tills de byts ut. Ta bort personen också ur medlemsfilen,
annars kommer den tillbaka vid nästa inläsning."""


@click.group(help="Ta bort personuppgifter.")
def command() -> None:
    """Hold the kinds of erasure together."""


@command.command(help="Radera en medlem. Det går inte att ångra.")
@click.argument("number", metavar="MEDLEMSNUMMER")
@click.option("--reason", required=True, help="Varför. Nämn inte personens namn.")
@click.option("--yes", is_flag=True, help="Fråga inte först.")
def person(number: str, reason: str, yes: bool) -> None:
    """Erase one person."""
    if not yes:
        click.confirm(f"Radera medlem {number}? Det går inte att ångra.", abort=True)

    async def work(application: Application) -> None:
        people = People(application.database, application.now())
        try:
            await people.erase(await people.find(number), reason, actor=Operator())
        except NotFoundError:
            raise click.ClickException(f"Det finns ingen medlem med nummer {number}.") from None
        except StepDenied as denied:
            said = (explain(each, language="sv", zone=application.zone) for each in denied.denials)
            raise click.ClickException("\n".join(said)) from denied

    run(work)
    click.echo(_DONE.format(number=number))
