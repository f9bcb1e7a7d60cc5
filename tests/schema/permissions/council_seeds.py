"""Matters before the district's board, each at a stage of its own; each text marked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from democracy.domain.ids import new_id
from democracy.services.council.asking import Asking, Opening
from democracy.services.council.raising import Matter, Raising, Report
from democracy.services.council.sounding import Sounding
from democracy.storage.decision_register import Entry, enter
from democracy.storage.tables.council import CouncilAskedRow, CouncilDecisionRow, CouncilPaperRow
from tests.world import BEFORE, World
from workflows.council_decision import CouncilDecisionState
from workflows.council_kinds import Confidentiality, CouncilOutcome, Initiative, MatterSort

Mark = Callable[[str, str], str]
STAGES = ("raised", "prepared", "asking", "due", "called", "decided")
DAY = timedelta(days=1)
PROTOCOL = '{"abstained":0,"answered":2,"asked":2,"meetings_asked":0,"no":0,"yes":2}'


@dataclass
class Councils:
    """Ids by name: matters, and the paper of the one that is prepared."""

    matters: dict[str, UUID] = field(default_factory=dict)
    paper: UUID = field(default_factory=new_id)


async def seed_councils(world: World, mark: Mark) -> Councils:
    """The mover raises all of them; the board's secretary does the rest."""
    made = Councils()
    for stage in STAGES:
        made.matters[f"council_{stage}"] = await _raised(world, f"council_{stage}", mark)
    for stage in ("prepared", "asking", "due"):
        await _prepared(world, made.matters[f"council_{stage}"], f"council_{stage}", mark)
    await _opened_paper(world, made)
    raising = Raising(world.database, BEFORE - 4 * DAY)
    await raising.declare_conflict(made.matters["council_due"], "Egen sak.", actor=world.actor("chair"))
    for stage, closes in (("asking", BEFORE + 3 * DAY), ("due", BEFORE)):
        opening = Opening(f"Godkänns {mark(f'council_{stage}', 'question')}?", closes, "DS § 7")
        asking = Asking(world.database, BEFORE - 3 * DAY)
        await asking.open(made.matters[f"council_{stage}"], opening, actor=world.actor("secretary"))
    await _led_on(world, made, mark)
    await _registered(world, made, mark)
    return made


async def _raised(world: World, name: str, mark: Mark) -> UUID:
    matter = Matter(
        world.bodies["district/board"], f"Ärende {mark(name, 'title')}", f"Gäller {mark(name, 'summary')}.",
        MatterSort.POLICY, Initiative.MEMBER,
    )  # fmt: skip
    key: UUID = await Raising(world.database, BEFORE - 5 * DAY).raise_(matter, actor=world.actor("mover"))
    return key


async def _prepared(world: World, key: UUID, name: str, mark: Mark) -> None:
    secretary, raising = world.actor("secretary"), Raising(world.database, BEFORE - 4 * DAY)
    await raising.attach(key, f"Bilaga {mark(name, 'paper')}", f"Text {mark(name, 'content')}.", actor=secretary)
    report = Report(f"Så {mark(name, 'report')}.", ("Ja", "Nej"), "Inga.", "Inga.")
    await raising.prepare(key, report, actor=secretary)
    await raising.set_level(key, Confidentiality.DELEGATES, BEFORE + 5 * DAY, actor=secretary)
    if name == "council_prepared":
        sounding, granvik = Sounding(world.database, BEFORE - 4 * DAY), world.units["granvik"]
        await sounding.sound(key, f"Vad anser ni om {mark(name, 'asked')}?", [granvik], None, actor=secretary)


async def _opened_paper(world: World, made: Councils) -> None:
    async with world.database.read() as connection:
        papers = select(CouncilPaperRow.id).where(CouncilPaperRow.decision_id == made.matters["council_prepared"])
        made.paper = (await connection.execute(papers)).scalar_one()
    await Raising(world.database, BEFORE - DAY).open_paper(made.paper, actor=world.actor("mover"))


async def _registered(world: World, made: Councils, mark: Mark) -> None:
    """Two decisions in the register: one that everybody may know of, and one that only the board may."""
    unit_id, body = world.units["norrviken"], world.bodies["district/board"]
    async with world.database.unit(BEFORE) as unit:
        for name in ("council_decided", "council_due"):
            title, text = f"Ärende {mark(name, 'title')}", f"Vi {mark(name, 'decision')}."
            await enter(
                unit.session,
                Entry("council_decision", made.matters[name], unit_id, body, title, text, BEFORE, ground="DS § 9"),
            )


async def _led_on(world: World, made: Councils, mark: Mark) -> None:
    """What a story leads to, written straight into the rows."""
    row = CouncilDecisionRow
    called, decided = made.matters["council_called"], made.matters["council_decided"]
    public = {"level": Confidentiality.MEMBERS, "embargo_until": None}
    outcome = {
        "state": CouncilDecisionState.DECIDED, "protocol": PROTOCOL, "outcome": CouncilOutcome.APPROVED,
        "decision_text": f"Vi {mark('council_decided', 'decision')}.", "decided_at": BEFORE - DAY,
        "rationale": f"Därför {mark('council_decided', 'rationale')}.", "rationale_at": BEFORE - DAY,
        "responsible_id": world.members["member"], "minutes": f"§ 1 {mark('council_decided', 'minutes')}.",
    }  # fmt: skip
    async with world.database.unit(BEFORE) as unit:
        await unit.session.execute(
            update(row).where(row.id == called).values(state=CouncilDecisionState.CALLED, **public)
        )
        await unit.session.execute(update(row).where(row.id == decided).values(**outcome, **public))
        for name, text in (("board", f"Nej, {mark('council_decided', 'reservation')}."), ("secretary", None)):
            unit.session.add(
                CouncilAskedRow(
                    id=new_id(), decision_id=decided, member_id=world.members[name], reservation=text,
                    reserved_at=BEFORE if text else None,
                )
            )  # fmt: skip
