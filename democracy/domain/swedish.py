"""Swedish order and Swedish search as plain text, so that every database compares the same bytes."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from snowballstemmer.swedish_stemmer import SwedishStemmer

# Letters that Swedish files under another letter than their base (CLDR's collation for Swedish). The three that come
# after z take the three characters after it in ASCII.
_FILED_AS = {
    **dict.fromkeys("å", "{"),
    **dict.fromkeys("äæę", "|"),
    **dict.fromkeys("öøőœô", "}"),
    **dict.fromkeys("üű", "y"),
    **dict.fromkeys("đð", "d"),
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
}
_SEARCHED_AS = str.maketrans(
    {"æ": "ä", "ø": "ö", "œ": "ö", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i"}
)
_LEVEL = "\x1f"  # below every character of a level, so that a shorter text comes first
_PLAIN = re.compile(r"[a-zåäö ]*")
_DASHES = frozenset("-‐‑‒–—/")
_WORD = re.compile(r"[^\W_]+(?::[^\W_]+)?(?:[-‐‑–/][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=[^\W\d_]):[a-zåäö]{1,4}\b")


def sort_key(text: str) -> str:
    """Return a key whose UTF-8 bytes sort as Swedish does.

    First by letters: case, accents and punctuation aside; w after v, å ä ö last, ü as y, æ as ä, ø as ö; numbers by
    their value; a space or a hyphen before every letter. Texts alike so far are told apart by their accents, then by
    their case, small letters first. The key holds no control character but the one between its levels.
    """
    clean = " ".join(_cleaned(text).split())
    folded = _folded(clean)
    accents = "" if _PLAIN.fullmatch(folded) else folded
    capitals = "".join("1" if each.isupper() else "0" for each in clean).rstrip("0")
    return _LEVEL.join((_letters(folded), accents, capitals))


def stems(text: str) -> frozenset[str]:
    """Return what a text is found by: its words and their Swedish stems, in small letters.

    Å, ä and ö are letters of their own ('lan' does not find 'lån'); other accents are kept and also dropped, so that
    'andre' finds 'André'. A hyphenated compound is found by its whole, written together, and by its parts.
    """
    found: set[str] = set()
    for word in _words(text):
        for form in (word, _without_accents(word)):
            found |= {form, _stem(form)}
    return frozenset(found)


def stem_list(text: str) -> list[str]:
    """Return `stems` as a list in a fixed order, for a column of words."""
    return sorted(stems(text))


def query_terms(text: str) -> tuple[str, ...]:
    """Return the terms that a search asks for: each must be the beginning of one of a text's `stems`.

    A hyphenated compound asks for its whole, written together. Whoever has typed only the beginning of a word finds it.
    """
    return tuple(dict.fromkeys(_stem(whole) for whole in _wholes(text)))


def _cleaned(text: str) -> str:
    """Compose the text and drop what nobody sees: control characters, soft hyphens, lone surrogates."""
    kept = (" " if each.isspace() else each for each in text)
    seen = "".join(each for each in kept if unicodedata.category(each) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFKC", seen)


def _folded(clean: str) -> str:
    return unicodedata.normalize("NFC", clean.casefold())


def _letters(folded: str) -> str:
    spaced = "".join(" " if each in _DASHES else each for each in folded)
    filed = "".join(_filed(each) for each in spaced)
    return re.sub(r"[0-9]+", lambda run: _number(run[0]), " ".join(filed.split()))


@lru_cache(maxsize=4096)
def _filed(character: str) -> str:
    """Return the letters under which one small letter is filed; nothing for punctuation."""
    if character in _FILED_AS:
        return _FILED_AS[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFD", character)
    if unicodedata.combining(parts[-1]) and len(parts) > 1:
        return _filed(unicodedata.normalize("NFC", parts[:-1]))
    return character if character.isalnum() or character == " " else ""


def _number(digits: str) -> str:
    """Put the count of digits before them, in characters that stay below the letters: 9 before 17."""
    value = digits.lstrip("0") or "0"
    whole, rest = divmod(len(value), 47)
    return "_" * whole + chr(ord("0") + rest) + value


def _wholes(text: str) -> Iterator[str]:
    """Give each word in small letters: a compound written together, one with a colon without its ending."""
    return ("".join(parts) for parts in _compounds(text))


def _words(text: str) -> Iterator[str]:
    """Give each word as `_wholes` does, and the parts of each compound."""
    for parts in _compounds(text):
        yield "".join(parts)
        yield from parts


def _compounds(text: str) -> Iterator[list[str]]:
    for match in _WORD.finditer(_folded(_cleaned(text))):
        yield _PART.findall(_ENDING.sub("", match[0]))


def _without_accents(word: str) -> str:
    return "".join(each if each in "åäö" else unicodedata.normalize("NFD", each)[0] for each in word).translate(
        _SEARCHED_AS
    )


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on in itself: one for each call costs nothing and is safe between threads.
    stemmed: str = SwedishStemmer().stemWord(word)
    return stemmed


def plain_word(text: str, between: str = "-") -> str:
    """A text in lower-case ASCII letters and digits, for codes and addresses: `Åmossen Södra` is `amossen-sodra`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return between.join(re.findall(r"[a-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c))))
