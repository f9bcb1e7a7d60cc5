"""Many voters' clients in one process that cost as little as can be: what is measured beside them is the server.

`python -m tests.voters PORT CLIENTS FILE`: each line of the file is `TOKEN BODY`, one request. Writes `ready` once each
request is made up and each connection open, begins when it is given a line, writes `done` when all are answered, and
then, when its input ends, a line for each answer: the second at which it came, the status, and the body.
"""

import asyncio
import sys
import time
from collections import deque
from pathlib import Path

HEAD = (
    "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\naccept: application/json\r\n"
    "authorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n{body}"
)


class Voter(asyncio.Protocol):
    """One kept connection, which asks again as soon as it is answered."""

    def __init__(self, requests: deque[bytes], answers: list[tuple[float, bytes]]) -> None:
        self._requests, self._answers = requests, answers
        self._read, self._whole = b"", 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self) -> None:
        if self._requests:
            self._transport.write(self._requests.popleft())
        else:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._read += data
        if not self._whole:
            head, found, _ = self._read.partition(b"\r\n\r\n")
            if not found:
                return
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self._whole = len(head) + 4 + int(length)
        if len(self._read) >= self._whole:
            self._answers.append((time.perf_counter(), self._read))
            self._read, self._whole = b"", 0
            self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def vote(port: int, clients: int, lines: list[str]) -> None:
    """Send every line's request, from so many connections at once."""
    requests, answers = deque[bytes](), list[tuple[float, bytes]]()
    for line in lines:
        token, _, body = line.partition(" ")
        requests.append(HEAD.format(port=port, token=token, length=len(body), body=body).encode())
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: Voter(requests, answers), "127.0.0.1", port))[1] for _ in range(clients)
    ]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began = time.perf_counter()
    for each in made:
        each.ask()
    await asyncio.gather(*(each.done for each in made))
    sys.stdout.write("done\n")
    sys.stdout.flush()
    sys.stdin.read()
    for at, answer in answers:
        head, _, told = answer.decode().partition("\r\n\r\n")
        sys.stdout.write(f"{at - began:.6f} {head.split(maxsplit=2)[1]} {told}\n")


if __name__ == "__main__":
    port, clients, file = sys.argv[1:]
    asyncio.run(vote(int(port), int(clients), Path(file).read_text().splitlines()))
