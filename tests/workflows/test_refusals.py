"""Every condition of the rulebook, broken by itself."""

from typing import Any

import pytest

from tests.workflows.refusals import BREAKS, NOW, Case, cases, good, rules
from tests.workflows.zone import STOCKHOLM
from workflows.engine import Force, Rule, StepDenied, Workflow
from workflows.words import LANGUAGES, explain


@pytest.mark.parametrize(
    ("workflow", "rule"), [pytest.param(*each, id=f"{each[0].name}.{each[1].name}") for each in rules()]
)
def test_where_every_condition_holds_each_of_its_roles_may_follow_a_rule_from_each_of_its_states(
    workflow: Workflow[Any, Any], rule: Rule[Any, Any]
) -> None:
    for state in rule.source:
        for role in rule.by:
            step = workflow.step(rule.name, state, good(workflow, rule), roles=frozenset({role}), now=NOW)
            assert (step.dest, step.warnings) == (rule.dest or state, ())


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_broken_condition_is_the_only_reason_given_with_its_paragraph(case: Case) -> None:
    state, role = case.rule.source[0], next(iter(case.rule.by))
    try:
        step = case.workflow.step(case.rule.name, state, case.broken, roles=frozenset({role}), now=NOW)
    except StepDenied as refused:
        assert case.guard.force is not Force.CUSTOM
        told = refused.denials
    else:
        assert case.guard.force is Force.CUSTOM
        told = step.warnings
    (denial,) = told
    assert denial.code == case.guard.code
    assert denial.paragraph == (case.guard.paragraph or case.rule.paragraph)
    assert denial.force is case.guard.force


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_reason_can_be_said_in_both_languages_with_nothing_left_to_fill(case: Case) -> None:
    denial = case.guard.denial(case.workflow.name, case.rule, case.broken, NOW)
    for language in LANGUAGES:
        said = explain(denial, language=language, zone=STOCKHOLM)
        assert said
        assert "{" not in said
        assert "None" not in said


def test_no_row_is_left_of_a_condition_that_is_gone() -> None:
    known = {(case.workflow.name, case.guard.code) for case in cases()}
    assert {(name, code) for name, rows in BREAKS.items() for code in rows} - known == set()
