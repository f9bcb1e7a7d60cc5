"""A whole district conference over two days, as the record of a meeting. Everybody and every place is invented."""

from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from democracy.domain.kinds import Outcome
from democracy.domain.record.division import CountRecord, DivisionRecord, Figures
from democracy.domain.record.item import (
    BarredRecord,
    DecisionRecord,
    ItemRecord,
    MatterRecord,
    MotionRecord,
    StatementRecord,
)
from democracy.domain.record.meeting import (
    GavelRecord,
    Head,
    InterpretationRecord,
    MeetingRecord,
    NotedRecord,
    OfficerRecord,
    PauseRecord,
    RollRecord,
    RollSeat,
    Sitting,
    WaiverRecord,
)
from democracy.domain.record.person import Person
from democracy.domain.record.proposal import MoverRecord, OrderRecord, ProposalRecord, QuestionRecord
from democracy.domain.record.signing import AddendumRecord, SignatoryRecord, SignatureRecord, Signing
from tests.texts import story
from tests.texts.story import at, named
from workflows.division import DivisionState
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import (
    Choice,
    DivisionMethod,
    Formality,
    ItemKind,
    MatterKind,
    OfficerRole,
    ProposalKind,
    QuestionKind,
    StatementKind,
)
from workflows.proposal import ProposalState
from workflows.question import QuestionState

MORE = {
    "örjan": ("Örjan", "Tegnvik", "DS"), "wira": ("Wira", "Edholt", "Sundbro"), "lo": ("Lo", "Sandgren", "Granvik"),
    "kerstin": ("Kerstin", "Vallby", "Stenvika"), "mats": ("Mats", "Holmgård", "Granvik"),
    "hemlig": ("Hemlig", "Person", "Sundbro"), "borta": ("", "", None),
}  # fmt: skip
PEOPLE = story.PEOPLE | {
    named(key): Person(named(key), *name, protected=key == "hemlig", erased=key == "borta")
    for key, name in MORE.items()
}


def item(number: int, title: str, opened: str, day: int = 21, **more: Any) -> ItemRecord:
    """An item that was opened at a time."""
    values: dict[str, Any] = {"kind": ItemKind.OTHER, "state": ItemState.CLOSED, **more}
    return ItemRecord(named(f"item-{number}"), position=number, title=title, number=number, opened_at=at(opened, day),
                      **values)  # fmt: skip


def formality(number: int, title: str, form: Formality, opened: str, decided: str) -> ItemRecord:
    """One of the meeting's own forms, approved by acclamation."""
    decision = DecisionRecord(Outcome.APPROVE, named(f"f-{number}"), at(decided))
    point = MatterRecord(named(f"m-{number}"), MatterKind.FORMALITY, MatterState.DECIDED, 1, title, at(opened),
                         decided_at=at(decided), decisions=(decision,))  # fmt: skip
    return item(number, title, opened, kind=ItemKind.FORMALITIES, formality=form, matters=(point,))


def proposal(
    key: str, label: str, kind: ProposalKind, text: str, when: datetime, *movers: str, **more: Any
) -> ProposalRecord:
    """A proposal; without movers it is the board's."""
    who = tuple(MoverRecord(member_id=named(each)) for each in movers) or (MoverRecord(body="DS"),)
    values: dict[str, Any] = {"state": ProposalState.LOST, "from_board": not movers, **more}
    return ProposalRecord(named(key), kind=kind, label=label, text=text, received_at=when, movers=who, **values)


def _discharge() -> ItemRecord:
    decided = DecisionRecord(Outcome.APPROVE, None, at("13.25"), unanimous=True)
    point = MatterRecord(named("discharge"), MatterKind.DISCHARGE, MatterState.DECIDED, 1, "Ansvarsfrihet", at("13.15"),
                         decided_at=at("13.25"), decisions=(decided,))  # fmt: skip
    barred = tuple(BarredRecord(named(each), at("13.16")) for each in ("åsa", "örjan"))
    return item(8, "Ansvarsfrihet för distriktsstyrelsen", "13.15", kind=ItemKind.DISCHARGE, matters=(point,),
                barred=barred)  # fmt: skip


def _clause(number: int, text: str, outcome: Outcome, proposals: tuple[ProposalRecord, ...] = (),
            **more: Any) -> MatterRecord:  # fmt: skip
    values: dict[str, Any] = {
        "decided_at": at("14.20"), "opened_at": at("14.00"),
        "decisions": (DecisionRecord(outcome, None, at("14.20")),), **more,
    }  # fmt: skip
    return MatterRecord(named(f"clause-{number}-{text}"), MatterKind.CLAUSE, MatterState.DECIDED, number,
                        title=f"Att-sats {number}", text=text, clause=number, proposals=proposals,
                        **values)  # fmt: skip


def _block() -> tuple[ItemRecord, ...]:
    block = item(9, "Motioner i block", "13.40", kind=ItemKind.MOTION_BLOCK)

    def of(number: int, title: str, movers: tuple[str, ...], *outcomes: Outcome) -> ItemRecord:
        points = tuple(
            _clause(
                place, f"{title} {place}", each, decisions=(DecisionRecord(each, None, at("13.50"), in_block=True),)
            )
            for place, each in enumerate(outcomes, start=1)
        )
        motion = MotionRecord(f"A{number}", title, tuple(named(each) for each in movers))
        return ItemRecord(named(f"motion-{number}"), ItemKind.MOTION, ItemState.CLOSED, number, title,
                          parent_id=block.id, motion=motion, matters=points)  # fmt: skip

    answered, reject, approve = Outcome.CONSIDERED_ANSWERED, Outcome.REJECT, Outcome.APPROVE
    return (
        block,
        of(101, "Billigare bussar för unga", ("lo",), answered, answered),
        of(102, "En kurs om mötesteknik", ("wira",), approve),
        of(104, "Fler cykelvägar till Sundbro", ("kerstin", "mats"), reject, approve, reject),
    )


def _motion() -> ItemRecord:
    """An att-sats that needs a casting vote, one by roll call, one that is noted."""
    first = _clause(1, "att distriktet ordnar en sommarskola", Outcome.APPROVE, (
        proposal("a1", "A", ProposalKind.REJECT, "", at("14.00")),
        proposal("b1", "B", ProposalKind.APPROVE, "att distriktet ordnar en sommarskola", at("14.00"), "wira",
                 of_motion=True),
    ))  # fmt: skip
    order = OrderRecord(named("o-103"), True, at("14.08"), None, named("a1"), (), (named("a1"), named("b1")), (),
                        at("14.09"))  # fmt: skip
    asked = QuestionRecord(named("q-103"), QuestionKind.RIVALS, QuestionState.DECIDED, 1, 0,
                           (named("a1"), named("b1")), named("a1"), None, at("14.10"), named("wira"), at("14.11"),
                           None, named("b1"), at("14.20"), order_id=order.id)  # fmt: skip
    again = DivisionRecord(named("d-1"), asked.id, 1, "main", "A", "B", DivisionMethod.SHOW_OF_CARDS,
                           DivisionState.ANNULLED, at("14.13"), yes_id=named("a1"), no_id=named("b1"), entitled=54,
                           figures=Figures(30, 26), annulled_at=at("14.15"),
                           annulled_reason="fler röster än röstlängden har")  # fmt: skip
    tie = replace(again, id=named("d-2"), number=2, state=DivisionState.ANNOUNCED, at=at("14.19"), winner=Choice.NO,
                  figures=Figures(27, 27), casting_vote=Choice.NO, annulled_at=None, annulled_reason=None)  # fmt: skip
    carried = (DecisionRecord(Outcome.APPROVE, named("b1"), at("14.20")),)
    first = replace(first, orders=(order,), questions=(asked,), divisions=(again, tie), decisions=carried)
    motion = MotionRecord(
        "A103", "Sommarskola", (named("wira"), named("hemlig"), named("borta")), ("Partiföreningen Stenvika",)
    )
    note = StatementRecord(
        named("s-103"),
        StatementKind.SPECIAL_STATEMENT,
        named("lo"),
        at("14.40"),
        second_id := named("clause-2-att skolan är avgiftsfri"),
        None,
        "Avgiften är en principfråga.",
    )
    return item(10, "Motion A103: Sommarskola", "14.00", kind=ItemKind.MOTION, motion=motion,
                matters=(first, _by_name(second_id), _clause(3, "att skolan utvärderas", Outcome.NOTED,
                         opened_at=at("14.00"), decided_at=at("14.38"),
                         decisions=(DecisionRecord(Outcome.NOTED, None, at("14.38")),))),
                statements=(note,))  # fmt: skip


def _by_name(key: UUID) -> MatterRecord:
    """A roll call whose figures were put right, and a decision that was taken up again."""
    order = OrderRecord(named("o-103-2"), True, at("14.21"), None, None, (), (named("a2"),), (), at("14.21"))
    asked = QuestionRecord(named("q-103-2"), QuestionKind.RIVALS, QuestionState.DECIDED, 1, 0, (named("a2"),),
                           named("a2"), Choice.YES, at("14.22"), named("lo"), at("14.23"), winner_id=named("a2"),
                           gavel_at=at("14.30"), order_id=order.id)  # fmt: skip
    votes = tuple((choice, named(name)) for name, choice in (
        ("tora", Choice.YES), ("elin", Choice.YES), ("lo", Choice.NO), ("hemlig", Choice.YES), ("mats", Choice.ABSTAIN),
    ))  # fmt: skip
    called = DivisionRecord(named("d-3"), asked.id, 1, "single", "A", "avslag på A", DivisionMethod.ROLL_CALL,
                            DivisionState.ANNOUNCED, at("14.28"), yes_id=named("a2"), entitled=54,
                            figures=Figures(3, 1, 1), winner=Choice.YES, votes=votes,
                            corrections=(CountRecord(Figures(33, 1, 1), Figures(3, 1, 1), at("14.29"), "felskrivet"),),
                            )  # fmt: skip
    return MatterRecord(
        key, MatterKind.CLAUSE, MatterState.DECIDED, 2, "Att-sats 2", at("14.00"),
        text="att skolan är avgiftsfri", clause=2, decided_at=at("14.30"),
        proposals=(proposal("a2", "A", ProposalKind.APPROVE, "att skolan är avgiftsfri", at("14.00"), of_motion=True),),
        orders=(order,), questions=(asked,), divisions=(called,),
        decisions=(
            DecisionRecord(Outcome.APPROVE, named("a2"), at("14.30"), replaced_at=at("09.54", 22),
                           replaced_reason="kostnaden var fel angiven"),
            DecisionRecord(Outcome.REFER_BACK, None, at("10.02", 22), by_minority=True),
        ),
    )  # fmt: skip


def _plan() -> ItemRecord:
    """§ 14 of the story, on the second day's morning."""
    told: ItemRecord = later(story.item())
    return replace(told, id=named("item-14"))


def later(value: Any) -> Any:
    """The same a day later, all the way down."""
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    if isinstance(value, tuple):
        return tuple(later(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: later(getattr(value, field.name)) for field in fields(value)})
    return value


def record() -> MeetingRecord:
    """The conference."""
    items = (
        item(1, "Mötets öppnande", "09.30"),
        formality(2, "Fastställande av röstlängden", Formality.ROLL, "09.34", "09.38"),
        item(3, "Val av mötesfunktionärer", "09.40", kind=ItemKind.ELECTION),
        formality(4, "Mötets behöriga utlysande", Formality.NOTICE, "09.46", "09.47"),
        formality(5, "Dagordning", Formality.AGENDA, "09.47", "09.49"),
        formality(6, "Mötesordning", Formality.PROCEDURE, "09.49", "09.55"),
        item(7, "Verksamhetsberättelse", "09.56", kind=ItemKind.REPORT, presenter="Örjan Tegnvik (DS)",
             matters=(MatterRecord(named("report"), MatterKind.QUESTION, MatterState.DECIDED, 1,
                                   "Verksamhetsberättelse", at("09.56"), decided_at=at("10.03"),
                                   decisions=(DecisionRecord(Outcome.NOTED, None, at("10.03")),)),)),
        _discharge(), *_block(), _motion(), _plan(),
        item(15, "Mötets avslutande", "15.30", 22),
    )  # fmt: skip
    sittings = sorted(
        (Sitting(each.opened_at, each.id) for each in items if each.opened_at), key=lambda sitting: sitting.at
    )
    again = (Sitting(at("09.53", 22), named("item-10")), Sitting(at("10.05", 22), named("item-14")),
             Sitting(at("15.30", 22), named("item-15")))  # fmt: skip
    sittings = [each for each in sittings if each.item_id not in (named("item-14"), named("item-15"))]
    sittings += again
    head = Head("Distriktsårskonferens 2026", "Norrvikens partidistrikt", "Folkets hus i Granvik", "DS", at("09.30"),
                at("09.30"), at("15.40", 22))  # fmt: skip
    return MeetingRecord(
        head, PEOPLE, items, _officers(), _gavels(), _rolls(),
        waivers=(WaiverRecord(named("w"), None, "proposal.proposals_closed", "Tåget till Granvik var försenat",
                              at("10.35", 22), "Kerstin Vallby vill att ordningen följs", (50, 5, 0)),),
        pauses=(PauseRecord(at("12.00"), at("13.10")), PauseRecord(at("17.05"), at("09.50", 22))),
        sittings=tuple(sittings), opened_by=named("örjan"),
        interpretations=(InterpretationRecord(None, "65", "Dagen för kallelsen räknas med", at("09.46")),),
        noted=(
            NotedRecord(at("09.50"), "floor.decide_rules", {"first_timers_first": True, "preferred": None,
                        "speech_seconds": 180, "reply_seconds": 60}),
            NotedRecord(at("10.20", 22), "floor.draw_streck", {"closes": at("10.25", 22).isoformat()}),
        ),
    )  # fmt: skip


def _officers() -> tuple[OfficerRecord, ...]:
    elected = (
        ("gunhild", OfficerRole.CHAIR, "09.41"), ("kerstin", OfficerRole.CHAIR, "09.41"),
        ("rami", OfficerRole.SECRETARY, "09.42"), ("inga", OfficerRole.VERIFIER, "09.43"),
        ("yusuf", OfficerRole.VERIFIER, "09.43"), ("wira", OfficerRole.TELLER, "09.44"),
        ("mats", OfficerRole.TELLER, "09.44"),
    )  # fmt: skip
    return tuple(OfficerRecord(named(name), role, named("item-3"), at(when)) for name, role, when in elected)


def _gavels() -> tuple[GavelRecord, ...]:
    return (
        GavelRecord(named("gunhild"), at("09.45")), GavelRecord(named("kerstin"), at("13.16"), named("item-8")),
        GavelRecord(named("gunhild"), at("13.27")),
    )  # fmt: skip


def _rolls() -> tuple[RollRecord, ...]:
    known = [key for key in (*story.NAMES, *MORE) if key not in ("gunhild", "åsa", "örjan", "borta")]
    seats = [RollSeat(named(key), f"Partiföreningen {PEOPLE[named(key)].belongs}") for key in known]
    first = RollRecord(1, at("09.36"), len(seats), len(seats), tuple(seats))
    without = tuple(each for each in seats if each.member_id != named("elin"))
    second = RollRecord(2, at("09.52", 22), len(seats), len(seats), tuple(seats))
    return first, second, RollRecord(3, at("11.03", 22), len(without), len(without), without)


def signing() -> Signing:
    """One of two verifiers could not be reached; later a slip of the pen was put right."""
    verifier = OfficerRole.VERIFIER
    return Signing(
        digest="9f" * 32,
        signatures=(
            SignatureRecord(named("gunhild"), OfficerRole.CHAIR, at("09.00", 27), "Granvik"),
            SignatureRecord(named("rami"), OfficerRole.SECRETARY, at("09.10", 27)),
            SignatureRecord(named("inga"), verifier, at("18.00", 28), None, "Debatten om § 14 var längre än så."),
        ),
        signatories=(
            SignatoryRecord(named("gunhild"), OfficerRole.CHAIR), SignatoryRecord(named("rami"), OfficerRole.SECRETARY),
            SignatoryRecord(named("inga"), verifier),
            SignatoryRecord(named("yusuf"), verifier, at("00.00", 31), None, "presidiet den 30 mars"),
        ),
        addenda=(
            AddendumRecord(14, "2072", "2027", "omkastade siffror", at("12.00", 31), (named("gunhild"), named("inga"))),
        ),
        verified_at=at("08.00", 31),
    )  # fmt: skip


WORDINGS: dict[UUID | None, str] = {
    named("item-14"): "Debatten gällde framför allt kostnaden och när en ombudsman kan börja.\n\n{{yrkande-B}}\n\n"
    "Efter jämkningen stängs debatten.",
    named("item-15"): "Ordföranden tackar alla som har gjort mötet möjligt.",
}
