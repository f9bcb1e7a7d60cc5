"""What people read about a count, in Swedish and English: one file each, with the same keys."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from democracy.counting.faults import CountError
from democracy.formats.ballot_faults import FileError

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, by section and code."""

    language: str
    texts: dict[str, dict[str, str]]

    def say(self, section: str, code: str, **values: Any) -> str:
        """One text with its values filled in."""
        return self.texts[section][code].format(**values)

    def fault(self, fault: FileError | CountError) -> str:
        """What is wrong, with the line if there is one."""
        text = self.say("fault", fault.code, **fault.params)
        line = fault.line if isinstance(fault, FileError) else None
        return text if line is None else self.say("fault", "line", line=line, text=text)

    def decimal(self, text: str) -> str:
        """A decimal as the language writes it."""
        return text.replace(".", ",") if self.language == "sv" else text

    def names(self, names: Any) -> str:
        """Names one after another."""
        return ", ".join(names)


@cache
def words(language: str) -> Words:
    """The texts of a language."""
    source = files(__package__) / f"counting_{language}.toml"
    return Words(language, tomllib.loads(source.read_text(encoding="utf-8")))
