"""What the minutes say, word for word, and what nobody can make them say."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from democracy.domain.kinds import Outcome
from democracy.domain.record.division import CountRecord, DivisionRecord, Figures
from democracy.domain.record.item import BarredRecord, DecisionRecord, ItemRecord, MatterRecord
from democracy.domain.record.meeting import InterpretationRecord, MeetingRecord, NotedRecord, PauseRecord, WaiverRecord
from democracy.domain.record.person import Person
from democracy.texts.minutes.items import item_section
from democracy.texts.minutes.names import PROTECTED, REMOVED, filled, hidden_names, mark, marked
from democracy.texts.minutes.phrases import says
from democracy.texts.minutes.plain import inline, prose, quoted
from democracy.texts.minutes.section import Bound, Section, WordingError, check_wording, composed
from democracy.texts.minutes.signatures import signatures_text
from democracy.texts.minutes.swedish import clock, counted, day, genitive, listed, moment
from democracy.texts.minutes.told import Told
from democracy.texts.minutes.whole import sections, whole
from tests.texts import whole_conference
from tests.texts.story import PEOPLE, at, item, matter, meeting, named, proposal
from workflows.division import DivisionState
from workflows.force import Force
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import Choice, DivisionMethod, Formality, ItemKind, MatterKind, ProposalKind
from workflows.registry import registered

ZONE = ZoneInfo("Europe/Stockholm")


def written(record: MeetingRecord) -> str:
    return filled(whole(sections(record, ZONE), {}), record.people, said(record))


def said(record: MeetingRecord) -> dict[UUID, str | None]:
    return {each.id: each.text for item in record.items for each in item.statements if each.text}


def section_of(told: ItemRecord, **changes: Any) -> str:
    record = replace(meeting(), items=(told,), rolls=(), gavels=(), **changes)
    return filled(composed(item_section(Told(record, ZONE), told), None), record.people, said(record))


@pytest.mark.parametrize(
    "said",
    [
        "DS föreslår (A): Distriktet anställer en ombudsman på halvtid.",
        "Kvistmark och Tegnvik jämkar sina yrkanden till B.",
        "Mötet godkänner ordförandens propositionsordning.",
        "JA = avgöras i dag, NEJ = återremiss: 35 ja, 20 nej, 2 avstår. Mötet beslutar att avgöra ärendet i dag.",
        "31 ja, 22 nej, 4 avstår. B är motförslag till A.",
        "Mötet godkänner voteringsordningen: 1. JA B, NEJ C. 2. JA A, NEJ vinnaren.",
        "JA = A 27, NEJ = B 29, 1 avstår. Mötet bifaller B.",
        "Mötet bifaller E.",
        "Utfallet bekräftas av ordföranden kl. 11.48.",
        "Röstlängden justeras kl. 11.03: 57 röstberättigade (tidigare 58).",
        "Nils-Erik Sjöhage reserverar sig till förmån för C.",
        "Åsa Fridlöv låter anteckna till protokollet:",
    ],
)
def test_the_first_story_is_told_in_its_own_words(said: str) -> None:
    assert said in written(meeting())


def test_everything_stands_in_the_order_in_which_it_happened() -> None:
    text = written(meeting())
    told = ["(A): ", "(B1): ", "jämkar", "Samira Haldin föreslår", "Idris Norrbåge begär", "Försöksvotering", "35 ja",
            "Tora Kvistmark begär", "voteringsordningen", "31 ja", "A 27",
            "Mötet bifaller E", "reserverar sig"]  # fmt: skip
    places = [text.index(each) for each in told]
    assert places == sorted(places)


def test_the_same_record_gives_the_same_text() -> None:
    assert whole(sections(meeting(), ZONE), {}) == whole(sections(meeting(), ZONE), {})


def test_no_name_stands_in_the_text_that_is_signed() -> None:
    kept = whole(sections(meeting(), ZONE), {})
    assert not [person.family for person in PEOPLE.values() if person.family in kept.replace("Åsa Fridlöv (DS)", "")]
    assert marked(kept) <= set(PEOPLE)


def clauses(*outcomes: Outcome, block: bool = False) -> tuple[MatterRecord, ...]:
    return tuple(
        MatterRecord(
            named(f"clause-{number}"), MatterKind.CLAUSE, MatterState.DECIDED, number, "", at("13.00"),
            text=f"att punkt {number}", clause=number, decided_at=at("13.05"),
            decisions=(DecisionRecord(outcome, None, at("13.05"), in_block=block, wording="att så ske"),),
        )
        for number, outcome in enumerate(outcomes, start=1)
    )  # fmt: skip


def test_a_motion_is_told_for_each_of_its_clauses() -> None:
    told = replace(item(), kind=ItemKind.MOTION, statements=(), presenter=None,
                   matters=clauses(Outcome.APPROVE, Outcome.CONSIDERED_ANSWERED, Outcome.REJECT,
                                   Outcome.APPROVE_REWORDED))  # fmt: skip
    assert section_of(told).split("\n\n")[1:-1] == [
        "Att-sats 1: att punkt 1", "Mötet bifaller att-sats 1.", "Att-sats 2: att punkt 2",
        "Mötet anser att-sats 2 besvarad.", "Att-sats 3: att punkt 3", "Mötet avslår att-sats 3.",
        "Att-sats 4: att punkt 4", "Mötet bifaller att-sats 4 med ändrad lydelse: att så ske.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (ProposalKind.REJECT, "", "DS föreslår (A) avslag."),
        (ProposalKind.CONSIDERED_ANSWERED, "", "DS föreslår (A) att anse den besvarad."),
        (ProposalKind.REFER, "", "DS föreslår (A) att hänskjuta den till kommunala gruppen."),
        (ProposalKind.AMENDMENT, "att punkt ett prövas", "DS föreslår (A): att punkt ett prövas."),
    ],
)
def test_what_the_board_asks_for_stands_before_what_the_motion_asks_for(
    kind: ProposalKind, text: str, said: str
) -> None:
    board = replace(proposal("A", text, None, kind), recipient="kommunala gruppen")
    motion = replace(proposal("B", "att punkt 1", "tora", ProposalKind.APPROVE), of_motion=True)
    (point,) = clauses(Outcome.REJECT)
    point = replace(point, proposals=(board, motion),
                    decisions=(DecisionRecord(Outcome.REJECT, board.id, at("13.05")),))  # fmt: skip
    told = section_of(replace(item(), kind=ItemKind.MOTION, statements=(), presenter=None, matters=(point,)))
    assert told.split("\n\n")[1:-1] == [
        "Att-satsen: att punkt 1", said, "Motionens förslag är B.", "Mötet avslår att-satsen (A).",
    ]  # fmt: skip


def test_a_block_lists_every_item_with_its_outcomes() -> None:
    block = ItemRecord(named("block"), ItemKind.MOTION_BLOCK, ItemState.CLOSED, 9, "Motioner i block", 9,
                       opened_at=at("13.00"))  # fmt: skip
    same = ItemRecord(named("m1"), ItemKind.MOTION, ItemState.CLOSED, 1, "Bussar", parent_id=block.id,
                      matters=clauses(Outcome.REJECT, Outcome.REJECT, block=True))  # fmt: skip
    mixed = replace(same, id=named("m2"), title="Tåg", matters=clauses(Outcome.APPROVE, Outcome.NOTED, block=True))
    lifted = replace(same, id=named("m3"), title="Färjor", matters=clauses(Outcome.APPROVE))
    record = replace(meeting(), items=(block, same, mixed, lifted), rolls=(), gavels=())
    text = composed(item_section(Told(record, ZONE), block), None)
    assert "i ett block, enligt DS förslag:\n\n- Bussar: avslås.\n- Tåg: att-sats 1 bifalls och att-sats 2 " in text
    assert "Färjor" not in text


@pytest.mark.parametrize(
    ("what", "outcome", "said"),
    [
        ("meeting.judge_notice", {"proper": False}, "Mötet finner att det inte är behörigen utlyst."),
        ("meeting.set_agenda", {}, "Mötet godkänner dagordningen."),
        ("floor.draw_streck", {"closes": "2026-03-21T09:40:00+00:00"}, "Strecket i talarlistan dras kl. 10.40."),
        ("floor.lift_streck", {}, "Strecket i talarlistan hävs kl. 10.30."),
        ("floor.set_speech_time", {"seconds": 120}, "Talartiden bestäms till två minuter."),
        ("floor.set_speech_time", {"seconds": None}, "Talartiden blir den som gäller för hela mötet."),
        (
            "floor.decide_rules",
            {"first_timers_first": True, "preferred": "WOMAN", "speech_seconds": 90, "reply_seconds": 60},
            "talarordningen: den som inte har talat går före, kvinnor går före, talartid 90 sekunder och repliktid",
        ),
        (
            "floor.decide_rules",
            {"first_timers_first": False, "preferred": None, "speech_seconds": None, "reply_seconds": None},
            "Mötet beslutar om talarordningen: ingen går före.",
        ),
    ],
)
def test_what_the_meeting_decides_about_itself_is_told(what: str, outcome: dict[str, Any], said: str) -> None:
    assert said in section_of(item(), noted=(NotedRecord(at("10.30"), what, outcome),))


def test_an_unclear_paragraph_is_told_as_it_was_read() -> None:
    read = InterpretationRecord(None, "65", "Dagen räknas med", at("10.40"), (30, 20, 1))
    text = section_of(item(), interpretations=(read,))
    assert "Mötet tolkar § 65 i stadgarna (30 ja, 20 nej, 1 avstår): Dagen räknas med." in text


def test_what_the_meeting_decides_on_its_notice_is_told_once() -> None:
    decided = DecisionRecord(Outcome.APPROVE, None, at("10.31"))
    point = MatterRecord(
        named("f"), MatterKind.FORMALITY, MatterState.DECIDED, 1, "", at("10.03"), decisions=(decided,)
    )
    told = replace(item(), formality=Formality.NOTICE, matters=(point,), statements=())
    text = section_of(told, noted=(NotedRecord(at("10.30"), "meeting.judge_notice", {"proper": True}),))
    assert text.count("behörigen utlyst") == 1


@pytest.mark.parametrize(
    ("formality", "outcome", "said"),
    [
        (Formality.NOTICE, Outcome.APPROVE, "Mötet finner att det är behörigen utlyst."),
        (Formality.NOTICE, Outcome.REJECT, "Mötet finner att det inte är behörigen utlyst."),
        (Formality.AGENDA, Outcome.APPROVE, "Mötet godkänner dagordningen."),
    ],
)
def test_formalities_are_told_in_their_own_words(formality: Formality, outcome: Outcome, said: str) -> None:
    decided = DecisionRecord(outcome, None, at("10.05"))
    point = MatterRecord(
        named("f"), MatterKind.FORMALITY, MatterState.DECIDED, 1, "", at("10.03"), decisions=(decided,)
    )
    told = replace(item(), formality=formality, matters=(point,), statements=(), presenter=None)
    assert said in section_of(told)


def test_discharge_is_told_with_whoever_is_barred() -> None:
    point = MatterRecord(named("d"), MatterKind.DISCHARGE, MatterState.DECIDED, 1, "", at("10.03"),
                         decisions=(DecisionRecord(Outcome.APPROVE, None, at("10.05"), unanimous=True),))  # fmt: skip
    told = replace(item(), kind=ItemKind.DISCHARGE, matters=(point,), statements=(),
                   barred=(BarredRecord(named("åsa"), at("10.02")),))  # fmt: skip
    text = section_of(told)
    assert "Fridlöv deltar inte på grund av jäv." in text
    assert "Mötet beviljar styrelsen ansvarsfrihet. Mötet är enhälligt, säger ordföranden." in text
    assert "enhälligt" not in section_of(replace(told, matters=clauses(Outcome.APPROVE)))


def division(**changes: Any) -> DivisionRecord:
    plain = DivisionRecord(
        named("d"), named("q3"), 5, "single", "E", "avslag",
        DivisionMethod.TELLERS, DivisionState.ANNOUNCED, at("11.30"),
        entitled=57, figures=Figures(28, 28), winner=Choice.YES,
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"casting_vote": Choice.YES}, "28 ja, 28 nej. Vid lika röstetal avgör ordförandens utslagsröst: JA."),
        ({"lot": True}, "Vid lika röstetal avgör lotten: JA."),
        ({"figures": Figures(30, 20, 2, 3)}, "30 ja, 20 nej, 2 avstår, 3 blanka."),
        ({"method": DivisionMethod.SECRET}, "Sluten omröstning, 57 röstberättigade."),
        (
            {"corrections": (CountRecord(Figures(82, 29), Figures(28, 29), at("11.33"), "felskrivet"),)},
            "Röstsiffrorna rättas kl. 11.33 från 82 ja, 29 nej till 28 ja, 29 nej. Skäl: felskrivet.",
        ),
        (
            {"annulled_at": at("11.35"), "annulled_reason": "Dörren var låst."},
            "Voteringen annulleras kl. 11.35. Skäl: Dörren var låst.",
        ),
        (
            {"method": DivisionMethod.ROLL_CALL,
             "votes": ((Choice.YES, named("tora")), (Choice.NO, named("elin")), (Choice.YES, named("inga")))},
            "- JA: Tora Kvistmark och Inga Malmrot.\n- NEJ: Elin Rosvik.",
        ),
    ],
)  # fmt: skip
def test_a_division_is_told_with_all_that_became_of_it(changes: dict[str, object], said: str) -> None:
    point = replace(matter(), divisions=(division(**changes),))
    assert said in section_of(replace(item(), matters=(point,)))


def test_names_stand_in_the_minutes_only_after_a_roll_call() -> None:
    assert "- JA: " not in written(meeting())


def test_a_decision_that_was_taken_up_again_stands_with_the_new_one() -> None:
    first = DecisionRecord(
        Outcome.REJECT, named("A"), at("13.00"), replaced_at=at("14.00"), replaced_reason="nya siffror"
    )
    second = DecisionRecord(Outcome.APPROVE, named("C"), at("14.20"))
    point = replace(matter(), questions=(), divisions=(), decisions=(first, second))
    text = section_of(replace(item(), matters=(point,)))
    order = [text.index(each) for each in ("Mötet avslår förslaget (A).", "att återuppta § 14. Skäl: nya siffror.",
                                           "Mötet bifaller C.")]  # fmt: skip
    assert order == sorted(order)


def test_breaks_and_rules_set_aside_are_told_where_they_happened() -> None:
    waiver = WaiverRecord(named("w"), None, "proposal.proposals_closed", "ny uppgift", at("10.35"),
                          "Idris Norrbåge vill följa ordningen", (40, 10, 3))  # fmt: skip
    pause = PauseRecord(at("11.30"), at("09.02", 22))
    text = section_of(item(), waivers=(waiver,), pauses=(pause,))
    assert ("Mötet beslutar att göra undantag från yrkandestoppet (40 ja, 10 nej, 3 avstår). Skäl: ny uppgift. "
            "Invändning: Idris Norrbåge vill följa ordningen.") in text  # fmt: skip
    assert "Mötet ajourneras kl. 11.30 och återupptas den 22 mars kl. 09.02." in text


def test_every_rule_that_a_meeting_may_set_aside_has_a_name() -> None:
    waivable = {
        f"{name}.{guard.code}"
        for name, each in registered().items()
        for rule in each.workflow.rules.values()
        for guard in rule.guards
        if guard.force is Force.MEETING_ORDER
    }
    assert {each for each in waivable if not says(f"rule.{each}")} == set()


MARKS = st.text(st.sampled_from("#=-`~>*_[]<|1. \n\tå{}\\"), max_size=40)


def parsed(markdown: str) -> list[tuple[str, str]]:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(markdown)
    return [(tokens[place - 1].type, each.content) for place, each in enumerate(tokens) if each.type == "inline"]


@given(MARKS | st.text(max_size=60))
def test_what_people_write_makes_no_heading(typed: str) -> None:
    for text in (quoted(typed), prose(typed), f"Tora yrkar: {inline(typed)}"):
        assert "heading_open" not in [kind for kind, _ in parsed(text)]


SECTION = Section(None, 14, "§ 14", (Bound("a", "Första."), Bound("b", "Andra."), Bound("c", "Tredje.")), "Inledning.")
BOUND = ("Första.", "Andra.", "Tredje.")


@given(st.lists(st.sampled_from(["{{a}}", "{{b}}", "{{c}}", "{{x}}", "Ord.", "## § 99 Annat"]) | MARKS, max_size=9))
def test_no_wording_drops_doubles_hides_or_turns_round_a_bound_line(pieces: list[str]) -> None:
    found = parsed(composed(SECTION, "\n\n".join(pieces)))
    assert [text for kind, text in found if kind == "paragraph_open" and text in BOUND] == list(BOUND)
    assert [text for kind, text in found if kind == "heading_open"] == ["§ 14"]


def test_free_words_stand_before_between_and_after_the_bound_lines() -> None:
    text = composed(SECTION, "Först.\n\n{{a}}\n\nSedan.\n\n{{c}}\n\nSist.")
    assert text == "## § 14\n\nFörst.\n\nFörsta.\n\nSedan.\n\nAndra.\n\nTredje.\n\nSist.\n"


@pytest.mark.parametrize(
    ("wording", "code", "key"),
    [("{{x}}", "unknown_marker", "x"), ("{{b}} {{a}}", "markers_out_of_order", "a"),
     ("{{a}} {{a}}", "markers_out_of_order", "a")],
)  # fmt: skip
def test_wrong_markers_are_refused_by_their_name(wording: str, code: str, key: str) -> None:
    with pytest.raises(WordingError) as refused:
        check_wording(SECTION, wording)
    assert (refused.value.code, refused.value.key) == (code, key)


def test_a_removed_name_is_shown_as_removed_and_a_protected_one_as_protected() -> None:
    tora, elin = named("tora"), named("elin")
    people = {**PEOPLE, tora: replace(PEOPLE[tora], erased=True), elin: replace(PEOPLE[elin], protected=True)}
    text = filled(f"{mark(tora, form='unit')} och {mark(elin, owns=True)}", people)
    assert text == f"{REMOVED} och {genitive(PROTECTED)}"
    gone = replace(meeting(), people=people)
    assert "Kvistmark" not in written(gone)
    assert whole(sections(gone, ZONE), {}) == whole(sections(meeting(), ZONE), {})


def test_words_that_were_erased_are_shown_as_removed_and_the_kept_text_is_the_same() -> None:
    kept = whole(sections(meeting(), ZONE), {})
    text = filled(kept, PEOPLE, {named("s1"): None})
    assert "Åsa Fridlöv låter anteckna till protokollet:\n\n> [texten borttagen]" in text
    assert "DS förslag var finansierat" not in kept
    assert "reserverar sig till förmån för C.\n\nMötet avslutas" in text


def test_two_people_with_one_family_name_are_told_apart() -> None:
    other = Person(named("bo"), "Bo", "Kvistmark")
    both = mark(named("tora"), named("elin"), form="family")
    assert filled(both, PEOPLE) == "Kvistmark och Rosvik"
    assert filled(both, {**PEOPLE, other.id: other}) == "Tora Kvistmark och Elin Rosvik"


def test_a_full_name_in_the_secretarys_own_words_becomes_a_mark() -> None:
    text = hidden_names("Tora Kvistmark talar. Tora Kvistmarks tal.", PEOPLE.values())
    assert text == f"{mark(named('tora'))} talar. Tora Kvistmarks tal.".replace(
        "Tora Kvistmarks", mark(named("tora"), owns=True)
    )
    assert filled(text, PEOPLE) == "Tora Kvistmark talar. Tora Kvistmarks tal."


def test_swedish_is_written_as_swedish() -> None:
    assert [listed(list("BCD")[:count]) for count in range(4)] == ["", "B", "B och C", "B, C och D"]
    assert (genitive("Ånges"), genitive("Tegnvik"), genitive("Marx")) == ("Ånges", "Tegnviks", "Marx")
    assert (counted(2), counted(13)) == ("två", "13")
    assert clock(at("10.12"), ZONE) == "kl. 10.12"
    assert day(at("10.12").date()) == "21 mars 2026"
    summer = at("10.12") + timedelta(days=10) - timedelta(hours=1)
    assert moment(summer, ZONE) == "tisdagen den 31 mars 2026 kl. 10.12"


def test_a_whole_conference_reads_as_it_was_read_in_review() -> None:
    record, page = whole_conference.record(), Path(__file__).with_name("pages") / "distriktsårskonferens.md"
    text = whole(sections(record, ZONE), whole_conference.WORDINGS)
    under = signatures_text(whole_conference.signing(), ZONE)
    told = f"{filled(text, record.people, said(record))}\n{filled(under, record.people)}"
    if os.environ.get("DEMOCRACY_WRITE"):
        page.write_text(told, "utf-8")
    assert page.read_text("utf-8") == told


def test_the_head_names_the_whole_meeting_of_a_part_and_the_parts_of_a_whole() -> None:
    record = meeting()
    head = replace(record.head, part_of="Norrvikens årskonferens", parts=("Stadens delmöte", "Landets"))
    text = written(replace(record, head=head))
    assert f"- **Möte:** {record.head.name}, del av Norrvikens årskonferens" in text
    assert "- **Delmöten med egna protokoll:** Stadens delmöte, Landets" in text
