"""What a DOCX file may be: a small zip without macros, passwords, definitions or things fetched from elsewhere."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from democracy.formats.documents.faults import DocumentFileError

MOST_UNPACKED: Final = 48_000_000
"""Bytes of all parts together."""
MOST_XML: Final = 12_000_000
"""Bytes of one part that is parsed; an annual plan of 200 pages has less than two million."""
MOST_PARTS: Final = 2_000
_MEGABYTE = 1_000_000
_MACROS = re.compile(r"vbaProject|vbaData|macroEnabled|\.bin$", re.IGNORECASE)
_DEFINITIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_RELATION = re.compile(rb"<[^<>]*\bRelationship\b[^<>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']")
_CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")


def check_package(data: bytes) -> None:
    """Refuse what is unsafe or unclear, before anything is parsed. Raises DocumentFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive.infolist())
            _check_names(archive)
            for name, content in _xml_parts(archive):
                _check_part(name, content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise DocumentFileError("damaged") from error
    except RuntimeError as error:
        # zipfile's word for a file that needs a password
        raise DocumentFileError("encrypted") from error


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    # A part never gives more bytes than its entry says: zipfile stops there and compares the checksum.
    xml = max((part.file_size for part in parts if _is_xml(part.filename)), default=0)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or xml > MOST_XML:
        raise DocumentFileError("unpacks_too_large", most=MOST_UNPACKED // _MEGABYTE)


def _check_names(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise DocumentFileError("encrypted")
    if "[Content_Types].xml" not in names:
        raise DocumentFileError("other_office" if "mimetype" in names else "wrong_type")
    if "word/document.xml" not in names:
        raise DocumentFileError("other_office")
    if any(_MACROS.search(name) for name in names):
        raise DocumentFileError("macros")


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    yield from ((name, archive.read(name)) for name in archive.namelist() if _is_xml(name))


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _check_part(name: str, content: bytes) -> None:
    if any(each in content for each in _DEFINITIONS):
        raise DocumentFileError("entities")
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise DocumentFileError("macros")
    if name.lower().endswith(".rels"):
        for relation in _RELATION.findall(content):
            if _EXTERNAL.search(relation) and not _HYPERLINK.search(relation):
                target = _TARGET.search(relation)
                raise DocumentFileError(
                    "external", target=target[1].decode("utf-8", "replace")[:200] if target else "?"
                )
    if name == "word/document.xml" and _CHANGE.search(content):
        raise DocumentFileError("tracked_changes")
