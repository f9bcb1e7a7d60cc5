from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import Role, StepDenied
from workflows.person import PERSON, PersonFacts, PersonState

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FACTS = st.builds(
    PersonFacts,
    memberships=st.integers(0, 4),
    mandates=st.integers(0, 4),
    belongs_there=st.booleans(),
    votes_there=st.booleans(),
    reason_given=st.booleans(),
)


@given(FACTS)
def test_a_reason_is_all_that_erasing_needs_and_what_ends_with_it_is_said(facts: PersonFacts) -> None:
    roles = frozenset({Role.OPERATOR})
    if not facts.reason_given:
        with pytest.raises(StepDenied):
            PERSON.step("erase", PersonState.KNOWN, facts, roles=roles, now=NOW)
        return
    step = PERSON.step("erase", PersonState.KNOWN, facts, roles=roles, now=NOW)
    ending = {"memberships_end": facts.memberships, "mandates_end": facts.mandates}
    assert step.dest is PersonState.ERASED
    assert {warning.code for warning in step.warnings} == {code for code, count in ending.items() if count}


@given(FACTS, st.sampled_from(["choose_voting_unit", "leave_unit"]))
def test_no_way_leads_to_a_member_of_several_units_without_a_vote(facts: PersonFacts, rule: str) -> None:
    options = {
        each.name: each for each in PERSON.options(PersonState.KNOWN, facts, roles=frozenset({Role.MEMBER}), now=NOW)
    }
    if options[rule].allowed:
        assert facts.belongs_there
        assert rule != "leave_unit" or not facts.votes_there or facts.memberships <= 1


@given(FACTS)
def test_nothing_can_be_done_to_an_erased_person(facts: PersonFacts) -> None:
    assert PERSON.options(PersonState.ERASED, facts, roles=frozenset(Role), now=NOW) == ()
