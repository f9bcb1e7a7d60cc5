"""The web application around the schema: addresses, headers, health, figures, the page for browsers."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from democracy.settings import Settings
from schema.edge import build_app
from schema.graphiql import SCRIPTS, STYLE
from schema.health import Checks
from tests.schema.conftest import NOW, World, serving
from tests.schema.sample import schema
from tests.schema.test_http import code, post
from tests.schema.test_limits import BOMBS

GOOD: Checks = {"database": {"ok": True, "ms": 0.4}, "ledger": {"ok": True, "lag": 3}}


@dataclass
class Installation:
    """An application that does nothing but be there."""

    checks: Checks = field(default_factory=lambda: GOOD)
    fault: Exception | None = None
    life: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW

    async def start(self) -> None:
        self.life.append("started")

    async def close(self) -> None:
        self.life.append("closed")

    async def check(self) -> Checks:
        if self.fault:
            raise self.fault
        return self.checks


@pytest.fixture
def installation() -> Installation:
    return Installation()


def app(world: World, installation: Installation, **settings: Any) -> Starlette:
    return build_app(
        installation, schema, world.context, Settings(introspection=True, **settings), silent=frozenset({"search"})
    )


def client_of(application: Starlette) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=application)
    return httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")


@pytest.fixture
async def site(world: World, installation: Installation) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(app(world, installation)) as client:
        yield client


class TestAddresses:
    async def test_the_schema_is_served_with_the_installations_time(self, site: httpx2.AsyncClient) -> None:
        assert (await post(site, "{whose}")).json()["data"] == {"whose": NOW.isoformat()}

    async def test_an_unknown_address_is_refused_in_json(self, site: httpx2.AsyncClient) -> None:
        response = await site.get("/nothing")
        assert (response.status_code, code(response)) == (404, "NOT_FOUND")

    async def test_an_unknown_method_is_refused_in_json(self, site: httpx2.AsyncClient) -> None:
        response = await site.post("/health/live")
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
        assert "GET" in response.headers["allow"]

    async def test_the_installation_starts_and_closes_with_the_server(
        self, world: World, installation: Installation
    ) -> None:
        application = app(world, installation)
        async with application.router.lifespan_context(application):
            assert installation.life == ["started"]
        assert installation.life == ["started", "closed"]


class TestHeaders:
    async def test_every_answer_has_careful_headers_and_a_request_id(self, site: httpx2.AsyncClient) -> None:
        for response in (await post(site), await site.get("/nothing"), await site.get("/health/live")):
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["cache-control"] == "no-store"
            assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])

    async def test_a_request_id_is_ours_alone(self, site: httpx2.AsyncClient) -> None:
        response = await post(site, headers={"x-request-id": "Ylva Sandgren"})
        assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])

    async def test_browsers_remember_https_only_where_it_is_used(
        self, world: World, installation: Installation, site: httpx2.AsyncClient
    ) -> None:
        assert "strict-transport-security" not in (await post(site)).headers
        async with client_of(app(world, installation, base_url="https://demokrati.example")) as secure:
            assert "strict-transport-security" in (await post(secure)).headers

    async def test_pages_of_allowed_origins_may_send_the_client_header(
        self, world: World, installation: Installation
    ) -> None:
        ask = {"access-control-request-method": "POST", "access-control-request-headers": "x-democracy-client"}
        async with client_of(app(world, installation, allowed_origins=("https://app.example",))) as client:
            allowed = await client.options("/graphql", headers={"origin": "https://app.example", **ask})
            foreign = await client.options("/graphql", headers={"origin": "https://elsewhere.example", **ask})
        assert allowed.headers["access-control-allow-origin"] == "https://app.example"
        assert foreign.status_code == 400
        assert "access-control-allow-origin" not in foreign.headers

    async def test_a_fault_outside_the_schema_is_an_incident_in_json(
        self, world: World, installation: Installation
    ) -> None:
        application = app(world, installation)

        async def broken(_: Request) -> Response:
            raise ZeroDivisionError("secret")

        application.add_route("/broken", broken)
        async with client_of(application) as client:
            response = await client.get("/broken")
        assert (response.status_code, code(response)) == (500, "INTERNAL")
        assert "secret" not in response.text


class TestHealth:
    async def test_live_says_that_the_process_answers(self, site: httpx2.AsyncClient) -> None:
        assert (await site.get("/health/live")).json() == {"status": "alive"}

    async def test_ready_shows_every_check(self, site: httpx2.AsyncClient) -> None:
        response = await site.get("/health/ready")
        assert (response.status_code, response.json()) == (200, {"status": "ready", "checks": GOOD})

    async def test_one_bad_check_makes_it_unavailable(
        self, site: httpx2.AsyncClient, installation: Installation
    ) -> None:
        installation.checks = {**GOOD, "migrations": {"ok": False, "current": "0001", "head": "0002"}}
        response = await site.get("/health/ready")
        assert (response.status_code, response.json()["status"]) == (503, "unavailable")

    @pytest.mark.parametrize("fault", [ZeroDivisionError("secret"), TimeoutError()])
    async def test_a_check_that_fails_is_unavailable_too(
        self, site: httpx2.AsyncClient, installation: Installation, fault: Exception
    ) -> None:
        installation.fault = fault
        response = await site.get("/health/ready")
        assert response.status_code == 503
        assert "secret" not in response.text


class TestMetrics:
    async def figures(self, site: httpx2.AsyncClient) -> str:
        return (await site.get("/metrics")).text

    async def test_operations_are_counted_by_our_own_names(self, site: httpx2.AsyncClient) -> None:
        await post(site, "query YlvaSandgren{hello}")
        await post(site, "{broken}")
        await post(site, BOMBS["COST_LIMIT"])
        text = await self.figures(site)
        assert 'democracy_operations_total{field="hello",kind="query",result="ok"} 1.0' in text
        assert 'democracy_operations_total{field="broken",kind="query",result="fault"} 1.0' in text
        assert 'democracy_operations_total{field="motions",kind="query",result="refused"} 1.0' in text
        assert "YlvaSandgren" not in text

    async def test_what_clients_invent_makes_no_new_series(self, site: httpx2.AsyncClient) -> None:
        await post(site, "{hello}")
        before = (await self.figures(site)).count("democracy_operations_total{")
        for number in range(20):
            await post(site, f"query Q{number}{{a{number}:hello}}")
        assert (await self.figures(site)).count("democracy_operations_total{") == before

    async def test_checks_are_figures_too(self, site: httpx2.AsyncClient) -> None:
        assert 'democracy_check{check="ledger",value="lag"} 3.0' in await self.figures(site)

    async def test_a_silent_field_leaves_no_figure(self, site: httpx2.AsyncClient) -> None:
        await post(site, '{search(words:"x")}')
        assert "search" not in await self.figures(site)


HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class TestPage:
    async def test_a_browser_gets_the_page_where_it_is_switched_on(
        self, world: World, installation: Installation
    ) -> None:
        async with client_of(app(world, installation, graphiql=True)) as client:
            page = await client.get("/graphql", headers=HTML)
        assert page.headers["content-type"].startswith("text/html")
        for path, digest in (*SCRIPTS, STYLE):
            assert f'"https://unpkg.com/{path}" integrity="sha384-{digest}"' in page.text
        nonce = re.search('<script nonce="([^"]+)">', page.text)
        assert nonce is not None
        assert f"'nonce-{nonce[1]}'" in page.headers["content-security-policy"]
        assert "curl http://127.0.0.1:8000/graphql" in page.text
        assert "$" not in page.text

    async def test_nobody_gets_it_where_it_is_switched_off(self, site: httpx2.AsyncClient) -> None:
        response = await site.get("/graphql", headers=HTML)
        assert (response.status_code, code(response)) == (400, "MISSING_QUERY")

    async def test_a_browser_may_still_send_a_query(self, world: World, installation: Installation) -> None:
        async with client_of(app(world, installation, graphiql=True)) as client:
            response = await client.get("/graphql", params={"query": "{hello}"}, headers=HTML)
        assert response.json()["data"] == {"hello": "hej"}


async def test_the_application_runs_under_a_real_server(world: World, installation: Installation) -> None:
    async with (
        serving(app(world, installation)) as address,
        httpx2.AsyncClient(base_url=f"http://{address}") as client,
    ):
        answers = await asyncio.gather(*(post(client, "{hello}") for _ in range(20)))
    assert [each.status_code for each in answers] == [200] * 20
