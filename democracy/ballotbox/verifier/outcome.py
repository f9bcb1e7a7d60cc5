"""E_OPEN, E_RESULT, E_TOTAL: the ballots are those that were mixed, and the result is their count."""

from collections.abc import Sequence
from dataclasses import dataclass

from democracy.ballotbox.ballot import Body, SpoiltError
from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.keys import hpke_public, sha256
from democracy.ballotbox.leaves import Input, Mix, Opened, Result
from democracy.ballotbox.opening import lines, open_urn, read_final
from democracy.ballotbox.paper import paper_in
from democracy.ballotbox.rules import differences
from democracy.ballotbox.story import Story
from democracy.ballotbox.verifier.lists import Lists


@dataclass(frozen=True, slots=True)
class Totals:
    """One line that adds up: from the roll to what was counted."""

    roll: int
    voted: int
    void: int
    n_in: int
    bad: int
    dup: int
    spoilt: int
    counted: int
    paper: int

    def __str__(self) -> str:
        line = f"roll {self.roll} voted {self.voted} void {self.void} in {self.n_in} = bad {self.bad} + dup {self.dup}"
        line += f" + spoilt {self.spoilt} + counted {self.counted}"
        return f"{line}, paper {self.paper}" if self.paper else line


def check_opened(story: Story, bundle: Bundle, lists: Lists) -> Sequence[Body] | None:
    """The ballots, opened anew where the key and the list are there; raises UrnError E_OPEN.

    None means that neither the key nor the ballots are in the bundle, so that only their number can be known.
    """
    found = story.one(Opened)
    if found is None:
        return None
    leaf = found[1]
    secret = bytes.fromhex(leaf.secret) if leaf.secret else bundle.secret
    if secret is not None and (len(secret) != 32 or hpke_public(secret).hex() != story.manifest.urn_key):
        raise UrnError(Code.E_OPEN, "the secret is not the urn's key")
    most = [*(leaf.n for _, leaf in story.all(Input)), *(leaf.n_out for _, leaf in story.all(Mix))][-1]
    if leaf.n_in > most or leaf.n_in != leaf.n_bad + leaf.spoilt + leaf.n:
        raise UrnError(Code.E_OPEN, f"{leaf.n_in} of {most} in, {leaf.n_bad} bad, {leaf.spoilt} spoilt, {leaf.n} left")
    ballots = _ballots(story, bundle, lists, secret)
    _check_files(leaf, bundle, ballots)
    return ballots


def _ballots(story: Story, bundle: Bundle, lists: Lists, secret: bytes | None) -> Sequence[Body] | None:
    leaf = next(leaf for _, leaf in story.all(Opened))
    last = lists.get(story.manifest.k)
    if secret is None or last is None:
        return None if bundle.final is None else _read_final(story, bundle.final)
    opening = open_urn(story.manifest, story.m, last, secret)
    figures = (opening.n_in, len(opening.bad), opening.spoilt, len(opening.ballots))
    if figures != (leaf.n_in, leaf.n_bad, leaf.spoilt, leaf.n):
        raise UrnError(Code.E_OPEN, f"the last list opens to {figures}; stated are other figures")
    return opening.ballots


def _read_final(story: Story, data: bytes) -> list[Body]:
    try:
        return read_final(data, story.manifest)
    except SpoiltError as error:
        raise UrnError(Code.E_OPEN, f"among the opened ballots is one that is none: {error}") from None


def _check_files(leaf: Opened, bundle: Bundle, ballots: Sequence[Body] | None) -> None:
    final, codes = bundle.final, bundle.codes
    if ballots is not None:
        mine = lines(each.text.decode() for each in ballots)
        if final not in {None, mine} or sha256(mine).hex() != leaf.digest:
            raise UrnError(Code.E_OPEN, "the opened ballots are not those that were stated")
        codes = codes if codes is not None else lines(each.code_line for each in ballots)
        if codes != lines(each.code_line for each in ballots):
            raise UrnError(Code.E_OPEN, "the codes are not those of the ballots")
    if codes is not None and (sha256(codes).hex() != leaf.codes or codes.count(b"\n") != leaf.n):
        raise UrnError(Code.E_OPEN, "the codes are not those that were stated")


def check_result(story: Story, bundle: Bundle, ballots: Sequence[Body] | None) -> None:
    """The protocol is the one that was signed, and a recount agrees; raises UrnError E_RESULT."""
    found = story.one(Result)
    if found is None:
        return
    if bundle.protocol is None or sha256(bundle.protocol).hex() != found[1].digest:
        raise UrnError(Code.E_RESULT, "the protocol is missing, or not the one that was signed")
    if ballots is None:
        return
    for wrong in differences(story.manifest, ballots, bundle.protocol):
        raise UrnError(Code.E_RESULT, wrong)


def check_totals(story: Story, bundle: Bundle) -> Totals:
    """Everything adds up, from the roll to the ballots counted and the envelopes; raises UrnError E_TOTAL."""
    totals = totals_of(story, bundle)
    voided = sum(reason == "paper" for reason in story.voids.values())
    ends = totals.bad + totals.dup + totals.spoilt + totals.counted
    if totals.n_in != ends or not totals.n_in <= totals.voted <= totals.roll:
        raise UrnError(Code.E_TOTAL, str(totals))
    if totals.paper != voided:
        raise UrnError(Code.E_TOTAL, f"{totals.paper} opened papers, {voided} slots void for paper")
    return totals


def totals_of(story: Story, bundle: Bundle) -> Totals:
    """The figures as the log states them. Copies are what is lost between one list and the next."""
    mixes, opening = [leaf for _, leaf in story.all(Mix)], next(leaf for _, leaf in story.all(Opened))
    n_in = sum(leaf.n for _, leaf in story.all(Input))
    stated = [n_in, *(leaf.n_out for leaf in mixes)]
    dup = sum(out - into for out, into in zip(stated, [*(leaf.n_in for leaf in mixes), opening.n_in], strict=True))
    bad = sum(len(leaf.bad) for leaf in mixes) + opening.n_bad
    voted = story.last_ballots.keys()
    void, size = len(voted & story.voids.keys()), story.roll[0]
    paper = paper_in(story, bundle.protocol)
    return Totals(size, len(voted), void, n_in, bad, dup, opening.spoilt, opening.n, paper)
