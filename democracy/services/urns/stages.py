"""From the close to the count, stage by stage: what each one needs, checks, keeps and writes into the log."""

from collections.abc import Sequence
from dataclasses import replace

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.leaves import Claim, Mix
from democracy.ballotbox.manifest import Manifest, read_manifest
from democracy.ballotbox.mixing import first_list, split
from democracy.ballotbox.opening import Opening, open_urn, read_final, withheld
from democracy.ballotbox.story import read_log
from democracy.ballotbox.urn import Server
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.urns.case import take
from democracy.services.urns.log import head, place_waiting
from democracy.services.urns.seeds import API, LOCK, Seeds
from democracy.services.urns.witnessing import is_witnessed
from democracy.storage import casts, urn_log, urns
from democracy.storage.unit_of_work import Unit
from democracy.storage.urns import UrnCase


def manifest_of(case: UrnCase) -> Manifest:
    """The urn's manifest; raises InvalidInputError where it has not been signed."""
    if case.row.manifest is None:
        raise InvalidInputError(FieldError("urnId", "not_begun"))
    return read_manifest(case.row.manifest)


async def close(unit: Unit, case: UrnCase, seeds: Seeds, *, actor: Actor) -> None:
    """No more ballots: those under way are in, and each has its place in the log."""
    await urns.hold_alone(unit.session, case.row.id)
    while await place_waiting(unit, case.row):
        pass
    number = await casts.in_log(unit.session, case.row.id)
    facts = replace(case.facts, seed_there=seeds.has(case.row.id, API))
    await take(unit, case, "close", actor=actor, facts=facts, outcome={"ballots": number})
    await _append(unit, case, "close", _server(case, seeds).close(number))


async def make_input(unit: Unit, case: UrnCase, seeds: Seeds, *, actor: Actor) -> list[bytes]:
    """The first list: the last ballot of every slot that is not void."""
    records = first_list(await urns.last_boxes(unit.session, case.row.id))
    least, there = manifest_of(case).least, seeds.has(case.row.id, API)
    facts = replace(case.facts, ballots=len(records), least=least, seed_there=there)
    await take(unit, case, "hand_over", actor=actor, facts=facts, outcome={"ballots": len(records)})
    await urns.keep_file(unit.session, case.row.id, "list-0", b"".join(records))
    await _append(unit, case, "input", _server(case, seeds).input(records))
    return records


async def take_mix(unit: Unit, case: UrnCase, leaf: Mix, data: bytes, records: Sequence[bytes], actor: Actor) -> None:
    """A key holder's list, which was found to be in order; `data` is its leaf."""
    facts = replace(case.facts, witnessed=await is_witnessed(unit, case))
    told = {"mixer": leaf.mixer, "records": len(records)}
    await take(unit, case, "take_list", actor=actor, facts=facts, outcome=told)
    await urns.keep_file(unit.session, case.row.id, f"list-{leaf.mixer}", b"".join(records))
    await _append(unit, case, "mix", data)
    k = manifest_of(case).k
    if leaf.mixer == k:
        await take(unit, case, "finish_mixing", actor=actor, facts=replace(case.facts, mixers=k, mixed=leaf.mixer))


async def open_last(unit: Unit, case: UrnCase, seeds: Seeds, *, actor: Actor) -> Opening:
    """Open the last list with the urn's own key. From now on the ballots are in the clear."""
    urn_id, manifest = case.row.id, manifest_of(case)
    story = read_log(await urn_log.leaves_but_ballots(unit.session, urn_id))
    facts = replace(
        case.facts,
        seed_there=seeds.has(urn_id, LOCK),
        witnessed=await is_witnessed(unit, case),
        claims_upheld=sum(1 for _, each in story.all(Claim) if each.finding == "upheld"),
    )
    await take(unit, case, "open", actor=actor, facts=facts)
    secret = seeds.read(urn_id, LOCK).hpke
    last = await urns.file(unit.session, urn_id, f"list-{manifest.k}") or b""
    opening = open_urn(manifest, case.row.m or b"", split(last, manifest.record_bytes(manifest.k)), secret)
    await _keep(unit, case, manifest, opening, secret)
    await _append(unit, case, "opened", _server(case, seeds).opened(manifest, opening, secret))
    return opening


async def state_result(unit: Unit, case: UrnCase, seeds: Seeds, protocol: bytes, *, actor: Actor) -> None:
    """State the count in the log."""
    there, seen = seeds.has(case.row.id, API), await is_witnessed(unit, case)
    await take(unit, case, "count", actor=actor, facts=replace(case.facts, seed_there=there, witnessed=seen))
    await urns.keep_file(unit.session, case.row.id, "protocol", protocol)
    await _append(unit, case, "result", _server(case, seeds).result(protocol))
    await take(unit, case, "note_log", actor=actor, outcome=await head(unit, case.row))


async def opened_ballots(unit: Unit, case: UrnCase) -> list[Body]:
    """The ballots in the clear; NotFoundError before the urn was opened."""
    final = await urns.file(unit.session, case.row.id, "final")
    if final is None:
        raise NotFoundError("urn_file", case.row.id)
    return read_final(final, manifest_of(case))


async def _keep(unit: Unit, case: UrnCase, manifest: Manifest, opening: Opening, secret: bytes) -> None:
    urn_id = case.row.id
    await urns.keep_file(unit.session, urn_id, "final", opening.final)
    await urns.keep_file(unit.session, urn_id, "codes", opening.codes)
    if withheld(manifest, opening.ballots):
        await urns.keep_file(unit.session, urn_id, "secret", secret)


def _server(case: UrnCase, seeds: Seeds) -> Server:
    return Server(case.row.m or b"", seeds.read(case.row.id, API).sign)


async def _append(unit: Unit, case: UrnCase, kind: str, leaf: bytes) -> None:
    await urn_log.append(unit.session, case.row, [(kind, leaf)])
