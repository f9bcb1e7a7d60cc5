"""A text in Markdown as a page of HTML for browsers and screen readers, with nothing fetched from elsewhere."""

import re
from html import escape

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).disable("html_inline").disable("html_block").disable("image")
_PARSER.enable("table")
_TH = re.compile(r"<th(?=[ >])")
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.6 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #111; }}
h1, h2, h3 {{ line-height: 1.25; margin-top: 2em; }}
table {{ border-collapse: collapse; }} th, td {{ border: 1px solid #777; padding: .3rem .6rem; text-align: left; }}
blockquote {{ margin-left: 1rem; padding-left: 1rem; border-left: 3px solid #777; }}
</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The Content-Security-Policy that such a page is served with: its own style, and nothing else."""


def to_page(markdown: str, *, title: str, language: str = "sv") -> str:
    """The page. Headings and tables are real ones, so that a reader can go from one to the next."""
    body = _TH.sub('<th scope="col"', _PARSER.render(markdown))
    return _PAGE.format(language=escape(language), title=escape(title), body=body)
