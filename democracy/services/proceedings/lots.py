"""Shares of a lot: committed to before the votes are counted, revealed when the figures are equal."""

import re
from dataclasses import replace
from uuid import UUID

from democracy.counting.lots import commit
from democracy.domain.actors import Actor, Member
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.division_steps import opened, take
from democracy.services.use_case import Service, use_case
from democracy.storage.tables.division import LotShareRow
from democracy.storage.unit_of_work import Unit

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_SHARE = re.compile(r"(?:[0-9a-f]{2}){16,64}")


class LotShares(Service):
    """Use cases of those who put in a share."""

    @use_case
    async def commit(self, unit: Unit, division_id: UUID, commitment: str, *, actor: Actor) -> UUID:
        """Commit to a share: SHA-256 of it in hex, as `democracy.counting.lots.commit` makes it."""
        commitment = _hex("commitment", commitment, _COMMITMENT)
        _, case = await opened(unit, division_id, actor)
        await take(unit, case, "commit_lot", actor=actor, outcome={"commitment": commitment})
        member = actor.id if isinstance(actor, Member) else UUID(int=0)
        unit.session.add(
            LotShareRow(division_id=division_id, member_id=member, commitment=commitment, committed_at=unit.now)
        )
        return division_id

    @use_case
    async def reveal(self, unit: Unit, division_id: UUID, share: str, *, actor: Actor) -> UUID:
        """Reveal the share that one committed to, in hex: 16 to 64 bytes."""
        share = _hex("share", share, _SHARE)
        _, case = await opened(unit, division_id, actor)
        member = actor.id if isinstance(actor, Member) else UUID(int=0)
        row = await unit.session.get(LotShareRow, (division_id, member))
        known = row is not None and commit(bytes.fromhex(share)) == row.commitment
        facts = replace(case.facts, share_known=known)
        await take(unit, case, "reveal_lot", actor=actor, facts=facts, outcome={"share": share})
        if row is not None:
            row.share, row.revealed_at = share, unit.now
        return division_id


def _hex(path: str, given: str, form: re.Pattern[str]) -> str:
    cleaned = given.strip().lower()
    if not form.fullmatch(cleaned):
        raise InvalidInputError(FieldError(path, "hex"))
    return cleaned


def hex_of(path: str, given: str) -> str:
    """A commitment or a share, as it is stored; InvalidInputError for anything else."""
    return _hex(path, given, _COMMITMENT if path == "commitment" else _SHARE)
