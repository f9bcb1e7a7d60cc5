"""Small invented files for the register."""

from pathlib import Path

UNITS = """Kod;Namn;Typ;Överordnad
ALM;Almhults partiförening;partiförening;NORR
NORR;Norra distriktet;distrikt;FOLK
BYGG;Byggarnas branschförening;branschförening;NORR
FOLK;Folkpartiet Exempel;parti;
"""
MEMBERS = """Medlemsnummer;Förnamn;Efternamn;E-post;Förening;Andra förening;Avgift betald
1001;Åsa;Östergård;asa@exempel.se;ALM;BYGG;2026-02-01
1002;Zeb;Ahlmark;;BYGG;;2026-03-20
1003;Örjan;Äng;orjan@exempel.se;ALM;;
"""
MANDATES = """Organ;Medlemsnummer;Roll;Ordning;Från;Till;Beslut
ALM/board;1001;ordförande;;2026-02-15;2027-02-28;Årsmötet § 9
ALM/board;1002;ersättare;1;2026-02-15;;Årsmötet § 10
NORR/district_conference;1003;ombud;;2026-03-01;2026-12-31;
"""


def write(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file of that text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
