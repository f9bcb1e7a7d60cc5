import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.faults import CountError
from democracy.counting.lots import LotNeededError, Lots, PhysicalLot, commit, draw, fallback, reveal, seed
from tests.counting.build import SEED


def test_the_published_vector_comes_out() -> None:
    assert draw(SEED, "test", "ABCDE") == ("D", "E", "B", "A", "C")


@given(st.permutations(list("ABCDE")))
def test_the_order_in_which_names_are_entered_does_not_matter(names: list[str]) -> None:
    assert draw(SEED, "test", names) == ("D", "E", "B", "A", "C")


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.lists(st.text(), unique=True, max_size=30))
def test_a_draw_is_a_permutation(seed: bytes, label: str, names: list[str]) -> None:
    assert sorted(draw(seed, label, names)) == sorted(names)


def test_every_order_of_three_comes_up_about_equally_often() -> None:
    orders = Counter(draw(SEED, str(number), "ABC") for number in range(6000))
    assert len(orders) == 6
    assert all(850 < times < 1150 for times in orders.values())


def test_two_labels_are_two_lots() -> None:
    orders = {draw(SEED, f"stage {number}", "ABCDE") for number in range(50)}
    assert len(orders) > 20


def test_the_seed_follows_its_definition() -> None:
    shares, result = [b"tre", b"ett"], b"\x01" * 32
    expected = hashlib.sha256(b"LOT1-SEED\0" + b"ett\0tre" + b"\0" + result).digest()
    assert seed(shares, result) == expected == seed(reversed(shares), result)


def test_a_commitment_follows_its_definition() -> None:
    assert commit(b"en andel") == hashlib.sha256(b"LOT1-COMMIT\0en andel").hexdigest()


def test_without_a_seed_a_tie_is_never_settled() -> None:
    with pytest.raises(LotNeededError) as need:
        Lots().order("last place", ["Örjan", "Åsa"])
    assert need.value.label == "last place"
    assert set(need.value.items) == {"Åsa", "Örjan"}


def test_a_label_cannot_be_used_for_two_ties() -> None:
    lots = Lots(SEED)
    lots.order("last place", "AB")
    with pytest.raises(CountError, match="label_used_twice"):
        lots.order("last place", "CD")


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(CountError, match="seed_length"):
        Lots(b"kort")


def test_a_withheld_share_is_named_and_replaced_by_its_fallback() -> None:
    shares = [b"a" * 32, b"b" * 32, b"c" * 32]
    commitments = [commit(share) for share in shares]
    lots = reveal(commitments, shares[:2], b"r" * 32)
    assert lots.evidence["withheld"] == [commitments[2]]
    assert lots.seed == seed([*shares[:2], fallback(commitments[2])], b"r" * 32)
    assert lots.seed != reveal(commitments, shares, b"r" * 32).seed


def test_a_share_that_nobody_committed_to_is_refused() -> None:
    with pytest.raises(CountError, match="share_without_commitment"):
        reveal([commit(b"a")], [b"b"], b"r")


def test_a_physical_lot_is_taken_as_the_chair_entered_it() -> None:
    lot = PhysicalLot("last place", ("Åsa", "Örjan"), "Maj Lind", ("Per Ek", "Siv Alm"))
    lots = Lots(SEED, {"last place": lot})
    assert lots.order("last place", ["Örjan", "Åsa"]) == ("Åsa", "Örjan")
    assert lots.drawn[0]["by"] == "hand"
    assert lots.drawn[0]["witnesses"] == ["Per Ek", "Siv Alm"]


@pytest.mark.parametrize("witnesses", [(), ("Per Ek",), ("Per Ek", "Per Ek"), ("Per Ek", "Maj Lind"), ("Per Ek", " ")])
def test_a_physical_lot_needs_a_chair_and_two_other_people(witnesses: tuple[str, ...]) -> None:
    with pytest.raises(CountError, match="lot_needs_chair_and_two_witnesses"):
        PhysicalLot("last place", ("A", "B"), "Maj Lind", witnesses)


def test_a_physical_lot_about_other_names_is_refused() -> None:
    lot = PhysicalLot("last place", ("A", "C"), "Maj Lind", ("Per Ek", "Siv Alm"))
    with pytest.raises(CountError, match="physical_lot_names"):
        Lots(physical={"last place": lot}).order("last place", "AB")
