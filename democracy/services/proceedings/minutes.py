"""Minutes from the first word to their publication: worded, handed over to be verified, taken back, published."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.errors import ConflictError, FieldError, InvalidInputError
from democracy.services.proceedings.minutes_asking import ask_officers, due_at
from democracy.services.proceedings.minutes_steps import expect_version, take_minutes
from democracy.services.proceedings.minutes_text import Written, kept_with, written
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.minutes import Part
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.tables.minutes import MinutesWordingRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.minutes.names import hidden_names
from democracy.texts.minutes.section import WordingError, check_wording

LONGEST = 50_000
LATE_STEP = timedelta(minutes=1)
"""A step is dated when its request was read: it may come to be seen a little after that."""


class Minutes(Service):
    """Use cases of those who write minutes."""

    @use_case
    async def edit(
        self, unit: Unit, minutes_id: UUID, item_id: UUID | None, text: str, expected: int | None = None, *,
        actor: Actor,
    ) -> UUID:  # fmt: skip
        """Word one § otherwise (the head where `item_id` is None). What is bound stays as it is and where it is.

        `expected`: the version of that §'s wording that was read, 0 for none; ConflictError for another.
        """
        case = await unit.minutes.open(minutes_id, actor=actor)
        kept = item_id is not None and await unit.minutes.section(item_id) is not None
        now = await written(unit.session, case.meeting_id, minutes_id, unit.zone)
        section = now.section(item_id)
        version = await unit.minutes.wording_version(minutes_id, item_id)
        if expected is not None and expected != version:
            raise ConflictError("version_changed", current=version)
        words = hidden_names(_wording(text), now.people.values())
        row = MinutesWordingRow(
            id=new_id(), minutes_id=minutes_id, item_id=item_id, version=version + 1, text=words, at=unit.now,
            by=actor.id if isinstance(actor, Member) else None,
        )  # fmt: skip
        outcome = {"item": item_id.hex if item_id else None, "version": version + 1}
        texts = [Text("minutes_wording", row.id, {"text": words})]
        facts = replace(case.facts, item_kept=kept)
        await take_minutes(unit, case, "edit", actor, facts=facts, outcome=outcome, texts=texts)
        try:
            check_wording(section, words)
        except WordingError as wrong:
            raise InvalidInputError(FieldError("text", wrong.code, {"marker": wrong.key})) from None
        unit.session.add(row)
        return minutes_id

    @use_case
    async def open_signing(self, unit: Unit, minutes_id: UUID, expected: int | None = None, *, actor: Actor) -> UUID:
        """Fix the text and ask chair, secretary and verifiers to sign it."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        expect_version(case, expected)
        now = await written(unit.session, case.meeting_id, minutes_id, unit.zone)
        outcome = {"digest": now.digest}
        await take_minutes(unit, case, "open_signing", actor, outcome=outcome, texts=kept_with(now.text, now))
        await fix_text(unit, case, now)
        await ask_officers(unit, Part(minutes_id), case, due_at(unit, case))
        return minutes_id

    @use_case
    async def take_back(self, unit: Unit, minutes_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Write on. Every signature falls; once the text is fixed anew, everybody is asked again."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        texts = [Text("minutes", minutes_id, {"reason": reason.strip()})]
        await take_minutes(unit, case, "take_back", actor, facts=facts, texts=texts)
        row = await unit.minutes.row(minutes_id)
        row.text = row.digest = row.signing_since = row.due_at = None
        await unit.minutes.fall(Part(minutes_id))
        await unit.minutes.forget_signatories(Part(minutes_id))
        return minutes_id

    @use_case
    async def publish(self, unit: Unit, minutes_id: UUID, *, actor: Actor) -> UUID:
        """Let everybody who sees the meeting read its minutes."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        await take_minutes(unit, case, "publish", actor)
        (await unit.minutes.row(minutes_id)).published_at = unit.now
        return minutes_id


async def fix_text(unit: Unit, case: MinutesCase, now: Written) -> None:
    """Keep the text as it is signed from now on."""
    row = await unit.minutes.row(case.id)
    row.text, row.digest, row.signing_since, row.due_at = now.text, now.digest, unit.now, due_at(unit, case)
    row.compared_at = unit.now - LATE_STEP


def _wording(text: str) -> str:
    cleaned = text.strip()
    if len(cleaned) > LONGEST:
        raise InvalidInputError(FieldError("text", "too_long", {"longest": LONGEST}))
    return cleaned
