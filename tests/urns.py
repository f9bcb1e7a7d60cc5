"""An urn over a database: officers, key holders and voters, each with keys of their own."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

from democracy.ballotbox.ballot import Body, seal
from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.canonical import parse
from democracy.ballotbox.handin import HandIn, write_handin
from democracy.ballotbox.keys import Seed, with_sigs
from democracy.ballotbox.manifest import Manifest, digest, read_manifest
from democracy.ballotbox.mixing import mix
from democracy.ballotbox.roll import tag
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.urn import accept_leaf, finished, mix_leaf, unsigned
from democracy.domain.actors import Actor
from democracy.services.urns.building import UrnBuilding, UrnPlan
from democracy.services.urns.closing import UrnClosing
from democracy.services.urns.log import sign_checkpoint
from democracy.services.urns.published import whole_bundle
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import casts, urns
from democracy.storage.unit_of_work import Database


def new_seed() -> Seed:
    return Seed(secrets.token_bytes(32))


@dataclass
class Held:
    """An urn, with every key that is not the installation's own."""

    database: Database
    seeds: Seeds
    keeper: Actor
    ballot: UUID
    mixers: list[Seed] = field(default_factory=lambda: [new_seed()])
    officers: list[Seed] = field(default_factory=lambda: [new_seed(), new_seed()])
    urn: UUID = field(init=False)

    def building(self, at: datetime) -> UrnBuilding:
        return UrnBuilding(self.database, at, seeds=self.seeds)

    def closing(self, at: datetime) -> UrnClosing:
        return UrnClosing(self.database, at, seeds=self.seeds)

    def plan(self, **changes: object) -> UrnPlan:
        mixers = [
            {"name": f"Nyckelhållare {at}", "hpke": each.hpke_public.hex(), "sign": each.sign_public.hex()}
            for at, each in enumerate(self.mixers, start=1)
        ]
        given = {"mixers": mixers, "officers": [each.sign_public.hex() for each in self.officers], "least": 5}
        return UrnPlan(host="rost.exempel.example", **(given | changes))  # type: ignore[arg-type]

    def signed(self, value: dict[str, object]) -> bytes:
        return finished(with_sigs(value, *(each.sign for each in self.officers)))

    async def prepare(self, at: datetime, **changes: object) -> "Held":
        """Draw it up, sign it, and let every key holder accept."""
        building = self.building(at)
        self.urn = await building.draw_up(self.ballot, self.plan(**changes), actor=self.keeper)
        await building.begin(self.urn, self.signed(await self.draft(at)), actor=self.keeper)
        for number, each in enumerate(self.mixers, start=1):
            await building.add(self.urn, accept_leaf(await self.m(at), number, each.sign), actor=self.keeper)
        return self

    async def draft(self, at: datetime) -> dict[str, object]:
        async with self.database.unit(at) as unit:
            row = await urns.locked(unit.session, self.urn)
            assert row is not None
            found: dict[str, object] = parse(row.draft.encode())
            return found

    async def manifest(self, at: datetime) -> tuple[Manifest, bytes]:
        async with self.database.unit(at) as unit:
            row = await urns.locked(unit.session, self.urn)
            assert row is not None
            assert row.manifest is not None
            return read_manifest(row.manifest), digest(row.manifest)

    async def m(self, at: datetime) -> bytes:
        return (await self.manifest(at))[1]

    async def slot(self, member: UUID) -> int:
        async with self.database.read() as connection:
            mark = tag(self.seeds.read(self.urn, API).roll, member.hex)
            slot, _ = await casts.slot_of(connection, self.urn, mark)
        assert slot is not None
        return slot

    async def box(self, member: UUID, choices: Sequence[str], at: datetime) -> bytes:
        """A sealed ballot, as a voter's client makes it."""
        manifest, m = await self.manifest(at)
        code = base64.b32encode(secrets.token_bytes(10)).decode()
        body = Body({"1": tuple(choices)}, code, "1234")
        seed = secrets.token_bytes(32)
        return seal(manifest, m, await self.slot(member), seed, body.message(manifest))[0].box

    async def finish(self, at: datetime) -> None:
        """Hand over, mix by everybody in turn, open, count, and sign the last checkpoint."""
        await self.open_up(at)
        await self.closing(at).count(self.urn, actor=self.keeper)
        await sign_checkpoint(self.database, self.seeds, self.urn, at)

    async def open_up(self, at: datetime) -> None:
        """Hand over, mix by everybody in turn, and open."""
        closing = self.closing(at)
        await closing.hand_over(self.urn, actor=self.keeper)
        manifest, m = await self.manifest(at)
        for number, each in enumerate(self.mixers, start=1):
            bundle = await self.bundle(at)
            size = manifest.record_bytes(number - 1)
            data = bundle.lists[number - 1]
            mixed = mix(m, number, [data[i : i + size] for i in range(0, len(data), size)], each.hpke)
            file = BytesIO()
            write_handin(HandIn(mix_leaf(m, number, mixed, each.sign), b"".join(mixed.records)), file)
            await closing.take_list(self.urn, file.getvalue(), actor=self.keeper)
        await closing.open(self.urn, actor=self.keeper)

    async def bundle(self, at: datetime) -> Bundle:
        async with self.database.unit(at) as unit:
            found = await whole_bundle(unit.session, self.urn)
        assert found is not None
        return found

    async def trust(self, at: datetime) -> Trust:
        manifest, _ = await self.manifest(at)
        log = self.seeds.log_key(self.urn, manifest.origin).verifier
        mixers = frozenset(each.sign for each in manifest.mixers)
        return Trust(log, frozenset(), mixers, frozenset(manifest.officers))

    def leaf(self, m: bytes, kind: str, **fields: object) -> bytes:
        return self.signed(unsigned(kind, m, **fields))


def seeds_in(folder: Path) -> Seeds:
    return Seeds(folder / "seeds")
