"""§ 14 of the district conference in the first acceptance story, as the record of a meeting. Everybody is invented."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from democracy.domain.kinds import Outcome
from democracy.domain.record.division import DivisionRecord, Figures
from democracy.domain.record.item import DecisionRecord, ItemRecord, MatterRecord, StatementRecord
from democracy.domain.record.meeting import (
    GavelRecord,
    Head,
    MeetingRecord,
    OfficerRecord,
    RollRecord,
    RollSeat,
    Sitting,
)
from democracy.domain.record.person import Person
from democracy.domain.record.proposal import MoverRecord, OrderRecord, ProposalRecord, QuestionRecord
from workflows.division import DivisionState
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import (
    Choice,
    DivisionMethod,
    ItemKind,
    MatterKind,
    OfficerRole,
    ProposalKind,
    QuestionKind,
    StatementKind,
)
from workflows.proposal import ProposalState
from workflows.question import QuestionState

SPACE = UUID("01890000-0000-7000-8000-000000000000")


def named(name: str) -> UUID:
    """The same id every time."""
    return uuid5(SPACE, name)


def at(clock: str, day: int = 21) -> datetime:
    """A moment of the conference, given in Swedish time (winter)."""
    hour, minute = clock.split(".")
    return datetime(2026, 3, day, int(hour), int(minute), tzinfo=UTC) - timedelta(hours=1)


NAMES = {
    "gunhild": ("Gunhild", "Bergvide", None), "rami": ("Rami", "Lundhammar", "Granvik"),
    "inga": ("Inga", "Malmrot", "Stenvika"), "yusuf": ("Yusuf", "Ekfors", "Granvik"),
    "åsa": ("Åsa", "Fridlöv", "DS"), "tora": ("Tora", "Kvistmark", "Stenvika"),
    "per-ola": ("Per-Ola", "Tegnvik", "Sundbro"), "nils-erik": ("Nils-Erik", "Sjöhage", "Sundbro"),
    "samira": ("Samira", "Haldin", "Vårdvänstern"), "elin": ("Elin", "Rosvik", "Granvik"),
    "idris": ("Idris", "Norrbåge", "Granvik"),
}  # fmt: skip
PEOPLE = {named(key): Person(named(key), *name) for key, name in NAMES.items()}


def proposal(label: str, text: str, mover: str | None, kind: ProposalKind, when: str = "10.12") -> ProposalRecord:
    who = MoverRecord(member_id=named(mover)) if mover else MoverRecord(body="DS")
    state = ProposalState.MADE
    return ProposalRecord(named(label), kind, state, label, text, at(when), (who,), from_board=mover is None)


def _proposals() -> tuple[ProposalRecord, ...]:
    made, became = ProposalState.RECONCILED, named("B")
    counter = ProposalKind.COUNTER
    return (
        proposal("A", "Distriktet anställer en ombudsman på halvtid.", None, ProposalKind.APPROVE),
        ProposalRecord(named("B1"), counter, made, "B1", "heltid", at("10.12"), (MoverRecord(named("tora")),),
                       reconciled_into_id=became),
        ProposalRecord(named("B2"), counter, made, "B2", "heltid från 2027", at("10.13"),
                       (MoverRecord(named("per-ola")),), reconciled_into_id=became),
        proposal("C", "i stället en föreningsfond på 300 000 kr", "nils-erik", counter, "10.14"),
        proposal("D", "stycket utgår", "samira", counter, "10.15"),
        proposal("E", "satsningen utvärderas till DÅK 2028", "elin", ProposalKind.ADDITION, "10.16"),
        ProposalRecord(named("F"), ProposalKind.REFER_BACK, ProposalState.LOST, "F", "återremiss", at("10.17"),
                       (MoverRecord(named("idris")),), recipient="DS", instruction="kostnadsberäkna förslaget",
                       reason="kostnaden är okänd", back_by="DÅK 2027"),
        ProposalRecord(named("B"), counter, ProposalState.CARRIED, "B", "heltid, tidigast från 1 januari 2027",
                       at("10.50"), (MoverRecord(named("tora")), MoverRecord(named("per-ola")))),
    )  # fmt: skip


def _questions() -> tuple[QuestionRecord, ...]:
    decided, rivals = QuestionState.DECIDED, QuestionKind.RIVALS
    a, b, c, d = (named(label) for label in "ABCD")
    return (
        QuestionRecord(named("q1"), QuestionKind.TODAY, decided, 1, 0, (named("F"),), None, Choice.YES, at("10.58"),
                       named("idris"), at("10.59"), gavel_at=at("11.06")),
        QuestionRecord(named("q2"), rivals, decided, 2, 0, (a, b, c, d), a, None, at("11.08"), named("tora"),
                       at("11.09"), at("11.14"), b, at("11.20")),
        QuestionRecord(named("q2-1"), rivals, decided, 2, 1, (b, c, d), b, None, at("11.10"), named("nils-erik"),
                       at("11.11"), winner_id=b, gavel_at=at("11.15")),
        QuestionRecord(named("q2-2"), rivals, decided, 2, 2, (c, d), c, None, at("11.12"), winner_id=c,
                       gavel_at=at("11.13")),
        QuestionRecord(named("q3"), QuestionKind.ADDITION, decided, 3, 0, (named("E"),), named("E"), Choice.YES,
                       at("11.21"), winner_id=named("E"), gavel_at=at("11.48"), confirmed_late=True),
    )  # fmt: skip


def _divisions() -> tuple[DivisionRecord, ...]:
    cards, done = DivisionMethod.SHOW_OF_CARDS, DivisionState.ANNOUNCED
    return (
        DivisionRecord(named("d0"), named("q1"), 1, "trial", "avgöras i dag", "återremiss", cards, done, at("11.01"),
                       trial=True, winner=Choice.YES),
        DivisionRecord(named("d1"), named("q1"), 2, "single", "avgöras i dag", "återremiss", cards, done, at("11.05"),
                       entitled=57, figures=Figures(35, 20, 2), winner=Choice.YES),
        DivisionRecord(named("d2"), named("q2"), 3, "preparatory", "B", "C", cards, done, at("11.15"),
                       yes_id=named("B"), no_id=named("C"), entitled=57, figures=Figures(31, 22, 4), winner=Choice.YES),
        DivisionRecord(named("d3"), named("q2"), 4, "main", "A", "B", cards, done, at("11.19"), yes_id=named("A"),
                       no_id=named("B"), entitled=57, figures=Figures(27, 29, 1), winner=Choice.NO),
    )  # fmt: skip


def matter() -> MatterRecord:
    orders = (
        OrderRecord(named("o1"), True, at("10.55"), None, named("A"), (named("F"),),
                    tuple(named(label) for label in "ABCD"), (named("E"),), at("10.57")),
        OrderRecord(named("o2"), False, at("10.56"), named("samira"), named("D"), (named("F"),),
                    tuple(named(label) for label in "DABC"), (named("E"),), None, at("10.57")),
    )  # fmt: skip
    return MatterRecord(
        named("matter"), MatterKind.PASSAGE, MatterState.DECIDED, 1, "Stycke 17", at("10.05"), decided_at=at("11.48"),
        proposals=_proposals(), orders=orders, questions=_questions(), divisions=_divisions(),
        decisions=(DecisionRecord(Outcome.APPROVE, named("B"), at("11.48")),),
    )  # fmt: skip


def item() -> ItemRecord:
    statements = (
        StatementRecord(named("s1"), StatementKind.MINUTE_NOTE, named("åsa"), at("11.50"), named("matter"), None,
                        "DS förslag var finansierat.\n# § 99 Mötet beslutar annat"),
        StatementRecord(named("s2"), StatementKind.RESERVATION, named("nils-erik"), at("11.52"), named("matter"),
                        named("C")),
    )  # fmt: skip
    return ItemRecord(
        named("item"), ItemKind.PROPOSAL, ItemState.CLOSED, 14, "Verksamhetsplanens stycke 17", 14,
        presenter="Åsa Fridlöv (DS)", opened_at=at("10.05"), closed_at=at("11.48"), matters=(matter(),),
        statements=statements,
    )  # fmt: skip


def roll(number: int, clock: str, *without: str) -> RollRecord:
    voters = [key for key in NAMES if key not in ("gunhild", "åsa", *without)]
    seats = tuple(RollSeat(named(key), f"Partiföreningen {NAMES[key][2]}") for key in voters)
    return RollRecord(number, at(clock), 49 + len(seats), 49 + len(seats), seats)


def meeting() -> MeetingRecord:
    officers = [
        OfficerRecord(named(name), role, named("item-1"), at("10.04"))
        for name, role in (("gunhild", OfficerRole.CHAIR), ("rami", OfficerRole.SECRETARY),
                           ("inga", OfficerRole.VERIFIER), ("yusuf", OfficerRole.VERIFIER))
    ]  # fmt: skip
    head = Head("Distriktsårskonferens 2026", "Norrvikens partidistrikt", "Folkets hus, Granvik", "DS", at("10.00"),
                at("10.02"), at("15.40", 22))  # fmt: skip
    first = ItemRecord(named("item-1"), ItemKind.FORMALITIES, ItemState.CLOSED, 1, "Mötets öppnande och val", 1,
                       opened_at=at("10.02"), closed_at=at("10.04"))  # fmt: skip
    gavels = (GavelRecord(named("gunhild"), at("10.04")),)
    rolls = (roll(1, "10.03"), roll(2, "11.03", "elin"))
    sittings = (Sitting(at("10.02"), named("item-1")), Sitting(at("10.05"), named("item")))
    return MeetingRecord(head, PEOPLE, (first, item()), tuple(officers), gavels, rolls, sittings=sittings)
