"""Who of those present has a unit's votes."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.seating import Place, Reserve, Vote, seat


def key(number: int) -> UUID:
    return UUID(int=number)


PLACES = [Place(key(each), key(100 + each)) for each in range(1, 4)]
RESERVES = [Reserve(key(each), key(100 + each)) for each in range(11, 14)]
EVERYBODY = {each.member_id for each in PLACES} | {each.member_id for each in RESERVES}


@st.composite
def situations(draw: st.DrawFn) -> tuple[int, list[Place], list[Reserve], set[UUID], dict[UUID, UUID | None]]:
    places = [
        Place(key(each), key(100 + each), draw(st.integers(1, 3)), draw(st.integers(0, 2)))
        for each in range(draw(st.integers(0, 5)))
    ]
    reserves = [Reserve(key(50 + each), key(150 + each)) for each in range(draw(st.integers(0, 5)))]
    people = [each.member_id for each in places] + [each.member_id for each in reserves]
    present = draw(st.sets(st.sampled_from(people))) if people else set()
    free = st.sampled_from([each.id for each in places]) if places else st.none()
    standing = draw(st.dictionaries(st.sampled_from([each.id for each in reserves]), st.one_of(st.none(), free))
                    if reserves else st.just({}))  # fmt: skip
    return draw(st.integers(0, 6)), places, reserves, present, standing


@given(situations(), st.booleans())
def test_nobody_votes_for_a_seat_that_is_not_there_and_nobody_votes_from_outside(situation, for_good) -> None:  # type: ignore[no-untyped-def]
    seats, places, reserves, present, standing = situation
    votes = seat(seats, places, reserves, present, standing, for_good=for_good)
    assert len(votes) <= seats
    assert votes.keys() <= present
    heaviest = max((each.weight for each in places), default=1)
    proxies = sum(each.proxies for each in places if each.member_id in votes)
    assert sum(each.votes for each in votes.values()) <= seats * max(heaviest, 1) + proxies
    stood_for = [each.stands_in_for for each in votes.values() if each.stands_in_for]
    assert len(stood_for) == len(set(stood_for))
    voting_delegates = {each.id for each in places if each.member_id in votes}
    assert not voting_delegates & set(stood_for), "a delegate and their substitute never vote both"


@given(situations())
def test_substitutes_step_in_by_their_order_and_only_for_seats_without_a_delegate(situation) -> None:  # type: ignore[no-untyped-def]
    seats, places, reserves, present, standing = situation
    votes = seat(seats, places, reserves, present, standing)
    here = [each for each in places if each.member_id in present]
    assert [each.member_id in votes for each in here] == [index < seats for index in range(len(here))]
    waiting = [each.member_id in votes for each in reserves if each.member_id in present]
    assert waiting == sorted(waiting, reverse=True), "nobody votes before one who stands earlier in the order"
    assert sum(waiting) == max(0, min(len(waiting), seats - len(here)))


@given(situations(), st.booleans())
def test_asking_again_changes_nothing(situation, for_good) -> None:  # type: ignore[no-untyped-def]
    seats, places, reserves, present, standing = situation
    votes = seat(seats, places, reserves, present, standing, for_good=for_good)
    by_member = {each.member_id: each.id for each in reserves}
    now = {by_member[who]: vote.stands_in_for for who, vote in votes.items() if vote.stands_in}
    assert seat(seats, places, reserves, present, now, for_good=for_good) == votes


def test_a_delegate_who_comes_back_takes_the_vote_back() -> None:
    away = EVERYBODY - {PLACES[1].member_id}
    votes = seat(3, PLACES, RESERVES, away, {})
    assert votes[RESERVES[0].member_id] == Vote(1, PLACES[1].id, stands_in=True)
    back = seat(3, PLACES, RESERVES, EVERYBODY, {RESERVES[0].id: PLACES[1].id})
    assert back.keys() == {each.member_id for each in PLACES}


def test_for_good_the_substitute_keeps_the_place() -> None:
    standing: dict[UUID, UUID | None] = {RESERVES[0].id: PLACES[1].id}
    votes = seat(3, PLACES, RESERVES, EVERYBODY, standing, for_good=True)
    assert votes.keys() == {PLACES[0].member_id, PLACES[2].member_id, RESERVES[0].member_id}


def test_a_vacant_seat_goes_to_the_first_substitute() -> None:
    votes = seat(4, PLACES, RESERVES, EVERYBODY, {})
    assert votes[RESERVES[0].member_id] == Vote(1, None, stands_in=True)
    assert RESERVES[1].member_id not in votes


def test_the_weight_follows_the_place_and_proxies_do_not() -> None:
    places = [Place(key(1), key(101), weight=2, proxies=1)]
    assert seat(1, places, RESERVES, {key(101)}, {})[key(101)].votes == 3
    assert seat(1, places, RESERVES, {RESERVES[0].member_id}, {})[RESERVES[0].member_id].votes == 2
