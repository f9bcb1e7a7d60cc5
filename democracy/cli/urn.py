"""`democracy urn`: for whoever runs the server, an urn from its manifest to the verified bundle.

Nothing secret is typed in here. Key holders, officers and witnesses work with files on machines of their own.
"""

import json
from collections import Counter
from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

import click

from democracy.app import Application
from democracy.ballotbox.bundle import write_bundle
from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.manifest import read_manifest
from democracy.ballotbox.trust import Trust
from democracy.cli._running import run
from democracy.cli._urn_auditors import roll, sample
from democracy.cli._urn_desk import BALLOT, FILE, OPERATOR, OUT, URN, plan_in, work
from democracy.cli._urn_officers import extend, grow, void
from democracy.errors import NotFoundError
from democracy.services.urns.building import UrnBuilding
from democracy.services.urns.closing import UrnClosing
from democracy.services.urns.published import public_bundle, whole_bundle
from democracy.services.urns.witnessing import UrnWitnessing, request_of
from democracy.storage import urn_log, urns
from workflows.words import messages


@click.group(
    help="För dig som driver servern: en urna från manifest till kontrollerat resultat. Ordningen: draw, officerarna"
    " undertecknar, begin, add, cosign; när urnan stängt hand-over, take, open, count, bundle."
)
def command() -> None:
    """Hold the steps together."""


for each in (void, grow, extend, roll, sample):
    command.add_command(each)


def _building(application: Application, at: datetime) -> UrnBuilding:
    return UrnBuilding(application.database, at, seeds=application.seeds)


def _closing(application: Application, at: datetime) -> UrnClosing:
    return UrnClosing(application.database, at, seeds=application.seeds)


@command.command("list", help="Visa omröstningarnas urnor, hur långt de har kommit och deras id.")
def list_urns() -> None:
    """Every urn."""

    async def rows(application: Application) -> list[urns.Listed]:
        async with application.database.read() as connection:
            return await urns.listed(connection)

    for row in run(rows):
        state = messages("sv")[f"urn.state.{row.state.name}"] if row.state else "ingen urna"
        what = "övning" if row.rehearsal else "urna"
        click.echo(
            f"{row.title}: omröstning {row.ballot_id.hex}, {what} {row.urn_id.hex if row.urn_id else '–'}, {state}"
        )


@command.command(help="Gör i ordning urnan för OMRÖSTNING och skriv manifestet som två funktionärer ska underteckna.")
@BALLOT
@click.option("--plan", type=FILE, required=True, help="JSON: host, mixers, officers, witnesses, quorum …")
@click.option("--rehearsal", is_flag=True, help="En övning, med röster som ingen har lagt.")
@OUT
def draw(ballot: UUID, plan: Path, rehearsal: bool, target: Path) -> None:
    """Draw up the manifest."""
    chosen, drafts = plan_in(plan, rehearsal=rehearsal), []

    async def steps(application: Application, at: datetime) -> UUID:
        urn_id = await _building(application, at).draw_up(ballot, chosen, actor=OPERATOR)
        async with application.database.read() as connection:
            drafts.append(await urns.draft(connection, urn_id))
        return urn_id

    urn_id = work(steps)
    target.write_text(drafts[0], encoding="utf-8")
    click.echo(f"Urna {urn_id.hex}. Skrivet: {target}. Låt två funktionärer underteckna den filen.")


@command.command(help="Börja urnans logg med MANIFEST, som två funktionärer har undertecknat.")
@URN
@click.argument("manifest", metavar="MANIFEST", type=FILE)
def begin(urn: UUID, manifest: Path) -> None:
    """Begin the log."""
    work(lambda application, at: _building(application, at).begin(urn, manifest.read_bytes(), actor=OPERATOR))
    click.echo("Loggen är börjad. Ge nyckelhållarna urnan (democracy urn bundle) och ta in deras godkännanden.")


@command.command(help="Ta in BLAD som andra har undertecknat: godkännanden, rättelser, utslag, intyg.")
@URN
@click.argument("leaves", metavar="BLAD…", type=FILE, nargs=-1, required=True)
def add(urn: UUID, leaves: tuple[Path, ...]) -> None:
    """Take leaves in, one after the other."""
    for leaf in leaves:
        data = leaf.read_bytes()
        work(lambda application, at, data=data: _building(application, at).add(urn, data, actor=OPERATOR))  # type: ignore[misc]
        click.echo(f"Intaget: {leaf}")


@command.command(help="Fyll en övning med röster. De skrivs ut här, så att ni kan jämföra med resultatet.")
@URN
def practise(urn: UUID) -> None:
    """Fill a rehearsal."""
    told: Counter[str] = Counter()
    work(lambda application, at: _building(application, at).practise(urn, told, actor=OPERATOR))
    click.echo("Övningens röster: " + ", ".join(f"{name or 'blank'} {number}" for name, number in sorted(told.items())))


@command.command(help="Stäng en övning när dess tid är ute. En riktig urna stängs med sin omröstning.")
@URN
def close(urn: UUID) -> None:
    """Close a rehearsal."""
    work(lambda application, at: _closing(application, at).close_rehearsal(urn, actor=OPERATOR))
    click.echo("Övningen är stängd.")


@command.command("hand-over", help="Gör listan som går till första nyckelhållaren.")
@URN
def hand_over(urn: UUID) -> None:
    """Make the first list."""
    work(lambda application, at: _closing(application, at).hand_over(urn, actor=OPERATOR))
    click.echo("Listan är gjord. Ge nyckelhållaren hela urnan: democracy urn bundle --whole.")


@command.command(help="Ta in FIL, som en nyckelhållare har lämnat in efter att ha blandat.")
@URN
@click.argument("handin", metavar="FIL", type=FILE)
def take(urn: UUID, handin: Path) -> None:
    """Take a mixer's list in."""
    work(lambda application, at: _closing(application, at).take_list(urn, handin.read_bytes(), actor=OPERATOR))
    click.echo("Listan är intagen.")


@command.command("open", help="Öppna urnan med dess egen nyckel. Det går inte att ångra.")
@URN
def open_urn(urn: UUID) -> None:
    """Open it."""
    work(lambda application, at: _closing(application, at).open(urn, actor=OPERATOR))
    click.echo("Urnan är öppnad.")


@command.command(help="Räkna rösterna och ange resultatet i loggen.")
@URN
def count(urn: UUID) -> None:
    """Count."""
    protocols: list[bytes] = []

    async def steps(application: Application, at: datetime) -> UUID:
        await _closing(application, at).count(urn, actor=OPERATOR)
        async with application.database.read() as connection:
            protocols.append(await urns.file(connection, urn, "protocol") or b"{}")
        return urn

    work(steps)
    click.echo(protocols[0].decode())


@command.command(help="Ge upp en urna som inte blir räknad, med skälet. Omröstningen kan få en ny.")
@URN
@click.option("--reason", required=True, help="Varför, till exempel att en nyckelhållare föll bort i övningen.")
def spoil(urn: UUID, reason: str) -> None:
    """Give it up."""
    work(lambda application, at: _building(application, at).spoil(urn, reason, actor=OPERATOR))
    click.echo("Urnan är uppgiven.")


@command.command(help="Skriv en begäran till ett vittne, som har sett OLD rader (0 första gången).")
@URN
@click.option("--old", default=0, show_default=True, help="Så många rader som vittnet har bevittnat.")
@OUT
def request(urn: UUID, old: int, target: Path) -> None:
    """A C2SP request."""
    told: list[str] = []

    async def steps(application: Application, _: datetime) -> UUID:
        told.append(await request_of(application.database, urn, old))
        return urn

    work(steps)
    target.write_text(told[0], encoding="utf-8")
    size = Checkpoint.parse(told[0].partition("\n\n")[2].rpartition("\n\n")[0] + "\n").size
    click.echo(f"Skrivet: {target}. Begäran gäller {size} rader.")


@command.command(help="Ta in vittnens underskrifter: en rad från varje, i FIL.")
@URN
@click.argument("lines", metavar="FIL", type=FILE)
def cosign(urn: UUID, lines: Path) -> None:
    """Take cosignatures in."""
    given = lines.read_text("utf-8")

    async def steps(application: Application, at: datetime) -> UUID:
        service = UrnWitnessing(application.database, at, seeds=application.seeds)
        return await service.take_cosignatures(urn, given, actor=OPERATOR)

    work(steps)
    click.echo("Underskrifterna är intagna.")


@command.command(help="Skriv urnan som en fil som alla kan kontrollera; --whole för nyckelhållare och granskare.")
@URN
@click.option("--whole", is_flag=True, help="Också det som binder röster till platser. Bara för dem det är till för.")
@OUT
def bundle(urn: UUID, whole: bool, target: Path) -> None:
    """Export."""
    file = BytesIO()

    async def steps(application: Application, _: datetime) -> UUID:
        async with application.database.read() as connection:
            found = await (whole_bundle if whole else public_bundle)(connection, urn)
        if found is None:
            raise NotFoundError("urn", urn)
        write_bundle(found, file)
        return urn

    work(steps)
    target.write_bytes(file.getvalue())
    click.echo(f"Skrivet: {target}.")


@command.command(help="Skriv urnans öppna nycklar. Lämna dem på annat sätt än genom servern, och läs upp dem.")
@URN
@OUT
def trust(urn: UUID, target: Path) -> None:
    """The keys to verify with."""
    found: list[Trust] = []

    async def steps(application: Application, _: datetime) -> UUID:
        async with application.database.read() as connection:
            first = await urn_log.leaves(connection, urn, 0, 1)
        if not first:
            raise NotFoundError("urn", urn)
        manifest = read_manifest(first[0])
        log = application.seeds.log_key(urn, manifest.origin).verifier
        mixers = frozenset(each.sign for each in manifest.mixers)
        found.append(Trust(log, frozenset(manifest.witness_keys), mixers, frozenset(manifest.officers)))
        return urn

    work(steps)
    target.write_text(json.dumps(found[0].data(), ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"Skrivet: {target}. Loggens nyckel: {found[0].log}")
