"""A ballot: what it says, how it is packed, sealed in layers, and read again.

msg    = u16(length) ‖ JCS{choices, code, own, v} ‖ zeros, `pad` bytes
info_i = domain ‖ "layer" ‖ 00 ‖ M ‖ u8(i) ‖ u32(slot if i = 1, else ffffffff)
ekm_i  = HKDF(voter seed, "ekm" ‖ 00 ‖ M ‖ u8(i))
b_i    = Seal(pk_i, info_i, b_{i+1}; ekm_i), i = k+1 … 1; b_{k+2} = msg; pk_{k+1} = the urn's key
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from democracy.ballotbox import hpke
from democracy.ballotbox.canonical import CanonicalError, canonical, parse
from democracy.ballotbox.keys import DOMAIN, derive
from democracy.ballotbox.manifest import Manifest, Question

# A canonical ballot always looks like this; what stands before the code is then parsed and held against the questions.
_BODY = re.compile(rb'(\{"choices":.*),"code":"([A-Z2-7]{16})","own":"([0-9]{0,4})","v":1\}', re.DOTALL)
_NO_SLOT = b"\xff" * 4
_LENGTH = 2


class SpoiltError(ValueError):
    """What opened is no ballot for this urn; the text says why."""


@dataclass(frozen=True)
class Body:
    """A ballot in the clear: options per question (none for blank), a random code, and the voter's own digits."""

    choices: Mapping[str, tuple[str, ...]]
    code: str
    own: str = ""

    @cached_property
    def text(self) -> bytes:
        """Its canonical JSON, as the list of opened ballots has it."""
        choices = {question: list(options) for question, options in self.choices.items()}
        return canonical({"choices": choices, "code": self.code, "own": self.own, "v": 1})

    @property
    def code_line(self) -> str:
        """The code with the voter's digits, as everybody may see it."""
        return f"{self.code} {self.own}"

    def message(self, manifest: Manifest) -> bytes:
        """The padded message; raises SpoiltError if this is no ballot for the urn's questions."""
        text = self.text
        self.read(text, manifest.questions)
        if len(text) > manifest.pad - _LENGTH:
            raise SpoiltError("longer than any ballot can be")
        return (len(text).to_bytes(_LENGTH, "big") + text).ljust(manifest.pad, b"\x00")

    @classmethod
    def read(cls, text: bytes, questions: list[Question]) -> "Body":
        """The ballot of a canonical text, if it fits the questions; raises SpoiltError."""
        return Reader(questions).read(text)


class Reader:
    """Reads ballots on the same questions, each choice once however many made it."""

    def __init__(self, questions: list[Question]) -> None:
        self._questions = questions
        self._known: dict[bytes, Mapping[str, tuple[str, ...]]] = {}

    def unpack(self, message: bytes) -> Body:
        """The ballot in a message; raises SpoiltError."""
        length = int.from_bytes(message[:_LENGTH], "big")
        text, rest = message[_LENGTH : _LENGTH + length], message[_LENGTH + length :]
        if len(text) != length or rest.strip(b"\x00"):
            raise SpoiltError("the message is not padded as messages are")
        return self.read(text)

    def read(self, text: bytes) -> Body:
        """The ballot of a canonical text, if it fits the questions; raises SpoiltError."""
        found = _BODY.fullmatch(text)
        if found is None:
            raise SpoiltError("not choices, a code in base32, at most four digits, and nothing else, in canonical form")
        choices = self._known.get(found[1])
        if choices is None:
            choices = self._known[found[1]] = self._chosen(found[1])
        body = Body(choices, found[2].decode(), found[3].decode())
        body.__dict__["text"] = text  # it is the canonical one: there is no need to write it again
        return body

    def _chosen(self, text: bytes) -> Mapping[str, tuple[str, ...]]:
        try:
            value = parse(text + b"}")
        except CanonicalError as error:
            raise SpoiltError(str(error)) from None
        choices = value["choices"] if value.keys() == {"choices"} else None
        if not isinstance(choices, dict) or choices.keys() != {each.id for each in self._questions}:
            raise SpoiltError("not the urn's questions")
        return {each.id: _fitting(each, choices[each.id]) for each in self._questions}


def _fitting(question: Question, chosen: Any) -> tuple[str, ...]:
    if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
        raise SpoiltError(f"question {question.id}: not a list of options")
    if len(chosen) > 1 and question.kind in {"one", "text"}:
        raise SpoiltError(f"question {question.id}: more than one")
    if question.kind == "text":
        _short_enough(question, chosen)
    elif not set(chosen) <= set(question.options) or len(set(chosen)) != len(chosen):
        raise SpoiltError(f"question {question.id}: an option that there is not, or twice")
    elif question.kind == "some" and sorted(chosen, key=question.options.index) != chosen:
        raise SpoiltError(f"question {question.id}: options in another order than asked")
    return tuple(chosen)


def _short_enough(question: Question, chosen: list[str]) -> None:
    limit = 0 if question.most is msgspec.UNSET else question.most
    if any(not each or len(canonical(each)) - 2 > limit for each in chosen):
        raise SpoiltError(f"question {question.id}: an empty text or one of more than {limit} bytes")


def layer_info(m: bytes, i: int, slot: int) -> bytes:
    """What binds a layer to its urn and place, and the outermost one to its slot too."""
    place = slot.to_bytes(4, "big") if i == 1 else _NO_SLOT
    return DOMAIN + b"layer\x00" + m + bytes([i]) + place


def layer_ekm(seed: bytes, m: bytes, i: int) -> bytes:
    """What the ephemeral key of a layer is made from. It opens nothing but proves what was sealed."""
    return derive(seed, b"ekm\x00" + m + bytes([i]))


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as the voter's client keeps it: its number, its ephemeral key's material, and its bytes b_i."""

    i: int
    ekm: bytes
    box: bytes


def seal_layer(manifest: Manifest, m: bytes, i: int, slot: int, inner: bytes, ekm: bytes) -> bytes:
    """b_i around b_{i+1}."""
    return hpke.seal(manifest.layer_key(i), layer_info(m, i, slot), inner, ekm)


def seal(manifest: Manifest, m: bytes, slot: int, seed: bytes, message: bytes) -> list[Layer]:
    """All layers, from b_1, which is cast, to b_{k+1}."""
    layers, inner = [], message
    for i in range(manifest.k + 1, 0, -1):
        ekm = layer_ekm(seed, m, i)
        inner = seal_layer(manifest, m, i, slot, inner, ekm)
        layers.append(Layer(i, ekm, inner))
    return layers[::-1]
