"""What the commands of an urn share: an urn by its id, refusals in words, the checkpoint signed after every step."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import msgspec

from democracy.app import Application
from democracy.ballotbox.faults import Code
from democracy.cli._running import run
from democracy.cli._urn_words import ERRORS
from democracy.domain.actors import Operator
from democracy.errors import InvalidInputError
from democracy.services.urns.building import UrnPlan
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.seeds import LOG
from democracy.texts.words import phrase, phrases
from workflows.engine import StepDenied
from workflows.words import explain

OPERATOR = Operator()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
OUT = click.option("--out", "target", type=NEW_FILE, required=True, help="Filen som skrivs.")
DECISION = click.option("--decision", required=True, help="Beslutet: möte och paragraf.")


class _Id(click.ParamType[UUID]):
    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> UUID:
        """An id as `democracy urn list` prints it."""
        try:
            return value if isinstance(value, UUID) else UUID(str(value))
        except ValueError:
            self.fail("skriv id så som democracy urn list skriver ut det", param, ctx)


URN = click.argument("urn", metavar="URNA", type=_Id())
BALLOT = click.argument("ballot", metavar="OMRÖSTNING", type=_Id())


class _PlanFile(msgspec.Struct, forbid_unknown_fields=True):
    host: str
    mixers: list[dict[str, str]]
    officers: list[str]
    witnesses: list[str] = []
    quorum: int = 0
    check: int = 86_400
    least: int = 5
    revote: bool = False
    codes_only: bool = False
    rehearsal_minutes: int = 60


def plan_in(path: Path, *, rehearsal: bool) -> UrnPlan:
    """A plan file: who holds what. Ends the command for what is none."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_PlanFile)
    except msgspec.DecodeError as error:
        raise click.ClickException(f"Planen i {path} går inte att läsa: {error}") from None
    return UrnPlan(**msgspec.structs.asdict(found), rehearsal=rehearsal)


def work(steps: Callable[[Application, datetime], Awaitable[UUID]]) -> UUID:
    """Do what is asked, then sign how far the urn's log has come. Refusals end the command in Swedish."""

    async def inside(application: Application) -> UUID:
        try:
            at = application.now()
            urn_id = await steps(application, at)
            if application.seeds.has(urn_id, LOG):
                await sign_checkpoint(application.database, application.seeds, urn_id, at)
        except StepDenied as denied:
            said = (explain(each, language="sv", zone=application.zone) for each in denied.denials)
            raise click.ClickException("\n".join(said)) from denied
        except InvalidInputError as error:
            raise click.ClickException("\n".join(_said(error))) from error
        except FileNotFoundError as error:
            raise click.ClickException(f"Urnans nyckelfil finns inte här: {error.filename}") from error
        return urn_id

    return run(inside)


def _said(error: InvalidInputError) -> list[str]:
    known = phrases("sv")
    said = [phrase(each.code, "sv", **each.params) if each.code in known else str(each) for each in error.fields]
    # What the verifier found has a code; what the code means is told too.
    codes = [str(each.params.get("message", "")).partition(" ")[0] for each in error.fields]
    return said + [ERRORS[Code(code)] for code in codes if code in set(Code)]
