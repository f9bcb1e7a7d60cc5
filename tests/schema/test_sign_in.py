"""Signing in over HTTP: bearer and cookie, the same answer for everybody, the page that a link opens."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest

from schema.context import context_factory_of
from schema.credentials import SESSION_COOKIE
from schema.edge import build_app
from schema.password_page import PASSWORD_PAGE, WORDS
from schema.schema import schema
from tests.people import PASSWORD, People, living_at

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
    __typename ... on Session { token expiresAt } ... on SignInRefused { code message retryAt }
    ... on InvalidInput { fields { path code } } } }"""
VIEWER = "{ viewer { name memberNumber } }"
ASA = {"name": "Åsa Östlund", "memberNumber": "10042"}
BROWSER = {"x-democracy-client": "test"}


class Client:
    """Speaks to one installation; `answer` fails on any error."""

    def __init__(self, people: People) -> None:
        app = build_app(people.app, schema, context_factory_of(people.app), people.app.settings, pages=[PASSWORD_PAGE])
        self.people = people
        base_url = people.app.settings.base_url
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=base_url)

    async def post(self, query: str, input: dict[str, Any] | None = None, **headers: str) -> httpx2.Response:  # noqa: A002 - the API's word
        body = {"query": query, "variables": {"input": input} if input is not None else {}}
        return await self.http.post("/graphql", json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def answer(self, query: str, input: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:  # noqa: A002 - the API's word
        answered = (await self.post(query, input, **headers)).json()
        assert "errors" not in answered, answered
        data: dict[str, Any] = answered["data"]
        return data

    async def sign_in(self, **credentials: Any) -> dict[str, Any]:
        result: dict[str, Any] = (await self.answer(SIGN_IN, credentials))["signIn"]
        return result

    async def viewer(self, **headers: str) -> Any:
        return (await self.answer(VIEWER, None, **headers))["viewer"]


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[Client]:
    async with living_at(database_url) as people:
        await people.member()
        await people.with_password("10042", at=people.app.now())
        client = Client(people)
        async with client.http:
            yield client


@pytest.mark.parametrize("login", [{"memberNumber": "10042"}, {"email": "Asa@example.org"}])
async def test_a_client_signs_in_and_sends_its_token(client: Client, login: dict[str, str]) -> None:
    assert await client.viewer() is None
    session = await client.sign_in(password=PASSWORD, **login)
    assert session["__typename"] == "Session"
    assert await client.viewer(authorization=f"Bearer {session['token']}") == ASA
    assert await client.viewer() is None
    assert SESSION_COOKIE not in client.http.cookies


async def test_a_browser_keeps_its_token_where_no_script_can_read_it(client: Client) -> None:
    response = await client.post(SIGN_IN, {"memberNumber": "10042", "password": PASSWORD, "cookie": True})
    assert response.json()["data"]["signIn"]["token"] is None
    attributes = {part.strip().lower() for part in response.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "secure", "path=/"} <= attributes
    assert await client.viewer(**BROWSER) == ASA
    assert (await client.post(VIEWER)).status_code == 403
    assert await client.answer("mutation { signOut { sessions } }", None, **BROWSER) == {"signOut": {"sessions": 1}}
    assert SESSION_COOKIE not in client.http.cookies
    assert await client.viewer() is None


async def test_without_https_the_cookie_says_nothing_about_it(sqlite_url: str) -> None:
    async with living_at(sqlite_url, base_url="http://127.0.0.1:8000") as people:
        await people.member()
        await people.with_password("10042", at=people.app.now())
        client = Client(people)
        async with client.http:
            response = await client.post(SIGN_IN, {"memberNumber": "10042", "password": PASSWORD, "cookie": True})
            assert "secure" not in response.headers["set-cookie"].lower()


async def test_whoever_signs_in_does_the_rest_of_the_request_and_whoever_signs_out_does_not(client: Client) -> None:
    both = SIGN_IN.removesuffix("}") + "out: signOut { sessions } }"
    data = await client.answer(both, {"memberNumber": "10042", "password": PASSWORD})
    assert data["out"] == {"sessions": 1}
    assert await client.viewer(authorization=f"Bearer {data['signIn']['token']}") is None


async def test_signing_out_everywhere_ends_every_device(client: Client) -> None:
    tokens = [(await client.sign_in(memberNumber="10042", password=PASSWORD))["token"] for _ in range(3)]
    everywhere = "mutation { signOutEverywhere { sessions } }"
    data = await client.answer(everywhere, authorization=f"Bearer {tokens[0]}")
    assert data == {"signOutEverywhere": {"sessions": 3}}
    assert [await client.viewer(authorization=f"Bearer {token}") for token in tokens] == [None] * 3
    assert await client.answer(everywhere) == {"signOutEverywhere": {"sessions": 0}}


async def test_unknown_and_wrong_get_the_same_words_in_the_readers_language(client: Client) -> None:
    wrong = await client.sign_in(memberNumber="10042", password="fel lösenord!")
    assert await client.sign_in(memberNumber="99999", password="fel lösenord!") == wrong
    assert (wrong["__typename"], wrong["code"], wrong["retryAt"]) == ("SignInRefused", "wrong_credentials", None)
    assert wrong["message"].startswith("Medlemsnumret")
    english = await client.answer(SIGN_IN, {"memberNumber": "99999", "password": "x"}, accept_language="en")
    assert english["signIn"]["message"].startswith("The member number")


async def test_aliases_do_not_multiply_attempts(client: Client) -> None:
    field = 'signIn(input: {memberNumber: "10042", password: "fel"}) { ... on SignInRefused { code message } }'
    data = await client.answer("mutation {" + " ".join(f"a{number}: {field}" for number in range(8)) + "}")
    assert [answer["code"] for answer in data.values()] == ["wrong_credentials"] * 5 + ["too_many_attempts"] * 3
    assert re.search(r"Vänta till \d+ \w+ \d{4} kl\. \d\d\.\d\d", data["a7"]["message"])
    refused = await client.sign_in(memberNumber="10042", password=PASSWORD)
    assert refused["code"] == "too_many_attempts"
    assert refused["retryAt"]


@pytest.mark.parametrize("login", [{}, {"memberNumber": "1", "email": "a@b.se"}, {"memberNumber": ""}])
async def test_a_login_that_is_none_or_two_is_no_login(client: Client, login: dict[str, str]) -> None:
    refused = await client.sign_in(password=PASSWORD, **login)
    assert refused == {"__typename": "InvalidInput", "fields": [{"path": "memberNumber", "code": "login_missing"}]}


async def test_a_link_sets_a_password_once_and_signs_in(client: Client) -> None:
    page = await _page(client)
    asked = await client.answer(page["requestPasswordLink"], {"email": "asa@example.org"})
    assert await client.answer(page["requestPasswordLink"], {"memberNumber": "99999"}) == asked
    ((body,),) = await client.people.rows("SELECT body FROM outbox")
    address, _, code = next(word for word in body.split() if "#" in word).partition("#")
    assert address == "https://example.org/password"
    chosen = {"code": code, "password": "ett helt nytt ord", "cookie": True}
    refused = await client.answer(page["setPassword"], {**chosen, "password": "kort"})
    assert refused["result"]["message"].startswith("Lösenordet är för kort. Välj minst 12 tecken")
    assert (await client.answer(page["setPassword"], chosen))["result"] == {"__typename": "Session"}
    assert await client.viewer(**BROWSER) == ASA
    used = await client.answer(page["setPassword"], chosen, **BROWSER)
    assert used["result"]["__typename"] == "SignInRefused"
    client.http.cookies.clear()
    assert (await client.sign_in(memberNumber="10042", password="ett helt nytt ord"))["__typename"] == "Session"


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_the_page_of_a_link_runs_its_own_script_alone(client: Client, language: str) -> None:
    response = await client.http.get("/password", headers={"accept-language": language})
    policy, seen = response.headers["content-security-policy"], _Seen()
    seen.feed(response.text)
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    assert len(nonces) == 1
    assert {attributes.get("nonce") for tag, attributes in seen.tags if tag == "style"} == nonces
    scripts = [attributes for tag, attributes in seen.tags if tag == "script"]
    assert all(each.get("nonce") in nonces or each.get("type") == "application/json" for each in scripts)
    assert not any("src" in each for each in scripts)
    assert WORDS[language]["title"] in response.text
    assert response.headers["referrer-policy"] == "no-referrer"
    assert WORDS["sv"].keys() == WORDS["en"].keys()


async def test_attempts_of_many_requests_at_once_are_counted_too(client: Client) -> None:
    attempts = (client.sign_in(memberNumber="10042", password="fel lösenord!") for _ in range(12))
    codes = [answer["code"] for answer in await asyncio.gather(*attempts)]
    assert codes.count("wrong_credentials") == 5


class _Seen(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


async def _page(client: Client) -> dict[str, str]:
    """What the page asks of the API, as it stands in the page itself."""
    text = (await client.http.get("/password")).text
    found = re.search(r'<script type="application/json" id="words">(.*?)</script>', text, re.DOTALL)
    assert found
    words: dict[str, str] = json.loads(found[1])
    return words
