"""Files about an urn as people hand them around: read, or refused with the name of the file and where to get it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from democracy.ballotbox.bundle import Bundle, read_bundle
from democracy.ballotbox.claims import MixClaim, read_claim
from democracy.ballotbox.faults import FileError
from democracy.ballotbox.receipt import Receipt
from democracy.ballotbox.trust import Trust, read_trust

Read = TypeVar("Read")

_URN = (
    "är ingen urna. Hämta den på serverns adress, /urns/ID/bundle.zip, eller be den som driver servern"
    " (democracy urn bundle)"
)
_KEYS = (
    "är ingen fil med betrodda nycklar. Du får den på annat sätt än urnan: uppläst, tryckt eller av någon som du litar"
    " på (democracy urn trust)"
)
_CLAIM = "är varken ett anspråk eller ett kvitto. Ditt röstprogram skriver anspråket när det inte hittar din röst"


def urn_in(path: Path) -> Bundle:
    """An urn; raises FileError."""
    return _read(path, read_bundle, _URN)


def keys_in(path: Path) -> Trust:
    """The keys to hold an urn against; raises FileError."""
    return _read(path, lambda found: read_trust(found.read_bytes()), _KEYS)


def claim_in(path: Path) -> MixClaim | Receipt:
    """What somebody says was done to their ballot; raises FileError."""
    return _read(path, lambda found: read_claim(found.read_bytes()), _CLAIM)


def _read(path: Path, read: Callable[[Path], Read], words: str) -> Read:
    try:
        return read(path)
    except FileError as error:
        raise FileError(f"{path.name} {words}. ({error})") from None
