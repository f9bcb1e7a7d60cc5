"""Every template and every phrase, in both languages."""

import string
from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from democracy.texts.pages import letter, page
from democracy.texts.words import LANGUAGES, phrase, phrases

VALUES = {
    "given_name": "Åsa <b>",
    "link": "https://example.org/password#KOD",
    "page": "https://example.org/password",
    "code": "KOD",
    "expires": "i morgon",
    "changed": "i dag",
    "title": "Fler bussar",
    "meeting": "Distriktsårskonferens 2026",
    "receipt": "12",
    "received": "i dag",
    "starts": "21 mars 2026 kl. 10.00",
    "place": "Folkets hus",
    "substitute": "yes",
    "note": "Brödtexten saknas.",
    "due": "i övermorgon",
    "decision": "DS § 8",
    "unit": "Norrvikens partidistrikt",
    "closes": "i morgon",
    "reason": "Fel fråga.",
    "voted": "digital",
    "subject": "Ärendet väntar",
    "text": "Logga in och läs.",
    "own": "yes",
    "body": "Distriktsstyrelsen",
    "last": "31 mars 2027",
}
NAMES = sorted(
    {
        tuple(each.name.split(".")[:2])
        for each in files("democracy.texts").joinpath("templates").iterdir()
        if each.name.endswith(".txt")
    }
)


def _placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "channel"), NAMES)
def test_every_page_is_written_in_both_languages(name: str, channel: str, language: str) -> None:
    written = page(name, channel, language, **VALUES)
    assert written.subject
    assert "\n" not in written.subject
    assert "Åsa <b>" in written.body
    assert "{" not in written.body
    assert written != page(name, channel, "en" if language == "sv" else "sv", **VALUES)


def test_a_page_with_a_value_missing_is_not_sent() -> None:
    with pytest.raises(UndefinedError):
        page("password_link", "mail", "sv", given_name="Åsa")


def test_a_reader_of_another_language_gets_swedish() -> None:
    assert page("password_link", "mail", "fi", **VALUES) == page("password_link", "mail", "sv", **VALUES)


def test_a_letter_says_what_was_written_and_never_runs_it() -> None:
    html = letter(language="sv", subject="Hej", name="<script>", address="Gatan 1", date="i dag", body="1 < 2")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "1 &lt; 2" in html


def test_both_languages_have_the_same_phrases_with_the_same_placeholders() -> None:
    swedish, english = phrases("sv"), phrases("en")
    assert swedish.keys() == english.keys()
    for code in swedish:
        assert _placeholders(swedish[code]) == _placeholders(english[code])


def test_a_phrase_is_filled_with_its_values() -> None:
    assert "12" in phrase("password_short", "sv", shortest=12)
    assert phrase("link_invalid", "fi") == phrases("sv")["link_invalid"]
