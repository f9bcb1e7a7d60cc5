"""Which voters auditors call: drawn from the slots whose ballots count, by a lot that nobody can have chosen.

The lot is a hash of the manifest, the first list's digest and a word that the auditors say when the list is made. Three
hundred who all say that they voted leave less than five in a hundred that one vote in a hundred was stuffed.
"""

from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.keys import DOMAIN, sha256
from democracy.ballotbox.leaves import Input
from democracy.ballotbox.story import Story

NUMBER = 300


def sample(story: Story, word: str, number: int = NUMBER) -> list[int]:
    """The drawn slots, in the order of the lot; all of them where there are no more. Raises UrnError before `input`."""
    stated = story.one(Input)
    if stated is None:
        raise UrnError(Code.E_ORDER, "the first list has not been made yet")
    lot = sha256(DOMAIN + b"sample\x00" + story.m + bytes.fromhex(stated[1].digest) + word.encode())
    counting = (slot for slot in story.last_ballots if slot not in story.voids)
    return sorted(counting, key=lambda slot: sha256(lot + slot.to_bytes(4, "big")))[:number]
