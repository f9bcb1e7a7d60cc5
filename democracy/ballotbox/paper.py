"""Paper ballots beside the urn: one block of figures in the protocol, signed by two tellers, who are officers.

    "paper": {"m": …, "n": 3, "figures": {"1": {"ja": 2, "": 1}}, "sigs": [{key, sig}, {key, sig}]}

A returned envelope voids its slot, so as many papers are opened as slots are void for `paper`.
"""

import json
from typing import Annotated

import msgspec

from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.manifest import Count, Hex32, Sigs, signed_by_officers
from democracy.ballotbox.story import Story


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Opened papers: how many, and per question how many for each option ("" is blank)."""

    m: Hex32
    n: Count
    figures: dict[str, dict[str, Count]]
    sigs: Annotated[Sigs, msgspec.Meta(min_length=1)]


def paper_in(story: Story, protocol: bytes | None) -> int:
    """How many papers the protocol counts; raises UrnError E_TOTAL for a block that is not signed or does not fit."""
    try:
        value = json.loads(protocol or b"{}").get("paper")
        if value is None:
            return 0
        paper = msgspec.convert(value, Paper)
    except (msgspec.ValidationError, ValueError, AttributeError, RecursionError) as error:
        raise UrnError(Code.E_TOTAL, f"the paper ballots: {error}") from None
    if paper.m != story.m.hex() or not signed_by_officers(story.manifest, paper.sigs, value):
        raise UrnError(Code.E_TOTAL, "the figures of the paper ballots are not signed by two tellers")
    questions = {each.id: each for each in story.manifest.questions}
    for question, figures in paper.figures.items():
        known = {*questions[question].options, ""} if question in questions else set()
        if not figures.keys() <= known or any(number > paper.n for number in figures.values()):
            raise UrnError(Code.E_TOTAL, f"the paper ballots: figures of question {question} that cannot be")
    return paper.n
