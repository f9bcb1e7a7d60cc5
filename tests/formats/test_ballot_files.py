"""Malformed ballot files: an error with the line, or the count of what was set aside and why; never a wrong result."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.ballots import Ballots
from democracy.counting.stv import StvRule, count_stv
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.ballots_csv import read_ballots_csv, write_ballots_csv
from democracy.formats.blt import read_blt, write_blt
from democracy.formats.cvotes import read_cvotes, write_cvotes
from democracy.formats.lines import numbered_lines
from democracy.formats.table_csv import read_table

BLT = """4 2
# Valet
5 1 2 0
4 1 3 0
4 2 0
3 3 0   # tre stycken
3 4 3 0

2 0
0
"Åsa Öberg"
"Örjan Ek"
"Maj-Lis Ström"
"Per Älv"
"Styrelsen"
"""


def lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.splitlines(), start=1))


def blt(text: str, doubtful: Doubtful = Doubtful.REFUSE) -> Ballots:
    return read_blt(lines(text), doubtful)


def cvotes(text: str, doubtful: Doubtful = Doubtful.REFUSE, *, ties: bool = True) -> Ballots:
    return read_cvotes(lines(text), doubtful, ties=ties)


def csv(text: str, doubtful: Doubtful = Doubtful.REFUSE, **options: Any) -> Ballots:
    return read_ballots_csv(read_table(lines(text)), doubtful, **options)


def test_a_blt_file_is_read_whole() -> None:
    known = blt(BLT)
    assert known.candidates == ("Åsa Öberg", "Örjan Ek", "Maj-Lis Ström", "Per Älv")
    assert known.rankings == {((0,), (1,)): 5, ((0,), (2,)): 4, ((1,),): 4, ((2,),): 3, ((3,), (2,)): 3}
    assert (known.blank, known.seats, known.title) == (2, 2, "Styrelsen")


def test_a_withdrawn_candidate_is_passed_over() -> None:
    known = blt(BLT.replace("# Valet", "-4"))
    assert "Per Älv" not in known.candidates
    assert known.rankings[((2,),)] == 6
    only = blt(BLT.replace("# Valet", "-3 -4"))
    assert only.set_aside == {"only_withdrawn": 6}


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("4 2\n", "4\n", 1, "blt_head"),
        ("4 2\n", "fyra 2\n", 1, "blt_head"),
        ("4 2\n", "4 0\n", 1, "blt_head"),
        ("5 1 2 0", "5 1 2", 3, "blt_zero"),
        ("5 1 2 0", "5 1 5 0", 3, "unknown_candidate"),
        ("5 1 2 0", "5 1 1 0", 3, "candidate_twice"),
        ("5 1 2 0", "5 1 0 2 0", 3, "blt_zero_inside"),
        ("5 1 2 0", "1.5 1 2 0", 3, "blt_ballot"),
        ("5 1 2 0", "5 1=2 0", 3, "blt_ballot"),
        ("5 1 2 0", "5 1 - 2 0", 3, "blt_ballot"),
        ("5 1 2 0", "(id) 1 2 0", 3, "blt_ballot"),
        ("5 1 2 0", "٥ 1 2 0", 3, "blt_ballot"),
        ("5 1 2 0", "5_0 1 2 0", 3, "blt_ballot"),
        ("5 1 2 0", "0 1 2 0", 3, "number_of_ballots"),
        ("5 1 2 0", "9999999999999 1 2 0", 3, "blt_ballot"),
        ("# Valet", "-1 -1", 2, "blt_withdrawn"),
        ("# Valet", "-5", 2, "blt_withdrawn"),
        ("# Valet", "-1 2", 2, "blt_withdrawn"),
        ("4 1 3 0", "-1", 4, "blt_ballot"),
        ("2 0\n0\n", "2 0\n", 10, "blt_no_end"),
        ('"Per Älv"\n', "", 14, "blt_names"),
        ('"Per Älv"\n', '"Per Älv"\n"En till"\n', 16, "blt_names"),
        ('"Per Älv"', '"Örjan  Ek"', 14, "name_twice"),
        ('"Per Älv"', '" "', 14, "name_empty"),
        ('"Per Älv"', "Per Älv", 14, "blt_name"),
    ],
)
def test_a_faulty_blt_file_is_refused_with_its_line(old: str, new: str, line: int, code: str) -> None:
    assert old in BLT
    with pytest.raises(FileError) as fault:
        blt(BLT.replace(old, new))
    assert (fault.value.line, fault.value.code) == (line, code)


@pytest.mark.parametrize("text", ["", "\n\n", "# bara en kommentar\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    for read in (blt, cvotes, csv):
        with pytest.raises(FileError):
            read(text)


def test_faulty_ballots_can_be_set_aside_and_are_counted_by_reason() -> None:
    faulty = BLT.replace("5 1 2 0", "5 1 2 0\n3 1 1 0\n2 1 9 0\n1 1 1 0")
    known = blt(faulty, Doubtful.SET_ASIDE)
    assert known.set_aside == {"candidate_twice": 4, "unknown_candidate": 2}
    assert known.rankings == blt(BLT).rankings
    summary = count_stv(known, StvRule(2)).ballots
    assert summary is not None
    assert (summary["cast"], summary["valid"], summary["blank"]) == (27, 19, 2)
    assert summary["set_aside"] == {"candidate_twice": 4, "unknown_candidate": 2}


def test_faulty_ballots_can_be_cut_at_the_doubtful_place() -> None:
    known = blt(BLT.replace("5 1 2 0", "5 1 2 1 3 0"), Doubtful.CUT)
    assert known.rankings == blt(BLT).rankings
    assert known.notes == {"candidate_twice": 5}


CVOTES = """# Valet
#/Candidates: Åsa ; Örjan ; Maj-Lis
#/Number of Seats: 2
#/Implicit Ranking: false
#/Weight Allowed: true

Åsa > Örjan = Maj-Lis * 42
tagg 1, tagg 2 || Örjan>Åsa ^2 * 3 # en kommentar
Maj-Lis
Maj-Lis
/EMPTY/ * 2
"""


def test_a_cvotes_file_is_read_whole() -> None:
    known = cvotes(CVOTES)
    assert known.candidates == ("Åsa", "Örjan", "Maj-Lis")
    assert known.rankings == {((0,), (1, 2)): 42, ((1,), (0,)): 6, ((2,),): 2}
    assert (known.blank, known.seats, known.implicit) == (2, 2, False)


def test_a_weight_that_the_file_does_not_allow_is_noted() -> None:
    known = cvotes(CVOTES.replace("#/Weight Allowed: true\n", "#/Färg: röd\n"))
    assert known.rankings[((1,), (0,))] == 3
    assert known.notes == {"weight_ignored": 3, "unknown_parameter": 1}


def test_candidates_may_be_taken_from_the_votes_and_that_is_noted() -> None:
    known = cvotes("Åsa > Örjan\nÖrjan\n")
    assert known.candidates == ("Åsa", "Örjan")
    assert known.notes == {"candidates_from_votes": 1}


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("Maj-Lis\nMaj", "Asa\nMaj", 9, "unknown_candidate"),
        ("Maj-Lis\nMaj", "Åsa > Åsa\nMaj", 9, "candidate_twice"),
        ("Maj-Lis\nMaj", "Åsa = Åsa\nMaj", 9, "candidate_twice"),
        ("Maj-Lis\nMaj", "Åsa > > Örjan\nMaj", 9, "gap"),
        ("Maj-Lis\nMaj", "Åsa < Örjan\nMaj", 9, "cvotes_vote"),
        ("Maj-Lis\nMaj", "Åsa * 8 ^7\nMaj", 9, "cvotes_vote"),
        ("Maj-Lis\nMaj", "Åsa > /EMPTY/\nMaj", 9, "cvotes_vote"),
        ("Maj-Lis\nMaj", "Åsa * 0\nMaj", 9, "number_of_ballots"),
        ("Maj-Lis\nMaj", "Åsa * två\nMaj", 9, "cvotes_vote"),
        ("Maj-Lis\nMaj", "#/Number of Seats: 3\nMaj", 9, "cvotes_parameter_late"),
        ("Seats: 2", "Seats: två", 3, "number_of_seats"),
        ("Seats: 2", "Seats: 2 # platser", 3, "cvotes_parameter"),
        ("#/Number", "  #/Number", 3, "cvotes_parameter"),
        ("Ranking: false", "Ranking: nej", 4, "cvotes_truth"),
        ("Maj-Lis\n#/Number", "Åsa\n#/Number", 2, "name_twice"),
    ],
)
def test_a_faulty_cvotes_file_is_refused_with_its_line(old: str, new: str, line: int, code: str) -> None:
    assert old in CVOTES
    with pytest.raises(FileError) as fault:
        cvotes(CVOTES.replace(old, new))
    assert (fault.value.line, fault.value.code) == (line, code)


def test_a_tied_rank_is_a_fault_where_the_method_takes_one_name_a_place() -> None:
    with pytest.raises(FileError) as fault:
        cvotes(CVOTES, ties=False)
    assert (fault.value.line, fault.value.code) == (7, "tied_rank")
    assert cvotes(CVOTES, Doubtful.SET_ASIDE, ties=False).set_aside == {"tied_rank": 42}
    assert cvotes(CVOTES, Doubtful.CUT, ties=False).rankings[((0,),)] == 42


def test_csv_with_names_in_order() -> None:
    known = csv("antal;1;2;3\n42;Åsa;Örjan;Maj\n3;Örjan;;\n2;;;\n")
    assert known.candidates == ("Åsa", "Örjan", "Maj")
    assert known.rankings == {((0,), (1,), (2,)): 42, ((1,),): 3}
    assert known.blank == 2
    assert known.notes == {"candidates_from_votes": 1}


def test_csv_with_ranks_under_names() -> None:
    known = csv('"Ek, Örjan",Åsa,Maj\n1,2,3\n1,2,3\n,1,\n,,\n')
    assert known.candidates == ("Ek, Örjan", "Åsa", "Maj")
    assert known.rankings == {((0,), (1,), (2,)): 2, ((1,),): 1}
    assert known.blank == 1


def test_csv_with_crosses_names_without_order() -> None:
    known = csv("Åsa;Örjan;Maj\nx;x;\n;X;\n")
    assert known.rankings == {((0, 1),): 1, ((1,),): 1}


@pytest.mark.parametrize(("cells", "ranking"), [("1;1;2", ((0, 1), (2,))), ("1;1;3", ((0, 1), (2,)))])
def test_after_a_tie_the_next_rank_may_be_written_in_two_ways(cells: str, ranking: object) -> None:
    assert list(csv(f"A;B;C\n{cells}\n").rankings) == [ranking]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("antal;1;2\n5;Åsa;Örjan\n3;;Åsa\n", 3, "gap"),
        ("antal;1;2\n5;Åsa;Örjan\n3;Åsa;Åsa\n", 3, "candidate_twice"),
        ("antal;1;3\n5;Åsa;Örjan\n", 1, "csv_places"),
        ("antal;1;2\nfem;Åsa;Örjan\n", 2, "number_of_ballots"),
        ("antal;1;2\n0;Åsa;Örjan\n", 2, "number_of_ballots"),
        ("antal;1;2\n;Åsa;Örjan\n", 2, "number_of_ballots"),
        ("antal;1;2\n5;Åsa;Örjan;Maj\n", 2, "too_many_cells"),
        ('antal;1;2\n5;"Åsa;Örjan\n', 2, "csv_quote"),
        ("A;B;C\n1;2;3\n1;3;\n", 3, "gap"),
        ("A;B;C\n1;2;3\n2;3;\n", 3, "gap"),
        ("A;B;C\n1;2;tre\n", 2, "csv_rank"),
        ("A;B;C\n1;2;-1\n", 2, "csv_rank"),
        ("A;B;A\n1;2;3\n", 1, "name_twice"),
        ("A;;C\n1;2;3\n", 1, "name_empty"),
        ("A;B;C\n", None, "no_ballots"),
    ],
)
def test_a_faulty_csv_file_is_refused_with_its_line(text: str, line: int | None, code: str) -> None:
    with pytest.raises(FileError) as fault:
        csv(text)
    assert (fault.value.line, fault.value.code) == (line, code)


def test_a_name_that_is_nobodys_is_found_when_the_candidates_are_given() -> None:
    with pytest.raises(FileError) as fault:
        csv("antal;1;2\n5;Åsa;Örjan\n3;Asa;\n", candidates=("Åsa", "Örjan"))
    assert (fault.value.line, fault.value.code, fault.value.params) == (3, "unknown_candidate", {"name": "Asa"})
    with pytest.raises(FileError, match="csv_candidates"):
        csv("A;B\n1;2\n", candidates=("A", "C"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_that_say_what_they_are_and_all_line_ends_are_read(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    file = tmp_path / "val.blt"
    file.write_bytes(BLT.replace("\n", newline).encode(encoding))
    assert read_blt(numbered_lines(file)) == blt(BLT)


def test_another_encoding_is_refused_with_the_line_until_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "val.blt"
    file.write_bytes(BLT.encode("cp1252"))
    with pytest.raises(FileError) as fault:
        read_blt(numbered_lines(file))
    assert (fault.value.line, fault.value.code) == (11, "encoding")
    assert read_blt(numbered_lines(file, "cp1252")) == blt(BLT)


def test_utf_16_without_a_mark_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "val.blt"
    file.write_bytes("4 2\n1 1 0\n".encode("utf-16-le"))
    with pytest.raises(FileError, match="binary"):
        read_blt(numbered_lines(file))
    with pytest.raises(FileError, match="encoding_unknown"):
        list(numbered_lines(file, "klingon"))


def test_a_decomposed_letter_is_the_same_name() -> None:
    known = csv("antal;1\n2;A\u030asa\n1;\u00c5sa\n")
    assert known.rankings == {((0,),): 3}


def test_a_million_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "val.blt"
    with file.open("w", encoding="utf-8") as out:
        out.write("3 1\n" + "1 1 2 0\n1 2 3 0\n1 3 1 2 0\n1 1 0\n" * 250_000)
        out.write('0\n"Åsa"\n"Örjan"\n"Maj"\n"En miljon"\n')
    known = read_blt(numbered_lines(file))
    assert known.number == 1_000_000
    assert known.rankings[((0,), (1,))] == 250_000


def test_a_fault_on_the_millionth_line_is_found(tmp_path: Path) -> None:
    file = tmp_path / "val.cvotes"
    with file.open("w", encoding="utf-8") as out:
        out.write("#/Candidates: Åsa ; Örjan\n" + "Åsa > Örjan\n" * 999_998 + "Åsa > Öbjan\n")
    with pytest.raises(FileError) as fault:
        read_cvotes(numbered_lines(file))
    assert (fault.value.line, fault.value.code) == (1_000_000, "unknown_candidate")


NAMES = ("Åsa Öberg", "Örjan; Ek", 'Maj "Majsan" Ström', "Per, Älv")


@st.composite
def known_ballots(draw: st.DrawFn, *, ties: bool) -> Ballots:
    size = draw(st.integers(1, 4))
    rankings: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for _ in range(draw(st.integers(1, 6))):
        order = draw(st.permutations(range(size)))[: draw(st.integers(1, size))]
        places: list[tuple[int, ...]] = []
        for each in order:
            if ties and places and draw(st.booleans()):
                places[-1] = tuple(sorted((*places[-1], each)))
            else:
                places.append((each,))
        rankings[tuple(places)] += draw(st.integers(1, 9))
    return Ballots(NAMES[:size], rankings, draw(st.integers(0, 3)))


@given(known_ballots(ties=False))
def test_what_is_written_as_blt_reads_the_same(known: Ballots) -> None:
    again = blt(write_blt(known, 1))
    assert again.digest() == known.digest()
    assert again.number == known.number


@given(known_ballots(ties=True))
def test_what_is_written_as_csv_reads_the_same(known: Ballots) -> None:
    assert csv(write_ballots_csv(known)).digest() == known.digest()


@given(known_ballots(ties=True), st.booleans())
def test_what_is_written_as_cvotes_reads_the_same(known: Ballots, implicit: bool) -> None:
    plain = Ballots(tuple("ÅÄÖX"[: len(known.candidates)]), known.rankings, known.blank, implicit=implicit)
    assert cvotes(write_cvotes(plain)).digest() == plain.digest()


@pytest.mark.parametrize("names", [("+5 %", "avslag"), ("-2 %", "x"), ("1", "2"), ("Namn 1", "Namn 2"), ("Antal", "A")])
def test_a_name_that_would_read_as_something_else_in_a_csv_file_is_refused(names: tuple[str, ...]) -> None:
    known = Ballots(names, Counter({((1,), (0,)): 3}))
    with pytest.raises(FileError, match="csv_name"):
        write_ballots_csv(known)
    assert blt(write_blt(known, 1)).candidates == names


def test_commas_within_quoted_names_do_not_part_the_columns() -> None:
    known = csv('antal;"Ek, Åsa, Ö";"Al, Bo, C, D"\n3;1;2\n2;2;1\n')
    assert known.candidates == ("Ek, Åsa, Ö", "Al, Bo, C, D")
    assert known.rankings == {((0,), (1,)): 3, ((1,), (0,)): 2}
    assert csv(write_ballots_csv(known)).rankings == known.rankings


def test_a_name_that_cvotes_cannot_hold_is_refused() -> None:
    with pytest.raises(FileError, match="cvotes_name"):
        write_cvotes(Ballots(NAMES, {((0,),): 1}))


@given(st.text(alphabet='0123456789 -="#\n\tabcÅ', max_size=120))
def test_whatever_a_blt_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        known = blt(text)
    except FileError:
        return
    assert known.number + known.blank + sum(known.set_aside.values()) > 0


@given(st.text(alphabet="Åsa>=*^;,#/|:\n 19", max_size=120))
def test_whatever_a_cvotes_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        known = cvotes(text)
    except FileError:
        return
    assert known.number + known.blank > 0


@given(st.text(alphabet='Åsax;,"\n 0123', max_size=120))
def test_whatever_a_csv_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        known = csv(text)
    except FileError:
        return
    assert known.number + known.blank > 0
