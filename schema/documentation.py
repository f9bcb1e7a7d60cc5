"""The pages that are generated beside the rules, served as HTML."""

from importlib.resources import files

from markdown_it import MarkdownIt
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from workflows.registry import registered

_PAGE = """<!doctype html>
<html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}}table{{border-collapse:collapse}}
td,th{{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}}pre{{overflow:auto}}</style>
<main>{body}</main></html>"""


async def documentation(request: Request) -> Response:
    """The page of one workflow; 404 for a name that is none."""
    name = request.path_params["workflow"]
    found = registered().get(name)
    if found is None:
        raise HTTPException(404)
    text = files("workflows").joinpath(f"{found.module}.md").read_text(encoding="utf-8")
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return HTMLResponse(_PAGE.format(title=name, body=body))


DOCUMENTATION = Route("/docs/{workflow}", documentation, methods=["GET"])
