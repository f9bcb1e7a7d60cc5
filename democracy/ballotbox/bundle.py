"""The bundle: everything of an urn that can be verified without its server, as one ZIP file.

    bundle.json        {"format": "democracy-urn-bundle/1"}
    log                the leaves, one canonical JSON object a line, in the log's order
    checkpoints.json   signed notes as a JSON array of strings, oldest first
    lists/0 … lists/k  L_0 (for the first mixer and auditors) to L_k: records of one size, one after the other
    final              F, the opened ballots; codes, their codes; protocol.json, the count
    secret             the urn key in hex, where it goes to auditors only

What is not there is not checked, and the verifier says so.
"""

import json
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from democracy.ballotbox.faults import FileError

FORMAT = "democracy-urn-bundle/1"
MOST_BYTES = 1 << 30
"""The most that one file of a bundle may hold."""
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError)
"""What reading a ZIP file that is damaged or made up can raise."""
_MOST_FILES = 300
_LIST = re.compile(r"lists/(0|[1-9][0-9]{0,2})")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN = ("final", "codes", "protocol.json", "secret")


@dataclass(frozen=True)
class Bundle:
    """An urn's log and files."""

    leaves: tuple[bytes, ...]
    checkpoints: tuple[str, ...] = ()
    lists: dict[int, bytes] = field(default_factory=dict)
    final: bytes | None = None
    codes: bytes | None = None
    protocol: bytes | None = None
    secret: bytes | None = None

    def public(self) -> "Bundle":
        """What everybody may have: without L_0, and without the ballots where the urn key is for auditors only."""
        lists = {i: data for i, data in self.lists.items() if i}
        if self.secret is None:
            return Bundle(self.leaves, self.checkpoints, lists, self.final, self.codes, self.protocol)
        return Bundle(self.leaves, self.checkpoints, lists, None, self.codes, self.protocol)


def write_bundle(bundle: Bundle, file: Path | BinaryIO) -> None:
    """Write a bundle. The same bundle gives the same bytes."""
    plain = (bundle.final, bundle.codes, bundle.protocol, bundle.secret and bundle.secret.hex().encode())
    files = {
        "bundle.json": json.dumps({"format": FORMAT}).encode(),
        "log": b"".join(each + b"\n" for each in bundle.leaves),
        "checkpoints.json": json.dumps(list(bundle.checkpoints), ensure_ascii=False, indent=0).encode(),
        **{f"lists/{i}": data for i, data in sorted(bundle.lists.items())},
        **{name: data for name, data in zip(_PLAIN, plain, strict=True) if data is not None},
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            # What is sealed does not get smaller by packing.
            packing = zipfile.ZIP_STORED if name.startswith("lists/") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), data, packing)


def read_bundle(file: Path | BinaryIO) -> Bundle:
    """Read a bundle; raises FileError for what is none. Nothing in it is believed yet."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = {each.filename: _content(archive, each) for each in _members(archive)}
    except ZIP_FAULTS as error:
        raise FileError(f"no bundle can be read: {error}") from None
    if _json(files, "bundle.json") != {"format": FORMAT}:
        raise FileError(f"not a bundle in the format {FORMAT}")
    log, notes = files.get("log", b""), _json(files, "checkpoints.json")
    if (log and not log.endswith(b"\n")) or not isinstance(notes, list) or not all(isinstance(n, str) for n in notes):
        raise FileError("the log or its checkpoints are cut off")
    lists = {int(found[1]): data for name, data in files.items() if (found := _LIST.fullmatch(name))}
    rest = {name.removesuffix(".json"): files.get(name) for name in _PLAIN[:3]}
    return Bundle(tuple(log.split(b"\n")[:-1]), tuple(notes), lists, **rest, secret=_secret(files.get("secret")))


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    names = [each.filename for each in members]
    known = {"bundle.json", "log", "checkpoints.json", *_PLAIN}
    strange = [name for name in names if name not in known and not _LIST.fullmatch(name)]
    if len(set(names)) != len(names) or strange or len(names) > _MOST_FILES:
        raise FileError(f"a bundle does not hold {strange[0] if strange else 'a file twice'!r}")
    return members


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileError(f"{member.filename} is larger than {MOST_BYTES} bytes")
    return data


def _json(files: dict[str, bytes], name: str) -> object:
    try:
        found: object = json.loads(files.get(name, b""))
    except (ValueError, RecursionError):
        raise FileError(f"{name} is missing or no JSON") from None
    return found


def _secret(data: bytes | None) -> bytes | None:
    try:
        return None if data is None else bytes.fromhex(data.decode("ascii"))
    except ValueError:
        raise FileError("the urn key is not written in hex") from None
