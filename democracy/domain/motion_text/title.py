"""The title of a pasted motion, and what stands around it at the head."""

import re

from democracy.domain.motion_text.blocks import Block
from democracy.domain.motion_text.lead_ins import is_heading, is_label, lead_ins
from democracy.domain.motion_text.signature import is_signature

_LABEL = re.compile(
    r"(?P<label>[#*\s]*(?:motion(?:(?:\s+(?:nr\.?\s*)?[A-Z]{0,2}\d{1,4})(?=[\s:.–—-]|$)(?P<number>))?"
    r"(?:\s+till\s+[^:–—]{1,80}?)?"
    r"(?:\s*[:–—-]\s*(?:motion\s+)?(?:om\s+)?|\s+(?:om|angående|gällande|rörande|ang\.?)\s+|\.?\s*$|(?(number)\.?\s+|(?!)))"
    r"|(?:rubrik|titel)\s*:\s*|till\s+[^.:]{1,80}$))(?P<title>.*)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:motionär(?:er)?|av|från|avsändare|inlämnad\s+av)\s*:?\s.{1,100}", re.IGNORECASE)
_LONGEST = 150


def take_title(found: list[Block]) -> tuple[str, list[str], list[str], list[Block]]:
    """Part blocks into the title, labels before it, lines that name the mover, and the rest."""
    labels: list[str] = []
    rest = list(found)
    title = ""
    while rest and not title and not rest[0].mark and (match := _LABEL.fullmatch(rest[0].text)):
        labels.append(match["label"].strip())
        title = _as_title(match["title"])
        rest = rest[1:]
    if rest and not title and _may_be_title(rest[0]):
        title = _as_title(rest[0].text)
        rest = rest[1:]
    bylines = []
    while len(rest) > 1 and not rest[0].mark and _is_byline(rest[0].text):
        bylines.append(rest[0].text)
        rest = rest[1:]
    return title, labels, bylines, rest


def _may_be_title(block: Block) -> bool:
    text = block.text
    if block.mark or block.is_clause or is_heading(text) or is_label(text) or any(lead_ins(text, weak=True)):
        return False
    return len(text) <= _LONGEST and not text.endswith((".", ":", ";", ","))


def _as_title(text: str) -> str:
    bare = text.strip().strip("#*").strip()
    return bare[:1].upper() + bare[1:]


def _is_byline(text: str) -> bool:
    return (_BYLINE.fullmatch(text) is not None and not text.endswith(".")) or is_signature(text)
