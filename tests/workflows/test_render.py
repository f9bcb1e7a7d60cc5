"""The pages beside the rules."""

import re

import pytest

from workflows.registry import Registered, registered
from workflows.render import FOLDER, diagram, pages

EACH = pytest.mark.parametrize("each", registered().values(), ids=list(registered()))


def test_every_page_says_what_the_rules_say() -> None:
    stale = [path.name for path, text in pages().items() if not path.is_file() or path.read_text("utf-8") != text]
    assert stale == [], "run `make docs`"


def test_no_page_is_left_of_a_workflow_that_is_gone() -> None:
    assert set(FOLDER.glob("*.md")) == set(pages())


@EACH
def test_a_page_names_every_rule_guard_state_and_paragraph(each: Registered) -> None:
    text = pages()[FOLDER / f"{each.module}.md"]
    rules = each.workflow.rules.values()
    names = {name for rule in rules for name in (rule.name, rule.paragraph, *rule.codes)}
    names |= {state.name for state in each.workflow.states} | each.workflow.paragraphs()
    assert {name for name in names if f"`{name}`" not in text} == set()


@EACH
def test_every_table_has_as_many_cells_in_each_row(each: Registered) -> None:
    for table in re.findall(r"(?:^\|.*\|\n?)+", pages()[FOLDER / f"{each.module}.md"], flags=re.MULTILINE):
        assert len({line.count("|") for line in table.strip().splitlines()}) == 1


@EACH
def test_the_diagram_has_an_arrow_for_every_rule_that_leads_somewhere(each: Registered) -> None:
    arrows = re.findall(r"^    (\w+) --> (\w+) : (.+)$", diagram(each.workflow), flags=re.MULTILINE)
    drawn = {(source, dest, name) for source, dest, names in arrows for name in names.split(", ")}
    led = {
        (source.name, rule.dest.name, rule.name)
        for rule in each.workflow.rules.values()
        for source in rule.source
        if rule.dest is not None and rule.dest is not source
    }
    assert drawn == led


def test_a_deadline_is_shown_by_the_fact_that_it_comes_from() -> None:
    line = next(line for line in pages()[FOLDER / "motion.md"].splitlines() if line.startswith("| `deadline_passed`"))
    assert "stänger / closes `deadline`" in line
