"""Recorded steps under today's rules."""

import json
import pkgutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workflows
from workflows.engine import Role, Step
from workflows.meeting import MEETING, MeetingFacts
from workflows.motion import MOTION, MotionFacts, MotionState
from workflows.registry import registered
from workflows.replay import NotReplayable, facts_from, replay
from workflows.step import plain_facts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass(frozen=True)
class Facts:
    flag: bool
    count: int
    colour: Colour
    colours: frozenset[Colour]
    at: datetime | None = None
    maybe: Colour | None = None
    numbers: frozenset[int] = frozenset()


_COLOURS = st.sampled_from(Colour)
_TIMES = st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        Facts,
        flag=st.booleans(),
        count=st.integers(),
        colour=_COLOURS,
        colours=st.frozensets(_COLOURS),
        at=st.none() | _TIMES,
        maybe=st.none() | _COLOURS,
        numbers=st.frozensets(st.integers()),
    )
)
def test_facts_come_back_from_the_record_as_they_were(facts: Facts) -> None:
    assert facts_from(Facts, json.loads(json.dumps(plain_facts(facts)))) == facts


GOOD = {"flag": True, "count": 1, "colour": "RED", "colours": ["BLUE"]}


def test_a_fact_added_since_has_its_default_and_a_dropped_one_is_passed_over() -> None:
    assert facts_from(Facts, {**GOOD, "forgotten": 7}) == Facts(True, 1, Colour.RED, frozenset({Colour.BLUE}))


@pytest.mark.parametrize(
    "change",
    [{"flag": 1}, {"count": True}, {"count": "1"}, {"colour": "GREEN"}, {"colours": ["GREEN"]}, {"at": "noon"},
     {"maybe": "GREEN"}, {"colours": None}],
)  # fmt: skip
def test_a_value_that_is_not_its_facts_type_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(NotReplayable) as raised:
        facts_from(Facts, {**GOOD, **change})
    assert (raised.value.code, raised.value.name) == ("unknown_facts", next(iter(change)))


def test_a_missing_fact_without_a_default_is_told() -> None:
    with pytest.raises(NotReplayable, match="unknown_facts"):
        facts_from(Facts, {"flag": True})


def test_every_workflow_of_the_rulebook_is_found() -> None:
    found = registered()
    assert found["motion"].workflow is MOTION
    assert found["motion"].facts is MotionFacts
    assert (found["meeting"].workflow, found["meeting"].facts) == (MEETING, MeetingFacts)
    folder = Path(workflows.__path__[0])
    modules = [each.name for each in pkgutil.iter_modules(workflows.__path__) if not each.ispkg]
    declared = sum((folder / f"{name}.py").read_text().count(" = Workflow(\n") for name in modules)
    assert len(found) == declared


def _record(step: Step[Any]) -> dict[str, Any]:
    return {
        "workflow": step.workflow,
        "rule": step.rule,
        "source": step.source.name,
        "dest": step.dest.name,
        "roles": [role.value for role in step.roles],
        "now": step.now.isoformat(),
        "facts": dict(step.facts),
        "waived": sorted(step.waived),
    }


SUBMITTED = _record(
    MOTION.step(
        "submit",
        MotionState.DRAFT,
        MotionFacts(
            has_title=True, has_reasoning=True, clauses=1, movers=1, movers_with_right=1, deadline=NOW + timedelta(1)
        ),
        roles=frozenset({Role.MOVER}),
        now=NOW,
    )
)


def test_a_step_that_the_rules_allowed_is_allowed_again() -> None:
    assert replay(SUBMITTED) == ()


def test_a_step_that_today_would_be_refused_is_told_with_every_reason() -> None:
    late = {**SUBMITTED, "now": (NOW + timedelta(2)).isoformat(), "roles": []}
    assert {denial.code for denial in replay(late)} == {"deadline_passed", "not_your_role"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"workflow": "feast"}, "unknown_workflow"),
        ({"rule": "sing"}, "unknown_rule"),
        ({"source": "ASLEEP"}, "unknown_state"),
        ({"dest": "ASLEEP"}, "unknown_state"),
        ({"dest": "DECIDED"}, "other_outcome"),
        ({"roles": ["juggler"]}, "unknown_role"),
    ],
)
def test_what_the_rules_do_not_have_is_named(change: dict[str, Any], code: str) -> None:
    with pytest.raises(NotReplayable) as raised:
        replay({**SUBMITTED, **change})
    assert raised.value.code == code
