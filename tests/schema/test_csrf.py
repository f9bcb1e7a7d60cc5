import httpx2
import pytest

from schema.credentials import SESSION_COOKIE
from tests.schema.conftest import World
from tests.schema.test_http import code

COOKIE = {"cookie": f"{SESSION_COOKIE}=t0ken"}
MUTATION = {"query": "mutation{submit{__typename}}"}


async def test_a_post_signed_in_by_cookie_alone_is_refused_and_changes_nothing(
    client: httpx2.AsyncClient, world: World
) -> None:
    response = await client.post("/graphql", json=MUTATION, headers=COOKIE)
    assert (response.status_code, code(response)) == (403, "CSRF_HEADER_MISSING")
    assert world.notes == []


@pytest.mark.parametrize(
    "headers", [{**COOKIE, "x-democracy-client": "web"}, {**COOKIE, "authorization": "Bearer t0ken"}, {}]
)
async def test_a_post_that_no_foreign_page_could_send_is_served(
    client: httpx2.AsyncClient, world: World, headers: dict[str, str]
) -> None:
    response = await client.post("/graphql", json=MUTATION, headers=headers)
    assert response.status_code == 200
    assert world.notes == ["submitted"]


async def test_an_empty_bearer_token_does_not_stand_in_for_the_header(client: httpx2.AsyncClient) -> None:
    response = await client.post("/graphql", json=MUTATION, headers={**COOKIE, "authorization": "Bearer "})
    assert (response.status_code, code(response)) == (403, "CSRF_HEADER_MISSING")


async def test_a_form_that_a_foreign_page_could_post_is_not_read(client: httpx2.AsyncClient, world: World) -> None:
    response = await client.post(
        "/graphql",
        content=b'{"query":"mutation{submit{__typename}}"}',
        headers={**COOKIE, "x-democracy-client": "web", "content-type": "text/plain"},
    )
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert world.notes == []
