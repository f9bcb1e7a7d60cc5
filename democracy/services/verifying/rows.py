"""Rows that the minutes rest on, held against what the ledger says of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.ballotbox.keys import sha256
from democracy.domain.minutes_verdict import MinutesFault, MinutesFinding
from democracy.storage.minutes_ledger import Kept, Recorded

_COUNTED = {"announce": "count", "correct_figures": "after", "correct_aloud": "after"}
"""Steps of a division that hold its figures, and under which name."""


def compare_rows(
    meeting: str, rows: Mapping[str, Sequence[Any]], steps: Sequence[Recorded], texts: Sequence[Kept]
) -> list[MinutesFinding]:
    """Figures of divisions, outcomes of questions and matters, words of proposals and statements."""
    by_case: dict[tuple[str, UUID], list[Recorded]] = {}
    for step in steps:
        by_case.setdefault((step.workflow, step.case_id), []).append(step)
    found = [
        *(each for row in rows["division"] for each in _figures(row, by_case.get(("division", row.id), ()))),
        *(each for row in rows["question"] for each in _winner(row, by_case.get(("question", row.id), ()))),
        *(each for row in rows["election"] for each in _ballots(row, by_case.get(("election", row.election_id), ()))),
        *_decisions(rows["decision"], by_case),
        *_words("proposal", rows["proposal"], texts),
        *_words("statement", rows["statement"], texts),
    ]
    return [MinutesFinding(meeting, *each) for each in found]


Found = tuple[MinutesFault, str, str | None, str | None]


def _figures(row: Any, steps: Iterable[Recorded]) -> Iterator[Found]:
    counted = [step.outcome[_COUNTED[step.rule]] for step in steps if step.rule in _COUNTED]
    stored = [row.yes, row.no, row.abstained or 0, row.blank or 0]
    if counted and counted[-1] != stored:
        yield MinutesFault.FIGURES_DIFFER, str(row.id), _listed(stored), _listed(counted[-1])


def _ballots(row: Any, steps: Iterable[Recorded]) -> Iterator[Found]:
    """One ballot of an election: its figures are those by which somebody was declared elected."""
    declared = [step.outcome["ballots"] for step in steps if step.rule == "declare" and "ballots" in step.outcome]
    told = declared[-1][row.number - 1 : row.number] if declared else []
    stored = sha256((row.content or "").encode()).hex()
    if told and told[0] != stored:
        yield MinutesFault.FIGURES_DIFFER, f"{row.election_id} ({row.number})", stored, told[0]


def _winner(row: Any, steps: Iterable[Recorded]) -> Iterator[Found]:
    fallen = [step.outcome.get("named") for step in steps if step.rule in ("gavel", "confirm")]
    stored = row.winner_id.hex if row.winner_id else None
    if fallen and fallen[-1] != stored:
        yield MinutesFault.OUTCOME_DIFFERS, str(row.id), stored, fallen[-1]


def _decisions(rows: Sequence[Any], by_case: Mapping[tuple[str, UUID], list[Recorded]]) -> Iterator[Found]:
    stored: dict[UUID, list[tuple[str, str | None]]] = {}
    for row in rows:
        proposal = row.proposal_id.hex if row.proposal_id else None
        stored.setdefault(row.matter_id, []).append((row.outcome.name, proposal))
    for (workflow, case_id), steps in by_case.items():
        if workflow != "matter":
            continue
        told = [(step.outcome["outcome"], step.outcome.get("proposal")) for step in steps if "outcome" in step.outcome]
        if told != stored.get(case_id, []):
            yield MinutesFault.OUTCOME_DIFFERS, str(case_id), str(stored.get(case_id)), str(told)


def _words(noun: str, rows: Sequence[Any], texts: Sequence[Kept]) -> Iterator[Found]:
    """The latest words that were kept; of what has been erased, nothing can be said."""
    kept = {
        text.noun_id: text.content for text in texts if text.noun == noun and "text" in (text.content or {"text": 1})
    }
    for row in rows:
        content = kept.get(row.id)
        if content is not None and (content["text"] or "") != (row.text or ""):
            yield MinutesFault.WORDS_DIFFER, str(row.id), row.text, content["text"]


def _listed(figures: Sequence[int | None]) -> str:
    return "–".join(str(each) for each in figures)
