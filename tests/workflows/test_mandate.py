from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import Role, StepDenied
from workflows.mandate import MANDATE, MandateFacts, MandateState

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FACTS = st.builds(
    MandateFacts,
    over=st.booleans(),
    on_leave=st.booleans(),
    decision_given=st.booleans(),
    dates_in_order=st.booleans(),
)


@given(FACTS, st.sampled_from(MandateState))
def test_nobody_releases_themselves(facts: MandateFacts, state: MandateState) -> None:
    options = MANDATE.options(state, facts, roles=frozenset({Role.RESPONSIBLE}), now=NOW)
    assert not any(each.allowed for each in options if each.name == "release")


@given(FACTS)
def test_a_leave_is_either_taken_or_ended(facts: MandateFacts) -> None:
    options = MANDATE.options(MandateState.HELD, facts, roles=frozenset({Role.RESPONSIBLE}), now=NOW)
    allowed = {each.name for each in options if each.allowed}
    assert not {"take_leave", "end_leave"} <= allowed
    if not facts.over and facts.dates_in_order:
        assert {"take_leave", "end_leave"} & allowed == {"end_leave" if facts.on_leave else "take_leave"}


def test_a_release_needs_the_resignation_first_and_the_decision_of_those_who_elected() -> None:
    with pytest.raises(StepDenied) as denied:
        MANDATE.step(
            "release",
            MandateState.HELD,
            MandateFacts(decision_given=False),
            roles=frozenset({Role.SECRETARY}),
            now=NOW,
        )
    assert {each.code for each in denied.value.denials} == {"wrong_state", "decision_missing"}
