"""SCENARIOS.md, story 1: what the minutes say when § 14 has been decided by the services themselves."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from democracy.domain.kinds import Channel
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.minutes_reading import shown
from democracy.services.proceedings.orders import Suggestion
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.statements import Statement, Statements
from democracy.storage.tables.member import MemberRow
from tests.deciding import OWN, Hall, at_passage
from tests.world import World
from workflows.proceedings import Choice, ProposalKind, StatementKind

K = ProposalKind
PEOPLE = (("Tora", "Kvistmark"), ("Per-Ola", "Tegnvik"), ("Nils-Erik", "Sjöhage"), ("Samira", "Haldin"),
          ("Elin", "Rosvik"), ("Idris", "Norrbåge"))  # fmt: skip


class Room(Hall):
    """The same hall, where time passes."""

    def service(self, kind: type[Any]) -> Any:
        self.now += timedelta(minutes=1)
        return super().service(kind)


async def room(world: World) -> Room:
    hall = await at_passage(world, ombud=57)
    async with world.database.unit(hall.now) as unit:
        for index, (given, family) in enumerate(PEOPLE):
            one = update(MemberRow).where(MemberRow.id == hall.conference.ombud[index])
            await unit.session.execute(one.values(given_name=given, family_name=family))
    return Room(**{field.name: getattr(hall, field.name) for field in fields(Hall)})


async def play(hall: Room) -> None:
    tora, per_ola, nils_erik, samira, elin, idris = (hall.ombud(index) for index in range(6))
    b1 = await hall.propose(K.AMENDMENT, "heltid", by=tora)
    slip = Receipt(per_ola.id, Channel.PAPER, hall.now + timedelta(seconds=30))
    b2 = await hall.propose(K.AMENDMENT, "heltid från 2027", by=hall.secretary, receipt=slip, variant_of=b1)
    c = await hall.propose(K.COUNTER, "i stället en föreningsfond på 300 000 kr", by=nils_erik)
    d = await hall.propose(K.REJECT, by=samira)
    await hall.propose(K.ADDITION, "satsningen utvärderas till DÅK 2028", by=elin)
    await hall.propose(K.REFER_BACK, by=idris, recipient="DS", instruction="beräkna kostnaden",
                       reason="kostnaden är okänd", back_at=hall.world.next_meeting)  # fmt: skip
    text = Wording(K.AMENDMENT, "heltid, tidigast från 1 januari 2027")
    b = await hall.service(Reconciling).reconcile(hall.matter, [b1, b2], text, OWN, actor=tora)
    await hall.service(Reconciling).accept(b, Receipt(per_ola.id, Channel.FLOOR), actor=hall.secretary)
    a = (await hall.proposals())["A"].id
    await hall.debate_over()
    await hall.order(Suggestion(main=a))
    await hall.order(Suggestion(main=d), by=samira)
    await hall.find(Choice.YES)
    await hall.approve()
    await hall.name(Choice.YES)
    await hall.ask_division(idris)
    await hall.vote(35, 20, 2)
    await hall.gavel()
    await hall.name(a)
    await hall.ask_division(tora)
    await hall.name(b)
    await hall.ask_division(nils_erik)
    await hall.find(c)
    root = next(row for row in await hall.questions() if row.kind.name == "RIVALS" and row.level == 0)
    await hall.service(Gavel).approve_voting(root.id, actor=hall.chair)
    await hall.vote(31, 22, 4)
    await hall.vote(27, 29, 1)
    await hall.gavel()
    question = await hall.name(Choice.YES)
    await hall.service(Gavel).confirm(question, actor=hall.chair)
    reserved = Statement(StatementKind.RESERVATION, hall.item, hall.matter, proposal_id=c)
    await hall.service(Statements).record(reserved, actor=nils_erik)
    note = Statement(StatementKind.MINUTE_NOTE, hall.item, hall.matter, "Halvtid var finansierad.")
    await hall.service(Statements).record(note, actor=hall.board)


SAID = [
    "Inga Malmrot öppnar mötet",
    "DS föreslår (A): Distriktet anställer en ombudsman på halvtid.",
    "Tora Kvistmark (Tallmo) yrkar (B1): heltid.",
    "Per-Ola Tegnvik (Sundbro) yrkar (B2): heltid från 2027.",
    "Nils-Erik Sjöhage (Ekholma) yrkar (C): i stället en föreningsfond på 300 000 kr.",
    "Samira Haldin (Björkskär) yrkar (D) avslag.",
    "Elin Rosvik (Tallmo) yrkar som tillägg (E): satsningen utvärderas till DÅK 2028.",
    (
        "Idris Norrbåge (Sundbro) yrkar (F) återremiss till DS: Beräkna kostnaden. Skäl: Kostnaden är okänd. "
        "Åter: Distriktsårskonferens 2027."
    ),
    "Kvistmark och Tegnvik jämkar sina yrkanden till B. B lyder: heltid, tidigast från 1 januari 2027.",
    (
        "Ordföranden föreslår propositionsordning: 1. avgöras i dag eller återremiss (F). "
        "2. A som huvudförslag mot B, C och D. 3. tillägg E."
    ),
    (
        "Samira Haldin föreslår en annan propositionsordning: 1. avgöras i dag eller återremiss (F). "
        "2. D som huvudförslag mot A, B och C. 3. tillägg E."
    ),
    "Mötet godkänner ordförandens propositionsordning.",
    "Ordföranden frågar om ärendet ska avgöras i dag och finner att svaret är ja. Idris Norrbåge begär votering.",
    "JA = avgöras i dag, NEJ = återremiss: 35 ja, 20 nej, 2 avstår. Mötet beslutar att avgöra ärendet i dag.",
    "finner A. A är huvudförslag. Tora Kvistmark begär votering.",
    "Om motförslag till A: ordföranden ställer B, C och D mot varandra och finner B. Nils-Erik Sjöhage begär votering.",
    "Om motförslag till B: ordföranden ställer C och D mot varandra och finner C. C är motförslag till B.",
    "Mötet godkänner voteringsordningen: 1. JA B, NEJ C. 2. JA A, NEJ vinnaren.",
    "31 ja, 22 nej, 4 avstår. B är motförslag till A.",
    "JA = A 27, NEJ = B 29, 1 avstår. Mötet bifaller B.",
    "Mötet bifaller E.",
    "Utfallet bekräftas av ordföranden kl.",
    "Nils-Erik Sjöhage reserverar sig till förmån för C.",
    "Åsa Fridlöv låter anteckna till protokollet:\n\n> Halvtid var finansierad.",
]


@pytest.fixture
async def minutes(world: World) -> str:
    hall = await room(world)
    await play(hall)
    async with world.database.unit(hall.now) as unit:
        minutes_id = await unit.minutes.of_meeting(world.meeting)
    assert minutes_id is not None
    async with world.database.read() as connection:
        return (await shown(connection, minutes_id, world.database.zone)).markdown


async def test_the_minutes_say_what_the_story_says_in_its_order(minutes: str) -> None:
    missing = [each for each in SAID if each not in minutes]
    assert not missing, minutes
    places = [minutes.index(each) for each in SAID]
    assert places == sorted(places), minutes
    assert minutes.count("Mötet bifaller B.") == 1
