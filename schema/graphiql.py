"""The page for trying the API in a browser, with its scripts pinned by version and by hash.

The hashes are of the files in the packages on npm, which unpkg serves unchanged: `npm pack graphiql@3.9.0`, then
`openssl dgst -sha384 -binary package/graphiql.min.js | base64`. Without a connection to unpkg the page shows a request
for curl instead.
"""

import secrets
from importlib import resources
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from schema.language import language_of

CDN = "https://unpkg.com/"
SCRIPTS = (
    ("react@18.3.1/umd/react.production.min.js", "DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z"),
    (
        "react-dom@18.3.1/umd/react-dom.production.min.js",
        "gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1",
    ),
    ("graphiql@3.9.0/graphiql.min.js", "8NGfVj4CVlqHajlZj+bPJT4thxPMHMJYn7DWK2CvtopLd02E7qsPHazniBYvVjOO"),
)
STYLE = ("graphiql@3.9.0/graphiql.min.css", "QMux00XgRtwRLSYIY3kw2rj1ovk5AuuliAchk+HSQbqdbGFnz9GYuqIlOqxhwCE2")
OFFLINE = {
    "sv": "GraphiQL hämtas från unpkg.com, som inte svarar. Du kan prova med curl i stället:",
    "en": "GraphiQL comes from unpkg.com, which does not answer. You can try curl instead:",
}
_PAGE = Template(resources.files("schema").joinpath("graphiql.html").read_text("utf-8"))


def graphiql(request: Request) -> Response:
    """The page, allowed to load these scripts and to talk to this server, and nothing else."""
    nonce, language = secrets.token_urlsafe(16), language_of(request)
    page = _PAGE.substitute(
        nonce=nonce,
        language=language,
        offline=OFFLINE[language],
        address=str(request.url.replace(query="")).replace("<", "").replace("'", ""),
        style_url=CDN + STYLE[0],
        style_hash=f"sha384-{STYLE[1]}",
        scripts="\n    ".join(_script(*each) for each in SCRIPTS),
    )
    return HTMLResponse(page, headers={"content-security-policy": _policy(request, nonce)})


def _script(path: str, digest: str) -> str:
    return f'<script src="{CDN}{path}" integrity="sha384-{digest}" crossorigin="anonymous"></script>'


def _policy(request: Request, nonce: str) -> str:
    host = request.url.netloc
    scripts = " ".join(CDN + path for path, _ in SCRIPTS)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}' {scripts}",
            "style-src 'unsafe-inline' " + CDN + STYLE[0],  # the editor writes style attributes
            "font-src data:",
            "img-src data:",
            f"connect-src 'self' ws://{host} wss://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
