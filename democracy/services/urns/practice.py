"""A rehearsal's ballots: cast by nobody, into nobody's slots, so that key holders practise on an urn like any other.

The choices are drawn here and told once, to be held against the count. They are no secret.
"""

import base64
import secrets
from collections import Counter
from uuid import UUID

from democracy.ballotbox.ballot import Body, seal
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.manifest import Manifest, Question, read_manifest
from democracy.errors import FieldError, InvalidInputError
from democracy.storage import casts, urns
from democracy.storage.casts import Cast
from democracy.storage.unit_of_work import Unit
from workflows.urn import UrnState

VOTERS = 12
"""Slots of a rehearsal."""


async def practise(unit: Unit, urn_id: UUID) -> Counter[str]:
    """Seal and cast a ballot for every slot of a rehearsal that takes ballots; returns how often each was chosen."""
    row = await urns.locked(unit.session, urn_id)
    if row is None or not row.rehearsal or row.state is not UrnState.READY or row.manifest is None or row.m is None:
        raise InvalidInputError(FieldError("urn", "no_rehearsal_open"))
    manifest, chosen, sealed = read_manifest(row.manifest), Counter[str](), {}
    for slot in range(await urns.roll_size(unit.session, urn_id)):
        body = _body(manifest)
        chosen.update(each for options in body.choices.values() for each in options or ("",))
        box = seal(manifest, row.m, slot, secrets.token_bytes(32), body.message(manifest))[0].box
        sealed[slot] = (1, Cast(slot, box, sha256(box)))
    if len(await casts.write(await unit.session.connection(), urn_id, sealed)) != len(sealed):
        raise InvalidInputError(FieldError("urn", "practised_before"))
    return chosen


def _body(manifest: Manifest) -> Body:
    code = base64.b32encode(secrets.token_bytes(10)).decode()
    return Body({each.id: _choice(each) for each in manifest.questions}, code)


def _choice(question: Question) -> tuple[str, ...]:
    if question.kind == "text":
        return ("prov",)
    return (secrets.choice(question.options),)
