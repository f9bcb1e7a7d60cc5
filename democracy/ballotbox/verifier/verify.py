"""The whole verification, step after step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.leaves import Claim, Close, Destroyed, Mix, Opened, Result
from democracy.ballotbox.manifest import check_manifest
from democracy.ballotbox.story import Story, check_order, check_signatures, read_log
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.verifier.ballots import check_ballots, check_close, check_roll_file, check_trust
from democracy.ballotbox.verifier.checkpoints import check_times, check_witnesses, read_checkpoints
from democracy.ballotbox.verifier.lists import Lists, check_input, check_lists, check_mixes, read_lists
from democracy.ballotbox.verifier.outcome import Totals, check_opened, check_result, check_totals


@dataclass(frozen=True)
class Verdict:
    """Nothing was found. `totals` is None while the urn has no result; `unchecked` is what the bundle does not hold."""

    story: Story
    lists: Lists
    totals: Totals | None
    warnings: tuple[str, ...]
    unchecked: tuple[str, ...]


def verify(bundle: Bundle, trust: Trust, roll: Sequence[bytes] | None = None) -> Verdict:
    """Verify an urn with its result; raises UrnError with the first thing that is wrong.

    `roll` is the whole roll, a leaf for each slot, as auditors have it.
    """
    return verify_so_far(bundle, trust, roll, whole=True)


def verify_so_far(bundle: Bundle, trust: Trust, roll: Sequence[bytes] | None = None, *, whole: bool = False) -> Verdict:
    """The same for an urn under way: as far as its log has come, unless it must be `whole`."""
    story = read_log(bundle.leaves)
    seen = read_checkpoints(bundle, trust)
    check_manifest(story.manifest)
    check_trust(story, trust)
    check_witnesses(story, seen)
    check_order(story)
    if whole and story.one(Result) is None:
        raise UrnError(Code.E_ORDER, "the log ends before the result")
    check_signatures(story)
    check_ballots(story)
    if roll is not None:
        check_roll_file(story, roll)
    check_close(story)
    check_times(story, seen)
    lists = read_lists(story, bundle)
    check_input(story, lists)
    check_lists(story, lists)
    check_mixes(story, lists)
    ballots = check_opened(story, bundle, lists)
    check_result(story, bundle, ballots)
    totals = check_totals(story, bundle) if story.one(Result) else None
    warnings = tuple(_warnings(story, totals, ballots))
    return Verdict(story, lists, totals, warnings, tuple(_unchecked(story, bundle, ballots, roll)))


def _warnings(story: Story, totals: Totals | None, ballots: Sequence[Body] | None) -> Iterator[str]:
    yield from (f"W_BAD mixer {leaf.mixer}: {len(leaf.bad)}" for _, leaf in story.all(Mix) if leaf.bad)
    yield from (f"W_BAD urn key: {leaf.n_bad}" for _, leaf in story.all(Opened) if leaf.n_bad)
    if totals and totals.dup:
        yield f"W_DUP {totals.dup}"
    lines = [each.code_line for each in ballots or ()]
    if len(set(lines)) != len(lines):
        yield f"W_CODE {len(lines) - len(set(lines))}"
    yield from (f"W_CLAIM mixer {leaf.mixer}: {leaf.finding}" for _, leaf in story.all(Claim))
    yield from (f"W_SEALED {leaf.by_server}" for _, leaf in story.all(Close) if leaf.by_server)


def _unchecked(
    story: Story, bundle: Bundle, ballots: Sequence[Body] | None, roll: Sequence[bytes] | None
) -> Iterator[str]:
    """What nobody can check with this bundle, in words."""
    stated = 1 + sum(1 for _ in story.all(Mix))
    gone = [f"L_{i}" for i in range(stated if story.one(Close) else 0) if i not in bundle.lists]
    if gone:
        why = "destroyed" if story.one(Destroyed) else "not in the bundle"
        yield f"{', '.join(gone)} ({why})"
    if story.one(Opened) and ballots is None:
        yield "the opened ballots and their recount (for auditors only, or destroyed)"
    if roll is None:
        yield "the members behind the slots (no roll file)"
