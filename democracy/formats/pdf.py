"""PDF that a screen reader can follow (PDF/UA-1): tagged, with its language, its title and real headings and tables.

Made by Typst, which is an optional part of the installation.
"""

from importlib.util import find_spec

from democracy.formats.typst_markup import escaped, to_typst

_HEAD = """#set document(title: [{title}])
#set page(paper: "a4", margin: 25mm, numbering: "1 (1)")
#set text(lang: "{language}", font: "Libertinus Serif", size: 11pt)
#set par(justify: false, leading: 0.7em)
#show heading: set block(above: 1.6em, below: 0.8em)
#show heading.where(level: 1): set text(size: 1.3em)
#set table(stroke: 0.5pt + gray)
"""


class PdfUnavailableError(Exception):
    """Typst is not installed. The text names the remedy."""

    def __init__(self) -> None:
        super().__init__("PDF needs the optional part pdf: pip install 'democracy[pdf]'")


def available() -> bool:
    """Whether this installation can make PDF."""
    return find_spec("typst") is not None


def to_pdf(markdown: str, *, title: str, language: str = "sv") -> bytes:
    """Set a text in Markdown as PDF/UA-1 on A4. Raises PdfUnavailableError where Typst is missing.

    The same text gives the same bytes. It takes a tenth of a second or more: call it in a thread of its own.
    """
    if not available():
        raise PdfUnavailableError
    import typst

    source = (_HEAD.format(title=escaped(title), language=language) + to_typst(markdown)).encode()
    try:
        made: bytes = typst.compile(source, format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError:
        # A letter that no font here can show, or headings that skip a level: tagged all the same, without the promise.
        made = typst.compile(source, format="pdf", timestamp=0)
    return made
