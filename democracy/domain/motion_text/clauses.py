"""Att-satser out of running text, each in the one form: "att … ." """

import re

from democracy.domain.motion_text.lead_ins import ATT, JOINED_ATT

_SEPARATOR = re.compile(
    rf"\s*[,;.]\s+(?P<joint>(?:(?:och|samt)\s+dels|och|samt|dels)\s+)?(?={ATT})"
    rf"|\s+(?P<bare>(?:(?:och|samt)\s+dels|samt|dels)\s+)(?={ATT})",
    re.IGNORECASE,
)
_ATT = re.compile(rf"\b{ATT}", re.IGNORECASE)
_AND_ATT = re.compile(rf"\s+och\s+(?={ATT})")
_NUMBER = re.compile(rf"[\s,;]+(?P<mark>\(?(?:\d{{1,2}}|[a-z])[.)]\s*)(?={ATT})", re.IGNORECASE)
_SENTENCE_END = re.compile(rf"(?<=[.!?])['\"»«”’)]*\s+(?=['\"»”(]*[A-ZÅÄÖ])(?!{ATT})(?!Att\b)")
_ABBREVIATION = re.compile(
    r"\b(?:t\.\s?ex|bl\.\s?a|m\.\s?fl|m\.\s?m|s\.\s?k|f\.\s?d|ca|kl|nr|st|resp|jfr|dvs|ang)\.$", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:[\s,;:!?…]|[,\s](?P<joint>(?:och|samt)(?:\s+dels)?|dels)(?=[\s,;:.]*$))+$", re.IGNORECASE)
_ENDED = re.compile(r"\.['\"»«”’)]*$")


def run_of_clauses(text: str) -> tuple[str, str]:
    """Part the sentence of att-satser that begins a text from the sentences after it."""
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[: match.start()].rstrip("'\"»«”’)")):
            end = match.end()
            return text[:end].rstrip(), text[end:]
    return text, ""


def parted(text: str, *, running: bool) -> tuple[list[str], list[str]]:
    """Part "att …, att … samt att …" into its att-satser; also give the words between that fall away.

    A plain "och att" parts only running text, and only where no other att comes between.
    """
    pieces, joints = _cut(text, _NUMBER if _NUMBER.search(text) else _SEPARATOR)
    if not running:
        return pieces, joints
    parts: list[str] = []
    for piece in pieces:
        cut = _and_att(piece)
        joints.extend(["och"] * (len(cut) - 1))
        parts.extend(cut)
    return parts, joints


def as_clause(text: str) -> tuple[str, list[str]]:
    """Return the att-sats in its one form, empty if nothing is said, and the words that fell away."""
    joints: list[str] = []
    if match := JOINED_ATT.match(text):
        joints.extend(filter(None, [(match["joint"] or "").strip()]))
        text = text[match.end() :].lstrip(" :,")
    elif text[1:2].islower():
        text = text[0].lower() + text[1:]
    if match := _TRAILING.search(text):
        joints.extend(re.findall(r"\w+", match[0]))
        text = text[: match.start()]
    if not re.search(r"\w", text):
        return "", [*joints, "att"]
    return f"att {text}" + ("" if _ENDED.search(text) else "."), joints


def _cut(text: str, separator: re.Pattern[str]) -> tuple[list[str], list[str]]:
    pieces: list[str] = []
    joints: list[str] = []
    start = 0
    for match in separator.finditer(text):
        pieces.append(text[start : match.start()])
        joints.extend(each.strip() for each in match.groups() if each)
        start = match.end()
    return [*pieces, text[start:]], joints


def _and_att(piece: str) -> list[str]:
    parts: list[str] = []
    while (match := _AND_ATT.search(piece)) and len(_ATT.findall(piece, 0, match.start())) == 1:
        parts.append(piece[: match.start()])
        piece = piece[match.end() :]
    return [*parts, piece]
