"""The order of the speakers' list: fair, and the same whoever computes it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from workflows.proceedings import SpeechKind
from workflows.speakers import FloorOrder, Place, in_order

NOW = datetime(2026, 3, 21, 10, tzinfo=UTC)
DECIDED = st.builds(FloorOrder, first_timers_first=st.booleans(), preferred_first=st.booleans())
PLACES = st.lists(
    st.builds(
        Place,
        id=st.uuids(),
        kind=st.sampled_from(SpeechKind),
        requested_at=st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        number=st.integers(),
        first_time=st.booleans(),
        preferred=st.booleans(),
    ),
    unique_by=(lambda place: place.id, lambda place: place.number),
    max_size=12,
)


@given(PLACES, DECIDED, st.randoms(use_true_random=False))
def test_everybody_on_the_list_has_one_place_in_it_however_it_was_read(
    places: list[Place], decided: FloorOrder, chance: object
) -> None:
    shuffled = list(places)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    found = in_order(shuffled, decided)
    assert sorted(found, key=lambda place: place.number) == sorted(places, key=lambda place: place.number)
    assert found == in_order(places, decided)


@given(PLACES, DECIDED)
def test_a_point_of_order_goes_before_a_reply_and_a_reply_before_a_speech(
    places: list[Place], decided: FloorOrder
) -> None:
    rank = {SpeechKind.POINT_OF_ORDER: 0, SpeechKind.REPLY: 1, SpeechKind.SPEECH: 2}
    ranks = [rank[place.kind] for place in in_order(places, decided)]
    assert ranks == sorted(ranks)


@given(PLACES)
def test_where_the_meeting_has_decided_nothing_whoever_asked_first_speaks_first(places: list[Place]) -> None:
    speeches = [place for place in in_order(places, FloorOrder()) if place.kind is SpeechKind.SPEECH]
    assert speeches == sorted(speeches, key=lambda place: (place.requested_at, place.number))


@given(PLACES, DECIDED)
def test_nobody_is_overtaken_by_a_later_request_of_their_own_kind(places: list[Place], decided: FloorOrder) -> None:
    found = in_order(places, decided)
    for index, place in enumerate(found):
        alike = [each for each in found[:index] if _alike(each, place)]
        assert all((each.requested_at, each.number) < (place.requested_at, place.number) for each in alike)


@given(PLACES, DECIDED, PLACES)
def test_a_new_request_leaves_the_others_in_their_order(
    places: list[Place], decided: FloorOrder, more: list[Place]
) -> None:
    known = {place.id for place in places} | {place.number for place in places}
    new = [place for place in more if place.id not in known and place.number not in known]
    kept = {place.id for place in places}
    assert [place for place in in_order([*places, *new], decided) if place.id in kept] == list(
        in_order(places, decided)
    )


def test_those_who_have_not_spoken_go_first_and_within_them_the_preferred() -> None:
    asked = [(False, False), (False, True), (True, False), (True, True)]
    places = [
        Place(UUID(int=number), SpeechKind.SPEECH, NOW, number, first, preferred)
        for number, (first, preferred) in enumerate(asked)
    ]
    found = in_order(places, FloorOrder(first_timers_first=True, preferred_first=True))
    assert [place.number for place in found] == [3, 2, 1, 0]


def _alike(one: Place, other: Place) -> bool:
    return (one.kind, one.first_time, one.preferred) == (other.kind, other.first_time, other.preferred)
