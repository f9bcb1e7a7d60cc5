"""RCTab's summary JSON of an STV or IRV count, for tools that draw such results. Numbers are written as text."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from democracy.counting.exact import decimal

STAGES = frozenset({"scottish-stv", "irv"})


def rctab(protocol: Mapping[str, Any], contest: str = "", date: str = "") -> dict[str, Any]:
    """A protocol of STV or IRV as RCTab writes its rounds.

    RCTab tells in a round what follows from it; a protocol tells in a stage what led to it. So each round takes its
    transfers from the stage after it. Raises ValueError for other methods, which have no rounds.
    """
    if protocol["method"] not in STAGES:
        raise ValueError(protocol["method"])
    stages = protocol["stages"]
    rounds = [_round(protocol, at, stage) for at, stage in enumerate(stages)]
    config = {"contest": contest, "date": date, "generatedBy": protocol["engine"], "jurisdiction": "", "office": ""}
    summary = {
        "finalThreshold": str(protocol["quota"]),
        "numCandidates": len(protocol["candidates"]),
        "numWinners": protocol["seats"],
        "totalNumBallots": str(protocol["ballots"]["cast"]),
        "undervotes": protocol["ballots"]["blank"],
    }
    return {"config": config, "jsonFormatVersion": "1", "results": rounds, "summary": summary}


def _round(protocol: Mapping[str, Any], at: int, stage: Mapping[str, Any]) -> dict[str, Any]:
    gone = {each["of"] for each in protocol["stages"][: at + 1] if each["action"] == "exclusion"}
    tally = {name: number["decimal"] for name, number in stage["votes"].items() if name not in gone}
    inactive = {"exhaustedChoices": stage["non_transferable"]["decimal"], "overvotes": "0"}
    return {
        "inactiveBallots": {**inactive, "repeatedRankings": "0", "skippedRankings": "0"},
        "round": at + 1,
        "tally": tally,
        "tallyResults": _results(protocol["stages"], at),
        "threshold": str(protocol["quota"]),
    }


def _results(stages: Sequence[Mapping[str, Any]], at: int) -> list[dict[str, Any]]:
    """Who is elected or goes out after this round; whoever has a surplus is told when it is transferred."""
    later = {stage["of"] for stage in stages if stage["action"] == "surplus"}
    elected = [*stages[at]["elected"], *stages[at]["last_vacancies"]]
    results: list[dict[str, Any]] = [{"elected": name, "transfers": {}} for name in elected if name not in later]
    if at + 1 < len(stages):
        what = "elected" if stages[at + 1]["action"] == "surplus" else "eliminated"
        results.append({what: stages[at + 1]["of"], "transfers": _transfers(stages[at], stages[at + 1])})
    return results


def _transfers(before: Mapping[str, Any], stage: Mapping[str, Any]) -> dict[str, str]:
    transfers = {name: number["decimal"] for name, number in stage["transfers"].items()}
    if stage["exhausted"]["exact"] != "0":
        transfers["exhausted"] = stage["exhausted"]["decimal"]
    residue = Fraction(stage["loss"]["exact"]) - Fraction(before["loss"]["exact"])
    if residue:
        transfers["residual surplus"] = decimal(residue)
    return transfers
