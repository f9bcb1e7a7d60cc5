"""What lies in the repository."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.architecture.checkout import ROOT, tracked

PUBLIC_INDEX = "https://pypi.org/simple"
PUBLIC_FILES = "files.pythonhosted.org"
MACHINE_PATH = re.compile(r"(?<![\w./~$}-])/(?:home|root|Users|work|tmp|mnt|opt|private)/[\w.-]+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PAGES = [path for path in tracked() if path.suffix == ".md"]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = {relative(path): hits for path in tracked() if (hits := MACHINE_PATH.findall(text_of(path) or ""))}
    assert found == {}


@pytest.mark.parametrize("text", ["see |home|sofia|notes", '"|tmp|wt"', "cd |work|main"])
def test_a_place_on_a_machine_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text.replace("|", "/"))


@pytest.mark.parametrize("text", ["https://example.org/home/page", "the /health/live probe", "$HOME/work/notes"])
def test_an_address_is_no_place_on_a_machine(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_the_lock_file_names_only_the_public_index() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = [package["source"] for package in lock["package"]]
    assert {source["registry"] for source in sources if "registry" in source} == {PUBLIC_INDEX}
    assert [source for source in sources if "registry" not in source] == [{"editable": "."}]
    files = [file for package in lock["package"] for file in (*package.get("wheels", ()), package.get("sdist"))]
    assert {urlsplit(file["url"]).netloc for file in files if file} == {PUBLIC_FILES}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if not urlsplit(target).scheme]
    files = [page.parent / unquote(target.split("#")[0]) for target in targets if not target.startswith("#")]
    assert [relative(page) + " → " + str(file) for file in files if not file.exists()] == []
