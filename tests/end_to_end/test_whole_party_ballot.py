"""A ballot of the whole party over a week: the story of `democracy demo ballot`, and the same with 25,000 members."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from democracy.cli import commands
from democracy.demo.ballot.week import play
from democracy.storage.unit_of_work import Database

MEMBERS = 25_000
LIMIT = 360
"""Seconds on two cores."""


def test_the_demo_plays_a_ballot_and_says_what_it_came_to(tmp_path: Path) -> None:
    given = ["demo", "ballot", "--members", "150", "--folder", str(tmp_path / "ballot")]
    shown = CliRunner().invoke(commands, given, catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    assert "Ja-sidan vann" in shown.output or "Nej-sidan vann" in shown.output or "lika" in shown.output
    assert "roll 148 voted" in shown.output
    again = CliRunner().invoke(commands, given)
    assert again.exit_code == 1
    assert "finns redan" in again.output


@pytest.mark.long
async def test_25_000_members_vote_over_a_week_and_the_bundle_is_verified(postgres_url: str, tmp_path: Path) -> None:
    database, began = Database(postgres_url, pool_size=10), time.monotonic()
    try:
        report = await play(database, tmp_path, MEMBERS, lambda *_: None)
    finally:
        await database.close()
    took = time.monotonic() - began
    found = report.protocol
    electors, cast = MEMBERS - 3, found["digital"]
    assert found["electors"] == electors
    assert cast == report.cast - 1  # one was taken out after having voted
    assert cast > electors * 0.7
    assert found["papers"] > 150
    assert found["taken_part"] == cast + found["papers"]
    (question,) = found["questions"]
    assert sum(question["votes"].values()) + question["blank"] == found["taken_part"]
    assert question["outcome"] == "CARRIED"
    assert f"void 1 in {cast} = bad 0 + dup 0 + spoilt 0 + counted {cast}, paper {found['papers']}" in report.line
    assert took < LIMIT, took
