import tomllib
from importlib.resources import files
from typing import Any

import pytest

from workflows.statutes import PARAGRAPH_KEYS, Statutes, from_plain, packaged
from workflows.statutes.diff import Kind, diff
from workflows.statutes.finding import Finding, Severity
from workflows.statutes.lint import lint
from workflows.statutes.readable import page

ABOVE = {"norrviken": [packaged("vansterpartiet")]}


def changed(name: str, *changes: tuple[str, Any]) -> Statutes:
    """A packaged file with values put in (or, where None, taken out) at paths with slashes."""
    document = tomllib.loads((files("workflows.statutes") / "files" / f"{name}.toml").read_text(encoding="utf-8"))
    for path, value in changes:
        *tables, last = path.split("/")
        table = document
        for each in tables:
            table = table.setdefault(each, {})
        if value is None:
            del table[last]
        else:
            table[last] = value
    return from_plain(document, f"{name}.toml")


def errors(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(each.code, each.key) for each in findings if each.severity is Severity.ERROR}


@pytest.mark.parametrize("name", ["vansterpartiet", "smaforeningen", "norrviken"])
def test_what_is_packaged_has_no_errors_and_no_warnings(name: str) -> None:
    findings = lint(packaged(name), above=ABOVE.get(name, ()))
    assert [each for each in findings if each.severity is not Severity.NOTE] == []


def test_every_unverified_paragraph_is_noted() -> None:
    party = packaged("vansterpartiet")
    noted = {each.key for each in lint(party) if each.code == "unverified"}
    assert noted == {f"paragraphs.{key}" for key, each in party.paragraphs.items() if not each.verified}
    assert "paragraphs.board-quorum" in noted
    assert "paragraphs.membership-effective" not in noted


def test_every_paragraph_that_rules_name_is_asked_for() -> None:
    without = changed("smaforeningen", ("paragraphs/correction", None))
    assert errors(lint(without)) == {("missing_paragraph", "paragraphs.correction")}
    assert ("missing_paragraph", "paragraphs.new-rule") in errors(lint(without, [*PARAGRAPH_KEYS, "new-rule"]))


@pytest.mark.parametrize(
    ("path", "value", "code", "key"),
    [
        ("sources/retention", "no-such", "unknown_paragraph", "sources.retention"),
        (
            "parameters/motions/replies/annual_meeting",
            {"count": 3, "unit": "weeks"},
            "wrong_order",
            "motions.replies.annual_meeting",
        ),
        (
            "parameters/meetings/notice/annual_meeting",
            {"count": 13, "unit": "days"},
            "wrong_order",
            "motions.deadline.annual_meeting",
        ),
        ("parameters/motions/addressees/member", ["members_meeting"], "not_set", "motions.deadline.members_meeting"),
        ("parameters/motions/addressees/local", ["annual_meeting"], "units_may_not_move", "motions.addressees.local"),
        ("parameters/meetings/kinds", ["annual_meeting", "congress"], "not_set", "meetings.notice.congress"),
        ("parameters/meetings/majority/statutes/meetings", 1, "wrong_number", "statutes_change.in_force"),
        ("parameters/rights/matrix/annual_meeting/member", ["speak"], "nobody_votes", "rights.matrix.annual_meeting"),
        (
            "parameters/rights/matrix/annual_meeting/guest",
            ["attend", "attend_if_room"],
            "both",
            "rights.matrix.annual_meeting.guest",
        ),
        ("paragraphs/minutes/valid_from", "2030-01-01", "dates", "paragraphs.minutes.valid_from"),
        (
            "parameters/minorities/member_ballot",
            {"numerator": 1, "denominator": 3},
            "not_set",
            "member_ballots",
        ),
        ("parameters/boards/quorum", None, "cannot_resolve", "parameters.boards.quorum"),
    ],
)
def test_what_contradicts_itself_is_an_error(path: str, value: Any, code: str, key: str) -> None:
    assert (code, key) in errors(lint(changed("smaforeningen", (path, value))))


def test_months_and_days_that_cross_only_in_some_months_are_found() -> None:
    crossing = changed(
        "smaforeningen",
        ("parameters/meetings/notice/annual_meeting", {"count": 1, "unit": "months"}),
        ("parameters/motions/deadline/annual_meeting", {"count": 30, "unit": "days"}),
    )
    assert ("wrong_order", "motions.deadline.annual_meeting") in errors(lint(crossing))


def test_two_quorums_for_the_board_are_an_error() -> None:
    twice = changed("smaforeningen", ("parameters/meetings/quorum/board_meeting", {"numerator": 1, "denominator": 2}))
    assert errors(lint(twice)) == {("twice", "meetings.quorum.board_meeting")}


def test_a_district_that_overrules_its_party_is_told_so() -> None:
    bold = changed("norrviken", ("sources/membership", "delegates"), ("parameters/membership/days_after_fee", 0))
    assert errors(lint(bold, above=ABOVE["norrviken"])) == {("overruled", "parameters.membership.days_after_fee")}


def test_an_interpretation_stands_between_the_wording_and_the_set() -> None:
    def read(day: str) -> Statutes:
        return changed(
            "smaforeningen",
            ("paragraphs/minutes/valid_from", "2021-02-01"),
            (
                "interpretations",
                [
                    {
                        "parameter": "minutes.days",
                        "paragraph": "minutes",
                        "decided_by": "styrelsen",
                        "decided_on": day,
                        "text": "En månad är 30 dagar.",
                    }
                ],
            ),
        )

    assert errors(lint(read("2021-03-01"))) == set()
    for day in ("2021-01-31", "2021-04-02"):
        assert errors(lint(read(day))) == {("dates", "interpretations.minutes.days.decided_on")}


def test_what_is_allowed_but_seldom_meant_is_a_warning() -> None:
    odd = changed(
        "smaforeningen",
        ("parameters/meetings/majority/statutes/numerator", 1),
        ("parameters/statutes_change/between_meetings", None),
        ("parameters/meetings/kinds", ["board_meeting"]),
        ("parameters/membership/refusal_within", {"count": 30, "unit": "days"}),
    )
    warned = {(each.code, each.key) for each in lint(odd) if each.severity is Severity.WARNING}
    assert warned == {
        ("low_majority", "meetings.majority.statutes"),
        ("not_set", "statutes_change.between_meetings"),
        ("not_held", "meetings.notice.annual_meeting"),
        ("not_held", "motions.deadline.annual_meeting"),
        ("no_appeal", "appeals.against.membership_refused"),
    }


def test_errors_come_first() -> None:
    order = [
        list(Severity).index(each.severity) for each in lint(changed("vansterpartiet", ("paragraphs/grace", None)))
    ]
    assert order == sorted(order)
    assert order[0] == 0


def test_a_version_does_not_differ_from_itself() -> None:
    assert diff(packaged("vansterpartiet"), packaged("vansterpartiet")) == []


def test_the_difference_between_versions_names_old_and_new() -> None:
    old = packaged("smaforeningen")
    new = changed(
        "smaforeningen",
        ("paragraphs/minutes/text", "Protokollet justeras inom en vecka."),
        ("paragraphs/correction", None),
        ("paragraphs/parking", {"number": "12", "text": "Parkera rätt.", "verified": True, "source": "mötet"}),
        ("parameters/motions/deadline/annual_meeting", {"count": 3, "unit": "weeks"}),
        ("parameters/boards/quorum/strict", True),
        ("valid_from", "2026-01-01"),
    )
    found = {(each.kind, f"{each.part}.{each.key}"): each.words() for each in diff(old, new)}
    assert found[Kind.REMOVED, "paragraphs.correction"].startswith("- paragraphs.correction: § 8.7. Fel i protokoll")
    assert found[Kind.ADDED, "paragraphs.parking"] == "+ paragraphs.parking: § 12. Parkera rätt."
    assert found[Kind.CHANGED, "paragraphs.minutes.text"].endswith("→ Protokollet justeras inom en vecka.")
    assert found[Kind.CHANGED, "parameters.motions.deadline.annual_meeting"] == (
        "~ parameters.motions.deadline.annual_meeting: mer än 2 veckor före → 3 veckor före"
    )
    assert found[Kind.CHANGED, "parameters.boards.quorum"].endswith("minst 2/3 → mer än 2/3")
    assert found[Kind.CHANGED, "statutes.valid_from"].endswith("2021-04-01 → 2026-01-01")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_shows_every_paragraph_and_every_parameter_with_its_source(language: str) -> None:
    lines = list(page([packaged("vansterpartiet"), packaged("norrviken")], language))
    text = "\n".join(lines)
    assert "[district: motion-deadline]" in text
    assert ("42 dagar före" if language == "sv" else "42 days before") in text
    assert ("ej verifierad" if language == "sv" else "not verified") in text
    for path in packaged("vansterpartiet").settings:
        assert f"  {path}: " in text
