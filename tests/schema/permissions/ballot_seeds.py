"""A member ballot in every stage, each text marked."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from democracy.services.ballots.draft import Asked, BallotDraft
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.ordering import BallotOrdering
from democracy.services.ballots.preparing import BallotPreparing
from democracy.services.urns.seeds import Seeds
from tests.urns import Held
from tests.world import BEFORE, World
from workflows.ballot_kinds import CorrectionKind

AT = BEFORE
DAY = timedelta(days=1)
EARLIER = AT - 31 * DAY
"""When the ballots were announced, so that some are open and some due to close when everybody looks."""
COUNTED = date(2025, 12, 1)
STAGES = {
    # Name: how many days before the look it opens
    "ballot_draft": -5, "ballot_demanded": -5, "ballot_ordered": -5, "ballot_embargoed": -5, "ballot_announced": 1,
    "ballot_open": 2, "ballot_due": 30,
}  # fmt: skip


def marked(name: str, part: str) -> str:
    """A word that stands in this part of this ballot and nowhere else."""
    return f"zq{name}{part}qz".replace("_", "")


async def seed_ballots(world: World, folder: Path) -> tuple[dict[str, UUID], dict[str, UUID], UUID]:
    """The ballots by name, their urns, and a correction that waits for its second officer."""
    urns: dict[str, UUID] = {}
    made = {name: await _ballot(world, folder, urns, name, days) for name, days in STAGES.items()}
    preparing, member = BallotPreparing(world.database, AT - DAY), world.members["neighbour"]
    correction = await preparing.propose_correction(
        made["ballot_announced"], member, CorrectionKind.REMOVE, marked("ballot_announced", "person"),
        actor=world.actor("secretary"),
    )  # fmt: skip
    return made, urns, correction


async def _ballot(world: World, folder: Path, urns: dict[str, UUID], name: str, days: int) -> UUID:
    ordering, preparing = BallotOrdering(world.database, EARLIER), BallotPreparing(world.database, EARLIER)
    secretary, opens = world.actor("secretary"), AT - days * DAY
    ballot: UUID = await ordering.draft(
        BallotDraft(
            body_id=world.bodies["district/board"],
            title=f"Omröstning {marked(name, 'title')}",
            background=f"Därför {marked(name, 'background')}.",
            questions=(Asked(f"Ska {marked(name, 'question')} införas?"),),
            opens_at=opens,
            closes_at=opens + 21 * DAY,
            embargo_until=AT + DAY if name == "ballot_embargoed" else None,
        ),
        actor=secretary,
    )
    if name == "ballot_draft":
        return ballot
    # A branch without members: its support alone is never enough.
    branch = "norrmark" if name == "ballot_demanded" else "granvik"
    await ordering.demand(ballot, world.units[branch], "§ 2", COUNTED, actor=secretary)
    if name == "ballot_demanded":
        return ballot
    for side in ("Ja-sidan", "Nej-sidan"):
        await preparing.inform(ballot, side, f"Så {marked(name, 'side')}.", None, actor=secretary)
    await preparing.fix_electorate(ballot, COUNTED, actor=secretary)
    if name == "ballot_ordered":
        return ballot
    await preparing.announce(ballot, actor=secretary)
    if name != "ballot_embargoed":
        urns[name] = (await Held(world.database, Seeds(folder), secretary, ballot).prepare(EARLIER)).urn
    if name in {"ballot_open", "ballot_due"}:
        await BallotHolding(world.database, opens).open(ballot, actor=world.actor("clock"))
    return ballot
