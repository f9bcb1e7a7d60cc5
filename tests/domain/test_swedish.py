import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.swedish import plain_word, query_terms, sort_key, stem_list, stems

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
SWEDISH = st.text(alphabet=ALPHABET + ALPHABET.upper() + " ", max_size=12)
WORD = st.text(alphabet=ALPHABET + "éü", min_size=1, max_size=12)


def stored(text: str) -> bytes:
    return sort_key(text).encode()


def finds(query: str, text: str) -> bool:
    """Search as the databases do: every term is the beginning of a stored word."""
    return all(any(each.startswith(term) for each in stems(text)) for term in query_terms(query))


IN_ORDER = (
    ("Andersbo", "Åby", "Ängvide", "Östlid"),
    ("Vallby", "Vretlund", "Wallby", "Xander", "Yngve", "Zetdal", "Åby"),
    ("Ida", "Ide", "Idé", "Iden", "Idén", "Iderot"),
    ("Lan", "Lyx", "Län", "Lön"),
    ("Almhed", "almskog", "Alvik", "ALVÖN"),
    ("anna", "Anna", "ANNA", "Annå"),
    ("Per Ola", "Per-Ola", "Per Olof", "Pera"),
    ("Stycke 2", "Stycke 9", "Stycke 17", "Stycke 17 b", "Stycke 100"),
    ("1 maj", "8 mars", "Ett", "Åtta"),
    ("»Kvisten«", "Kvistmark", "Kvistö"),
    ("Myhr", "Myller", "Müller", "Myllra"),
    ("Vare", "Være", "Värld"),
    ("Sol", "Søl", "Sölvi"),
)


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_names_stand_as_in_a_swedish_register(names: tuple[str, ...]) -> None:
    assert sorted(names, key=stored) == list(names)
    assert len({stored(each) for each in names}) == len(names)


@given(SWEDISH, SWEDISH)
def test_letters_decide_before_case_and_spaces_come_first(one: str, other: str) -> None:
    def places(text: str) -> list[int]:
        return [(" " + ALPHABET).index(each) for each in " ".join(text.casefold().split())]

    if places(one) != places(other):
        assert (places(one) < places(other)) == (stored(one) < stored(other))


@given(st.integers(0, 10**60), st.integers(0, 10**60))
def test_numbers_sort_by_their_value(one: int, other: int) -> None:
    if one != other:
        assert (one < other) == (stored(f"Motion {one}") < stored(f"Motion {other}"))
    assert stored(f"Motion {one}") < stored("Motion om buss")


@given(st.text())
def test_every_text_gets_a_key_that_any_database_can_store(text: str) -> None:
    key = sort_key(text)
    assert "\x00" not in key
    assert key.encode().decode() == key
    assert key.count("\x1f") == 2


@given(st.text(alphabet=ALPHABET + "ÅÄÖéü -"))
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert sort_key(apart) == sort_key(text)
    assert stems(apart) == stems(text)


def test_lan_does_not_find_lån() -> None:
    assert not finds("lan", "Kommunen tar nya lån")
    assert not finds("lån", "Länets landsting")
    assert not finds("for", "Partiets för och emot")
    assert finds("lån", "LÅNET betalas av")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("hyresgäst", "Hyresgästerna ska höras"),
        ("hyresgästernas", "En hyresgäst ringde"),
        ("simhallar", "Rädda simhallen i Tallsäter"),
        ("Simhal", "Rädda simhallen i Tallsäter"),
        ("rädda tall", "Rädda simhallen i Tallsäter"),
        ("att-satser", "Tre att-satser"),
        ("attsats", "Tre att-satser"),
        ("sats", "Tre att-satser"),
        ("epost", "Svara med e-post"),
        ("dåk", "Inför DÅK:s beslut"),
        ("andre", "Motion av André"),
        ("andré", "Motion av André"),
        ("hyresrätt", "Sälj inte våra hyres\u00adrätter"),
        ("§ 20", "Stycke 20: fler vägar"),
        ("SÖREN", "sören"),
        ("", "vad som helst"),
    ],
)
def test_a_search_finds_other_forms_beginnings_and_parts(query: str, text: str) -> None:
    assert finds(query, text)


def test_every_word_of_a_search_must_be_found() -> None:
    assert not finds("rädda badhuset", "Rädda simhallen i Tallsäter")


@given(st.lists(WORD, min_size=1, max_size=5), st.data())
def test_the_beginning_of_any_word_finds_the_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    assert finds(beginning, text)


@given(st.text())
def test_terms_hold_nothing_that_a_search_language_could_read(text: str) -> None:
    terms = (*query_terms(text), *stems(text))
    assert all(each and each.isalnum() for each in terms)
    assert finds(text, text)


@given(st.text())
def test_the_list_of_stems_is_the_same_stems_in_a_fixed_order(text: str) -> None:
    assert frozenset(stem_list(text)) == stems(text)
    assert stem_list(text) == sorted(stem_list(text))


def test_stems_are_the_same_from_many_threads() -> None:
    texts = [f"hyresgästernas{number} föreningarnas simhallar{number}" for number in range(200)]
    alone = [stems(each.replace("simhallar", "simhallens")) for each in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(stems, (each.replace("simhallar", "simhallens") for each in texts)))
    assert together == alone


@pytest.mark.parametrize(
    ("text", "word"), [("Åmossen", "amossen"), ("Norrvik  Södra", "norrvik-sodra"), ("Idé & Ölstad 3", "ide-olstad-3")]
)
def test_a_plain_word_has_only_ascii_letters_and_digits(text: str, word: str) -> None:
    assert plain_word(text) == word
