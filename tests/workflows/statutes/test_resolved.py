"""The higher level prevails; the lower fills what is left open."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.statutes import (
    DeadlineRule,
    Level,
    Statutes,
    StatutesError,
    TimeUnit,
    UnknownParagraphError,
    UnknownParameterError,
    from_plain,
    packaged,
    resolve,
    valid_on,
)
from workflows.statutes.majority import Share
from workflows.statutes.parameters.delegates import Snapshot

PARTY = packaged("vansterpartiet")
DISTRICT = packaged("norrviken")


def district(change: Callable[[dict[str, Any]], None]) -> Statutes:
    document = tomllib.loads((files("workflows.statutes") / "files" / "norrviken.toml").read_text(encoding="utf-8"))
    change(document)
    return from_plain(document, "norrviken.toml")


def with_setting(statutes: Statutes, path: str, value: Any) -> Statutes:
    return replace(statutes, settings=MappingProxyType({**statutes.settings, path: value}))


def test_a_lower_level_cannot_change_what_the_higher_does_not_leave_open() -> None:
    early = DeadlineRule(1, TimeUnit.DAYS)
    below = replace(with_setting(DISTRICT, "motions.deadline.congress", early))
    order = resolve(PARTY, below)
    assert order.parameters.motions.deadline["congress"] == DeadlineRule(90, TimeUnit.DAYS)  # type: ignore[index]
    assert [(each.path, each.level, each.by) for each in order.overruled] == [
        ("motions.deadline.congress", Level.DISTRICT, Level.NATIONAL)
    ]


def test_a_lower_level_that_says_the_same_is_not_overruled() -> None:
    below = with_setting(DISTRICT, "motions.late_may_be_taken_up", False)
    assert resolve(PARTY, below).overruled == ()


def test_what_is_open_above_is_open_below_only_if_the_next_level_says_so() -> None:
    branch = replace(
        with_setting(
            with_setting(DISTRICT, "boards.quorum", Share(2, 3)),
            "motions.deadline.district_conference",
            DeadlineRule(1, TimeUnit.DAYS),
        ),
        level=Level.LOCAL,
    )
    order = resolve(PARTY, DISTRICT, branch)
    assert order.parameters.boards.quorum == Share(2, 3)
    assert [each.path for each in order.overruled] == ["motions.deadline.district_conference"]


def test_a_paragraph_is_the_highest_levels_unless_its_text_is_left_open() -> None:
    def change(document: dict[str, Any]) -> None:
        document["paragraphs"]["personal-data"] = document["paragraphs"]["delegates"]

    order = resolve(PARTY, district(change))
    assert order.paragraph("personal-data") == PARTY.paragraph("personal-data")
    assert order.paragraph("board-quorum") == DISTRICT.paragraph("board-quorum")
    assert order.paragraph("motion-right") == PARTY.paragraph("motion-right")


def test_the_digest_names_all_levels_and_nothing_else() -> None:
    assert resolve(PARTY, DISTRICT).digest == resolve(PARTY, DISTRICT).digest
    digests = {resolve(PARTY).digest, resolve(PARTY, DISTRICT).digest, PARTY.digest, DISTRICT.digest}
    assert len(digests) == 4
    assert all(len(each) == 64 for each in digests)
    assert resolve(PARTY, replace(DISTRICT, name="Annat namn")).digest not in digests


def test_levels_are_given_from_the_highest() -> None:
    for wrong in ((DISTRICT, PARTY), (PARTY, PARTY), ()):
        with pytest.raises(StatutesError, match="highest first"):
            resolve(*wrong)


def test_an_order_with_gaps_is_refused_with_every_gap() -> None:
    with pytest.raises(StatutesError) as refused:
        resolve(DISTRICT)
    missing = {each.key for each in refused.value.faults}
    assert {"parameters.membership.days_after_fee", "parameters.appeals.against"} <= missing


def test_values_that_fit_their_types_but_not_each_other_are_refused() -> None:
    with pytest.raises(StatutesError, match="unit_decides"):
        resolve(with_setting(packaged("smaforeningen"), "motions.units_may_move", True))


def test_asking_for_what_is_not_there_names_it() -> None:
    order = resolve(PARTY)
    with pytest.raises(UnknownParagraphError, match="no-such"):
        order.paragraph("no-such")
    with pytest.raises(UnknownParagraphError, match="no-such"):
        PARTY.paragraph("no-such")
    with pytest.raises(UnknownParameterError, match=r"motions\.deadlines"):
        order.source_of("motions.deadlines")
    assert order.source_of("minorities.refer_back") is None


def test_the_version_in_force_is_the_one_that_became_valid_last() -> None:
    later = replace(PARTY, valid_from=date(2026, 6, 1))
    assert valid_on([later, PARTY], date(2026, 5, 31)) is PARTY
    assert valid_on([later, PARTY], date(2026, 6, 1)) is later
    assert valid_on([later, PARTY], date(2019, 12, 31)) is None


def test_of_two_versions_from_the_same_day_the_one_adopted_last_is_in_force() -> None:
    corrected = replace(PARTY, name="Rättade stadgar")
    assert valid_on([PARTY, corrected], date(2026, 1, 1)) is corrected
    assert valid_on([corrected, PARTY], date(2026, 1, 1)) is PARTY


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_quorum_of_half_and_one_of_more_than_half_differ_only_at_half(present: int, total: int) -> None:
    half, more = Share(1, 2), Share(1, 2, strict=True)
    assert half.met(present, total) == (2 * present >= total)
    assert half.met(present, total) == (more.met(present, total) or 2 * present == total)
    assert not half.met(present, 0)


def test_members_are_counted_on_a_day_of_the_year_or_so_long_before() -> None:
    stockholm = ZoneInfo("Europe/Stockholm")
    party, small = (resolve(packaged(name)).parameters.delegates for name in ("vansterpartiet", "smaforeningen"))
    assert party.snapshot.on(date(2027, 3, 20), stockholm) == date(2027, 1, 1)
    assert small.snapshot.on(date(2027, 3, 20), stockholm) == date(2027, 2, 20)
    with pytest.raises(ValueError, match="either day or before"):
        Snapshot()
