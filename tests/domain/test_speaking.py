"""Totals of speakers by gender: right, and telling nothing about any one of them."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.kinds import Gender
from democracy.domain.speaking import BLOCK, SHOWN, Spoken, statistics

GENDERS = st.none() | st.sampled_from(Gender)
SMALLEST = st.integers(1, 3)


@st.composite
def debates(draw: st.DrawFn) -> list[Spoken]:
    """Speeches by people who speak once or many times; each has declared one thing, or nothing."""
    genders = draw(st.lists(GENDERS, min_size=1, max_size=25))
    speakers = draw(st.lists(st.integers(0, len(genders) - 1), max_size=80))
    return [Spoken(UUID(int=number), genders[number], 60.0) for number in speakers]


@given(debates(), SMALLEST)
def test_everybodys_total_counts_every_speech(debate: list[Spoken], smallest: int) -> None:
    total = statistics(debate, smallest).total
    assert (total.speeches, total.speakers) == (len(debate), len({each.member_id for each in debate}))
    assert total.seconds == 60 * len(debate)


@given(debates(), SMALLEST)
def test_between_two_publications_at_least_so_many_of_each_gender_have_spoken(
    debate: list[Spoken], smallest: int
) -> None:
    before = 0
    for length in range(len(debate) + 1):
        covers = statistics(debate[:length], smallest).covers
        assert covers in {before, length}
        if covers > before:
            news = debate[before:covers]
            for gender in SHOWN:
                assert len({each.member_id for each in news if each.gender is gender}) >= smallest
            before = covers


@given(debates(), SMALLEST)
def test_where_a_batch_ends_is_counted_in_speakers_whatever_they_have_declared(
    debate: list[Spoken], smallest: int
) -> None:
    ends, block = {0}, set[UUID]()
    for number, each in enumerate(debate, start=1):
        block.add(each.member_id)
        if len(block) == BLOCK * smallest:
            ends.add(number)
            block = set()
    assert statistics(debate, smallest).covers in ends


def test_the_totals_by_gender_of_a_long_debate() -> None:
    debate = [
        Spoken(UUID(int=number), (Gender.WOMAN, Gender.MAN, Gender.MAN, None)[number % 4], 30.0) for number in range(39)
    ]
    found = statistics(debate, 5)
    assert found.covers == 20
    assert {gender: (total.speakers, total.seconds) for gender, total in found.by_gender.items()} == {
        Gender.WOMAN: (5, 150),
        Gender.MAN: (10, 300),
    }


def test_a_small_meeting_has_no_totals_by_gender() -> None:
    debate = [Spoken(UUID(int=number), Gender.WOMAN if number % 2 else Gender.MAN, 30.0) for number in range(19)]
    assert statistics(debate, 5).by_gender == {}
