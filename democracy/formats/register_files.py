"""The columns of the register's import files: units, members, mandates, staff. The Swedish heading stands first."""

from collections.abc import Mapping

from democracy.domain.kinds import Gender, MandateRole, UnitKind
from democracy.formats.csv_columns import Column, code, day, email, language, number, one_of, text, yes

UNIT_KINDS: Mapping[str, UnitKind] = {
    "parti": UnitKind.PARTY,
    "distrikt": UnitKind.DISTRICT,
    "partiförening": UnitKind.LOCAL_BRANCH,
    "branschförening": UnitKind.TRADE_BRANCH,
    "studentförening": UnitKind.STUDENT_BRANCH,
    "enkel förening": UnitKind.LIGHT_BRANCH,
    "förening": UnitKind.ASSOCIATION,
}
ROLES: Mapping[str, MandateRole] = {
    "ordförande": MandateRole.CHAIR,
    "vice ordförande": MandateRole.VICE_CHAIR,
    "sekreterare": MandateRole.SECRETARY,
    "kassör": MandateRole.TREASURER,
    "internfeministiskt ansvarig": MandateRole.INTERNAL_FEMINISM,
    "ledamot": MandateRole.MEMBER,
    "ersättare": MandateRole.SUBSTITUTE,
    "suppleant": MandateRole.SUBSTITUTE,
    "ombud": MandateRole.DELEGATE,
    "revisor": MandateRole.AUDITOR,
    "adjungerad": MandateRole.CO_OPTED,
}
_GENDERS = {"kvinna": Gender.WOMAN, "man": Gender.MAN, "annat": Gender.OTHER}

UNITS = (
    Column("code", ("Kod",), code, needed=True),
    Column("name", ("Namn",), text, needed=True),
    Column("kind", ("Typ",), one_of(UnitKind, UNIT_KINDS), needed=True),
    Column("parent", ("Överordnad", "Överordnad kod", "Parent code"), code),
    Column("founded_on", ("Bildad", "Founded"), day),
    Column("paused_on", ("Vilande från", "Paused"), day),
    Column("ended_on", ("Upphörd", "Ended"), day),
)
MEMBERS = (
    Column("number", ("Medlemsnummer", "Medlemsnr", "Member number"), code, needed=True),
    Column("given_name", ("Förnamn", "First name"), text, needed=True),
    Column("family_name", ("Efternamn", "Surname", "Last name"), text, needed=True),
    Column("email", ("E-post", "E-postadress", "Mejl"), email),
    Column("phone", ("Telefon", "Mobil", "Telefonnummer"), text),
    Column("address", ("Adress", "Gatuadress", "Street"), text),
    Column("postal_code", ("Postnummer", "Postnr", "Zip"), text),
    Column("city", ("Ort", "Postort"), text),
    Column("birth_date", ("Födelsedatum", "Född", "Born"), day),
    Column("gender", ("Kön",), one_of(Gender, _GENDERS)),
    Column("language", ("Språk",), language),
    Column("protected", ("Skyddad identitet", "Sekretess", "Protected identity"), yes),
    Column("joined_on", ("Inträdde", "Inträdesdatum", "Joined"), day),
    Column("unit", ("Förening", "Föreningskod", "Branch"), code, needed=True),
    Column("second_unit", ("Andra förening", "Second branch"), code),
    Column("voting", ("Rösträtt", "Röstar här", "Votes here"), yes),
    Column("fee_paid_on", ("Avgift betald", "Betaldatum", "Fee paid"), day),
    Column("effective_on", ("Gäller från", "Rights from"), day),
    Column("ended_on", ("Utträdde", "Utträdesdatum", "Left"), day),
)
MANDATES = (
    Column("body", ("Organ", "Organkod"), code, needed=True),
    Column("number", ("Medlemsnummer", "Medlemsnr", "Member number"), code, needed=True),
    Column("role", ("Roll", "Uppdrag"), one_of(MandateRole, ROLES), needed=True),
    Column("position", ("Ordning", "Order"), number),
    Column("starts_on", ("Från", "From"), day, needed=True),
    Column("ends_on", ("Till", "Until", "To"), day),
    Column("leave_from", ("Ledig från", "Leave from"), day),
    Column("leave_until", ("Ledig till", "Leave until"), day),
    Column("released_on", ("Entledigad", "Released"), day),
    Column("decision", ("Beslut",), text),
)
STAFF = (
    Column("email", ("E-post", "E-postadress", "Mejl"), email, needed=True),
    Column("name", ("Namn",), text, needed=True),
    Column("unit", ("Enhet", "Arbetsplats", "Förening"), code, needed=True),
    Column("title", ("Titel", "Befattning"), text, needed=True),
    Column("starts_on", ("Från", "From"), day, needed=True),
    Column("ends_on", ("Till", "Until", "To"), day),
)
