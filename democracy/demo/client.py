"""Somebody at a device of their own: a session over HTTP."""

import http.client
import json
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 120
"""Seconds that an answer may take: two hundred people ask at once."""


class RefusedError(Exception):
    """The server said no; the words are those that it gave."""


class SilentError(Exception):
    """Nobody answers at the address."""


@dataclass
class Client:
    """A signed-in person."""

    address: str
    name: str
    number: str
    token: str = ""

    def sign_in(self, password: str) -> "Client":
        """The same, signed in."""
        self.token = self.do("SignIn", memberNumber=self.number, password=password)["token"]
        return self

    def do(self, operation: str, **given: object) -> dict[str, Any]:
        """Ask for a mutation. Raises RefusedError with the server's words."""
        answer: dict[str, Any] = self.ask(operation, input=given)["answer"]
        if "message" in answer:
            raise RefusedError(f"{self.name}: {answer['message']}")
        return answer

    def ask(self, operation: str, **variables: object) -> dict[str, Any]:
        """Ask for an operation by its name. Raises SilentError where nobody answers."""
        body = json.dumps({"query": operations()[operation], "variables": variables})
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            found = json.loads(self._send(body, headers))
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            raise SilentError(self.address) from error
        if found.get("errors"):
            raise RefusedError(f"{self.name}: {found['errors'][0]['message']}")
        data: dict[str, Any] = found["data"]
        return data

    def _send(self, body: str, headers: dict[str, str]) -> bytes:
        # A line of its own for each: the server hangs up on whoever is silent for some seconds.
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        with closing(line):
            line.request("POST", "/graphql", body.encode(), headers)
            return line.getresponse().read()


@cache
def operations() -> dict[str, str]:
    """What is asked, by name."""
    text = files("democracy.demo").joinpath("live.graphql").read_text("utf-8")
    blocks = [each.strip() for each in text.split("\n\n")]
    return {each.split(" ", 1)[1].split("(")[0].split(" ")[0]: _whole(each) for each in blocks}


def _whole(operation: str) -> str:
    """With the refusals spelled out."""
    kinds = ("NotAllowed", "NotFound", "InvalidInput", "Conflict")
    return operation.replace("...Refused", " ".join(f"... on {kind} {{ message }}" for kind in kinds))
