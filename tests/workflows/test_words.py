"""What people read: every text in both languages, short, with nothing left to fill."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.refusals import NOW, Case, cases
from tests.workflows.zone import STOCKHOLM
from workflows.denial import ENGINE_CODES
from workflows.engine import Force, Role
from workflows.registry import paragraphs, registered
from workflows.statutes import packaged
from workflows.statutes.lint import lint
from workflows.words import LANGUAGES, messages, moment, say

LONGEST = 160
WHOLE_HOURS = st.integers(0, 1_000_000).map(lambda hour: datetime.fromtimestamp(hour * 3600, UTC))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    swedish, english = messages("sv"), messages("en")
    assert swedish.keys() == english.keys()
    differ = [key for key in swedish if placeholders(swedish[key]) != placeholders(english[key])]
    assert differ == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_workflow_may_say_has_words(language: str) -> None:
    needed = {key for each in registered().values() for key in each.workflow.message_keys()}
    needed |= {f"{name}.page.{part}" for name in registered() for part in ("title", "about")}
    needed |= {f"engine.{code}" for code in ENGINE_CODES} | {"engine.next_chance", "engine.waivable"}
    needed |= {f"engine.role.{role.value}" for role in Role} | {f"engine.force.{force.value}" for force in Force}
    assert needed - messages("en" if language == "en" else "sv").keys() == set()


def test_no_words_are_left_of_what_nothing_says() -> None:
    said = {key for each in registered().values() for key in each.workflow.message_keys()}
    kept = {key for key in messages("sv") if key.split(".")[0] in registered() and ".page." not in key}
    assert kept - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_longer_than_a_glance(language: str) -> None:
    texts = messages("en" if language == "en" else "sv")
    assert {key: len(text) for key, text in texts.items() if len(text) > LONGEST} == {}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_condition_gives_its_words_exactly_what_they_need(case: Case) -> None:
    given_ = set(case.guard.says(case.broken, NOW))
    assert given_ == placeholders(messages("sv")[f"{case.workflow.name}.{case.guard.code}"])


def test_the_engines_own_reasons_name_the_action_and_the_state_in_words() -> None:
    params = {"action": "motion.action.submit", "state": "motion.state.CLOSED"}
    said = say("engine.wrong_state", params, language="sv", zone=STOCKHOLM)
    assert said == "Lämna in motionen går inte nu: ärendet är avslutat."


@pytest.mark.parametrize("name", ["vansterpartiet", "smaforeningen"])
def test_every_paragraph_that_a_rule_names_stands_in_the_packaged_statutes(name: str) -> None:
    statutes = packaged(name)
    assert paragraphs() - statutes.paragraphs.keys() == set()
    assert "missing_paragraph" not in {each.code for each in lint(statutes)}


@pytest.mark.parametrize(
    ("at", "swedish", "english"),
    [
        # Midnight is the end of the day before, and a year ends with its last day.
        (datetime(2026, 2, 7, 23, 0, tzinfo=UTC), "7 februari 2026 kl. 24.00", "7 February 2026, 24:00"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "31 december 2025 kl. 24.00", "31 December 2025, 24:00"),
        (datetime(2026, 2, 7, 23, 1, tzinfo=UTC), "8 februari 2026 kl. 00.01", "8 February 2026, 00:01"),
        # The hour before and after the clocks go forward, and both hours that are called two when they go back.
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "29 mars 2026 kl. 01.30", "29 March 2026, 01:30"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "29 mars 2026 kl. 03.30", "29 March 2026, 03:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 oktober 2026 kl. 02.30", "25 October 2026, 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 oktober 2026 kl. 02.30", "25 October 2026, 02:30"),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "29 mars 2026 kl. 24.00", "29 March 2026, 24:00"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "25 oktober 2026 kl. 24.00", "25 October 2026, 24:00"),
    ],
)
def test_a_moment_is_said_as_people_write_it(at: datetime, swedish: str, english: str) -> None:
    assert moment(at, language="sv", zone=STOCKHOLM) == swedish
    assert moment(at, language="en", zone=STOCKHOLM) == english


@given(st.integers(0, 4_000_000_000_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC)) | WHOLE_HOURS)
def test_a_moment_never_says_midnight_as_the_beginning_of_a_day(at: datetime) -> None:
    said = moment(at, language="sv", zone=STOCKHOLM)
    local = at.astimezone(STOCKHOLM)
    midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    assert said.endswith("24.00") is midnight
    day = local - timedelta(hours=1) if midnight else local
    assert said.startswith(f"{day.day} ")
