"""What a service keeps and in which order: no order of contents is the order of arrival."""

from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox.keeping import SealedBallot, accepts_box, batches, in_digest_order
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.verifier import verify
from tests.ballotbox.urns import Played, body

arrivals = st.lists(st.integers(0, 9), max_size=40)


def casts(slots: list[int]) -> list[SealedBallot]:
    return [
        SealedBallot(slot, slots[: at + 1].count(slot), sha256(f"{slot} {at}".encode()).hex())
        for at, slot in enumerate(slots)
    ]


@given(arrivals, st.randoms(use_true_random=False))
def test_a_batch_tells_nothing_of_the_order_of_arrival(slots: list[int], chance: object) -> None:
    came = casts(slots)
    shuffled = list(came)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert batches(came) == batches(shuffled)
    assert in_digest_order(came) == in_digest_order(shuffled)
    assert all(batch == in_digest_order(batch) for batch in batches(came))


@given(arrivals)
def test_every_ballot_comes_in_and_a_changed_vote_after_the_one_it_changes(slots: list[int]) -> None:
    came = casts(slots)
    order = [cast for batch in batches(came) for cast in batch]
    assert sorted(order) == sorted(came)
    for slot in set(slots):
        assert [cast.seq for cast in order if cast.slot == slot] == list(range(1, slots.count(slot) + 1))


def test_a_log_filled_in_batches_verifies_with_changed_votes() -> None:
    urn = Played(fields={"revote": 1}).accept()
    waiting = []
    for slot, seq in [(3, 1), (4, 1), (3, 2), (5, 1), (3, 3), (6, 1), (7, 1), (4, 2)]:
        box = urn.sealed(slot, body(slot * 10 + seq), seq).layers[0].box
        urn.boxes[slot] = box
        waiting.append(SealedBallot(slot, seq, sha256(box).hex()))
    urn.leaves += [cast.leaf for batch in batches(waiting) for cast in batch]
    urn.checkpoint()
    urn.finish()
    totals = verify(urn.bundle, urn.trust).totals
    assert totals is not None
    assert totals.counted == 5


def test_a_box_has_one_length() -> None:
    urn = Played()
    box = urn.sealed(3, body(3)).layers[0].box
    assert accepts_box(urn.manifest, box)
    assert not accepts_box(urn.manifest, box + b"x")
    assert not accepts_box(urn.manifest, box[:-1])
