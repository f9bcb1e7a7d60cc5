"""Cases of the district's board in several stages, written as they stand; each text marked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.storage import statutes
from democracy.storage.tables.appeal import AppealRow, AppellantRow
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow, FounderRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.unit_of_work import Unit
from tests.schema.permissions.heard import heard
from tests.world import World
from workflows.appeal import APPEAL
from workflows.appeal_facts import AppealState, StayState
from workflows.branch_application import BRANCH_APPLICATION
from workflows.branch_application_facts import BranchApplicationState, Position
from workflows.ruling import RULING, RulingState
from workflows.statutes.parameters.appeals import Decision

_B = BranchApplicationState
APPLICATIONS = {
    "branch_gathering": _B.GATHERING, "branch_hearing": _B.HEARING, "branch_ready": _B.READY,
    "branch_approved": _B.APPROVED, "branch_called": _B.CALLED, "branch_formed": _B.FORMED,
}  # fmt: skip
RULINGS = {
    "ruling_new": RulingState.NEW, "ruling_open": RulingState.OPEN, "ruling_stating": RulingState.APPEALED,
    "ruling_answering": RulingState.APPEALED,
}  # fmt: skip
APPEALS = {"appeal_stating": AppealState.AWAITING_STATEMENT, "appeal_answering": AppealState.AWAITING_REPLY}
"""Each against the decision of the same second name."""

Mark = Callable[[str, str], str]


@dataclass
class Cases:
    """Ids by name."""

    applications: dict[str, UUID] = field(default_factory=dict)
    rulings: dict[str, UUID] = field(default_factory=dict)
    appeals: dict[str, UUID] = field(default_factory=dict)


async def seed_cases(world: World, at: datetime, mark: Mark) -> Cases:
    """`mover` and `co_mover` found, `invited` has been asked; `mover` alone is concerned by decisions, and appeals."""
    made = Cases()
    async with world.database.unit(at) as unit:
        rules = await statutes.in_force(unit.session, world.units["norrviken"], at.date())
        digest = await statutes.keep(unit.session, rules)
        for name, stage in APPLICATIONS.items():
            made.applications[name] = await _application(unit, world, name, stage, digest, mark)
        for name, state in RULINGS.items():
            made.rulings[name] = await _ruling(unit, world, name, state, digest, mark)
        for name, tried in APPEALS.items():
            ruling = made.rulings[name.replace("appeal", "ruling")]
            made.appeals[name] = await _appeal(unit, world, name, tried, ruling, digest, mark)
    return made


async def _application(
    unit: Unit, world: World, name: str, state: BranchApplicationState, digest: str, mark: Mark
) -> UUID:
    key, soon = new_id(), unit.now + timedelta(days=10)
    handed_in = state is not _B.GATHERING
    unit.session.add(
        BranchApplicationRow(
            id=key,
            unit_id=world.units["norrviken"],
            body_id=world.bodies["district/board"],
            next_caller_id=world.bodies["party/board"],
            statutes_digest=digest,
            state=state,
            version=1,
            kind=UnitKind.LOCAL_BRANCH,
            name=f"Föreningen {mark(name, 'name')}",
            area="Byn",
            reasons=mark(name, "reasons"),
            proposed_statutes="",
            created_at=unit.now,
            channel=Channel.DIGITAL,
            received_at=unit.now if handed_in else None,
            decide_by=soon if handed_in else None,
            answers_due_at=soon if handed_in else None,
            draft=f"Nej, {mark(name, 'draft')}.",
            form_by=soon,
            founded_at=unit.now,
            formed_id=world.units["norrmark"] if state is _B.FORMED else None,
        )
    )
    await unit.session.flush()
    for person in ("mover", "co_mover", *(("invited",) if state is _B.GATHERING else ())):
        unit.session.add(
            FounderRow(
                id=new_id(),
                application_id=key,
                member_id=world.members[person],
                interim_role=MandateRole.CHAIR,
                invited_at=unit.now,
                confirmed_at=None if person == "invited" else unit.now,
                channel=Channel.DIGITAL,
            )
        )
    if state in {_B.HEARING, _B.READY}:
        answered = state is _B.READY
        unit.session.add(
            ConsultationRow(
                id=new_id(),
                application_id=key,
                unit_id=world.units["granvik"],
                asked_at=unit.now,
                due_at=soon,
                position=Position.OPPOSES if answered else None,
                answered_at=unit.now if answered else None,
                answer=f"Nej, {mark(name, 'answer')}." if answered else None,
            )
        )
    heard(unit, BRANCH_APPLICATION, "edit", key, state)
    return key


async def _ruling(unit: Unit, world: World, name: str, state: RulingState, digest: str, mark: Mark) -> UUID:
    key, board, party = new_id(), world.bodies["district/board"], world.bodies["party/board"]
    unit.session.add(
        RulingRow(
            id=key,
            kind=Decision.BRANCH_REFUSED,
            unit_id=world.units["norrviken"],
            body_id=board,
            office_id=board,
            appeal_to_id=party,
            appeal_office_id=party,
            state=state,
            statutes_digest=digest,
            title="Avslag",
            text=mark(name, "text"),
            reasons=mark(name, "reasons"),
            decision="DS § 3",
            decided_at=unit.now,
            recorded_at=unit.now,
            open_to_members=False,
        )
    )
    await unit.session.flush()
    sent = None if state is RulingState.NEW else unit.now
    unit.session.add(
        RulingNoticeRow(
            id=new_id(),
            ruling_id=key,
            member_id=world.members["mover"],
            sent_at=sent,
            received_at=sent,
            channel=Channel.E_MAIL,
        )
    )
    heard(unit, RULING, "record", key, state)
    return key


async def _appeal(
    unit: Unit, world: World, name: str, state: AppealState, ruling: UUID, digest: str, mark: Mark
) -> UUID:
    key, soon = new_id(), unit.now + timedelta(days=10)
    stated = state is AppealState.AWAITING_REPLY
    unit.session.add(
        AppealRow(
            id=key,
            ruling_id=ruling,
            body_id=world.bodies["party/board"],
            office_id=world.bodies["party/board"],
            respondent_id=world.bodies["district/board"],
            stay_body_id=world.bodies["party/board"],
            statutes_digest=digest,
            body_statutes=digest,
            state=state,
            version=1,
            lodged_at=unit.now,
            statement_due_at=soon,
            statement=mark(name, "statement") if stated else None,
            stated_at=unit.now if stated else None,
            reply_due_at=soon if stated else None,
            stay=StayState.NONE,
        )
    )
    await unit.session.flush()
    unit.session.add(
        AppellantRow(
            id=new_id(),
            appeal_id=key,
            member_id=world.members["mover"],
            received_at=unit.now,
            recorded_at=unit.now,
            channel=Channel.DIGITAL,
            in_time=True,
            has_standing=True,
            right_addressee=True,
            grounds=mark(name, "grounds"),
        )
    )
    heard(unit, APPEAL, "lodge", key, state)
    return key
