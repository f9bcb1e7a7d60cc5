"""Every refusal at a meeting as a first-time delegate reads it: what is wrong, what to do, who may waive it."""

import re

import pytest

from tests.workflows.refusals import NOW, Case, cases
from tests.workflows.zone import STOCKHOLM
from workflows.denial import Denial
from workflows.engine import Force, Role
from workflows.registry import paragraphs, registered
from workflows.statutes import packaged
from workflows.words import explain, messages

AT_A_MEETING = frozenset({
    "addendum", "allotment", "amendment", "delegate", "division", "document", "floor", "item", "matter", "meeting",
    "minutes", "presence", "proposal", "question", "roll", "speech", "statement",
})  # fmt: skip
CASES = [case for case in cases() if case.workflow.name in AT_A_MEETING]
ENGLISH = re.compile(r"\b(the|is|are|not|have|has|must|your|you|meeting|item|already|cannot)\b", re.IGNORECASE)
JARGON = re.compile(r"[_{}<>]|\b(null|None|True|False|state|code|id|status|flagga|objekt)\b")
SENTENCE = re.compile(r"[.:?](?=\s|$)")
ASKS = re.compile(r"^(Skriv|Ange|Replik begär du)\b|\b(ska|behöver|Bara den)\b")
EMPTY_HANDED = re.compile(r"^(Ogiltig|Fel|Nekad|Otillåten)\b", re.IGNORECASE)


def refusal(case: Case) -> Denial:
    return case.guard.denial(case.workflow.name, case.rule, case.broken, NOW)


def words(case: Case) -> str:
    return explain(refusal(case), language="sv", zone=STOCKHOLM)


def test_the_meetings_procedures_are_all_walked() -> None:
    assert AT_A_MEETING - registered().keys() == set()
    assert {case.workflow.name for case in CASES} == AT_A_MEETING


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_whole_sentences_in_plain_swedish(case: Case) -> None:
    said = words(case)
    assert said[0].isupper() or said[0] in "0123456789§"
    assert said.endswith((".", "?"))
    assert ENGLISH.search(said) is None
    assert JARGON.search(said) is None
    assert EMPTY_HANDED.search(said) is None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_says_what_to_do_or_how_it_goes_on(case: Case) -> None:
    """A second sentence, or a single one that asks for what is missing or says whose move it is: never a bare no."""
    said = words(case)
    assert len(SENTENCE.findall(said)) > 1 or ASKS.search(said)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_stands_on_a_paragraph_that_the_statutes_have(case: Case) -> None:
    paragraph = refusal(case).paragraph
    assert paragraph in paragraphs()
    assert paragraph in packaged("vansterpartiet").paragraphs


@pytest.mark.parametrize("case", [each for each in CASES if refusal(each).waivable_by], ids=str)
def test_what_can_be_waived_says_that_the_meeting_may_and_who_records_it(case: Case) -> None:
    denial = refusal(case)
    assert denial.force in {Force.MEETING_ORDER, Force.STATUTE}
    assert denial.waivable_by == {Role.PRESIDIUM, Role.MEETING_SECRETARY}
    assert messages("sv")["engine.waivable"] in words(case)


@pytest.mark.parametrize("force", [Force.LAW, Force.INTEGRITY])
def test_what_protects_the_record_is_waived_by_nobody(force: Force) -> None:
    assert [str(case) for case in CASES if refusal(case).force is force and refusal(case).waivable_by] == []
