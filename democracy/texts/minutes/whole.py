"""The minutes as a whole: the same record and wordings give the same text, every time."""

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.record.meeting import MeetingRecord
from democracy.texts.minutes.annex import annex_section
from democracy.texts.minutes.head import head_section
from democracy.texts.minutes.items import item_section
from democracy.texts.minutes.section import Section, composed
from democracy.texts.minutes.told import Told


def sections(record: MeetingRecord, zone: ZoneInfo) -> tuple[Section, ...]:
    """The head, every § in its order, the annex."""
    told = Told(record, zone)
    numbered = sorted((each for each in record.items if each.number is not None), key=lambda each: each.number or 0)
    annex = annex_section(told)
    return (head_section(told), *(item_section(told, each) for each in numbered), *([annex] if annex else []))


def whole(parts: tuple[Section, ...], wordings: Mapping[UUID | None, str]) -> str:
    """The text that is signed, in Markdown, with marks for names. `wordings` holds the secretary's, by item."""
    annex = parts[-1] if len(parts) > 1 and parts[-1].number is None else None
    return "\n".join(composed(each, None if each is annex else wordings.get(each.item_id)) for each in parts)
