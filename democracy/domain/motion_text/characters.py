"""The characters of pasted text: what word processors and PDF files leave behind."""

import re
import unicodedata

_LINE_BREAKS = str.maketrans(
    {"\v": "\n", "\f": "\n", "\r": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x85": "\n", "\u2028": "\n"}
)
_SOFT_WRAP = re.compile("\u00ad *\n?")
_HANGING_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n *(?=(?:och|eller|samt|respektive)\b)")
_KEPT_HYPHEN = re.compile(r"(?<=[^\W_])-\n *(?=[A-ZÅÄÖ\d])")
_WRAP_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n *(?=[a-zåäöé])(?!att\b)")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def tidy(text: str) -> str:
    """Return the text with one kind of line break and space, without invisible characters, words unbroken again."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u2029", "\n\n").translate(_LINE_BREAKS)
    text = _SOFT_WRAP.sub("", text)
    text = "".join(_plain(each) for each in text)
    text = _HANGING_HYPHEN.sub("- ", text)
    text = _KEPT_HYPHEN.sub("-", text)
    return _WRAP_HYPHEN.sub("", text)


def _plain(character: str) -> str:
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character
