"""The engine: what is offered is what may be done, and every reason is given at once."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.checks import CrookedWorkflow
from workflows.engine import Awaited, Force, Guard, Role, Rule, Step, StepDenied, Workflow
from workflows.registry import Registered, registered
from workflows.replay import facts_from, replay
from workflows.step import plain_facts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_TIMES = st.none() | st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))
_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {bool: st.booleans(), int: st.integers(0, 3), datetime | None: _TIMES}
EACH = st.sampled_from(sorted(registered().values(), key=lambda each: each.module))
ROLES = st.frozensets(st.sampled_from(Role))


def facts_of(each: Registered) -> st.SearchStrategy[Any]:
    """Any facts of a workflow, sensible or not."""
    return st.builds(each.facts, **{name: _values(kind) for name, kind in get_type_hints(each.facts).items()})


def _values(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(kind) if isinstance(kind, type) and issubclass(kind, Enum) else _BY_TYPE[kind]


def attempt(workflow: Workflow[Any, Any], name: str, state: Enum, facts: Any, roles: frozenset[Role]) -> Any:
    try:
        return workflow.step(name, state, facts, roles=roles, now=NOW)
    except StepDenied as refused:
        return refused.denials


@given(data=st.data(), each=EACH, roles=ROLES)
def test_what_is_offered_is_exactly_what_may_be_done(
    data: st.DataObject, each: Registered, roles: frozenset[Role]
) -> None:
    workflow, facts = each.workflow, data.draw(facts_of(each))
    state = data.draw(st.sampled_from(workflow.states))
    offered = {option.name: option for option in workflow.options(state, facts, roles=roles, now=NOW)}
    for name in workflow.rules:
        outcome = attempt(workflow, name, state, facts, roles)
        if name not in offered:
            assert "wrong_state" in {denial.code for denial in outcome}
        elif offered[name].allowed:
            assert isinstance(outcome, Step)
            assert outcome.warnings == offered[name].warnings
            assert outcome.roles <= roles
        else:
            assert outcome == offered[name].denials


@given(data=st.data(), each=EACH, roles=ROLES)
def test_a_step_is_json_and_replays_as_it_was(data: st.DataObject, each: Registered, roles: frozenset[Role]) -> None:
    workflow, facts = each.workflow, data.draw(facts_of(each))
    kept = json.loads(json.dumps(plain_facts(facts)))
    assert facts_from(each.facts, kept) == facts
    state, name = data.draw(st.sampled_from(workflow.states)), data.draw(st.sampled_from(sorted(workflow.rules)))
    step = attempt(workflow, name, state, facts, roles)
    if isinstance(step, Step):
        record = {"workflow": step.workflow, "rule": step.rule, "source": step.source.name, "dest": step.dest.name,
                  "roles": [role.value for role in step.roles], "now": step.now.isoformat(), "facts": kept,
                  "waived": sorted(step.waived)}  # fmt: skip
        assert replay(record) == ()


class Light(Enum):
    RED = 1
    GREEN = 2
    DARK = 3


@dataclass(frozen=True)
class Facts:
    ready: bool = True
    kind: bool = True
    until: datetime | None = None
    may_waive: bool = False


def rule(*guards: Guard[Facts], name: str = "go", dest: Light | None = Light.GREEN) -> Rule[Light, Facts]:
    return Rule(name, (Light.RED,), dest, "lights", frozenset({Role.MEMBER}), guards)


OFF = Rule[Light, Facts]("off", (Light.RED, Light.GREEN), Light.DARK, "lights", frozenset({Role.CLOCK}))
AWAITS = {Light.RED: Awaited(Role.MEMBER, "go"), Light.GREEN: Awaited(Role.CLOCK, "off")}


def lights(*rules: Rule[Light, Facts], **changes: Any) -> Workflow[Light, Facts]:
    given_: dict[str, Any] = {"awaits": AWAITS, "final": frozenset({Light.DARK}), **changes}
    return Workflow(name="lights", states=Light, initial=Light.RED, rules=rules, **given_)


def member(workflow: Workflow[Light, Facts], state: Light, facts: Facts, **changes: Any) -> Step[Light]:
    return workflow.step("go", state, facts, **{"roles": frozenset({Role.MEMBER}), "now": NOW, **changes})


READY = Guard[Facts]("not_ready", lambda facts, now: facts.ready)


def test_every_reason_is_given_at_once_the_wrong_state_and_role_too() -> None:
    kind = Guard[Facts]("unkind", lambda facts, now: facts.kind, paragraph="kindness")
    workflow = lights(rule(READY, kind), OFF)
    with pytest.raises(StepDenied) as refused:
        member(workflow, Light.GREEN, Facts(ready=False, kind=False), roles=frozenset({Role.BOARD}))
    told = [(denial.key, denial.paragraph) for denial in refused.value.denials]
    assert told == [
        ("engine.wrong_state", "lights"), ("engine.not_your_role", "lights"), ("lights.not_ready", "lights"),
        ("lights.unkind", "kindness"),
    ]  # fmt: skip
    assert all(denial.who_may == {Role.MEMBER} for denial in refused.value.denials)


@pytest.mark.parametrize("answer", [1, 0, None, "yes", [True]])
def test_a_condition_that_answers_neither_true_nor_false_is_an_error(answer: Any) -> None:
    workflow = lights(rule(Guard("odd", lambda facts, now: answer)), OFF)
    with pytest.raises(TypeError, match="odd"):
        member(workflow, Light.RED, Facts())


def test_custom_warns_and_stops_nothing() -> None:
    polite = Guard[Facts]("impolite", lambda facts, now: facts.kind, force=Force.CUSTOM)
    step = member(lights(rule(polite), OFF), Light.RED, Facts(kind=False))
    assert step.dest is Light.GREEN
    assert [warning.code for warning in step.warnings] == ["impolite"]


@pytest.mark.parametrize(
    ("force", "may_waive", "waived"),
    [
        (Force.LAW, True, False), (Force.INTEGRITY, True, False), (Force.STATUTE, False, False),
        (Force.STATUTE, True, True), (Force.MEETING_ORDER, False, True),
    ],
)  # fmt: skip
def test_a_waiver_holds_only_where_the_force_allows_one(force: Force, may_waive: bool, waived: bool) -> None:
    guard = Guard[Facts](
        "not_ready", lambda facts, now: facts.ready, force=force, waived_if=lambda facts: facts.may_waive
    )
    workflow, facts = lights(rule(guard), OFF), Facts(ready=False, may_waive=may_waive)
    with pytest.raises(StepDenied) as refused:
        member(workflow, Light.RED, facts)
    assert bool(refused.value.denials[0].waivable_by) is waived
    if waived:
        assert member(workflow, Light.RED, facts, waived=frozenset({"not_ready"})).waived == {"not_ready"}
        return
    with pytest.raises(StepDenied):
        member(workflow, Light.RED, facts, waived=frozenset({"not_ready"}))


def test_a_waiver_that_was_not_needed_is_not_recorded() -> None:
    guard = Guard[Facts]("not_ready", lambda facts, now: facts.ready, force=Force.MEETING_ORDER)
    assert member(lights(rule(guard), OFF), Light.RED, Facts(), waived=frozenset({"not_ready"})).waived == frozenset()


def test_a_rule_closes_when_its_first_condition_does_and_custom_closes_nothing() -> None:
    def closing(hours: int, force: Force) -> Guard[Facts]:
        at = NOW + timedelta(hours=hours)
        return Guard(f"after_{hours}", lambda facts, now: now < at, force=force, closes_at=lambda facts: at)

    workflow = lights(rule(closing(3, Force.STATUTE), closing(2, Force.STATUTE), closing(1, Force.CUSTOM)), OFF)
    (option, _) = workflow.options(Light.RED, Facts(), roles=frozenset({Role.MEMBER}), now=NOW)
    assert option.closes_at == NOW + timedelta(hours=2)


def test_facts_hold_no_free_text() -> None:
    @dataclass(frozen=True)
    class Wordy:
        reason: str = "because"

    with pytest.raises(TypeError, match="str cannot be a fact"):
        plain_facts(Wordy())


GO, STAY = rule(), rule(name="stay", dest=None)


@pytest.mark.parametrize(
    ("rules", "changes", "fault"),
    [
        ((GO, GO, OFF), {}, "rule go is declared twice"),
        ((rule(READY, READY), OFF), {}, "rule go has two guards with one code"),
        ((STAY, OFF), {"awaits": {Light.RED: Awaited(Role.MEMBER, "stay")}}, "state GREEN cannot be reached"),
        ((GO,), {"awaits": {Light.RED: AWAITS[Light.RED]}}, "state GREEN has no way out"),
        ((GO, OFF), {"awaits": {Light.RED: AWAITS[Light.RED]}}, "state GREEN awaits nobody"),
        ((GO, OFF), {"awaits": {**AWAITS, Light.GREEN: Awaited(Role.BOARD, "off")}}, "awaits off by board"),
        ((GO, OFF), {"awaits": {**AWAITS, Light.GREEN: Awaited(Role.MEMBER, "go")}}, "which no rule allows there"),
        ((GO, OFF, Rule("idle", (Light.RED,), None, "lights", frozenset())), {}, "rule idle may be followed by nobody"),
    ],
)
def test_a_procedure_in_which_a_case_could_be_lost_is_refused(
    rules: tuple[Rule[Light, Facts], ...], changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(CrookedWorkflow, match=fault):
        lights(*rules, **changes)
