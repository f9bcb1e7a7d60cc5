"""How strongly a rule binds, and who may set it aside."""

from enum import StrEnum


class Force(StrEnum):
    """What a rule rests on. Decides whether, and by whom, it can be waived."""

    LAW = "law"
    """Swedish or European law: never waived."""
    INTEGRITY = "integrity"
    """Without it the record would lie (two outcomes, a vote outside the roll): never waived."""
    STATUTE = "statute"
    """The organisation's statutes: waived only as the statutes themselves say."""
    MEETING_ORDER = "meeting_order"
    """The meeting's own order: the meeting may waive it."""
    CUSTOM = "custom"
    """Good order: broken, it is a warning and stops nothing."""


class Role(StrEnum):
    """What somebody is in relation to one case. Roles are facts of the case, never of a session."""

    ANYONE = "anyone"
    MEMBER = "member"
    MOVER = "mover"
    INVITED = "invited"
    BOARD = "board"
    SECRETARY = "secretary"
    STAFF = "staff"
    DELEGATE = "delegate"
    ATTENDEE = "attendee"
    """Checked in at the meeting."""
    SPEAKER = "speaker"
    PROPOSER = "proposer"
    VOTER = "voter"
    """Checked in with a vote, and not barred where an item is the case."""
    PRESIDIUM = "presidium"
    MEETING_SECRETARY = "meeting_secretary"
    TELLER = "teller"
    VERIFIER = "verifier"
    """Justerare: verifies the minutes."""
    CONCERNED = "concerned"
    """The person whom the case is about."""
    SIGNATORY = "signatory"
    """Asked to sign the minutes, or a part of them."""
    RESPONSIBLE = "responsible"
    AUDITOR = "auditor"
    SCRUTINEER = "scrutineer"
    """Valkontrollant: sees to a vote."""
    BRANCH_OFFICER = "branch_officer"
    """Chair or secretary of a branch, acting for it."""
    CLOCK = "clock"
    OPERATOR = "operator"
