"""A question as the chair reads it aloud, with what each answer means."""

from collections.abc import Sequence
from dataclasses import dataclass

from democracy.texts.words import phrase
from workflows.proceedings import ProposalKind, QuestionKind


@dataclass(frozen=True)
class Put:
    """The words. Between several rivals one answers ja to one of them: then neither answer means one thing."""

    text: str
    yes_means: str | None
    no_means: str | None


def put(
    kind: QuestionKind,
    labels: Sequence[str],
    *,
    language: str,
    proposal: ProposalKind | None = None,
    above: str | None = None,
    qualified: bool = False,
) -> Put:
    """The words of a question on proposals with these labels, in the order in which they are put.

    `proposal` is the kind of its only proposal; `above` the label against which a counter-proposal is to be named;
    `qualified` says that more than a plain majority is needed, so that nej leaves things as they are.
    """
    if kind is QuestionKind.TODAY:
        back = "means_defer" if proposal is ProposalKind.DEFER else "means_refer_back"
        return Put(phrase("put_today", language), phrase("means_today", language), phrase(back, language))
    if kind is QuestionKind.ORDER or not labels:
        words = ("put_order", "means_chair_order", "means_rival_order")
        return Put(*(phrase(each, language) for each in words))
    if len(labels) == 1:
        (label,) = labels
        against = phrase("means_unchanged" if qualified else "means_rejected", language, label=label)
        return Put(phrase("put_single", language, label=label), label, against)
    named = either(labels, language)
    if above is not None:
        return Put(phrase("put_counter", language, labels=named, above=above), None, None)
    return Put(phrase("put_rivals", language, labels=named), None, None)


def vote(yes: str, no: str, *, language: str) -> Put:
    """The words of a vote between two."""
    return Put(phrase("put_vote", language, yes=yes, no=no), yes, no)


def either(labels: Sequence[str], language: str) -> str:
    """A, B or C."""
    *first, last = labels
    return f"{', '.join(first)} {phrase('or', language)} {last}" if first else last
