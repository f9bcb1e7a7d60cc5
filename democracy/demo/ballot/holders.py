"""Those who hold keys of an urn beside the server: two officers, and the key holders who mix. Each on their own."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from uuid import UUID

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.canonical import parse
from democracy.ballotbox.handin import HandIn, write_handin
from democracy.ballotbox.keys import Seed, with_sigs
from democracy.ballotbox.manifest import Manifest, digest, read_manifest
from democracy.ballotbox.mixing import mix, split
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.urn import accept_leaf, finished, mix_leaf, mixer_destroyed_leaf
from democracy.domain.actors import Actor
from democracy.services.urns.building import UrnBuilding, UrnPlan
from democracy.services.urns.closing import UrnClosing
from democracy.services.urns.published import whole_bundle
from democracy.services.urns.seeds import Seeds
from democracy.storage import urns
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database

HOST = "rost.exempel.example"


def new_seed() -> Seed:
    """A key of somebody's own."""
    return Seed(secrets.token_bytes(32))


@dataclass
class Holders:
    """The people around one urn."""

    database: Database
    seeds: Seeds
    keeper: Actor
    mixers: list[Seed]
    officers: list[Seed] = field(default_factory=lambda: [new_seed(), new_seed()])

    async def draw_up(self, ballot: UUID, at: datetime, *, rehearsal: bool = False) -> UUID:
        """Draw an urn up and begin its log: both officers sign the manifest."""
        holders = [
            {"name": f"Nyckelhållare {number}", "hpke": each.hpke_public.hex(), "sign": each.sign_public.hex()}
            for number, each in enumerate(self.mixers, 1)
        ]
        officers = [each.sign_public.hex() for each in self.officers]
        plan = UrnPlan(HOST, holders, officers, rehearsal=rehearsal)
        building = UrnBuilding(self.database, at, seeds=self.seeds)
        urn = await building.draw_up(ballot, plan, actor=self.keeper)
        draft = parse((await self.row(urn, at)).draft.encode())
        await building.begin(urn, self.signed(draft), actor=self.keeper)
        return urn

    async def accept(self, urn: UUID, number: int, at: datetime) -> None:
        """One key holder accepts."""
        leaf = accept_leaf((await self.manifest(urn, at))[1], number, self.mixers[number - 1].sign)
        await UrnBuilding(self.database, at, seeds=self.seeds).add(urn, leaf, actor=self.keeper)

    async def sign_all(self, urn: UUID, drafts: tuple[bytes, ...], at: datetime) -> None:
        """Both officers sign each of these, and the office hands it in."""
        building = UrnBuilding(self.database, at, seeds=self.seeds)
        for each in drafts:
            await building.add(urn, self.signed(json.loads(each)), actor=self.keeper)

    async def open_up(self, urn: UUID, at: datetime) -> None:
        """Hand the urn to every key holder in turn, and open what the last one hands in."""
        closing = UrnClosing(self.database, at, seeds=self.seeds)
        await closing.hand_over(urn, actor=self.keeper)
        manifest, m = await self.manifest(urn, at)
        for number, holder in enumerate(self.mixers, 1):
            lists = (await self.bundle(urn, at)).lists
            records = split(lists[number - 1], manifest.record_bytes(number - 1))
            mixed, file = mix(m, number, records, holder.hpke), BytesIO()
            write_handin(HandIn(mix_leaf(m, number, mixed, holder.sign), b"".join(mixed.records)), file)
            await closing.take_list(urn, file.getvalue(), actor=self.keeper)
        await closing.open(urn, actor=self.keeper)

    async def count(self, urn: UUID, paper: bytes | None, at: datetime) -> None:
        """Count the urn, with the papers' figures that both officers have signed."""
        block = None if paper is None else self.signed(json.loads(paper))
        await UrnClosing(self.database, at, seeds=self.seeds).count(urn, block, actor=self.keeper)

    async def declare_destroyed(self, urn: UUID, at: datetime) -> None:
        """Everybody states that their key is destroyed."""
        building = UrnBuilding(self.database, at, seeds=self.seeds)
        m = (await self.manifest(urn, at))[1]
        for number, holder in enumerate(self.mixers, 1):
            await building.add(urn, mixer_destroyed_leaf(m, number, holder.sign), actor=self.keeper)

    def signed(self, value: dict[str, object]) -> bytes:
        """With both officers' signatures."""
        return finished(with_sigs(value, *(each.sign for each in self.officers)))

    async def row(self, urn: UUID, at: datetime) -> UrnRow:
        """The urn's row."""
        async with self.database.unit(at) as unit:
            found = await urns.locked(unit.session, urn)
        if found is None:
            raise LookupError(urn)
        return found

    async def manifest(self, urn: UUID, at: datetime) -> tuple[Manifest, bytes]:
        """The signed manifest, and its digest."""
        data = (await self.row(urn, at)).manifest or b""
        return read_manifest(data), digest(data)

    async def bundle(self, urn: UUID, at: datetime) -> Bundle:
        """Everything of the urn."""
        async with self.database.unit(at) as unit:
            found = await whole_bundle(unit.session, urn)
        return found or Bundle(())

    async def trust(self, urn: UUID, at: datetime) -> Trust:
        """The keys as these people know them, whatever the server says."""
        log = self.seeds.log_key(urn, (await self.row(urn, at)).origin).verifier
        signing = [frozenset(each.sign_public.hex() for each in held) for held in (self.mixers, self.officers)]
        return Trust(log, frozenset(), signing[0], signing[1])
