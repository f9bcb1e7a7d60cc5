"""E_INPUT, E_LIST, E_MIX: what went in is what was cast, and each mixer accounts for every record."""

from collections.abc import Iterator
from itertools import pairwise

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.leaves import Input, Mix
from democracy.ballotbox.mixing import SLOT_BYTES, list_digest, split
from democracy.ballotbox.story import Story

Lists = dict[int, list[bytes]]


def read_lists(story: Story, bundle: Bundle) -> Lists:
    """The lists that the bundle holds; raises UrnError E_LIST for one cut off, or with one that there is not."""
    stated = [*(leaf for _, leaf in story.all(Input)), *(leaf for _, leaf in story.all(Mix))]
    if strange := [i for i in bundle.lists if i >= len(stated)]:
        raise UrnError(Code.E_LIST, f"L_{strange[0]} is in the bundle and not in the log")
    try:
        return {i: split(data, story.manifest.record_bytes(i)) for i, data in bundle.lists.items()}
    except ValueError as error:
        raise UrnError(Code.E_LIST, str(error)) from None


def check_input(story: Story, lists: Lists) -> None:
    """L_0 is the last ballot of each slot that is not void; raises UrnError E_INPUT."""
    found = story.one(Input)
    if found is None:
        return
    at, leaf = found
    cast = {slot: ballot.digest for slot, ballot in story.last_ballots.items() if slot not in story.voids}
    if leaf.n != len(cast):
        raise UrnError(Code.E_INPUT, f"leaf {at}: {leaf.n} ballots go in, {len(cast)} count")
    if 0 not in lists:
        return
    given = {int.from_bytes(each[:SLOT_BYTES], "big"): sha256(each[SLOT_BYTES:]).hex() for each in lists[0]}
    if wrong := sorted(given.keys() ^ cast.keys()) or [slot for slot in sorted(cast) if cast[slot] != given[slot]]:
        raise UrnError(Code.E_INPUT, f"leaf {at}: slot {wrong[0]} is not in L_0 as it is in the log")
    if len(lists[0]) != leaf.n or list_digest(story.m, 0, lists[0]) != leaf.digest:
        raise UrnError(Code.E_INPUT, f"leaf {at}: L_0 has another digest, or a slot twice")


def check_lists(story: Story, lists: Lists) -> None:
    """Each list is sorted and has its digest; raises UrnError E_LIST."""
    for i, records in lists.items():
        if any(one > other for one, other in pairwise(records)):
            raise UrnError(Code.E_LIST, f"L_{i} is not sorted")
        if i and list_digest(story.m, i, records) != _mixes(story)[i - 1].digest:
            raise UrnError(Code.E_LIST, f"L_{i} is not the list that mixer {i} signed")


def check_mixes(story: Story, lists: Lists) -> None:
    """Every mixer's figures; raises UrnError E_MIX."""
    found = story.one(Input)
    if found is None:
        return
    before = found[1].n
    if _mixes(story) and before < story.manifest.least:
        raise UrnError(Code.E_MIX, f"{before} ballots, and fewer than {story.manifest.least} are never opened")
    for leaf in _mixes(story):
        for wrong in _wrongs(leaf, before, lists):
            raise UrnError(Code.E_MIX, f"mixer {leaf.mixer}: {wrong}")
        before = leaf.n_out


def _wrongs(leaf: Mix, before: int, lists: Lists) -> Iterator[str]:
    if leaf.bad != sorted(set(leaf.bad)):
        yield "the hashes of what did not open are not sorted, or one occurs twice"
    if leaf.n_out != leaf.n_in - len(leaf.bad) or leaf.n_in > before:
        yield f"{leaf.n_in} of {before} in, {len(leaf.bad)} bad, {leaf.n_out} out"
    source, result = lists.get(leaf.mixer - 1), lists.get(leaf.mixer)
    if source is not None:
        distinct = set(source)
        if leaf.n_in != len(distinct):
            yield f"{leaf.n_in} stated, {len(distinct)} different records came in"
        if not set(leaf.bad) <= {sha256(each).hex() for each in distinct}:
            yield "a record is listed as bad that never came in"
    if result is not None and leaf.n_out != len(result):
        yield f"{leaf.n_out} stated, {len(result)} records in the list"


def _mixes(story: Story) -> list[Mix]:
    return [leaf for _, leaf in story.all(Mix)]
