from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.labels import label_key, next_letter, next_variant, reconciled
from democracy.domain.question_order import Form, Laid, QuestionOrder, lay_out, led_by, suggested
from workflows.proceedings import ProposalKind, QuestionKind
from workflows.statutes.parameters.meetings import Place, QuestionPlaces

A, B, C, D, E, F = (UUID(int=number) for number in range(6))
K = ProposalKind
KINDS = {A: K.APPROVE, B: K.AMENDMENT, C: K.COUNTER, D: K.REJECT, E: K.ADDITION, F: K.REFER_BACK}
PLACES = QuestionPlaces(Place.AMONG_RIVALS, Place.LAST, Place.LAST)


def test_today_comes_first_then_rivals_with_the_boards_as_main_then_additions() -> None:
    order = suggested(KINDS, [A])
    assert order == QuestionOrder((A, B, C, D), A, (F,), (E,))
    assert lay_out(order, KINDS, PLACES) == [
        Laid(QuestionKind.TODAY, (F,)),
        Laid(QuestionKind.RIVALS, (A, B, C, D)),
        Laid(QuestionKind.ADDITION, (E,)),
    ]


def test_the_statutes_say_where_rejection_and_additions_are_put() -> None:
    order = suggested(KINDS, [A])
    first = lay_out(order, KINDS, QuestionPlaces(Place.FIRST, Place.FIRST, Place.FIRST))
    assert [each.proposals for each in first] == [(F,), (E,), (D,), (A, B, C)]
    last = lay_out(order, KINDS, QuestionPlaces(Place.LAST, Place.LAST, Place.LAST))
    assert [each.proposals for each in last] == [(F,), (A, B, C), (D,), (E,)]
    alone = lay_out(suggested({D: K.REJECT}), {D: K.REJECT}, QuestionPlaces(Place.FIRST, Place.LAST, Place.LAST))
    assert [each.proposals for each in alone] == [(D,)]


def test_another_main_proposal_is_put_first() -> None:
    order = led_by(suggested(KINDS, [A]), D)
    assert (order.main, order.rivals) == (D, (D, A, B, C))
    assert led_by(order, E).rivals == order.rivals


def test_an_order_is_read_as_it_was_stored() -> None:
    order = QuestionOrder((B, A), B, (F,), (E,), Form.SEQUENCE)
    assert QuestionOrder.read(order.json()) == order


@given(st.permutations([A, B, C, D]), st.sampled_from([A, B, C, D]))
def test_an_order_holds_each_proposal_once_where_its_kind_belongs(rivals: list[UUID], main: UUID) -> None:
    order = QuestionOrder(tuple(rivals), main, (F,), (E,))
    assert order.holds(KINDS)
    assert not QuestionOrder(tuple(rivals[1:]), None, (F,), (E,)).holds(KINDS)
    assert not QuestionOrder((*rivals, E), main, (F,)).holds(KINDS)
    assert not QuestionOrder(tuple(rivals), E, (F,), (E,)).holds(KINDS)


@given(st.integers(1, 60))
def test_letters_go_on_beyond_the_alphabet_and_sort_as_they_are_read(count: int) -> None:
    taken: list[str] = []
    for _ in range(count):
        taken.append(next_letter(taken))
    assert len(set(taken)) == count
    assert sorted(taken, key=label_key) == taken


def test_variants_share_a_letter_and_a_reconciliation_takes_it_over() -> None:
    assert next_variant("B", {"A", "B1"}) == "B2"
    assert next_letter({"A", "B1", "B2"}) == "C"
    assert reconciled({"B1", "B2"}, {"A", "B1", "B2"}) == "B"
    assert reconciled({"B", "C"}, {"A", "B", "C"}) == "D"
    assert reconciled({"B1", "B2"}, {"A", "B", "B1", "B2"}) == "C"
