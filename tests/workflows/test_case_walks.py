"""Cases of a board walk to every end, by whatever steps the rules allow, under the statutes of two organisations."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.appeal import APPEAL, AppealFacts, AppealState
from workflows.branch_application import BRANCH_APPLICATION, BranchApplicationFacts, BranchApplicationState
from workflows.engine import Role, Workflow
from workflows.registry import registered
from workflows.ruling import RULING, RulingFacts, RulingState
from workflows.statutes import Resolved, packaged
from workflows.statutes.parameters.appeals import Silence
from workflows.statutes.resolved import resolve

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
EVERYBODY = frozenset(Role)
FILES = ("vansterpartiet", "smaforeningen")


def orders(name: str) -> Resolved:
    return resolve(packaged(name))


def applications(rules: Resolved) -> BranchApplicationFacts:
    order = rules.parameters.founding
    return BranchApplicationFacts(
        units_form=order is not None, has_name=True, has_area=True, interim_board=3,
        founders=order.minimum if order else 1, counted=order.minimum if order else 1,
        minimum=order.minimum if order else 1, consulted=1, board_size=9, board_quorum=5, present=8, votes_for=6,
        votes_against=2, board_elected=3, auditors_elected=1, committee_elected=1, appeal_decided=True,
    )  # fmt: skip


def ways(rules: Resolved) -> Iterator[AppealFacts]:
    for order in rules.parameters.appeals.against.values():
        yield AppealFacts(
            appellants=1, admissible=1, body_size=9, body_able=9, body_quorum=5, present=9, votes_for=9,
            must_hear=order.heard, heard=True, suspensive=order.suspensive, may_stay=order.stay_by is not None,
            has_next_body=order.next_body is not None, must_report=order.reported_to is not None,
            silence_grants=order.silence is Silence.UPHELD,
        )  # fmt: skip


def after(workflow: Workflow[Any, Any], rule: str, facts: Any, now: datetime) -> Any:
    """What a step leaves behind that later steps look at."""
    due = now + timedelta(days=14)
    changed: dict[str, dict[str, Any]] = {
        "consult": {"answers_due": due, "unanswered": 1},
        "answer": {"answered": True, "unanswered": 0, "unmet": 1, "replies_due": due},
        "meet": {"unmet": 0},
        "approve": {"form_by": due}, "approve_on_appeal": {"form_by": due},
        "call": {"meeting_at": now}, "call_instead": {"meeting_at": now}, "cancel_call": {"meeting_at": None},
        "request_statement": {"statement_due": due},
        "submit_statement": {"stated": True, "reply_due": due},
        "request_stay": {"stay_asked": True}, "decide_stay": {"stay_asked": False},
        "report": {"reported": True},
        "notify": {"last_moment": due}, "confirm_notice": {"last_moment": due},
    }  # fmt: skip
    return replace(facts, **changed.get(rule, {}))


def walk(data: st.DataObject, workflow: Workflow[Any, Any], facts: Any) -> set[Enum]:
    """Random legal steps, the clock moving on now and then, until the case is over. Every state is visited once noted.

    In each state that is not final there is somebody named who is to act, and some step that may be taken sooner or
    later without anybody's changing the facts.
    """
    state, now, seen = workflow.initial, START, {workflow.initial}
    for _ in range(60):
        if state in workflow.final:
            return seen
        assert workflow.next_steps(state, facts, now=now), state
        options = workflow.options(state, facts, roles=EVERYBODY, now=now)
        leads = [each.name for each in options if each.allowed and workflow.rules[each.name].dest is not None]
        stays = [each.name for each in options if each.allowed and workflow.rules[each.name].dest is None]
        opens = [each.opens_at for each in options if each.opens_at is not None and each.opens_at > now]
        assert leads or opens, (state, [(each.name, each.denials) for each in options])
        choice = data.draw(st.sampled_from([*leads, *stays[:2], *(["wait"] if opens else [])]))
        if choice == "wait":
            now = min(opens)
            continue
        step = workflow.step(choice, state, facts, roles=EVERYBODY, now=now)
        facts, state = after(workflow, choice, facts, now), step.dest
        seen.add(state)
    return seen


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_case_goes_on_until_it_is_over_under_either_statutes(name: str, data: st.DataObject) -> None:
    rules = orders(name)
    for facts in ways(rules):
        walk(data, APPEAL, facts)
    walk(data, RULING, RulingFacts(concerned=1, last_moment=START + timedelta(days=30)))
    if rules.parameters.founding is not None:
        walk(data, BRANCH_APPLICATION, applications(rules))


def reached(workflow: Workflow[Any, Any], makes: Callable[[], Iterator[Any]]) -> set[Enum]:
    """Every state that some order of legal steps leads to: all of them tried, none drawn."""
    found: set[Enum] = set()
    for facts in makes():
        waiting, known = [(workflow.initial, facts, START)], set()
        while waiting:
            state, here, now = waiting.pop()
            if (state, here) in known:
                continue
            known.add((state, here))
            found.add(state)
            later = now + timedelta(days=100)
            for moment in (now, later):
                for each in workflow.options(state, here, roles=EVERYBODY, now=moment):
                    if each.allowed:
                        dest = workflow.rules[each.name].dest or state
                        # Times are rounded off: what matters is before or after, not when.
                        waiting.append((dest, after(workflow, each.name, here, START), START))
    return found


def test_every_state_of_an_appeal_is_reached_by_one_of_the_ways_to_appeal() -> None:
    assert reached(APPEAL, lambda: (each for name in FILES for each in ways(orders(name)))) == set(AppealState)


def test_every_state_of_a_decision_and_of_an_application_is_reached() -> None:
    some = RulingFacts(concerned=1, last_moment=START + timedelta(days=30))
    assert reached(RULING, lambda: iter([some])) == set(RulingState)
    facts = applications(orders("vansterpartiet"))
    assert reached(BRANCH_APPLICATION, lambda: iter([facts, replace(facts, founders=1, minimum=1)])) == set(
        BranchApplicationState
    )


def test_no_branch_is_begun_where_the_statutes_form_none() -> None:
    options = BRANCH_APPLICATION.options(
        BranchApplicationState.GATHERING, applications(orders("smaforeningen")), roles=EVERYBODY, now=START
    )
    (edit,) = (each for each in options if each.name == "edit")
    assert [denial.code for denial in edit.denials] == ["no_new_units"]


@pytest.mark.parametrize("name", sorted(registered()))
def test_every_state_that_is_not_final_names_who_acts_next(name: str) -> None:
    workflow = registered()[name].workflow
    for state in workflow.states:
        assert state in workflow.final or workflow.awaits[state].who in Role
