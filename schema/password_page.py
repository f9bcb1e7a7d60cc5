"""The page that a one-time link opens: for people without a client of their own.

The code stands after the number sign of its address, so that it reaches this page's script and no server's log.
"""

import json
import secrets
from html import escape
from importlib import resources
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from schema.language import language_of

REQUESTS = {
    "setPassword": "mutation ($input: SetPasswordInput!) { result: setPassword(input: $input)"
    " { __typename ... on SignInRefused { message } ... on InvalidInput { message } } }",
    "requestPasswordLink": "mutation ($input: RequestPasswordLinkInput!) { result: requestPasswordLink(input: $input)"
    " { __typename ... on PasswordLinkRequested { message } ... on InvalidInput { message } } }",
}
"""What the page asks of the API."""

WORDS = {
    "sv": {
        "title": "Välj ditt lösenord",
        "code": "Kod från brevet eller länken",
        "password": "Nytt lösenord, minst tolv tecken. Några ord som du lätt minns duger bra.",
        "save": "Spara lösenordet",
        "ask_title": "Saknar du en kod?",
        "login": "Ditt medlemsnummer eller din e-postadress",
        "ask": "Skicka mig en länk",
        "noscript": "Sidan behöver JavaScript. Du kan också be kansliet om hjälp.",
        "wait": "Vänta …",
        "done": "Klart! Lösenordet är sparat och du är inloggad på den här enheten.",
        "failed": "Det gick inte att nå servern. Försök igen om en stund.",
    },
    "en": {
        "title": "Choose your password",
        "code": "Code from the letter or the link",
        "password": "New password, at least twelve characters. A few words that you remember will do well.",
        "save": "Save the password",
        "ask_title": "No code?",
        "login": "Your member number or your e-mail address",
        "ask": "Send me a link",
        "noscript": "This page needs JavaScript. You can also ask the office for help.",
        "wait": "Wait …",
        "done": "Done! The password is saved, and this device is signed in.",
        "failed": "The server could not be reached. Try again in a while.",
    },
}
_PAGE = Template(resources.files("schema").joinpath("password_page.html").read_text("utf-8"))


def password_page(request: Request) -> Response:
    """The page, allowed to run its own script and to talk to this server, and nothing else."""
    nonce, language = secrets.token_urlsafe(16), language_of(request)
    said = WORDS[language]
    spoken = json.dumps({**REQUESTS, **{name: said[name] for name in ("wait", "done", "failed")}}, ensure_ascii=False)
    page = _PAGE.substitute(
        {name: escape(text) for name, text in said.items()},
        nonce=nonce,
        language=language,
        words=spoken.replace("<", "\\u003c"),
    )
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(page, headers={"content-security-policy": policy, "content-language": language})


PASSWORD_PAGE = Route("/password", password_page)
"""Where the links in mails and letters lead."""
