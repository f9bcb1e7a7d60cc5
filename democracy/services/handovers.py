"""Handovers: what an outgoing officer holds, drawn up by the system, added to by hand, ticked off."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import HandoverKind
from democracy.errors import FieldError, InvalidInputError
from democracy.services.motions.case import required
from democracy.services.use_case import Service, use_case
from democracy.storage import handovers
from democracy.storage.handover_case import HandoverCase
from democracy.storage.ledger import Text
from democracy.storage.mandate_case import digest_of
from democracy.storage.tables.post import HandoverLineRow, HandoverRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import StepDenied
from workflows.handover import HANDOVER, HandoverFacts, HandoverState

LONGEST = 500


class Handovers(Service):
    """Use cases of whoever leaves, whoever takes over, and the secretary for either. They return the mandate's id."""

    @use_case
    async def draw_up(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Draw the list up, or add what has come to be since. What was ticked stays ticked."""
        case = await handovers.opened(unit, mandate_id, actor=actor)
        key = case.id or new_id()
        await self._take(unit, case, "draw_up", actor, key)
        if case.id is None:
            unit.session.add(HandoverRow(id=key, mandate_id=mandate_id, state=HandoverState.OPEN, drawn_up_at=unit.now))
            await unit.session.flush()
        there = await handovers.listed(unit, key)
        for kind, reference, text in await handovers.held(unit, case):
            if (kind, reference) not in there:
                unit.session.add(
                    HandoverLineRow(id=new_id(), handover_id=key, kind=kind, reference_id=reference, text=text)
                )
        await unit.session.flush()
        return mandate_id

    @use_case
    async def add(self, unit: Unit, mandate_id: UUID, text: str, *, actor: Actor) -> UUID:
        """Add something by hand: keys, papers, contacts."""
        case = await handovers.opened(unit, mandate_id, actor=actor)
        key = self._drawn_up(case, "add")
        written = required("text", text, longest=LONGEST) if text.strip() else ""
        line = HandoverLineRow(id=new_id(), handover_id=key, kind=HandoverKind.OTHER, text=written)
        kept = Text("handover_line", line.id, {"text": written}, about=case.member_id)
        facts = replace(case.facts, text_given=bool(written))
        await self._take(unit, case, "add", actor, key, facts=facts, texts=[kept])
        unit.session.add(line)
        await unit.session.flush()
        return mandate_id

    @use_case
    async def tick(self, unit: Unit, line_id: UUID, *, done: bool = True, actor: Actor) -> UUID:
        """Tick a line off, or take the tick away."""
        case, line = await handovers.of_line(unit, line_id, actor=actor)
        facts = replace(case.facts, ticked=line.ticked_at is not None)
        await self._take(unit, case, "tick" if done else "untick", actor, line.handover_id, facts=facts, line=line_id)
        line.ticked_at = unit.now if done else None
        line.ticked_by = actor.id if done and isinstance(actor, Member) else None
        return case.mandate_id

    @use_case
    async def finish(self, unit: Unit, mandate_id: UUID, *, actor: Actor) -> UUID:
        """Say that everything has been handed over."""
        case = await handovers.opened(unit, mandate_id, actor=actor)
        key = self._drawn_up(case, "finish")
        await self._take(unit, case, "finish", actor, key)
        row = await handovers.row(unit, key)
        row.state, row.finished_at = HandoverState.DONE, unit.now
        return mandate_id

    def _drawn_up(self, case: HandoverCase, rule: str) -> UUID:
        """The list's id; whoever has no part in it is refused before they learn whether there is one."""
        if not HANDOVER.rules[rule].open_to(case.roles):
            raise HANDOVER.wrong_role(rule)
        if case.id is None:
            raise InvalidInputError(FieldError("mandateId", "no_handover"))
        return case.id

    async def _take(
        self, unit: Unit, case: HandoverCase, rule: str, actor: Actor, key: UUID, *,
        facts: HandoverFacts | None = None, texts: list[Text] | None = None, line: UUID | None = None,
    ) -> None:  # fmt: skip
        digest = await digest_of(unit, case.unit_id)
        try:
            step = HANDOVER.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
        except StepDenied as denied:
            raise denied.under(digest) from None
        outcome = {"line": line.hex} if line else None
        unit.record(step, key, by=actor, statutes=digest, outcome=outcome, texts=texts or [])
