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
from democracy.ballotbox.handin import read_handin, take_in
from democracy.ballotbox.leaves import Claim, Mix, read
from democracy.ballotbox.manifest import Manifest, read_manifest
from democracy.ballotbox.mixing import first_list, split
from democracy.ballotbox.opening import Opening, open_urn, read_final, withheld
from democracy.ballotbox.paper import paper_in
from democracy.ballotbox.story import read_log
from democracy.ballotbox.urn import Server
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.ballots.case import open_ballot
from democracy.services.ballots.case import take as take_ballot
from democracy.services.ballots.reminding import tell_slots
from democracy.services.ballots.turnout import keep_turnout
from democracy.services.urns.case import UrnService, take
from democracy.services.urns.log import place_waiting
from democracy.services.urns.published import whole_bundle
from democracy.services.urns.seeds import API, LOCK
from democracy.services.use_case import use_case
from democracy.storage import ballots, casts, urn_log, urns
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
            await self._close(unit, await urns.opened(unit, urn.id, actor=actor), actor)
            await keep_turnout(unit, self.seeds, ballot_id, anew=True)
            await tell_slots(unit, self.seeds, ballot_id)
        return ballot_id

    @use_case
    async def close_rehearsal(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Close a rehearsal's urn, which no ballot waits for."""
        case = await urns.opened(unit, urn_id, actor=actor)
        if not case.row.rehearsal:
            raise InvalidInputError(FieldError("urnId", "no_rehearsal"))
        await self._close(unit, case, actor)
        return urn_id

    @use_case
    async def hand_over(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Make the first list: the last ballot of every slot that is not void."""
        case = await urns.opened(unit, urn_id, actor=actor)
        manifest = _manifest(case)
        records = first_list(await urns.last_boxes(unit.session, urn_id))
        facts = replace(case.facts, ballots=len(records), least=manifest.least, seed_there=self.seeds.has(urn_id, API))
        await take(unit, case, "hand_over", actor=actor, facts=facts, outcome={"ballots": len(records)})
        await urns.keep_file(unit.session, urn_id, "list-0", b"".join(records))
        await self._append(unit, case, "input", self._server(case).input(records))
        return urn_id

    @use_case
    async def take_list(self, unit: Unit, urn_id: UUID, handin: bytes, *, actor: Actor) -> UUID:
        """Take in what a key holder made of the list before, if it is what was signed and the turn has come."""
        case = await urns.opened(unit, urn_id, actor=actor)
        manifest = _manifest(case)
        held = await whole_bundle(unit.session, urn_id) or Bundle(())
        try:
            given = read_handin(BytesIO(handin))
            lists = {i: split(data, manifest.record_bytes(i)) for i, data in held.lists.items()}
            records = take_in(read_log(held.leaves), lists, given)
            mixer = read(case.row.log_size, given.leaf).leaf
        except (FileError, UrnError) as error:
            raise InvalidInputError(FieldError("handin", "unsound", {"message": str(error)})) from None
        assert isinstance(mixer, Mix)  # noqa: S101 - `take_in` takes nothing else
        await take(unit, case, "take_list", actor=actor, outcome={"mixer": mixer.mixer, "records": len(records)})
        await urns.keep_file(unit.session, urn_id, f"list-{mixer.mixer}", b"".join(records))
        await self._append(unit, case, "mix", given.leaf)
        if mixer.mixer == manifest.k:
            facts = replace(case.facts, mixers=manifest.k, mixed=mixer.mixer)
            await take(unit, case, "finish_mixing", actor=actor, facts=facts)
        return urn_id

    @use_case
    async def open(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> UUID:
        """Open the last list with the urn's own key. From now on the ballots are in the clear."""
        case = await urns.opened(unit, urn_id, actor=actor)
        facts = replace(case.facts, seed_there=self.seeds.has(urn_id, LOCK))
        story = read_log(await urn_log.leaves_but_ballots(unit.session, urn_id))
        upheld = [each for _, each in story.all(Claim) if each.finding == "upheld"]
        await take(unit, case, "open", actor=actor, facts=replace(facts, claims_upheld=len(upheld)))
        manifest, secret = _manifest(case), self.seeds.read(urn_id, LOCK).hpke
        last = await urns.file(unit.session, urn_id, f"list-{manifest.k}") or b""
        records = split(last, manifest.record_bytes(manifest.k))
        opening = open_urn(manifest, _m(case), records, secret)
        await self._keep(unit, case, manifest, opening, secret)
        await self._append(unit, case, "opened", self._server(case).opened(manifest, opening, secret))
        return urn_id

    @use_case
    async def count(self, unit: Unit, urn_id: UUID, paper: bytes | None = None, *, actor: Actor) -> UUID:
        """Count the opened ballots by the manifest's rule, with the papers beside, and state the result in the log.

        `paper` is the block of figures that two officers have signed: as many papers as slots are void for them.
        """
        case = await urns.opened(unit, urn_id, actor=actor)
        facts = replace(case.facts, seed_there=self.seeds.has(urn_id, API))
        manifest = _manifest(case)
        final = await urns.file(unit.session, urn_id, "final")
        if final is None:
            raise NotFoundError("urn_file", urn_id)
        protocol = protocol_of(manifest, read_final(final, manifest), await self._block(unit, case, paper))
        await take(unit, case, "count", actor=actor, facts=facts)
        await urns.keep_file(unit.session, urn_id, "protocol", protocol)
        await self._append(unit, case, "result", self._server(case).result(protocol))
        return urn_id

    async def _block(self, unit: Unit, case: UrnCase, paper: bytes | None) -> dict[str, Any] | None:
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

    async def _close(self, unit: Unit, case: UrnCase, actor: Actor) -> None:
        await urns.hold_alone(unit.session, case.row.id)
        while await place_waiting(unit, case.row):
            pass
        number = await casts.in_log(unit.session, case.row.id)
        facts = replace(case.facts, seed_there=self.seeds.has(case.row.id, API))
        await take(unit, case, "close", actor=actor, facts=facts, outcome={"ballots": number})
        await self._append(unit, case, "close", self._server(case).close(number))

    async def _keep(self, unit: Unit, case: UrnCase, manifest: Manifest, opening: Opening, secret: bytes) -> None:
        urn_id = case.row.id
        await urns.keep_file(unit.session, urn_id, "final", opening.final)
        await urns.keep_file(unit.session, urn_id, "codes", opening.codes)
        if withheld(manifest, opening.ballots):
            await urns.keep_file(unit.session, urn_id, "secret", secret)

    def _server(self, case: UrnCase) -> Server:
        return Server(_m(case), self.seeds.read(case.row.id, API).sign)

    async def _append(self, unit: Unit, case: UrnCase, kind: str, leaf: bytes) -> None:
        await urn_log.append(unit.session, case.row, [(kind, leaf)])


def _manifest(case: UrnCase) -> Manifest:
    if case.row.manifest is None:
        raise InvalidInputError(FieldError("urnId", "not_begun"))
    return read_manifest(case.row.manifest)


def _m(case: UrnCase) -> bytes:
    return case.row.m or b""
