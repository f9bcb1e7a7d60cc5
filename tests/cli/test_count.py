"""The counting commands as people run them."""

import json
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from democracy.counting.lots import commit
from tests.formats.test_ballot_files import BLT

SEED = "00" * 32
TIED = '3 1\n5 1 0\n3 2 1 0\n3 3 1 0\n0\n"Åsa"\n"Örjan"\n"Maj"\n"Val"\n'
FIGURES = "kandidat;röster\nÅsa;80\nÖrjan;61\nMaj;51\nPer;50\nSiv;40\nBo;30\n"
REGISTER = "förening;medlemmar\nÄlvsbyn;1200\nÖrebro;640\nÅre;310\nUmeå;95\nLuleå;22\nKiruna;8\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEMOCRACY_LANGUAGE", raising=False)
    return tmp_path


def write(name: str, text: str, encoding: str = "utf-8") -> str:
    Path(name).write_text(text, encoding=encoding)
    return name


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(commands, [str(each) for each in arguments])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def protocol(*arguments: object, code: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run(*arguments, "--json", code=code).output)
    return data


def test_scottish_stv_prints_a_table_of_rounds_in_swedish() -> None:
    output = run("count", write("val.blt", BLT), "--method", "scottish-stv", "--exact").output
    assert output.startswith("Styrelsen: Skotsk STV\n")
    assert "Örjan Ek            4  5,11111  5,11111        0" in output
    assert "Valda: Åsa Öberg, Maj-Lis Ström" in output


def test_the_protocol_has_its_keys_and_the_elected_by_name_in_order() -> None:
    data = protocol("count", write("val.blt", BLT), "--method", "scottish-stv", "--seats", 2, "--exact")
    assert {"method", "seats", "elected", "stages", "lots"} <= set(data)
    assert (data["method"], data["seats"], data["lots"]) == ("scottish-stv", 2, [])
    assert data["elected"] == ["Åsa Öberg", "Maj-Lis Ström"]
    assert data["stages"][1]["votes"]["Örjan Ek"] == {"exact": "46/9", "decimal": "5.11111"}


def test_english_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    file = write("val.blt", BLT)
    assert "Elected: " in run("count", file, "--method", "irv", "--language", "en", "--lot-seed", SEED).output
    monkeypatch.setenv("DEMOCRACY_LANGUAGE", "en")
    assert "Elected: " in run("count", file, "--method", "irv", "--lot-seed", SEED).output


def test_a_lot_that_is_needed_ends_with_3_and_is_named() -> None:
    file = write("val.blt", TIED)
    data = protocol("count", file, "--method", "irv", code=3)
    assert data["pending"] == {"kind": "lot", "label": "exclusion stage 2", "between": ["Maj", "Örjan"]}
    assert (data["complete"], data["elected"], data["lots"]) == (False, [], [])
    output = run("count", file, "--method", "irv", code=3).output
    assert "Det behövs en lottning (exclusion stage 2) mellan Maj, Örjan." in output


def test_a_seed_settles_the_lot_and_shows_it() -> None:
    file = write("val.blt", TIED)
    data = protocol("count", file, "--method", "irv", "--lot-seed", SEED)
    assert data["elected"] == ["Åsa"]
    assert data["lots"][0]["seed"] == SEED
    assert f"Frö {SEED}" in run("count", file, "--method", "irv", "--lot-seed", SEED).output


@pytest.mark.parametrize("seed", ["00", "zz" * 32, "00" * 33, ""])
def test_a_seed_that_is_none_is_refused(seed: str) -> None:
    run("count", write("val.blt", TIED), "--method", "irv", "--lot-seed", seed, code=2)


def test_shares_and_their_commitments_make_the_seed() -> None:
    shares = [b"a" * 32, b"b" * 32]
    told = {"commitments": [commit(each) for each in shares], "shares": [shares[0].hex()], "result": "11" * 32}
    data = protocol(
        "count", write("val.blt", TIED), "--method", "irv", "--lot-shares", write("lott.json", json.dumps(told))
    )
    assert data["draw"]["withheld"] == [commit(shares[1])]
    assert data["draw"]["seed"] == data["lots"][0]["seed"]


def test_a_lot_drawn_by_hand_is_entered_with_its_witnesses() -> None:
    lot = {"label": "exclusion stage 2", "order": ["Örjan", "Maj"], "chair": "Siv Ek", "witnesses": ["Bo Alm", "Li Ö"]}
    file, lots = write("val.blt", TIED), write("lott.json", json.dumps([lot]))
    output = run("count", file, "--method", "irv", "--physical-lots", lots).output
    assert "Dragen av Siv Ek inför Bo Alm, Li Ö" in output
    for broken in ([{**lot, "witnesses": ["Bo Alm"]}], [{"label": "x"}], "nonsens"):
        run("count", file, "--method", "irv", "--physical-lots", write("fel.json", json.dumps(broken)), code=1)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("val.blt", BLT.replace("5 1 2 0", "5 1 9 0"), "val.blt: rad 3: 9 är ingen kandidat."),
        ("val.cvotes", "#/Candidates: Åsa ; Örjan\nÅsa > Asa\n", "val.cvotes: rad 2: Asa är ingen kandidat."),
        ("val.csv", "antal;1;2\n3;Åsa;Örjan\nfem;Åsa;\n", "val.csv: rad 3: antalet valsedlar ska vara"),
        ("val.txt", BLT, "val.txt: filen ska sluta på"),
        ("val.csv", "", "val.csv: filen är tom."),
        ("val.csv", "1;2\nÅsa;Örjan\n", "ange antalet platser"),
    ],
)
def test_a_faulty_file_is_refused_in_words_with_its_line(name: str, text: str, told: str) -> None:
    assert told in run("count", write(name, text), "--method", "scottish-stv", code=1).output


def test_another_encoding_is_named_or_refused() -> None:
    file = write("val.blt", BLT, "cp1252")
    assert "rad 11: filen är inte utf-8" in run("count", file, "--method", "scottish-stv", code=1).output
    assert "Åsa Öberg" in run("count", file, "--method", "scottish-stv", "--encoding", "cp1252").output


def test_what_is_set_aside_is_told() -> None:
    file = write("val.blt", BLT.replace("5 1 2 0", "5 1 2 0\n3 1 1 0"))
    run("count", file, "--method", "scottish-stv", code=1)
    output = run("count", file, "--method", "scottish-stv", "--doubtful", "set-aside").output
    assert "Lagda åt sidan: 3 (samma kandidat två gånger)" in output


def test_majority_asks_for_the_second_ballot_and_then_counts_it() -> None:
    first = ("count", write("ett.csv", FIGURES), "--method", "majority", "--seats", 4)
    assert "Ange antalet valsedlar med --ballots" in run(*first, code=1).output
    data = protocol(*first, "--ballots", 100, code=3)
    assert data["pending"] == {"kind": "second_ballot", "candidates": ["Per", "Siv"], "seats": 1}
    second = write("två.csv", "kandidat;röster\nPer;40\nSiv;45\n")
    done = protocol(*first, "--ballots", 100, "--second", second, "--second-ballots", 90)
    assert done["elected"] == ["Åsa", "Örjan", "Maj", "Siv"]
    Path("p.json").write_text(json.dumps(done), encoding="utf-8")
    assert "agrees" in run("recount", "p.json").output


def test_a_quota_and_an_alternating_list() -> None:
    groups = write("grupper.csv", "kandidat;grupp\nÅsa;k\nÖrjan;m\nMaj;k\nPer;m\nSiv;k\nBo;m\n")
    base = ("count", write("ett.csv", FIGURES), "--method", "relative", "--seats", 3, "--ballots", 110)
    data = protocol(*base, "--groups", groups, "--minimum", "m=2", "--alternate", "--substitutes", 1)
    assert data["elected"] == ["Åsa", "Örjan", "Per"]
    assert data["list"]["order"] == ["Åsa", "Örjan", "Per"]
    assert data["substitutes"] == ["Maj"]
    Path("p.json").write_text(json.dumps(data), encoding="utf-8")
    assert "agrees" in run("recount", "p.json").output
    run(*base, "--minimum", "m", code=1)


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        (["--majority", "2/3"], "carried"),
        (["--majority", ">2/3"], "not_carried"),
        (["--majority", "3/4 avgivna"], "not_carried"),
        (["--majority", "2/3", "--majority", ">1/2 närvarande", "--present", "140"], "not_carried"),
        (["--quorum", "1/2", "--present", "100", "--entitled", "300"], "no_quorum"),
        (["--quorum", "90", "--present", "100"], "carried"),
        (["--meetings", "2"], "pending"),
    ],
)
def test_thresholds(options: Sequence[str], outcome: str) -> None:
    file = write("röster.csv", "ja;nej;blank;avstår\n66;33;0;1\n")
    data = protocol("count", file, "--method", "threshold", *options, code=3 if outcome == "pending" else 0)
    assert data["outcome"] == outcome


def test_yes_and_no_can_be_ballots_too() -> None:
    file = write("val.blt", '3 1\n66 1 0\n33 2 0\n4 3 0\n2 0\n0\n"Ja"\n"Nej"\n"Avstår"\n"Förslaget"\n')
    data = protocol("count", file, "--method", "threshold", "--majority", "2/3")
    assert (data["outcome"], data["figures"][0]["abstain"], data["figures"][0]["blank"]) == ("carried", 4, 2)
    other = write("fel.blt", BLT)
    assert "valsedlarna ska vara Ja och Nej" in run("count", other, "--method", "threshold", code=1).output


@pytest.mark.parametrize("majority", ["tva tredjedelar", "3/2", "1/0", "2/3 av alla"])
def test_a_majority_that_is_none_is_refused(majority: str) -> None:
    file = write("röster.csv", "ja;nej\n66;33\n")
    run("count", file, "--method", "threshold", "--majority", majority, code=2)


def test_impossible_figures_are_refused_with_their_line() -> None:
    file = write("röster.csv", "ja;nej;närvarande\n30;5;40\n66;33;60\n")
    assert "rad 3: 99 är fler än 60" in run("count", file, "--method", "threshold", code=1).output
    missing = write("saknas.csv", "ja;nej\n30;5\n")
    told = run("count", missing, "--method", "threshold", "--majority", "1/2 närvarande", code=1).output
    assert "antalet (present) är inte angivet" in told


CYCLE = "#/Candidates: A ; B ; C\nA > B > C * 34\nB > C > A * 33\nC > A > B * 32\n"


def test_contra_warns_when_the_choice_of_main_proposal_decides() -> None:
    file = write("val.cvotes", CYCLE)
    output = run("count", file, "--method", "contra", "--order", "B;A;C").output
    assert "Utfall: B" in output
    assert "Varning: valet av huvudförslag avgör utfallet." in output
    assert protocol("count", file, "--method", "contra", "--order", "C;A;B", "--form", "sequence")["elected"] == ["C"]
    assert "D är ingen kandidat" in run("count", file, "--method", "contra", "--order", "A;D", code=1).output


def test_contra_follows_the_votes_that_were_taken_and_names_the_next() -> None:
    head = "ja betyder;nej betyder;ja;nej;avstår\n"
    file = write("röster.csv", head + "Q;R;40;35;25\n")
    data = protocol("count", file, "--method", "contra", "--order", "P;Q;R", code=3)
    assert data["pending"] == {"kind": "vote", "role": "main", "yes": "P", "no": "Q"}
    file = write("röster.csv", head + "Q;R;40;35;25\nP;Q;48;52;0\n")
    assert protocol("count", file, "--method", "contra", "--order", "P;Q;R")["elected"] == ["Q"]


@pytest.mark.parametrize("method", ["irv", "schulze", "contra", "threshold"])
def test_methods_with_one_winner_refuse_more_seats(method: str) -> None:
    assert "--seats ska vara 1" in run("count", write("val.blt", BLT), "--method", method, "--seats", 2, code=1).output


def test_every_export_is_written_and_the_recount_agrees() -> None:
    file = write("val.blt", BLT)
    names = ["p.json", "p.md", "p.csv", "p.rctab.json"]
    outs = [part for name in names for part in ("--out", name)]
    count = ("count", file, "--method", "scottish-stv")
    run(*count, *outs, "--export", "b.cvotes", "--publish", "all", "--for-auditors", "b.csv")
    assert all(Path(name).stat().st_size for name in [*names, "b.cvotes", "b.csv"])
    assert stat.S_IMODE(Path("b.csv").stat().st_mode) == 0o600
    assert "agrees" in run("recount", "p.json", "b.cvotes").output
    assert "agrees" in run("recount", "p.json", "b.csv").output
    run("recount", "p.json", "saknas.blt", code=2)
    forged = Path("p.json").read_text(encoding="utf-8").replace('"elected":["Åsa Öberg"', '"elected":["Per Älv"')
    Path("p.json").write_text(forged, encoding="utf-8")
    run("recount", "p.json", "b.csv", code=1)
    assert "filen ska sluta på" in run(*count, "--out", "p.docx", code=1).output
    assert "RCTab" in run("count", file, "--method", "schulze", "--out", "x.rctab.json", code=1).output


def test_few_ballots_and_ballots_for_scrutineers_only_are_not_published() -> None:
    file = write("val.blt", TIED)
    count = ("count", file, "--method", "irv", "--lot-seed", SEED)
    assert "publiceras inte" in run(*count, "--export", "b.blt", "--publish", "all", code=1).output
    big = write("stort.blt", BLT)
    assert "publiceras inte" in run("count", big, "--method", "scottish-stv", "--export", "b.blt", code=1).output
    assert not Path("b.blt").exists()
    assert protocol(*count, "--public")["ballots"]["digest"] is None


def test_seats_are_allotted() -> None:
    file = write("register.csv", REGISTER)
    output = run("allot", file, "--seats", 30, "--minimum", 1, "--snapshot", "2026-12-31").output
    assert "Medlemmar räknade den: 2026-12-31" in output
    data = protocol("allot", file, "--seats", 30, "--minimum", 1)
    assert data["allotted"] == {"Älvsbyn": 15, "Örebro": 8, "Åre": 4, "Umeå": 1, "Luleå": 1, "Kiruna": 1}
    outside = protocol("allot", file, "--seats", 24, "--minimum", 1, "--outside", "--out", "p.json")
    assert outside["seats"] == 30
    assert "agrees" in run("recount", "p.json").output


@pytest.mark.parametrize(
    ("options", "seats"),
    [
        (["--rule", "per-started", "--per", "100"], [12, 7, 4, 1, 1, 1]),
        (["--rule", "brackets", "--brackets", "50:1,500:3,:7"], [7, 7, 3, 3, 1, 1]),
        (["--rule", "dhondt", "--seats", "10"], [6, 3, 1, 0, 0, 0]),
        (["--rule", "sainte-lague", "--seats", "30", "--first", "1,4"], [16, 9, 4, 1, 0, 0]),
        (["--rule", "largest-remainder", "--seats", "10"], [5, 3, 1, 1, 0, 0]),
    ],
)
def test_every_rule_of_allotment(options: Sequence[str], seats: Sequence[int]) -> None:
    data = protocol("allot", write("register.csv", REGISTER), *options)
    names = ["Älvsbyn", "Örebro", "Åre", "Umeå", "Luleå", "Kiruna"]
    assert [data["allotted"][name] for name in names] == list(seats)


def test_a_tie_for_the_last_seat_waits_for_a_lot() -> None:
    file = write("register.csv", "förening;medlemmar\nÅre;14\nUmeå;35\n")
    assert protocol("allot", file, "--seats", 2, code=3)["pending"]["between"] == ["Umeå", "Åre"]
    assert sum(protocol("allot", file, "--seats", 2, "--lot-seed", SEED)["allotted"].values()) == 2


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        (REGISTER, ["--seats", "3", "--minimum", "1"], "3 platser räcker inte"),
        (REGISTER, [], "ange antalet platser"),
        (REGISTER, ["--rule", "brackets"], "ange stigande intervall"),
        (REGISTER, ["--rule", "per-started"], "ange hur många medlemmar"),
        (REGISTER + "Åre;5\n", ["--seats", "30"], "rad 8: namnet Åre står två gånger"),
        (REGISTER + "Gävle;-5\n", ["--seats", "30"], "rad 8: ”-5” är inte ett helt tal"),
        ("namn;antal folk\nÅre;5\n", ["--seats", "3"], "kolumnen medlemmar saknas"),
        ("förening;medlemmar\nÅre;0\n", ["--seats", "3"], "ingen enhet har medlemmar"),
    ],
)
def test_a_register_or_rule_that_cannot_be_used_is_refused(text: str, options: Sequence[str], told: str) -> None:
    assert told in run("allot", write("register.csv", text), *options, code=1).output


def test_a_file_that_does_not_exist_is_a_usage_error() -> None:
    run("count", "saknas.blt", "--method", "irv", code=2)
    run("count", write("val.blt", BLT), "--method", "lotteri", code=2)
