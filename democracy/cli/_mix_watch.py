"""`democracy mix watch`: for a meeting, where votes follow each other and a key holder sits beside.

Seeds are made in stock, one folder each. The organiser puts urns into a folder that both can reach (a memory stick, a
shared disk); what is to be handed in is put beside them. Each urn that names one of the keys is accepted and mixed.

A meeting's urns have logs of one key, named under one origin: the trust file names `vote.example/meeting/7`, the urns
are `vote.example/meeting/7/1` and so on.
"""

import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import click
import msgspec

from democracy.ballotbox.bundle import Bundle, read_bundle
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.handin import write_handin
from democracy.ballotbox.story import read_log
from democracy.ballotbox.trust import Trust, read_trust
from democracy.ballotbox.trustee import RefusedError, accept, mix_once, number_of
from democracy.cli._secret_files import alone, store
from democracy.cli._trustee_folder import FILE, FOLDER, Folder

_PAUSE = 0.5
_WAITING = {"not_my_turn", "not_accepted"}


@click.command(help="Godta och blanda varje urna som läggs i IN, med nycklar från LAGER. För möten. Avbryt med Ctrl-C.")
@click.argument("stock", metavar="LAGER", type=FOLDER)
@click.argument("inbox", metavar="IN", type=FOLDER)
@click.option("--trust", type=FILE, required=True, help="Nycklar som du har fått på annat håll än från servern.")
@click.option("--once", is_flag=True, help="Gå igenom det som ligger där och sluta.")
def watch(stock: Path, inbox: Path, trust: Path, once: bool) -> None:
    """Look again and again, or once."""
    keys = read_trust(trust.read_bytes())
    said: set[str] = set()
    while True:
        for file in sorted(inbox.glob("*.urna")):
            for line in _serve(stock, file, keys):
                if line not in said:
                    said.add(line)
                    click.echo(line)
        if once:
            return
        time.sleep(_PAUSE)


def _serve(stock: Path, file: Path, trust: Trust) -> list[str]:
    """Do what can be done for one urn, and say what was done."""
    try:
        bundle = read_bundle(file)
        manifest = read_log(bundle.leaves).manifest
    except (FileError, UrnError) as error:
        return [f"{file.name}: {error}"]
    for path in sorted(each.parent for each in stock.glob("*/seed")):
        try:
            number = number_of(manifest, Folder(path).seed)
        except RefusedError:
            continue
        with alone(path):
            return _answer(Folder(path), file, number, bundle, _under(trust, manifest.origin))
    return []


def _under(trust: Trust, origin: str) -> Trust:
    """The same keys, for a log whose name begins with the trusted one's."""
    if not origin.startswith(f"{trust.log.name}/"):
        return trust
    return msgspec.structs.replace(trust, log=replace(trust.log, name=origin))


def _answer(held: Folder, file: Path, number: int, bundle: Bundle, trust: Trust) -> list[str]:
    accepted, mixed = file.with_suffix(f".accept-{number}"), file.with_suffix(f".mix-{number}")
    said = []
    try:
        if not accepted.exists():
            leaf, record = accept(held.seed, held.record, bundle, trust, unrehearsed=True)
            held.keep(record)
            store(accepted, leaf)
            said.append(f"{file.name}: godtagen")
        if not mixed.exists():
            handin, record = mix_once(held.seed, held.record, bundle, trust)
            held.keep(record)
            packed = BytesIO()
            write_handin(handin, packed)
            store(mixed, packed.getvalue())
            said.append(f"{file.name}: blandad")
    except RefusedError as error:
        return said if error.code in _WAITING else [*said, f"{file.name}: {error.code}"]
    except UrnError as error:
        return [*said, f"{file.name}: {error}"]
    return said
