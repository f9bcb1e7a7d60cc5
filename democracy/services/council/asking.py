"""A decision in writing (per capsulam): opened, everybody sought, answered, stopped by a share, closed by the clock."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Actor, Clock, Member
from democracy.domain.bodies import statutes_body
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.council.case import (
    entered,
    hold_role,
    named,
    open_case,
    person_meant,
    procedure_of,
    take,
    written,
)
from democracy.services.council.notices import tell_asked
from democracy.services.council.protocol import Figures, minutes_of, stopped
from democracy.services.motions.case import required
from democracy.services.proceedings.persons import Person
from democracy.services.use_case import Service, use_case
from democracy.storage import council
from democracy.storage.branches import unit_kind
from democracy.storage.council_case import CouncilCase
from democracy.storage.tables.council import CouncilAskedRow, CouncilAttemptRow
from democracy.storage.unit_of_work import Database, Unit
from workflows.council_decision import CouncilDecisionFacts
from workflows.council_kinds import CouncilAnswer, CouncilOutcome
from workflows.engine import StepDenied
from workflows.statutes.parameters.ballots import AfterDecision, WrittenProcedure


@dataclass(frozen=True)
class Opening:
    """How a written procedure is opened."""

    question: str
    closes_at: datetime
    decision: str
    ordered_by: UUID | None = None
    """The body that decided to ask in writing; the deciding body itself where it is left out."""


@dataclass(frozen=True)
class Said:
    """What somebody said, and how it came."""

    person: Person | None = None
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None


OWN = Said()


class Asking(Service):
    """Nobody sees an answer before the window has closed, and none of a procedure that was stopped."""

    @use_case
    async def open(self, unit: Unit, key: UUID, opening: Opening, *, actor: Actor) -> UUID:
        """Open the window: the roll is fixed, the figures that are needed are counted, and everybody is sought."""
        case = await open_case(unit, key, actor)
        hold_role("open_procedure", case)
        rules = await procedure_of(unit, case)
        people = await council.seats(unit, case.body_id, key)
        facts = replace(
            case.facts, procedure_known=rules is not None, entitled_count=len(people), closes_at=opening.closes_at,
            body_may_open=rules is not None and await self._may_open(unit, case, opening, rules),
            decision_given=bool(opening.decision.strip()), question_given=bool(opening.question.strip()),
            shortest=unit.now + timedelta(hours=rules.hours) if rules else None,
        )  # fmt: skip
        text = written(case, {"question": opening.question.strip(), "decision": opening.decision.strip()})
        outcome = {"asked": len(people), "closes": opening.closes_at.isoformat()}
        await take(unit, case, "open_procedure", actor=actor, facts=facts, outcome=outcome, texts=[text])
        if rules is not None:
            await self._write(unit, key, opening, people, rules)
        return key

    async def _may_open(self, unit: Unit, case: CouncilCase, opening: Opening, rules: WrittenProcedure) -> bool:
        body = await unit.meetings.body(opening.ordered_by or case.body_id)
        kind = statutes_body(body.kind, await unit_kind(unit.session, body.unit_id))
        return body.unit_id == case.unit_id and kind in rules.opened_by

    async def _write(
        self, unit: Unit, key: UUID, opening: Opening, people: Sequence[UUID], rules: WrittenProcedure
    ) -> None:
        row = await council.row(unit, key)
        row.question = required("question", opening.question, longest=1_000)
        row.opened_by = required("decision", opening.decision, longest=500)
        row.opens_at, row.closes_at = unit.now, opening.closes_at
        row.answers_needed = rules.answers.needed(len(people))
        row.meetings_needed = rules.stopped_by.needed(len(people)) if rules.stopped_by else None
        unit.session.add_all(CouncilAskedRow(id=new_id(), decision_id=key, member_id=each) for each in people)
        await tell_asked(unit, row, people)

    @use_case
    async def seek(
        self, unit: Unit, key: UUID, person: Person, channel: Channel, note: str | None, *, actor: Actor
    ) -> UUID:
        """Log an attempt to reach somebody who is asked."""
        case = await open_case(unit, key, actor)
        member_id = await named(unit, case, "seek", person)
        place = await council.asked(unit, key, member_id)
        facts = replace(case.facts, entitled=place is not None)
        await take(unit, case, "seek", actor=actor, facts=facts, outcome={"channel": channel.name})
        unit.session.add(
            CouncilAttemptRow(
                id=new_id(), decision_id=key, member_id=member_id, channel=channel,
                note=(note or "").strip()[:500] or None, at=unit.now,
            )
        )  # fmt: skip
        return key

    @use_case
    async def answer(self, unit: Unit, key: UUID, answer: CouncilAnswer, said: Said = OWN, *, actor: Actor) -> UUID:
        """Answer, or write in what somebody answered on the telephone after it had been read to them."""
        case, place, facts = await self._place(unit, key, "answer", said, actor)
        await take(unit, case, "answer", actor=actor, facts=facts, outcome={"channel": said.channel.name})
        assert place is not None  # noqa: S101 - the rule has just asked for it
        place.answer, place.channel, place.answered_at = answer, said.channel, said.received_at or unit.now
        place.recorded_by = None if _own(actor, place) else getattr(actor, "id", None)
        return key

    @use_case
    async def ask_meeting(self, unit: Unit, key: UUID, said: Said = OWN, *, actor: Actor) -> UUID:
        """Ask for a meeting instead. When as many ask as the statutes say, the procedure is stopped at once."""
        case, place, facts = await self._place(unit, key, "ask_meeting", said, actor)
        await take(unit, case, "ask_meeting", actor=actor, facts=facts)
        assert place is not None  # noqa: S101 - the rule has just asked for it
        place.meeting_asked_at = said.received_at or unit.now
        await self._stop(unit, key, actor)
        return key

    async def _stop(self, unit: Unit, key: UUID, actor: Actor) -> None:
        """What has been answered is erased: it will never be shown."""
        case = await council.case(unit, key, actor=actor)
        asked = Figures.of(await council.all_asked(unit, key)).meetings_asked
        if not 0 < case.facts.meetings_needed <= asked:
            return
        facts = replace(case.facts, meetings_asked=asked)
        await take(unit, case, "stop_procedure", actor=actor, facts=facts, outcome={"asked": asked})
        row = await council.row(unit, key)
        row.minutes = stopped(row, asked, unit.zone)
        await council.erase_answers(unit, key)

    @use_case
    async def reserve(self, unit: Unit, key: UUID, text: str, said: Said = OWN, *, actor: Actor) -> UUID:
        """Record a reservation: within the window, which counts as the meeting."""
        case, place, facts = await self._place(unit, key, "reserve", said, actor)
        cleaned = required("text", text)
        kept = written(case, {"reservation": cleaned}, place.member_id if place else None)
        await take(unit, case, "reserve", actor=actor, facts=facts, texts=[kept])
        assert place is not None  # noqa: S101 - the rule has just asked for it
        place.reservation, place.reserved_at = cleaned, unit.now
        return key

    @use_case
    async def close(self, unit: Unit, key: UUID, *, actor: Actor) -> UUID:
        """Close the window when its time is over: decided, or left to a meeting where too few have answered."""
        case = await open_case(unit, key, actor)
        rules = await procedure_of(unit, case)
        row, people = await council.row(unit, key), await council.all_asked(unit, key)
        figures = Figures.of(people)
        enough = case.facts.answered >= case.facts.answers_needed and case.facts.never_sought == 0
        await take(unit, case, "close_procedure" if enough or not _over(case, unit.now) else "leave_to_meeting",
                   actor=actor, outcome={"asked": figures.asked, "answered": figures.answered})  # fmt: skip
        if not enough or rules is None:
            row.minutes = minutes_of(row, figures, None, unit.zone)
            await council.erase_answers(unit, key)
            return key
        carried = rules.share.met(figures.yes, figures.yes + figures.no)
        row.outcome = CouncilOutcome.APPROVED if carried else CouncilOutcome.REJECTED
        row.minutes, row.decided_at = minutes_of(row, figures, row.outcome, unit.zone), row.closes_at
        row.protocol = json.dumps(figures.as_json(), sort_keys=True, separators=(",", ":"))
        row.decision_text = row.question
        row.in_force_from = row.closes_at if rules.after is AfterDecision.REPORTED else None
        await entered(unit, row)
        return key

    async def _place(
        self, unit: Unit, key: UUID, rule: str, said: Said, actor: Actor
    ) -> tuple[CouncilCase, CouncilAskedRow | None, CouncilDecisionFacts]:
        """The matter, somebody's place in the procedure, and the facts about them.

        What was received within the window counts, whenever the secretary writes it in before the window is closed.
        """
        case = await open_case(unit, key, actor)
        who = await person_meant(unit, case, rule, said.person, actor)
        if said.received_at is not None and said.received_at > unit.now:
            raise InvalidInputError(FieldError("receivedAt", "in_the_future"))
        place = await council.asked(unit, key, who)
        facts = replace(
            case.facts, entitled=place is not None,
            received_at=None if actor == Member(who) else said.received_at,
            barred=await council.is_barred(unit, key, who),
            has_answered=place is not None and place.answer is not None,
            asked_for_meeting=place is not None and place.meeting_asked_at is not None,
            reserved=place is not None and place.reserved_at is not None,
        )  # fmt: skip
        return case, place, facts


def _own(actor: Actor, place: CouncilAskedRow) -> bool:
    return isinstance(actor, Member) and actor.id == place.member_id


def _over(case: CouncilCase, now: datetime) -> bool:
    return case.facts.closes_at is not None and now >= case.facts.closes_at


async def close_due(database: Database, now: datetime) -> int:
    """Close every procedure whose window is over; returns how many. Nobody answers after it, closed or not."""
    async with database.read() as connection:
        due = await council.due(connection, now)
    done = 0
    for key in due:
        try:
            await Asking(database, now).close(key, actor=Clock())
        except StepDenied:
            continue
        done += 1
    return done
