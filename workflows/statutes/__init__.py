"""Statutes as data: paragraphs that people read, and the typed parameters that rules read.

A file holds one set; a level's set under the higher levels is `resolve`d into what its cases are tried by.
"""

from workflows.statutes.canonical import canonical_json
from workflows.statutes.deadlines import DeadlineRule, Derived, Period, TimeUnit
from workflows.statutes.errors import Fault, StatutesError, UnknownParagraphError, UnknownParameterError
from workflows.statutes.keys import PARAGRAPH_KEYS
from workflows.statutes.kinds import BodyKind, Level, MeetingKind, MotionCategory, Participant, Right, Sender, Until
from workflows.statutes.loader import from_json, from_plain, from_toml, load
from workflows.statutes.model import Statutes
from workflows.statutes.packaged import PACKAGED, packaged
from workflows.statutes.paragraph import Interpretation, Paragraph
from workflows.statutes.parameters import Parameters
from workflows.statutes.resolved import Overruled, Resolved, Source, resolve, valid_on

__all__ = [
    "PACKAGED",
    "PARAGRAPH_KEYS",
    "BodyKind",
    "DeadlineRule",
    "Derived",
    "Fault",
    "Interpretation",
    "Level",
    "MeetingKind",
    "MotionCategory",
    "Overruled",
    "Paragraph",
    "Parameters",
    "Participant",
    "Period",
    "Resolved",
    "Right",
    "Sender",
    "Source",
    "Statutes",
    "StatutesError",
    "TimeUnit",
    "UnknownParagraphError",
    "UnknownParameterError",
    "Until",
    "canonical_json",
    "from_json",
    "from_plain",
    "from_toml",
    "load",
    "packaged",
    "resolve",
    "valid_on",
]
