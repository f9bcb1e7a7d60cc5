"""Mail and letters from their templates: `<name>.<channel>.<language>.txt`, whose first line is the subject."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from democracy.texts.words import LANGUAGES


@dataclass(frozen=True)
class Page:
    """What somebody will read."""

    subject: str
    body: str


def page(name: str, channel: str, language: str, **values: str) -> Page:
    """Fill a template; raises jinja2's UndefinedError for a value that is missing. Unknown languages read Swedish."""
    spoken = language if language in LANGUAGES else "sv"
    text = _templates().get_template(f"{name}.{channel}.{spoken}.txt").render(values)
    subject, _, body = text.partition("\n")
    return Page(subject.strip(), body.strip() + "\n")


def letter(*, language: str, **values: str) -> str:
    """A letter as HTML to print on A4, its address where a window envelope shows it."""
    return _templates().get_template("letter.html").render(language=language, **values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("democracy.texts"),
        autoescape=select_autoescape(enabled_extensions=("html",)),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
