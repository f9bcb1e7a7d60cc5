"""A member ballot in every stage, each text marked."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from democracy.domain.ids import new_id
from democracy.services.ballots.draft import Asked, BallotDraft
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.objecting import Objecting
from democracy.services.ballots.ordering import BallotOrdering
from democracy.services.ballots.postal import PostalChannel
from democracy.services.ballots.preparing import BallotPreparing
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballots
from democracy.storage.tables.ballot import BallotObjectionRow, PostalVoteRow
from tests.urns import Held
from tests.world import BEFORE, World
from workflows.ballot_kinds import CorrectionKind
from workflows.member_ballot import MemberBallotState

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


LATER_STATES = {
    "ballot_closed": MemberBallotState.CLOSED, "ballot_counted": MemberBallotState.COUNTED,
    "ballot_certified": MemberBallotState.CERTIFIED, "ballot_published": MemberBallotState.PUBLISHED,
    "ballot_decided": MemberBallotState.PUBLISHED,
}  # fmt: skip
"""What a story leads to, written straight into the row: who sees and may do what follows from the state alone."""
PROTOCOL = (
    '{"digital":0,"electors":17,"format":"member-ballot/1","outcome":"NO_VOTES","papers":0,"papers_spoilt":0,'
    '"questions":[],"quorum":null,"spoilt":0,"taken_part":0}'
)


def marked(name: str, part: str) -> str:
    """A word that stands in this part of this ballot and nowhere else."""
    return f"zq{name}{part}qz".replace("_", "")


async def seed_ballots(world: World, folder: Path) -> tuple[dict[str, UUID], dict[str, UUID], UUID, UUID]:
    """The ballots by name, their urns, a correction that waits for its second officer, and an unanswered objection."""
    urns: dict[str, UUID] = {}
    made = {name: await _ballot(world, folder, urns, name, days) for name, days in STAGES.items()}
    preparing, member = BallotPreparing(world.database, AT - DAY), world.members["neighbour"]
    correction = await preparing.propose_correction(
        made["ballot_announced"], member, CorrectionKind.REMOVE, marked("ballot_announced", "person"),
        actor=world.actor("secretary"),
    )  # fmt: skip
    for name, state in LATER_STATES.items():
        made[name] = await _ballot(world, folder, urns, "ballot_announced", 30, called=name)
        await _lead_on(world, made[name], name, state)
    return made, urns, correction, await _leave_things(world, folder, made)


async def _lead_on(world: World, ballot: UUID, name: str, state: MemberBallotState) -> None:
    counted = state is not MemberBallotState.CLOSED
    async with world.database.unit(AT) as unit:
        row = await ballots.row(unit, ballot)
        row.state, row.objections_until = state, None
        row.protocol = PROTOCOL if counted else None
        row.outcome = marked(name, "outcome") if name == "ballot_decided" else None
        if name == "ballot_closed":
            envelope = {"set_aside": False, "fault": None, "received_on": COUNTED}
            unit.session.add(
                PostalVoteRow(id=new_id(), ballot_id=ballot, member_id=world.members["neighbour"], **envelope)
            )


async def _leave_things(world: World, folder: Path, made: dict[str, UUID]) -> UUID:
    """An envelope that waits for two officers' signatures, and an objection that waits for its answer."""
    postal = PostalChannel(world.database, AT - DAY, seeds=Seeds(folder))
    await postal.mark(
        made["ballot_due"], world.members["presidium"], (AT - 20 * DAY).date(), actor=world.actor("secretary")
    )
    text = f"Fel {marked('ballot_due', 'objection')}."
    await Objecting(world.database, AT - 20 * DAY).object(made["ballot_due"], text, actor=world.actor("member"))
    async with world.database.unit(AT) as unit:
        return (await unit.session.scalars(select(BallotObjectionRow.id))).one()


async def _ballot(
    world: World, folder: Path, urns: dict[str, UUID], name: str, days: int, called: str | None = None
) -> UUID:
    written = called or name
    ordering, preparing = BallotOrdering(world.database, EARLIER), BallotPreparing(world.database, EARLIER)
    secretary, opens = world.actor("secretary"), AT - days * DAY
    ballot: UUID = await ordering.draft(
        BallotDraft(
            body_id=world.bodies["district/board"],
            title=f"Omröstning {marked(written, 'title')}",
            background=f"Därför {marked(written, 'background')}.",
            questions=(Asked(f"Ska {marked(written, 'question')} införas?"),),
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
        await preparing.inform(ballot, side, f"Så {marked(written, 'side')}.", None, actor=secretary)
    await preparing.fix_electorate(ballot, COUNTED, actor=secretary)
    if name == "ballot_ordered":
        return ballot
    await preparing.announce(ballot, actor=secretary)
    if name != "ballot_embargoed" and called is None:
        urns[name] = (await Held(world.database, Seeds(folder), secretary, ballot).prepare(EARLIER)).urn
    if name in {"ballot_open", "ballot_due"}:
        await BallotHolding(world.database, opens).open(ballot, actor=world.actor("clock"))
    return ballot
