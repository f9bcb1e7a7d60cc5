"""Why a file is no document that can be read, in words with the remedy."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from democracy.domain.numbered_text.reading import Note
from democracy.errors import DemocracyError


class DocumentFileError(DemocracyError):
    """A file that is refused as a whole: a code of `documents_*.toml` and its values."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.words("sv")

    def words(self, language: str) -> str:
        """What is wrong and what to do about it, in `sv` or `en`."""
        return _texts(language)["fault"][self.code].format(**self.params)


def note_words(note: Note, language: str) -> str:
    """What the reader guessed or left out, in `sv` or `en`."""
    return _texts(language)["note"][note.code.value].format(label=note.label, text=note.text)


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    source = files(__package__) / f"documents_{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
