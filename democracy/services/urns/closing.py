"""From the close to the count: the first list, the key holders' lists, the opening, the result."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.counted import protocol_of
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.handin import HandIn, read_handin, take_in
from democracy.ballotbox.leaves import Mix, read
from democracy.ballotbox.mixing import split
from democracy.ballotbox.paper import paper_in
from democracy.ballotbox.story import read_log
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import open_ballot
from democracy.services.ballots.case import take as take_ballot
from democracy.services.ballots.reminding import tell_slots
from democracy.services.ballots.signing import voids_missing
from democracy.services.ballots.turnout import keep_turnout
from democracy.services.urns import stages
from democracy.services.urns.case import UrnService
from democracy.services.urns.published import whole_bundle
from democracy.services.use_case import use_case
from democracy.storage import ballots, urn_log, urns
from democracy.storage.unit_of_work import Unit
from democracy.storage.urns import UrnCase
from workflows.urn import UrnState


class UrnClosing(UrnService):
    """What happens to an urn once its time is over."""

    @use_case
    async def close(self, unit: Unit, ballot_id: UUID, *, actor: Actor) -> UUID:
        """Close the ballot and its urn together: whatever was cast before is in the log, nothing comes after."""
        ballot = await open_ballot(unit, ballot_id, actor)
        await take_ballot(unit, ballot, "close", actor=actor)
        (await ballots.row(unit, ballot_id)).closed_at = unit.now
        urn = await urns.of_ballot(unit.session, ballot_id)
        if urn is not None and urn.state is UrnState.READY:
            await stages.close(unit, await urns.opened(unit, urn.id, actor=actor), self.seeds, actor=actor)
            await keep_turnout(unit, self.seeds, ballot_id, anew=True)
            await tell_slots(unit, self.seeds, ballot_id)
        return ballot_id

    @use_case
    async def close_rehearsal(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Close a rehearsal's urn, which no ballot waits for."""
        case = await urns.opened(unit, urn_id, actor=actor)
        if not case.row.rehearsal:
            raise InvalidInputError(FieldError("urnId", "no_rehearsal"))
        await stages.close(unit, case, self.seeds, actor=actor)
        return urn_id

    @use_case
    async def hand_over(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Make the first list: the last ballot of every slot that is not void."""
        case = await urns.opened(unit, urn_id, actor=actor)
        if case.row.ballot_id is not None and not case.row.rehearsal:
            # Afterwards nothing can be voided any more: an envelope without its void could never be counted.
            missing = await voids_missing(unit, self.seeds, case.row.ballot_id)
            case = replace(case, facts=replace(case.facts, voids_missing=missing))
        await stages.make_input(unit, case, self.seeds, actor=actor)
        return urn_id

    @use_case
    async def take_list(self, unit: Unit, urn_id: UUID, handin: bytes, *, actor: Actor) -> UUID:
        """Take in what a key holder made of the list before, if it is what was signed and the turn has come."""
        case = await urns.opened(unit, urn_id, actor=actor)
        held = await whole_bundle(unit.session, urn_id) or Bundle(())
        try:
            given = read_handin(BytesIO(handin))
            records = _taken_in(case, held, given)
            mixer = read(case.row.log_size, given.leaf).leaf
        except (FileError, UrnError) as error:
            raise InvalidInputError(FieldError("handin", "unsound", {"message": str(error)})) from None
        assert isinstance(mixer, Mix)  # noqa: S101 - `take_in` takes nothing else
        await stages.take_mix(unit, case, mixer, given.leaf, records, actor)
        return urn_id

    @use_case
    async def open(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Open the last list with the urn's own key. From now on the ballots are in the clear."""
        await stages.open_last(unit, await urns.opened(unit, urn_id, actor=actor), self.seeds, actor=actor)
        return urn_id

    @use_case
    async def count(self, unit: Unit, urn_id: UUID, paper: bytes | None = None, *, actor: Actor) -> UUID:
        """Count the opened ballots by the manifest's rule, with the papers beside, and state the result in the log.

        `paper` is the block of figures that two officers have signed: as many papers as slots are void for them.
        """
        case = await urns.opened(unit, urn_id, actor=actor)
        ballots, block = await stages.opened_ballots(unit, case), await _block(unit, case, paper)
        protocol = protocol_of(stages.manifest_of(case), ballots, block)
        await stages.state_result(unit, case, self.seeds, protocol, actor=actor)
        return urn_id


async def _block(unit: Unit, case: UrnCase, paper: bytes | None) -> dict[str, Any] | None:
    story = read_log(await urn_log.leaves_but_ballots(unit.session, case.row.id))
    voided = sum(reason == "paper" for reason in story.voids.values())
    try:
        block = None if paper is None else dict(json.loads(paper))
        papers = paper_in(story, None if block is None else canonical({"paper": block}))
    except (UrnError, ValueError, TypeError) as error:
        raise InvalidInputError(FieldError("paper", "unsound", {"message": str(error)})) from None
    if papers != voided:
        raise InvalidInputError(FieldError("paper", "not_the_envelopes", {"papers": papers, "envelopes": voided}))
    return block


def _taken_in(case: UrnCase, held: Bundle, given: HandIn) -> list[bytes]:
    manifest = stages.manifest_of(case)
    lists = {i: split(data, manifest.record_bytes(i)) for i, data in held.lists.items()}
    return take_in(read_log(held.leaves), lists, given)
