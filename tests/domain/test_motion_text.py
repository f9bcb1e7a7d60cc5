"""Motions as people really paste them: `pasted_motions.toml` holds each text and what is read out of it."""

import re
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from democracy.domain.motion_text import NoteCode, Pasted, split
from democracy.domain.motion_text.characters import tidy

EXAMPLES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("pasted_motions.toml").read_text("utf-8"))[
    "example"
]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda each: str(each["name"]))
def test_a_pasted_motion_is_parted(case: dict[str, Any]) -> None:
    pasted = split(case["text"])
    assert pasted.title == case["title"]
    assert list(pasted.clauses) == case["clauses"]
    assert pasted.reasoning == case["reasoning"]
    assert sorted({each.code.value for each in pasted.notes}) == case["notes"]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda each: str(each["name"]))
@pytest.mark.parametrize(
    ("old", "new"), [("\n", "\r\n"), ("\n\n", "\n \t\n"), (" ", "\u00a0"), ("• ", "\u2022\t"), ("- ", "\uf0a7  ")]
)
def test_the_program_it_was_copied_from_makes_no_difference(case: dict[str, Any], old: str, new: str) -> None:
    plain = split(case["text"])
    copied = split(case["text"].replace("\r\n", "\n").replace("\r", "\n").replace(old, new))
    assert copied.clauses == plain.clauses
    assert copied.title == plain.title


def test_what_was_left_out_is_told() -> None:
    text = "Kaffe\n\nDet är gott.\n\nVi yrkar\n1. att vi köper kaffe\n2. att vi delar\n"
    pasted = split(text + "\nGranvik den 2 maj 2026\nEmil Brunnvik")
    assert [(each.code.value, each.text) for each in pasted.notes] == [
        ("lead_in_removed", "Vi yrkar"),
        ("marks_removed", "1. 2."),
        ("signature_removed", "Granvik den 2 maj 2026"),
        ("signature_removed", "Emil Brunnvik"),
    ]


def test_an_empty_text_misses_everything() -> None:
    pasted = split(" \r\n\t")
    assert (pasted.title, pasted.reasoning, pasted.clauses) == ("", "", ())
    assert {each.code for each in pasted.notes} == {
        NoteCode.TITLE_MISSING,
        NoteCode.REASONING_MISSING,
        NoteCode.CLAUSES_MISSING,
    }


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def words_kept(pasted: Pasted) -> Counter[str]:
    parts = (pasted.title, pasted.reasoning, *pasted.clauses)
    return words(" ".join((*parts, *(each.text for each in pasted.notes if each.code != NoteCode.ATT_ADDED))))


FRAGMENTS = st.sampled_from(
    [
        *("Därför yrkar jag", "Vi yrkar att", "Jag föreslår", "Att-satser", "Yrkanden:", "Motivering", "Motion 12 –"),
        *(
            "att",
            "Att",
            "samt att",
            "och att",
            "dels att",
            "1.",
            "2)",
            "a)",
            "•",
            "\uf0b7\t",
            "- ",
            "– ",
            "så att",
            "för att",
        ),
        *("\n", "\n", "\n\n", "\r\n", "\v", "\t", ".", ",", ":", ";", "»", "«", "\u00ad", "\u00a0", "t.ex. "),
        *("bussen går", "kommunen", "Stenvika", "Karin Mossgren", "den 3 februari 2026", "konfe-\nrens"),
        *("Partiföreningen Sundbro", "årsmötet föreslås besluta"),
    ]
)
PASTED = st.one_of(st.text(), st.lists(FRAGMENTS | st.text(max_size=5), max_size=40).map(" ".join))


@given(PASTED)
@example("Vi yrkar att\n1. att\n2. samt")
def test_no_word_is_lost_or_said_twice(text: str) -> None:
    before, after = words(tidy(text)), words_kept(split(text))
    # "att" is written before an att-sats that had none, or stood once in the lead-in of several.
    del before["att"], after["att"]
    assert after == before


@given(PASTED)
def test_every_att_sats_has_the_one_form(text: str) -> None:
    for clause in split(text).clauses:
        assert re.fullmatch(r"att \S.*\.['\"»«”’)]*", clause)
        assert "  " not in clause


WORDS = st.sampled_from(
    [
        "bussen",
        "skolan",
        "hyran",
        "kommunen",
        "medlemmar",
        "tåget",
        "äldre",
        "ungdomar",
        "vården",
        "lokalen",
        "mötet",
        "arkivet",
    ]
)
SENTENCE = st.lists(WORDS, min_size=2, max_size=12).map(lambda each: " ".join(each).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
REASONING = st.lists(PARAGRAPH, min_size=1, max_size=4).map("\n\n".join)
CLAUSE = st.lists(WORDS, min_size=2, max_size=10).map(lambda each: f"att {' '.join(each)}.")
TITLE = st.lists(WORDS, min_size=1, max_size=5).map(lambda each: " ".join(each).capitalize())
LEAD = st.sampled_from(
    ["Jag yrkar", "Vi yrkar:", "Därför yrkar vi att", "Att-satser", "Förslag till beslut", "Årsmötet föreslås besluta"]
)
MARK = st.sampled_from(["{}. ", "{}) ", "• ", "- ", "– ", "\uf0b7\t", ""])


@given(TITLE, REASONING, st.lists(CLAUSE, min_size=1, max_size=6), LEAD, MARK)
def test_splitting_a_written_motion_gives_it_back(
    title: str, reasoning: str, clauses: list[str], lead: str, mark: str
) -> None:
    items = "\n".join(mark.format(number) + clause for number, clause in enumerate(clauses, 1))
    pasted = split(f"{title}\n\n{reasoning}\n\n{lead}\n\n{items}\n")
    assert (pasted.title, pasted.reasoning, pasted.clauses) == (title, reasoning, tuple(clauses))


@given(TITLE, REASONING, st.lists(CLAUSE, min_size=2, max_size=6))
def test_splitting_a_motion_in_one_sentence_gives_it_back(title: str, reasoning: str, clauses: list[str]) -> None:
    bare = [each.removesuffix(".") for each in clauses]
    run = f"{', '.join(bare[:-1])} samt {bare[-1]}."
    signed = "Stenvika den 1 mars 2026\nTora Kvistmark"
    pasted = split(f"Motion: {title}\n\n{reasoning}\n\nJag yrkar {run}\n\n{signed}")
    assert (pasted.title, pasted.reasoning, pasted.clauses) == (title, reasoning, tuple(clauses))


@pytest.mark.parametrize(
    "repeated",
    [
        *(
            "Vi yrkar att a. ",
            "Vi yrkar att a. Nej. ",
            "Vi yrkar:\n\n",
            "Vi yrkar:\n\nNej.\n\n",
            "Yrkande\n\n",
            "att a och att b ",
        ),
        *(
            "Vi föreslår att\n\n",
            "jag tycker att det är\natt vi\n",
            "K ",
            "Motion till x ",
            "att-\n",
            ".. ",
            "Vi yrkar dels ",
        ),
    ],
)
def test_a_text_made_to_be_slow_or_deep_is_read_all_the_same(repeated: str) -> None:
    text = repeated * (40_000 // len(repeated))
    started = time.perf_counter()
    split(text)
    assert time.perf_counter() - started < 10
