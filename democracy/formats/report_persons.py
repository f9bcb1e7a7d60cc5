"""Elections of persons in words and tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from democracy.formats.counting_words import Words
from democracy.formats.report_parts import Block, Lines, Table, Title, number_text

WIDTH = 6
"""Stages beside one another in a table of rounds; more go into a table below."""


def stv_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """The rounds, some beside one another, and what happened in each."""
    stages = protocol["stages"]
    tables: list[Block] = [_rounds(protocol, stages[at : at + WIDTH], words) for at in range(0, len(stages), WIDTH)]
    lines = [f"{stage['stage']}. {_stv_event(stage, words)}" for stage in stages]
    return [*tables, Title(words.say("label", "events"), 2), Lines(lines)]


def _rounds(protocol: Mapping[str, Any], stages: Sequence[Mapping[str, Any]], words: Words) -> Table:
    header = [words.say("label", "candidate"), *(words.say("label", "stage", number=each["stage"]) for each in stages)]
    rows = [[name, *(number_text(each["votes"][name], words) for each in stages)] for name in protocol["candidates"]]
    lost = ("non_transferable", "loss")
    ends = [[words.say("label", key), *(number_text(each[key], words) for each in stages)] for key in lost]
    return Table(header, rows + ends)


def _stv_event(stage: Mapping[str, Any], words: Words) -> str:
    parts = [words.say("event", stage["action"], name=stage["of"])]
    if stage["tie"]:
        parts.insert(0, _tie(stage["tie"], words))
    found = [key for key in ("elected", "last_vacancies") if stage[key]]
    return " ".join([*parts, *(words.say("event", key, names=words.names(stage[key])) for key in found)])


def _tie(tie: Mapping[str, Any], words: Words) -> str:
    names = words.names(tie["between"])
    if tie["lot"]:
        return words.say("event", "tie_lot", names=names)
    return words.say("event", "tie_back", names=names, stage=tie["narrowed"][-1]["stage"])


def schulze_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """The pairwise table, the strongest paths and who is unbeaten."""
    pairs, paths, end = protocol["stages"]
    lines = [words.say("event", "winners", names=words.names(end["winners"]) or words.say("label", "nobody"))]
    lines += [words.say("event", "condorcet", name=end["condorcet"])] if end["condorcet"] else []
    blocks: list[Block] = []
    for key, stage in (("pairwise", pairs), ("paths", paths)):
        blocks += [Title(words.say("label", key), 2), _square(protocol["candidates"], stage["table"], words)]
    return [*blocks, Lines(lines)]


def _square(names: Sequence[str], table: Mapping[str, Mapping[str, int]], words: Words) -> Table:
    dash = words.say("label", "none")
    rows = [[name, *(str(table[name].get(other, dash)) for other in names)] for name in names]
    return Table([words.say("label", "against"), *names], rows)


def names_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """Votes for names, ballot by ballot."""
    blocks: list[Block] = []
    for stage in protocol["stages"]:
        if "votes" in stage:
            blocks += _ballot(stage, words)
    return blocks


def _ballot(stage: Mapping[str, Any], words: Words) -> list[Block]:
    lines = []
    if stage.get("threshold"):
        lines.append(words.say("label", "threshold", number=stage["threshold"], of=stage["approved"]))
    tie = stage["tie"] or stage.get("second_tie")
    lines += [words.say("event", "tie_lot", names=words.names(tie["between"]))] if tie else []
    lines += [words.say("event", "skipped", name=each["skipped"]) for each in stage["skipped"]]
    lines += [words.say("event", "elected", names=words.names(stage["elected"]))] if stage["elected"] else []
    lines += [words.say("event", "second", names=words.names(stage["second"]))] if stage.get("second") else []
    title: list[Block] = [Title(words.say("label", stage["ballot"]), 2)] if "ballot" in stage else []
    return [*title, votes_table(stage["votes"], words), Lines(lines)]


def votes_table(votes: Mapping[str, int], words: Words) -> Table:
    """Names with their votes, the most first."""
    rows = [[name, str(number)] for name, number in sorted(votes.items(), key=lambda pair: -pair[1])]
    return Table([words.say("label", "candidate"), words.say("label", "votes")], rows)


def positional_blocks(protocol: Mapping[str, Any], words: Words) -> list[Block]:
    """Each candidate's votes on places 1 to k, for every place."""
    stages, dash = protocol["stages"], words.say("label", "none")
    header = [words.say("label", "candidate"), *(words.say("label", "place", number=each["place"]) for each in stages)]
    rows = [[name, *(str(each["votes"].get(name, dash)) for each in stages)] for name in protocol["candidates"]]
    ties = [_tie({**each["tie"], "narrowed": []}, words) for each in stages if each["tie"]]
    return [Table(header, rows), Lines(ties)]
