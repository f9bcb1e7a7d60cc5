"""The parts that people play in bodies above the branches, and who may be tried out."""

from dataclasses import dataclass

from democracy.demo.cast import Cast, board_of
from democracy.demo.content import Content
from democracy.domain.kinds import MandateRole
from workflows.proceedings import OfficerRole

BOARD_CHAIR = "Majken Solmyr"
SECRETARY = "Greta Hallmyr"
"""The district board's secretary, through whose hands every motion goes."""
BOARD_MEMBER = "Lo Sandgren"
PRESIDIUM = "Kerstin Tallrot"
MEETING_SECRETARY = "Rami Lundhammar"
AUDITOR = "Britt-Marie Sälgås"
CONTACT = "Hjördis Kvarnhed"
"""Leads the contact persons, who have something to report."""
DELEGATE = "Per-Ola Tegnvik"
WRITER = "Sofia Ängvide"
"""A member without any other part."""
DRAFTING = "Gun-Britt Lundhammar"
INVITED = "Emil Brunnvik"
PARTY_SECRETARY = "Rut Ekfors"
ELSEWHERE = "Partiföreningen Havsbo"
"""Where those belong who belong to another district."""
SPEAKER = "Ebba Lindvass"
"""A delegate of the conference that is going on."""
LED = "Partiföreningen Granvik"
"""A branch with an annual meeting to come."""
MOVING = "Partiföreningen Norrvik Norra"
"""A branch with a draft of its own."""

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
    ("parti/board", "Tora Kvistmark", MandateRole.MEMBER),
    ("parti/congress", "Yusuf Ekfors", MandateRole.CHAIR),
    ("parti/congress", "Inga Malmrot", MandateRole.SECRETARY),
)


@dataclass(frozen=True)
class Part:
    """Somebody to sign in as, and why."""

    name: str
    swedish: str
    english: str
    login: str
    """Member number, or an employee's e-mail address."""


def playable(cast: Cast, content: Content) -> list[Part]:
    """Somebody for each role."""
    led, moving = content.branch(LED), content.branch(MOVING)
    people = [each.name for each in content.people]
    chair, secretary = board_of(cast, moving, people)[0], board_of(cast, led, people)[1]
    members = [
        (cast.named(WRITER), "medlem", "member"),
        (cast.named(DRAFTING), "medlem med ett utkast", "member with a draft"),
        (cast.named(INVITED), "inbjuden medmotionär", "invited co-mover"),
        (cast.named(DELEGATE), "ombud", "delegate"),
        (cast.named(SECRETARY), "distriktsstyrelsens sekreterare", "district board's secretary"),
        (cast.named(BOARD_CHAIR), "distriktsstyrelsens ordförande", "district board's chair"),
        (cast.named(BOARD_MEMBER), "ledamot i distriktsstyrelsen", "district board member"),
        (cast.named(PRESIDIUM), "konferensens ordförande", "conference's chair (presidium)"),
        (cast.named(MEETING_SECRETARY), "konferensens sekreterare", "conference's secretary"),
        (cast.named(AUDITOR), "revisor", "auditor"),
        (cast.named(CONTACT), "leder ett organ som ska rapportera", "leads a body that has to report"),
        (chair, "föreningens ordförande", "branch's chair"),
        (secretary, "föreningens sekreterare", "branch's secretary"),
        (cast.named(PARTY_SECRETARY), "partistyrelsens sekreterare", "party board's secretary"),
        (cast.of(ELSEWHERE)[-1], "medlem i ett annat distrikt", "member of another district"),
    ]
    sitting = content.conference.sitting
    members += [
        (cast.named(sitting.officers(OfficerRole.CHAIR)[0]), "ordförande för konferensen som pågår i Sydslätten",
         "chair of the conference in progress in another district"),
        (cast.named(sitting.officers(OfficerRole.SECRETARY)[0]), "dess sekreterare",
         "its secretary, in another district"),
        (cast.named(SPEAKER), "ombud där", "delegate there, in another district"),
    ]  # fmt: skip
    staff = Part(STAFF_NAME, "anställd ombudsman", "employee", STAFF_EMAIL)
    return [*(Part(str(who), swedish, english, who.number) for who, swedish, english in members), staff]
