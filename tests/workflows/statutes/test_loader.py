"""A file is read strictly, and everything that is wrong with it is said at once."""

import json
import tomllib
import unicodedata
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.statutes import (
    DeadlineRule,
    Level,
    Paragraph,
    Statutes,
    StatutesError,
    TimeUnit,
    canonical_json,
    from_json,
    from_plain,
    from_toml,
    load,
    packaged,
)
from workflows.statutes.kinds import MeetingKind
from workflows.statutes.majority import Base, Blank, Majority, Share, Tie

SOURCE = (files("workflows.statutes") / "files" / "smaforeningen.toml").read_text(encoding="utf-8")


def document() -> dict[str, Any]:
    return tomllib.loads(SOURCE)


def faults(changed: Any) -> dict[str, str]:
    with pytest.raises(StatutesError) as refused:
        from_plain(changed, "ours.toml")
    assert all(each.file == "ours.toml" and each.remedy for each in refused.value.faults)
    return {each.key: each.problem + " " + each.remedy for each in refused.value.faults}


def test_every_fault_is_named_at_once_with_its_key_and_remedy() -> None:
    changed = document()
    changed["parameters"]["motions"]["dedline"] = {}
    changed["parameters"]["motions"]["deadline"]["annual_meeting"] = {"count": "two", "unit": "fortnights"}
    changed["parameters"]["meetings"]["majority"]["ordinary"]["numerator"] = 3
    changed["paragraphs"]["minutes"]["verified"] = "yes"
    del changed["paragraphs"]["appeal"]["number"]
    del changed["language"]
    found = faults(changed)
    assert "'deadline'" in found["parameters.motions.dedline"]
    assert "days, weeks, months" in found["parameters.motions.deadline.annual_meeting.unit"]
    assert "whole number" in found["parameters.motions.deadline.annual_meeting.count"]
    assert "at most at 1" in found["parameters.meetings.majority.ordinary"]
    assert "true or false" in found["paragraphs.minutes.verified"]
    assert "missing" in found["paragraphs.appeal.number"]
    assert "missing" in found["language"]
    assert len(found) == 7


@pytest.mark.parametrize(
    ("where", "value", "key"),
    [
        ("parameters/motions/deadline/yearly", {"count": 1, "unit": "days"}, None),
        ("parameters/motions/categories/annual_meeting", ["general", "general"], None),
        ("parameters/motions/categories/annual_meeting", "general", None),
        ("parameters/motions/min_days_of_membership", True, None),
        ("parameters/motions/deadline", 14, None),
        ("parameters/motions", 14, None),
        ("parameters/motion", {}, None),
        ("parameters", [], None),
        ("paragraphs", [], None),
        ("paragraphs/minutes", "text", None),
        ("paragraphs/minutes/key", "minutes", None),
        ("paragraphs/minutes/valid_from", "2021-02-30", None),
        ("valid_from", "soon", None),
        ("level", "galactic", None),
        ("format", 2, "(top)"),
        ("open", ["motions.deadlines"], "open.motions.deadlines"),
        ("open", ["written_procedure"], "open.written_procedure"),
        ("sources/motions.deadline.yearly", "minutes", None),
        ("parameters/delegates/snapshot", {}, None),
        ("parameters/delegates/snapshot/before", {"count": -1, "unit": "days"}, None),
        ("parameters/delegates/allotment/annual_meeting", {"method": "per_started"}, None),
        (
            "parameters/delegates/allotment/annual_meeting",
            {"method": "brackets", "brackets": [{"seats": 2}, {"seats": 1, "members": 20}]},
            None,
        ),
        ("parameters/meetings/majority/ordinary/meetings", 0, "parameters.meetings.majority.ordinary"),
        ("parameters/meetings/majority/ordinary/also", "present", "parameters.meetings.majority.ordinary"),
        ("parameters/boards/quorum", {"numerator": 1, "denominator": 1, "strict": True}, None),
        (
            "parameters/appeals/against/board_decision/next_body",
            "annual_meeting",
            "parameters.appeals.against.board_decision",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_stands(where: str, value: Any, key: str | None) -> None:
    changed = document()
    table = changed
    *tables, last = where.split("/")
    for name in tables:
        table = table.setdefault(name, {})
    table[last] = value
    assert list(faults(changed)) == [key or where.replace("/", ".")]


def test_a_setting_that_rests_on_no_paragraph_is_refused() -> None:
    changed = document()
    del changed["sources"]["retention"]
    assert "sources.retention.keep.motion" in faults(changed)


def test_an_interpretation_settles_a_parameter_of_its_own_file() -> None:
    changed = document()
    changed["interpretations"] = [
        {
            "parameter": "founding.minimum",
            "paragraph": "founding",
            "decided_by": "styrelsen",
            "decided_on": date(2021, 1, 1),
            "text": "…",
        }
    ]
    assert list(faults(changed)) == ["interpretations[0].parameter"]


@pytest.mark.parametrize(("name", "text"), [("a.toml", "name = "), ("a.json", "{"), ("b.json", "[]")])
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StatutesError, match=name):
        load(path)


def test_a_file_that_is_not_there_or_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StatutesError, match=r"none\.toml"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("name = 'Å'".encode("latin-1"))
    with pytest.raises(StatutesError, match=r"latin\.toml"):
        load(tmp_path / "latin.toml")


def test_a_file_may_be_toml_or_canonical_json(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "ours.json").write_text(canonical_json(packaged("smaforeningen")), encoding="utf-8")
    assert load(tmp_path / "ours.toml") == load(tmp_path / "ours.json") == packaged("smaforeningen")


def test_the_order_of_lines_and_the_form_of_letters_alter_no_digest() -> None:
    turned = json.loads(canonical_json(packaged("smaforeningen")))
    turned["parameters"] = dict(reversed(turned["parameters"].items()))
    decomposed = unicodedata.normalize("NFD", json.dumps(turned, ensure_ascii=False))
    assert decomposed != json.dumps(turned, ensure_ascii=False)
    assert from_json(decomposed).digest == packaged("smaforeningen").digest


def test_a_changed_letter_alters_the_digest() -> None:
    changed = from_toml(SOURCE.replace("Medlemslistan", "Medlemslistor"), "ours.toml")
    assert changed.digest != packaged("smaforeningen").digest


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).map(lambda text: unicodedata.normalize("NFC", text))
KEYS = st.from_regex(r"[a-z]+(-[a-z]+){0,2}", fullmatch=True)
PARAGRAPHS = st.dictionaries(
    KEYS,
    st.builds(Paragraph, st.just(""), TEXTS, TEXTS, st.dates(), st.booleans(), TEXTS, st.none() | TEXTS, st.booleans()),
    max_size=3,
)
SHARES = st.integers(1, 9).flatmap(
    lambda whole: st.builds(Share, st.integers(1, whole), st.just(whole + 1), st.booleans())
)
MAJORITIES = st.builds(
    Majority,
    st.integers(1, 4),
    st.just(5),
    st.booleans(),
    st.sampled_from(Base),
    st.sampled_from(Blank),
    st.sampled_from(Tie),
    quorum=st.none() | SHARES,
    meetings=st.integers(1, 3),
)
RULES = st.builds(DeadlineRule, st.integers(0, 400), st.sampled_from(TimeUnit), st.booleans())
TAKEN = st.sets(st.sampled_from(sorted(packaged("vansterpartiet").settings)))


@st.composite
def statutes(draw: st.DrawFn) -> Statutes:
    party = packaged("vansterpartiet").settings
    settings: dict[str, Any] = {path: party[path] for path in draw(TAKEN)}
    for kind in draw(st.sets(st.sampled_from(MeetingKind))):
        settings[f"motions.deadline.{kind}"] = draw(RULES)
    settings["meetings.majority.ordinary"] = draw(MAJORITIES)
    groups = {path.split(".")[0] for path in settings}
    paragraphs = {
        key: Paragraph(key, *[getattr(each, name) for name in list(Paragraph.__dataclass_fields__)[1:]])
        for key, each in draw(PARAGRAPHS).items()
    }
    return Statutes(
        name=draw(TEXTS),
        organisation=draw(TEXTS),
        level=draw(st.sampled_from(Level)),
        language="sv",
        valid_from=draw(st.dates()),
        source=draw(TEXTS),
        paragraphs=MappingProxyType(paragraphs),
        settings=MappingProxyType(settings),
        sources=MappingProxyType(dict.fromkeys(groups, "minutes")),
        open=("meetings",),
    )


@given(statutes())
def test_writing_and_reading_back_changes_nothing(drawn: Statutes) -> None:
    text = canonical_json(drawn)
    assert from_json(text) == drawn
    assert canonical_json(from_json(text)) == text
    assert unicodedata.is_normalized("NFC", text)
