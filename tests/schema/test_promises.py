"""What each way of voting promises is told in both languages, and the same in the README."""

from pathlib import Path

import pytest

from democracy.texts.words import phrase
from schema.types import promises
from workflows.ballot_kinds import SecrecyLevel
from workflows.election_facts import VoteMethod
from workflows.proceedings import DivisionMethod

README = Path(__file__).parents[2] / "README.md"
KEYS = {
    *(promises.of_level(each) for each in SecrecyLevel),
    *(promises.of_division(each, urn=False) for each in DivisionMethod),
    *(promises.of_election(each) for each in VoteMethod),
}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_way_of_voting_tells_what_it_promises_in_both_languages(key: str) -> None:
    swedish, english = phrase(key, "sv"), phrase(key, "en")
    assert swedish != english
    assert "{" not in swedish + english


def test_the_readme_gives_voters_the_same_words() -> None:
    page = " ".join(README.read_text("utf-8").split())
    for level in SecrecyLevel:
        for sentence in phrase(promises.of_level(level), "sv").split(". ")[:-1]:
            assert sentence.rstrip(".") in page
    for name in ("öppen", "`sluten`", "`forseglad`", "tvingar dig", "kvantdatorer"):
        assert name in page


def test_a_secret_division_in_an_urn_promises_what_the_level_sluten_does() -> None:
    assert promises.of_division(DivisionMethod.SECRET, urn=True) == promises.of_level(SecrecyLevel.CLOSED)
    assert promises.of_division(DivisionMethod.SECRET, urn=False) != promises.of_level(SecrecyLevel.CLOSED)
