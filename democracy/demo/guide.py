"""What the demo prints: the address, who to sign in as, and five things to try."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from democracy.demo import parts
from democracy.demo.build import PASSWORD
from democracy.demo.cast import FIRST_NUMBER, cast
from democracy.demo.content import load
from democracy.demo.parts import Part

ADDRESS = "http://127.0.0.1:8000"
"""Where the example is unless another port was chosen."""


@dataclass(frozen=True)
class Request:
    """One thing to try: what it shows, and a command that is complete as it stands."""

    title: str
    command: str


def guide(address: str, folder: Path) -> str:
    """The whole text for a terminal."""
    content = load()
    people = parts.playable(cast(content), content)
    told = {
        "@PEOPLE@": "\n".join(_line(each) for each in people),
        "@REQUESTS@": "\n".join(f"\n# {each.title}\n{each.command}" for each in requests(address)),
        "@URL@": address,
        "@PASSWORD@": PASSWORD,
        "@FIRST@": str(FIRST_NUMBER),
        "@FOLDER@": str(folder),
    }
    return _filled(files("democracy.demo").joinpath("guide.txt").read_text("utf-8"), told)


def requests(address: str = ADDRESS) -> list[Request]:
    """Five things to try, in an order in which they work."""
    known = cast(load())
    told = {
        "@URL@": address,
        "@PASSWORD@": PASSWORD,
        "@WRITER@": known.named(parts.WRITER).number,
        "@SECRETARY@": known.named(parts.SECRETARY).number,
    }
    text = files("democracy.demo").joinpath("requests.sh").read_text("utf-8")
    return [Request(title, _filled(command, told)) for title, command in _blocks(text)]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each comment that begins a line of its own, with the command below it."""
    for block in text.strip().split("\n\n"):
        title, command = block.split("\n", 1)
        yield title.removeprefix("# "), command


def _filled(text: str, told: dict[str, str]) -> str:
    for mark, value in told.items():
        text = text.replace(mark, value)
    return text


def _line(part: Part) -> str:
    return f"  {part.login:<36} {part.name:<22} {part.swedish} ({part.english})"
