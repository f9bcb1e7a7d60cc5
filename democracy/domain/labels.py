"""What the chair calls proposals: A, B, C …; B1 and B2 where they are variants of one another."""

import re
from collections.abc import Collection, Iterator
from itertools import count
from string import ascii_uppercase


def letters() -> Iterator[str]:
    """A to Z, then AA, AB …"""
    for number in count():
        label, rest = "", number
        while rest >= 0:
            label = ascii_uppercase[rest % 26] + label
            rest = rest // 26 - 1
        yield label


def letter_of(label: str) -> str:
    """The letter that variants share: B for B, B1 and B2."""
    return re.sub(r"\d+$", "", label)


def next_letter(taken: Collection[str]) -> str:
    """The first letter that no proposal has, not even with a number."""
    used = {letter_of(each) for each in taken}
    return next(each for each in letters() if each not in used)


def next_variant(letter: str, taken: Collection[str]) -> str:
    """The next numbered label under a letter: B1 is for the first, so a second is B2."""
    return next(label for number in count(1) if (label := f"{letter}{number}") not in taken)


def reconciled(sources: Collection[str], taken: Collection[str]) -> str:
    """What a reconciliation of these is called: their common letter where it is free, else the next one."""
    shared = {letter_of(each) for each in sources}
    letter = next(iter(shared))
    return letter if len(shared) == 1 and letter not in taken else next_letter(taken)


def label_key(label: str) -> tuple[int, str, int]:
    """Sorts labels as they are read: A, B1, B2, B10, C … AA."""
    letter = letter_of(label)
    return len(letter), letter, int(label[len(letter) :] or 0)
