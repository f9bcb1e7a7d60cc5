"""A members' file of any size, made row by row."""

from pathlib import Path

UNITS = 400
DISTRICTS = 21


def units_file(path: Path) -> Path:
    """A party with districts and branches."""
    lines = ["Kod;Namn;Typ;Överordnad", "P;Partiet;parti;"]
    lines += [f"D{district};Distrikt {district};distrikt;P" for district in range(DISTRICTS)]
    lines += [f"F{branch};Förening {branch};partiförening;D{branch % DISTRICTS}" for branch in range(UNITS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def members_file(path: Path, members: int) -> Path:
    """So many members, one in twenty of them in two branches."""
    genders = ("kvinna", "man", "annat", "")
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "Medlemsnummer;Förnamn;Efternamn;E-post;Telefon;Adress;Postnummer;Ort;Födelsedatum;Kön;Förening;"
            "Andra förening;Avgift betald\n"
        )
        for index in range(members):
            second = f"F{(index + 1) % UNITS}" if index % 20 == 0 else ""
            cells = (
                10_000 + index, f"Förnamn{index % 977}", f"Efternamn{index % 3001}", f"m{index}@exempel.example",
                f"070-{index:07}", f"Gatan {index}", "123 45", "Orten",
                f"19{50 + index % 50}-0{1 + index % 9}-1{index % 10}", genders[index % 4], f"F{index % UNITS}", second,
                f"2026-0{1 + index % 3}-1{index % 9}",
            )  # fmt: skip
            file.write(";".join(map(str, cells)) + "\n")
    return path
