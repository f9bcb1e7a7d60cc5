"""Statutes from a TOML file or from canonical JSON. Every fault at once, with file, key and remedy."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflows.statutes.canonical import FORMAT
from workflows.statutes.codec import FAULTY, Decoder
from workflows.statutes.errors import Fault, StatutesError
from workflows.statutes.kinds import Level
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Interpretation, Paragraph
from workflows.statutes.tree import covers, known, split


@dataclass(frozen=True)
class _Head:
    """Everything in a file but its paragraphs and parameters."""

    format: int
    name: str
    organisation: str
    level: Level
    language: str
    valid_from: date
    source: str
    sources: Mapping[str, str]
    open: tuple[str, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise ValueError(f"this program reads format {FORMAT}: write format = {FORMAT}")


def load(path: Path) -> Statutes:
    """Read a TOML file, or a JSON file as `canonical_json` writes it. StatutesError if it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StatutesError(
            Fault(path.name, "(file)", f"it cannot be read ({error}).", "Give a readable UTF-8 file.")
        ) from error
    return from_json(text, path.name) if path.suffix == ".json" else from_toml(text, path.name)


def from_toml(text: str, file: str) -> Statutes:
    """Statutes out of the text of a TOML file; `file` is what faults call it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StatutesError(Fault(file, "(file)", f"it is no TOML: {error}.", "Correct that line.")) from error
    return from_plain(document, file)


def from_json(text: str, file: str = "JSON") -> Statutes:
    """Statutes out of canonical JSON."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise StatutesError(Fault(file, "(file)", f"it is no JSON: {error}.", "Correct that line.")) from error
    return from_plain(document, file)


def from_plain(document: Any, file: str) -> Statutes:
    """Statutes out of nested tables, in the shape of a file."""
    decoder = Decoder(file)
    if not isinstance(document, Mapping):
        raise StatutesError(Fault(file, "(top)", "it is no table.", "Write name = value."))
    tables = {name: document.get(name, {}) for name in ("paragraphs", "parameters")}
    head = decoder.decode(_Head, {name: each for name, each in document.items() if name not in tables}, "")
    paragraphs = _paragraphs(tables["paragraphs"], document.get("valid_from"), decoder)
    settings = split(tables["parameters"], decoder)
    if head is not FAULTY:
        _check_paths(head, settings, decoder)
    if decoder.faults:
        raise StatutesError(*decoder.faults)
    return _statutes(head, paragraphs, settings)


def _statutes(head: _Head, paragraphs: dict[str, Paragraph], settings: dict[str, Any]) -> Statutes:
    return Statutes(
        name=head.name,
        organisation=head.organisation,
        level=head.level,
        language=head.language,
        valid_from=head.valid_from,
        source=head.source,
        paragraphs=MappingProxyType(paragraphs),
        settings=MappingProxyType(settings),
        sources=head.sources,
        open=head.open,
        interpretations=head.interpretations,
    )


def _paragraphs(tables: Any, valid_from: Any, decoder: Decoder) -> dict[str, Paragraph]:
    if not isinstance(tables, Mapping):
        decoder.fault("paragraphs", "it is no table.", "Write [paragraphs.<key>] and its fields.")
        return {}
    first_day = Decoder("").decode(date, valid_from, "")
    default = {"valid_from": date.min if first_day is FAULTY else first_day}
    return {key: _paragraph(key, content, default, decoder) for key, content in tables.items()}


def _paragraph(key: str, content: Any, default: dict[str, Any], decoder: Decoder) -> Any:
    where = f"paragraphs.{key}"
    if not isinstance(content, dict):
        return decoder.fault(where, f"{content!r} is no table.", "Write number, text, verified and source.")
    if "key" in content:
        decoder.fault(f"{where}.key", "the key stands in the heading.", "Remove this line.")
    return decoder.decode(Paragraph, default | content | {"key": key}, where)


def _check_paths(head: _Head, settings: Mapping[str, Any], decoder: Decoder) -> None:
    for where, paths in (("sources", tuple(head.sources)), ("open", head.open)):
        for path in paths:
            if not known(path):
                decoder.fault(f"{where}.{path}", "there is no such parameter.", "Correct the path or remove it.")
    for path in head.open:
        if not any(covers(path, each) for each in settings):
            decoder.fault(f"open.{path}", "this set does not set it, so it is open anyway.", "Remove it here.")
    for path in sorted(settings):
        if not any(covers(prefix, path) for prefix in head.sources):
            decoder.fault(f"sources.{path}", "no paragraph is named that this rests on.", f'Write "{path}" = "<key>".')
    for index, each in enumerate(head.interpretations):
        if each.parameter not in settings:
            decoder.fault(
                f"interpretations[{index}].parameter",
                f"{each.parameter!r} is not set here.",
                "Name a parameter of this file, and set it as interpreted.",
            )
