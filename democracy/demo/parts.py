"""The parts that people play in bodies above the branches, and who may be tried out."""

from dataclasses import dataclass

from democracy.domain.kinds import MandateRole

BOARD_CHAIR = "Majken Solmyr"
SECRETARY = "Greta Hallmyr"
"""The district board's secretary, through whose hands every motion goes."""
BOARD_MEMBER = "Lo Sandgren"
PRESIDIUM = "Kerstin Tallrot"
MEETING_SECRETARY = "Rami Lundhammar"
AUDITOR = "Britt-Marie Sälgås"
CONTACT = "Hjördis Kvarnhed"
"""Leads the contact persons, who have something to report."""
DELEGATE = "Nils-Erik Sjöhage"
WRITER = "Sofia Ängvide"
"""A member without any other part."""
DRAFTING = "Gun-Britt Lundhammar"
INVITED = "Emil Brunnvik"
PARTY_SECRETARY = "Rut Ekfors"
ELSEWHERE = "Partiföreningen Havsbo"
"""Where those belong who belong to another district."""
LED = "Partiföreningen Granvik"
"""A branch with an annual meeting to come."""

STAFF_NAME = "Malin Åsbrink"
STAFF_EMAIL = "malin.asbrink@norrviken.example"

PLACES = (
    # Body, name, role, in addition to those of the content.
    ("norrviken/district_conference", PRESIDIUM, MandateRole.CHAIR),
    ("norrviken/district_conference", MEETING_SECRETARY, MandateRole.SECRETARY),
    ("norrviken/election_conference", PRESIDIUM, MandateRole.CHAIR),
    ("norrviken/election_conference", MEETING_SECRETARY, MandateRole.SECRETARY),
    ("norrviken/kontaktpersonerna", CONTACT, MandateRole.CHAIR),
    ("norrviken/board", "Wira Edholt", MandateRole.INTERNAL_FEMINISM),
    ("parti/board", PARTY_SECRETARY, MandateRole.SECRETARY),
    ("parti/board", "Idris Norrbåge", MandateRole.CHAIR),
    ("parti/board", "Samira Haldin", MandateRole.TREASURER),
    ("parti/board", "Elin Rosvik", MandateRole.MEMBER),
    ("parti/board", "Per-Ola Tegnvik", MandateRole.MEMBER),
    ("parti/congress", "Yusuf Ekfors", MandateRole.CHAIR),
    ("parti/congress", "Inga Malmrot", MandateRole.SECRETARY),
)


@dataclass(frozen=True)
class Part:
    """Somebody to sign in as."""

    login: str
    """Member number, or an employee's e-mail address."""
    name: str
    swedish: str
    english: str
