"""Signed checkpoints of the ledger: each goes on from the one before, whatever the database has been restored to."""

from datetime import datetime

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.log_key import sign_next
from democracy.ballotbox.merkle import consistency
from democracy.ballotbox.note import Note, SignatureLine, SignerKey, VerifierKey
from democracy.services.ledger.log_key import LedgerKey
from democracy.storage import chain, ledger_tree
from democracy.storage.unit_of_work import Database, Unit


class NotOursError(Exception):
    """The ledger is signed by a key that is not on this machine: its verifier key."""


async def sign_checkpoint(database: Database, key: LedgerKey, base_url: str, at: datetime) -> str | None:
    """Sign how far the ledger has come, unless that has been done. Returns the newest note, None for an empty ledger.

    Raises NotOursError where another machine signs, ForkError where the tree does not go on from the last one signed.
    Only what is committed is signed: the leaves came in by earlier units.
    """
    async with database.unit(at) as unit:
        await ledger_tree.lock_signing(unit.session)
        connection = await unit.session.connection()
        size = await chain.length(connection)
        if size == 0:
            return None
        signer = await _signer(unit, key, base_url)
        kept = await ledger_tree.checkpoint_of(connection, size)
        if kept is not None and kept.startswith(f"{signer.name}\n"):
            return kept
        following = Checkpoint(signer.name, size, await ledger_tree.root_at(connection, size))
        last = key.last_signed
        note = sign_next(signer, last, following, await _proof(unit, last, following))
        key.remember(following)
        await ledger_tree.keep_checkpoint(unit.session, size, str(note))
        return str(note)


async def add_cosignature(database: Database, size: int, line: SignatureLine, at: datetime) -> bool:
    """Put a witness's line under a checkpoint; False where there is none of this size."""
    async with database.unit(at) as unit:
        await ledger_tree.lock_signing(unit.session)
        kept = await ledger_tree.checkpoint_of(unit.session, size)
        if kept is not None and str(line) not in kept:
            note = Note.parse(kept)
            await ledger_tree.keep_checkpoint(unit.session, size, str(note.with_lines(line)))
        return kept is not None


async def renew_key(database: Database, key: LedgerKey, base_url: str, at: datetime) -> VerifierKey:
    """Begin a new log over the same tree, with a new name and key; the old key's notes stay and still count.

    For when the key was lost, or when a restored database cannot go on from what was signed. It is seen by everybody.
    """
    async with database.unit(at) as unit:
        await ledger_tree.lock_signing(unit.session)
        if key.exists:
            key.give_up()
        made = key.make(base_url).verifier
        await ledger_tree.keep_setting(unit.session, ledger_tree.LOG, str(made))
        return made


async def _signer(unit: Unit, key: LedgerKey, base_url: str) -> SignerKey:
    announced = await ledger_tree.setting(unit.session, ledger_tree.LOG)
    if announced is None:
        made = key.make(base_url)
        await ledger_tree.keep_setting(unit.session, ledger_tree.LOG, str(made.verifier))
        return made
    if not key.exists or str(key.signer.verifier) != announced:
        raise NotOursError(announced)
    return key.signer


async def _proof(unit: Unit, last: Checkpoint | None, following: Checkpoint) -> list[bytes]:
    if last is None or last.size > following.size:
        return []
    return await ledger_tree.proof(unit.session, consistency(last.size, following.size))
