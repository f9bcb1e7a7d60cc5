"""Signatures, corrections and §§ that were verified at once, held against what the ledger says of them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.minutes_verdict import MinutesFault, MinutesFinding
from democracy.services.proceedings.minutes_text import digest_of
from democracy.storage.minutes_ledger import Kept, Recorded
from democracy.storage.reads.minutes_signing import AddendumView, AtOnceView, SignatureView, around
from democracy.storage.statutes import Connected

SIGNED = ("sign", "sign_item")
Found = tuple[MinutesFault, str, str | None, str | None]


async def compare_signing(
    connection: Connected, row: Any, steps: Sequence[Recorded], texts: Sequence[Kept]
) -> tuple[int, list[MinutesFinding]]:
    """How many signatures there are, and what is wrong with them and with corrections."""
    beside = await around(connection, row.id)
    addenda = {each.id for each in beside.addenda}
    own = [step for step in steps if step.case_id == row.id or step.case_id in addenda]
    found = [
        *_signatures(beside.given, own, texts),
        *(each for view in beside.addenda for each in _addendum(view, own, texts)),
        *(each for view in beside.at_once for each in _section(view, own)),
    ]
    return len(beside.given), [MinutesFinding(row.name, *each) for each in found]


def _signatures(given: Sequence[SignatureView], steps: Sequence[Recorded], texts: Sequence[Kept]) -> Iterator[Found]:
    told = {UUID(step.outcome["signature"]): step.outcome for step in steps if step.rule in SIGNED}
    kept = {text.noun_id: text.content for text in texts if text.noun == "minutes_signature"}
    for each in given:
        said = told.pop(each.id, None)
        if said is None:
            yield MinutesFault.SIGNATURE_ADDED, str(each.id), each.member_id.hex, None
            continue
        stored = (each.member_id.hex, each.digest)
        if stored != (said["member"], said["digest"]):
            yield MinutesFault.SIGNATURE_ALTERED, str(each.id), " ".join(stored), f"{said['member']} {said['digest']}"
        content = kept.get(each.id)
        if content is not None and content["dissent"] != each.dissent:
            yield MinutesFault.SIGNATURE_ALTERED, str(each.id), each.dissent, content["dissent"]
    for missing, said in told.items():
        yield MinutesFault.SIGNATURE_MISSING, str(missing), None, said["member"]


def _addendum(view: AddendumView, steps: Sequence[Recorded], texts: Sequence[Kept]) -> Iterator[Found]:
    own = [step for step in steps if step.case_id == view.id]
    kept = next((text.content for text in texts if text.noun_id == view.id and text.content), None)
    stored = {"before": view.before, "after": view.after, "reason": view.reason}
    if kept is not None and stored != dict(kept):
        yield MinutesFault.ADDENDUM_ALTERED, str(view.id), f"{view.before} → {view.after}", _words(kept)
    state = own[-1].dest if own else None
    if view.state.name != state:
        yield MinutesFault.ADDENDUM_ALTERED, str(view.id), view.state.name, state


def _words(kept: Any) -> str:
    return f"{kept.get('before')} → {kept.get('after')}"


def _section(view: AtOnceView, steps: Sequence[Recorded]) -> Iterator[Found]:
    fixed = [
        step.outcome["digest"] for step in steps
        if step.rule == "verify_item_at_once" and step.outcome["item"] == view.item_id.hex
    ]  # fmt: skip
    told = fixed[-1] if fixed else None
    if not view.digest == digest_of(view.text) == told:
        yield MinutesFault.SECTION_ALTERED, f"§ {view.number}", digest_of(view.text), told
