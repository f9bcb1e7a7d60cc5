"""The generated pages, served."""

import httpx2
import pytest

from democracy.app import Application
from democracy.settings import Settings
from schema.asgi import create_app
from workflows.registry import registered


@pytest.mark.parametrize("workflow", sorted(registered()))
async def test_every_workflow_has_a_page_with_its_rules(sqlite_url: str, workflow: str) -> None:
    app = Application(Settings(database_url=sqlite_url))
    transport = httpx2.ASGITransport(app=create_app(application=app))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        page = await client.get(f"/docs/{workflow}")
        missing = await client.get("/docs/ingenting")
    await app.close()
    assert page.status_code == 200
    for rule in registered()[workflow].workflow.rules:
        assert f"<code>{rule}</code>" in page.text
    assert missing.status_code == 404
