"""Signed notes: a text, an empty line, and signature lines (C2SP signed-note).

    vote.example/urn/v1
    3
    0xfpesLE2Zw8n5wr2OdNLMd6+z0oRyie0iWvDECxe2E=

    — vote.example/urn/v1 Sfn/KHP2hLc6…

A verifier key is written `name+id+key`: the id is the first four bytes of H(name ‖ 0A ‖ kind ‖ key) in hex, and the key
is base64 of its kind and 32 bytes. Lines by unknown keys are carried along and prove nothing.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_LONGEST = 1_000_000
_MOST_LINES = 100
ID_BYTES = 4


class NoteError(ValueError):
    """What was read is no signed note or no key; the text says why."""


class KeyKind(IntEnum):
    """What a key signs: a note's text, or a cosignature with its time."""

    ED25519 = 1
    COSIGNATURE = 4


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name with the public key that speaks for it."""

    name: str
    kind: KeyKind
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that lead to the key; they prove nothing."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        coded = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{coded}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+id+key`; raises NoteError when it is not one or its id is another key's."""
        name, identity, coded = [*text.split("+", 2), "", ""][:3]
        raw = _decoded(coded)
        if not _NAME.fullmatch(name) or len(raw) != 33 or raw[0] not in set(KeyKind):
            raise NoteError(f"{text!r} is no verifier key (name+id+key)")
        key = cls(name, KeyKind(raw[0]), raw[1:])
        if key.id.hex() != identity:
            raise NoteError(f"the id in {text!r} belongs to another key")
        return key

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the key made the signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """The secret half, under its name."""

    name: str
    kind: KeyKind
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, self.private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: whose it says it is, and the bytes."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.id + self.signature).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a line without its line feed; raises NoteError."""
        found = _LINE.fullmatch(text)
        raw = _decoded(found[2]) if found else b""
        if found is None or len(raw) <= ID_BYTES:
            raise NoteError(f"{text[:80]!r} is no signature line")
        return cls(found[1], raw[:ID_BYTES], raw[ID_BYTES:])

    def claims(self, key: VerifierKey) -> bool:
        """Whether the line says that it is by this key."""
        return self.name == key.name and self.id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a line feed, and the lines that sign it."""

    text: str
    lines: tuple[SignatureLine, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.lines)

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Read a note; raises NoteError for what is not one."""
        text, gap, signatures = raw.rpartition("\n\n")
        if len(raw) > _LONGEST or not gap or not text or not signatures.endswith("\n"):
            raise NoteError("a signed note is a text, an empty line and signature lines, each ended by a line feed")
        if any(ord(each) < 32 and each != "\n" for each in raw):
            raise NoteError("a signed note holds no control characters but line feeds")
        lines = signatures[:-1].split("\n")
        if len(lines) > _MOST_LINES:
            raise NoteError(f"more than {_MOST_LINES} signature lines")
        return cls(text + "\n", tuple(SignatureLine.parse(line) for line in lines))

    def by(self, key: VerifierKey) -> Iterable[bytes]:
        """The signatures that are said to be by this key, unverified."""
        return (line.signature for line in self.lines if line.claims(key))

    def with_lines(self, *lines: SignatureLine) -> Self:
        """The same text under more signatures."""
        return replace(self, lines=(*self.lines, *lines))


def sign(text: str, key: SignerKey) -> Note:
    """A note by an Ed25519 key."""
    signature = key.private.sign(text.encode())
    return Note(text, (SignatureLine(key.name, key.verifier.id, signature),))


def signed_by(note: Note, key: VerifierKey) -> bool:
    """Whether the key signed the note's text; a bad signature in its name beside a good one spoils both."""
    signatures = list(note.by(key))
    return bool(signatures) and all(key.verifies(each, note.text.encode()) for each in signatures)


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""
