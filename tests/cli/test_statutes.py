import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from workflows.statutes import canonical_json, from_json, packaged


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["statutes", *arguments])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.json"
    table = json.loads(canonical_json(packaged("smaforeningen")))
    del table["paragraphs"]["minutes"]
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_show_prints_what_members_may_read() -> None:
    shown = run("show", "norrviken", "--under", "vansterpartiet")
    assert shown.exit_code == 0
    assert "Ordning för Norrvikens partidistrikt" in shown.output
    assert "motions.deadline.district_conference: 42 dagar före  [district: motion-deadline]" in shown.output
    assert "42 days before" in run("show", "norrviken", "--english").output


def test_show_as_json_is_the_canonical_text() -> None:
    assert from_json(run("show", "smaforeningen", "--json").output) == packaged("smaforeningen")


def test_lint_exits_with_one_only_on_errors(broken: Path) -> None:
    good = run("lint", "vansterpartiet")
    assert (good.exit_code, good.output.splitlines()[-1][:8]) == (0, "0 errors")
    bad = run("lint", str(broken), "--json")
    assert bad.exit_code == 1
    assert json.loads(bad.output)[0]["key"] == "paragraphs.minutes"


def test_a_file_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text('format = 1\nname = 3\nlevel = "high"\n', encoding="utf-8")
    refused = run("lint", str(path))
    assert refused.exit_code == 2
    for expected in (
        "faulty.toml: name:",
        "faulty.toml: level:",
        "faulty.toml: organisation:",
        "Medföljande uppsättningar:",
    ):
        assert expected in refused.output


def test_diff_shows_old_and_new(broken: Path) -> None:
    assert run("diff", "smaforeningen", "smaforeningen").output == "Ingen skillnad.\n"
    assert run("diff", "smaforeningen", str(broken)).output.startswith("- paragraphs.minutes: § 4.5.")
    assert json.loads(run("diff", "smaforeningen", str(broken), "--json").output)[0]["kind"] == "removed"
