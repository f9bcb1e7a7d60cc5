"""Rows of the table for reading the cases of boards."""

from collections.abc import Callable
from typing import Any, TypeVar

from schema.ids import global_id
from tests.schema.permissions.people import (
    BRANCH_OFFICERS,
    MACHINE,
    SEES_APPEAL,
    SEES_APPLICATION,
    SEES_RULING,
    case_id,
)
from tests.schema.permissions.seeds import Seeded

R = TypeVar("R")
_FOUNDERS = frozenset({"mover", "co_mover"})
_BOARD = frozenset({"board", "secretary"})
_SEES = {"branchApplication": SEES_APPLICATION, "ruling": SEES_RULING, "appeal": SEES_APPEAL}


def _id(case: str) -> Callable[[Seeded], dict[str, Any]]:
    return lambda seeded: {"id": case_id(seeded, case)}


def _among(those: frozenset[str]) -> Callable[[str], bool]:
    return lambda role: role in those


def _filled(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_filled(each) for each in value.values())
    return any(_filled(each) for each in value) if isinstance(value, list) else value is not None


def _lists(make: Callable[..., R]) -> list[R]:
    rows = []
    for field, cases in _SEES.items():
        kind = field[0].upper() + field[1:]
        count = lambda role, cases=cases: sum(role in those for those in cases.values())  # noqa: E731 - one line, one use
        rows += [
            make(f"Query.{field}s", "how many", f"{{ found: {field}s(first: 100) {{ nodes {{ id }} }} }}", _nothing,
                 lambda data: len(data["found"]["nodes"]), count),
            make(f"{kind}Connection.totalCount", "", f"{{ found: {field}s(first: 1) {{ totalCount }} }}", _nothing,
                 lambda data: data["found"]["totalCount"], count),
        ]  # fmt: skip
    return rows


def _nothing(_: Seeded) -> dict[str, Any]:
    return {}


def _part(make: Callable[..., R], field: str, case: str, those: frozenset[str], part: str) -> R:
    kind = field.partition(".")[0]
    query = f"query($id: ID!) {{ found: node(id: $id) {{ ... on {kind} {{ {part} }} }} }}"
    return make(field, case, query, _id(case), _filled, _among(those))


def case_reads(make: Callable[..., R]) -> tuple[R, ...]:
    """One row or more for each field."""
    heard = _FOUNDERS | _BOARD | BRANCH_OFFICERS | {"staff"}
    own = [
        make(f"Query.{field}", case, f"query($id: ID!) {{ found: {field}(id: $id) {{ id }} }}", _id(case), _filled,
             _among(those))
        for field, cases in _SEES.items() for case, those in cases.items()
    ]  # fmt: skip
    return (
        *own,
        *_lists(make),
        make("Query.boardInbox", "district/board", "query($id: ID!) { found: boardInbox(bodyId: $id) { since } }",
             lambda seeded: {"id": global_id("Body", seeded.world.bodies["district/board"])},
             lambda data: len(data["found"]), _waiting),
        _part(make, "BranchApplication.founders", "branch_ready", _FOUNDERS | _BOARD | {"staff"}, "founders { name }"),
        _part(make, "BranchApplication.founders", "branch_gathering", _FOUNDERS | {"invited"}, "founders { name }"),
        _part(make, "BranchApplication.founders", "branch_called", _FOUNDERS | _BOARD | {"staff"}, "founders { name }"),
        _part(make, "BranchApplication.consultations", "branch_ready", heard, "consultations { answer }"),
        _part(make, "BranchApplication.draft", "branch_ready", _BOARD, "draft"),
        _part(make, "BranchApplication.barred", "branch_ready", frozenset(), "barred { name }"),
        _part(make, "BranchApplication.ruling", "branch_ready", frozenset(), "ruling { id }"),
        _part(make, "Ruling.notices", "ruling_open", _BOARD | {"staff", "mover"}, "notices { name }"),
        _part(make, "Ruling.yourAppealUntil", "ruling_open", frozenset({"mover"}), "yourAppealUntil"),
        _part(make, "Appeal.statement", "appeal_answering", SEES_APPEAL["appeal_answering"] - MACHINE, "statement"),
        _part(make, "Appeal.reply", "appeal_answering", frozenset(), "reply"),
        _part(make, "Appeal.hearing", "appeal_answering", frozenset(), "hearing"),
        _part(make, "Appeal.ruling", "appeal_answering", SEES_APPEAL["appeal_answering"], "ruling { title }"),
        _part(make, "Appeal.appellants", "appeal_answering", SEES_APPEAL["appeal_answering"] - MACHINE,
              "appellants { name }"),
        _part(make, "Appeal.barred", "appeal_answering", frozenset(), "barred { name }"),
    )  # fmt: skip


def _waiting(role: str) -> int:
    """Cases of the district's board that are not over, as far as somebody sees them."""
    cases = {**SEES_APPLICATION, **SEES_RULING, **SEES_APPEAL}
    return sum(role in those for case, those in cases.items() if case != "branch_formed")
