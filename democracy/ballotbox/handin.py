"""What a key holder hands in after mixing, a signed leaf and a list in one ZIP file, and how the server takes it."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from democracy.ballotbox.bundle import MOST_BYTES, ZIP_FAULTS
from democracy.ballotbox.faults import Code, FileError, UrnError
from democracy.ballotbox.leaves import Mix, read
from democracy.ballotbox.mixing import split
from democracy.ballotbox.story import Story, check_order, check_signatures, read_log
from democracy.ballotbox.verifier.lists import Lists, check_lists, check_mixes

_NAMES = ("leaf", "list")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class HandIn:
    """A leaf `mix` and the records of its list."""

    leaf: bytes
    records: bytes


def write_handin(handin: HandIn, file: Path | BinaryIO) -> None:
    """Write a hand-in. The same one gives the same bytes."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in zip(_NAMES, (handin.leaf, handin.records), strict=True):
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), data)


def read_handin(file: Path | BinaryIO) -> HandIn:
    """Read a hand-in; raises FileError."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sorted(archive.namelist()) != sorted(_NAMES):
                raise FileError("a hand-in holds a leaf and a list")
            if any(each.file_size > MOST_BYTES for each in archive.infolist()):
                raise FileError("the hand-in is too large")
            return HandIn(*(archive.read(name) for name in _NAMES))
    except ZIP_FAULTS as error:
        raise FileError(f"no hand-in can be read: {error}") from None


def take_in(story: Story, lists: Lists, handin: HandIn) -> list[bytes]:
    """The records of the next list, if the hand-in is in order and its turn has come; raises UrnError.

    The server then appends the leaf, stores the list, and lets the witnesses see it before the next one mixes.
    """
    leaf = read(len(story.entries), handin.leaf).leaf
    if not isinstance(leaf, Mix):
        raise UrnError(Code.E_ORDER, "what is handed in is no mix")
    longer = read_log([*(each.data for each in story.entries), handin.leaf])
    check_order(longer)
    check_signatures(longer)
    try:
        records = split(handin.records, story.manifest.record_bytes(leaf.mixer))
    except ValueError as error:
        raise UrnError(Code.E_LIST, str(error)) from None
    with_new = {**lists, leaf.mixer: records}
    check_lists(longer, with_new)
    check_mixes(longer, with_new)
    return records
