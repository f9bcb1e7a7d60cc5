"""GraphQL over HTTP by the outside suite: npm's `graphql-http`, which sends 61 audits to a running server."""

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.schema.conftest import World, serving

PACKAGES = ("graphql-http@1.23.1", "graphql@16.11.0")
SCRIPT = """
import { auditServer } from "graphql-http";
const results = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("the audit suite needs node and npm")
    folder = Path(os.environ.get("DEMOCRACY_NODE_CACHE") or tmp_path_factory.mktemp("graphql-http"))
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    (folder / "audit.mjs").write_text(SCRIPT)
    if not (folder / "node_modules" / "graphql-http").exists():
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
        done = subprocess.run(install, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot install the audit suite: {done.stderr.strip()[-200:]}")
    return folder


async def test_all_61_audits_pass(world: World, suite: Path) -> None:
    async with serving(world.edge()) as address:
        process = await asyncio.create_subprocess_exec(
            "node", "audit.mjs", f"http://{address}/graphql", cwd=suite, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await asyncio.wait_for(process.communicate(), 60)
    results = json.loads(output)
    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 61
