"""`democracy demo ballot`: a member ballot of the whole party over a week, played in a minute or two."""

import asyncio
import sys
from pathlib import Path

import click

from democracy.demo.ballot.ending import Report
from democracy.demo.ballot.week import play
from democracy.storage.migrate import migrate
from democracy.storage.unit_of_work import Database

WIDTH = 30


@click.command(
    help="Spela en medlemsomröstning över en vecka: beslut, rättelser, en nyckelhållare som faller ifrån, digitala "
    "röster, röster med post, påminnelser, blandning, räkning, fastställande och kontroll."
)
@click.option("--members", default=2_500, show_default=True, type=click.IntRange(100, 100_000), metavar="ANTAL",
              help="Hur många medlemmar partiet har.")  # fmt: skip
@click.option("--folder", type=click.Path(path_type=Path), default="demo-ballot", show_default=True, metavar="MAPP",
              help="Var databasen och urnans nycklar läggs. Den ska inte finnas.")  # fmt: skip
@click.option("--database-url", metavar="URL", help="En tom databas på PostgreSQL i stället för en fil i mappen.")
def ballot(members: int, folder: Path, database_url: str | None) -> None:
    """Play it in a folder of its own."""
    place = folder.absolute()
    if place.exists():
        raise click.ClickException(f"Mappen {folder} finns redan. Välj en annan med --folder, eller ta bort den.")
    place.mkdir(mode=0o700, parents=True)
    url = database_url or f"sqlite:///{place / 'ballot.db'}"
    migrate(url)
    report = asyncio.run(_play(url, place, members, lasting=database_url is not None))
    click.echo(_told(report, folder))


async def _play(url: str, folder: Path, members: int, *, lasting: bool) -> Report:
    database, bar = Database(url, durable=lasting), _Bar()
    try:
        return await play(database, folder, members, bar.show)
    finally:
        bar.end()
        await database.close()


class _Bar:
    """One line for each act, and how much of it is done: on a terminal drawn anew, elsewhere written once."""

    def __init__(self) -> None:
        self._label, self._share = "", -1

    def show(self, label: str, done: float) -> None:
        """Draw it when it has grown."""
        share, live = int(100 * done), sys.stderr.isatty()
        if (label, share) == (self._label, self._share):
            return
        if label != self._label:
            self.end()
            if not live:
                click.echo(label, err=True)
        self._label, self._share = label, share
        if live:
            click.echo(f"\r[{'#' * (share * WIDTH // 100):<{WIDTH}}] {share:3} %  {label:<34}", nl=False, err=True)

    def end(self) -> None:
        """Leave the line as it stands."""
        if self._label and sys.stderr.isatty():
            click.echo(err=True)


_WON = {"CARRIED": "Ja-sidan vann", "NOT_CARRIED": "Nej-sidan vann", "TIED": "Det blev lika"}


def _told(report: Report, folder: Path) -> str:
    found = report.protocol
    (question,) = found["questions"]
    votes = question["votes"]
    return (
        f"{_WON.get(question['outcome'], 'Ingen röstade')}: {votes['ja']} ja, {votes['nej']} nej, "
        f"{question['blank']} blanka.\n"
        f"{found['taken_part']} av {found['electors']} deltog: {found['digital']} digitalt, "
        f"{found['papers']} med post.\n"
        f"Kontrollerat utan servern: {report.line}.\n"
        f"Databasen ligger i {folder}. Nycklarna som band en röst till en väljare är förstörda."
    )
