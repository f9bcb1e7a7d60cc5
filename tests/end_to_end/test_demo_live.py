"""`democracy demo --play`: the conference's open item, played over HTTP by everybody at once."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.example import PATIENCE, command, free_port, running

FULL_TIME = "Distriktet anställer en ombudsman på heltid från den 1 augusti 2026."


def played(folder: Path, port: str, how: str = "--play") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(folder, how, "--port", port), capture_output=True, timeout=PATIENCE)


@pytest.mark.long
def test_the_open_item_is_played_to_its_minutes_and_only_once(example_folder: Path) -> None:
    with running(example_folder) as example:
        port = example.address.rsplit(":", 1)[1]
        done = played(example_folder, port)
        again = played(example_folder, port)
    assert done.returncode == 0, done.stderr.decode()
    said, minutes = done.stdout.decode().split("Så här står det i protokollet:")
    assert said.count("begär votering") == 2
    assert said.count("220 röster i röstlängden") == 2
    figures = [sum(map(int, each)) for each in re.findall(r"(\d+) ja, (\d+) nej, (\d+) avstår", said)]
    assert figures == [220, 220]
    assert "§ 13" in minutes
    assert minutes.count("Votering") == 2
    assert FULL_TIME in minutes
    assert "Mötet bifaller" in minutes
    assert "(A): Distriktet anställer en ombudsman på halvtid." in minutes
    assert "verksamhetsplanen antagen" in said
    assert again.returncode == 1
    assert "make demo-reset" in again.stderr.decode()


@pytest.mark.long
def test_the_conference_elects_nine_with_a_second_ballot_and_two_lots_and_beats_the_proposal(
    example_folder: Path,
) -> None:
    with running(example_folder) as example:
        port = example.address.rsplit(":", 1)[1]
        done = played(example_folder, port, "--elect")
        again = played(example_folder, port, "--elect")
    assert done.returncode == 0, done.stderr.decode()
    said, minutes = done.stdout.decode().split("Så här står det i protokollet:")
    assert "visar sina andelar" in said
    assert "Lotten dras för hand" in said
    assert "som valberedningen hade föreslagit" in said
    assert (minutes.count("Omröstning"), minutes.count("Lotten avgör")) == (2, 2)
    elected = next(line for line in minutes.splitlines() if line.startswith("Mötet väljer"))
    substitutes = next(line for line in minutes.splitlines() if line.startswith("Ersättare"))
    assert (elected.count(","), substitutes.count(",")) == (7, 3)
    assert "förfaller" not in minutes
    assert again.returncode == 1


def test_without_an_example_it_is_told_how_to_start_one(tmp_path: Path) -> None:
    done = played(tmp_path, str(free_port()))
    assert done.returncode == 1
    assert "make demo" in done.stderr.decode()
