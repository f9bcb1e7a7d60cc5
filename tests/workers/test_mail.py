"""What waits in the outbox leaves: by a mail server, into a folder, as letters."""

import asyncio
import shutil
import ssl
import stat
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

from democracy.storage import outbox
from democracy.storage.outbox import MAIL, NewMessage, Outgoing
from democracy.workers.carriers import Carrier, LetterFolder, MailFolder, NoWayOutError
from democracy.workers.mail import AGAIN_AFTER, TAKEN_FOR, Outbox
from democracy.workers.smtp import MailServer
from tests.people import NOON, People
from tests.workers.servers import mail_server

SENDER = "forening@example.org"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


def _worker(people: People, carrier: Carrier, clock: Clock | None = None) -> Outbox:
    return Outbox(people.app.database, clock or Clock(), carrier)


async def _write(people: People, count: int = 1, *, channel: str = MAIL) -> None:
    member_id = await people.member()
    async with people.app.database.unit(NOON) as unit:
        for number in range(count):
            message = NewMessage(channel, "password_link", member_id, None, f"Åtta {number}", f"hemlig länk {number}\n")
            await outbox.add_message(unit.session, message, NOON)


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("test.db"))


async def _state(people: People) -> list[tuple[object, ...]]:
    rows = await people.rows("SELECT body, due_at IS NULL, attempts, sent_at IS NULL, error FROM outbox ORDER BY id")
    return [(row[0], bool(row[1]), row[2], bool(row[3]), row[4]) for row in rows]


SENT, GIVEN_UP = ("", True, 1, False, None), ("", True)


async def test_mail_leaves_through_a_server_and_what_it_said_is_forgotten(people: People) -> None:
    await _write(people, 3)
    async with mail_server() as server:
        carrier = MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER)
        assert await _worker(people, carrier).send_due() == 3
        assert await _worker(people, carrier).send_due() == 0
    assert [message["Subject"] for message in server.messages] == ["Åtta 0", "Åtta 1", "Åtta 2"]
    first = server.messages[0]
    assert (first["To"], first["From"]) == ("asa@example.org", SENDER)
    assert (first["Content-Language"], first["Auto-Submitted"]) == ("sv", "auto-generated")
    assert first.get_content().split() == ["hemlig", "länk", "0"]
    assert len({message["Message-ID"] for message in server.messages}) == 3
    assert await _state(people) == [SENT] * 3


async def test_nothing_leaves_unencrypted_where_the_server_has_no_starttls(people: People) -> None:
    await _write(people)
    async with mail_server() as server:
        carrier = MailServer.at(f"smtp://127.0.0.1:{server.port}", SENDER)
        with pytest.raises(NoWayOutError, match="no_starttls"):
            await _worker(people, carrier).send_due()
    assert server.messages == []
    assert await _state(people) == [("hemlig länk 0\n", False, 0, True, None)]


async def test_mail_leaves_by_starttls_after_signing_in(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: no certificate can be made for the server")
    certificate, key = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    await _write(people)
    async with mail_server(context) as server:
        url = f"smtp://kansli%40example.org:{{}}@localhost:{server.port}"
        with pytest.raises(NoWayOutError, match="bad_certificate"):
            await _worker(people, MailServer.at(url.format("hemligt%2Ford"), SENDER)).send_due()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoWayOutError, match="smtp_535"):
            await _worker(people, MailServer.at(url.format("fel"), SENDER)).send_due()
        assert await _worker(people, MailServer.at(url.format("hemligt%2Ford"), SENDER)).send_due() == 1
    assert server.encrypted == [True]
    assert server.users[-1] == "kansli@example.org"


@pytest.mark.parametrize("url", ["http://host", "smtp://", "smtp://host?tls=no", "smtp://host?starttls=maybe", "host"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="DEMOCRACY_SMTP_URL") as refused:
        MailServer.at(url.replace("host", "user:hemligt@host"), SENDER)
    assert "hemligt" not in str(refused.value)


async def test_a_refusal_is_tried_again_with_growing_waits_and_then_given_up_aloud(people: People) -> None:
    await _write(people)
    clock = Clock()
    async with mail_server() as server:
        server.data = "451 later"
        worker = _worker(people, MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER), clock)
        with structlog.testing.capture_logs() as logs:
            for wait in AGAIN_AFTER:
                assert await worker.send_due() == 0
                clock.at += wait - timedelta(seconds=1)
                assert await worker.send_due() == 0
                clock.at += timedelta(seconds=1)
            assert (await _state(people))[0][:4] == ("hemlig länk 0\n", False, len(AGAIN_AFTER), True)
            await worker.send_due()
    assert await _state(people) == [("", True, len(AGAIN_AFTER) + 1, True, "smtp_451")]
    assert [log["event"] for log in logs] == ["mail_failed"] * len(AGAIN_AFTER) + ["mail_given_up"]
    assert logs[-1]["log_level"] == "error"
    assert "example.org" not in repr(logs)


async def test_a_server_that_recovers_gets_what_it_refused_for_a_while(people: People) -> None:
    await _write(people, 2)
    clock = Clock()
    async with mail_server() as server:
        worker = _worker(people, MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER), clock)
        server.data = "451 later"
        assert await worker.send_due() == 0
        server.data = None
        clock.at += AGAIN_AFTER[0]
        assert await worker.send_due() == 2


async def test_a_mailbox_that_does_not_exist_is_given_up_at_once(people: People) -> None:
    await _write(people)
    async with mail_server() as server:
        server.rcpt = "550 no such mailbox"
        worker = _worker(people, MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER))
        assert await worker.send_due() == 0
    assert await _state(people) == [("", True, 1, True, "smtp_550")]


async def test_a_server_out_of_reach_costs_no_message_a_try(people: People) -> None:
    await _write(people)
    async with mail_server() as server:
        port = server.port
    worker = _worker(people, MailServer.at(f"smtp://127.0.0.1:{port}?starttls=no", SENDER))
    for _ in range(20):
        with pytest.raises(NoWayOutError):
            await worker.send_due()
    assert await _state(people) == [("hemlig länk 0\n", False, 0, True, None)]


async def test_a_lost_connection_costs_only_the_message_under_way(people: People) -> None:
    await _write(people, 2)
    clock = Clock()
    async with mail_server() as server:
        worker = _worker(people, MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER), clock)
        server.drop = True
        with pytest.raises(NoWayOutError):
            await worker.send_due()
        assert [state[2] for state in await _state(people)] == [1, 0]
        server.drop = False
        clock.at += AGAIN_AFTER[0]
        assert await worker.send_due() == 2


async def test_several_workers_send_every_message_once(people: People, tmp_path: Path) -> None:
    await _write(people, 40)
    async with mail_server() as server:
        carrier = MailServer.at(f"smtp://127.0.0.1:{server.port}?starttls=no", SENDER)
        counts = await asyncio.gather(*(_worker(people, carrier).send_due() for _ in range(4)))
    assert sum(counts) == 40
    assert len({message["Message-ID"] for message in server.messages}) == len(server.messages) == 40


async def test_a_worker_that_dies_before_marking_leaves_the_message_to_be_sent_again(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _write(people)
    clock = Clock()
    worker = _worker(people, MailFolder(tmp_path, SENDER), clock)

    async def die(*_: object) -> None:
        raise SystemError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "mark_sent", die)
        with pytest.raises(SystemError):
            await worker.send_due()
    assert len(_files(tmp_path)) == 1
    assert await worker.send_due() == 0
    clock.at += TAKEN_FOR
    assert await worker.send_due() == 1
    assert len(_files(tmp_path)) == 1


async def test_a_folder_of_messages_can_be_read_by_its_owner_alone(people: People, tmp_path: Path) -> None:
    await _write(people)
    folder = tmp_path / "post"
    assert await _worker(people, MailFolder(folder, SENDER)).send_due() == 1
    (written,) = folder.iterdir()
    message = message_from_bytes(written.read_bytes(), policy=default)
    assert written.suffix == ".eml"
    assert message["Subject"] == "Åtta 0"
    assert "hemlig länk 0" in written.read_text(encoding="utf-8")
    assert "sa" not in written.name.replace("password_link", "")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_a_letter_is_written_for_whoever_has_no_address_and_mail_does_not_touch_it(
    people: People, tmp_path: Path
) -> None:
    await people.member(email=None)
    await people.app.password_links(NOON).request("10042")
    assert await _worker(people, MailFolder(tmp_path / "mail", SENDER)).send_due() == 0
    assert await _worker(people, LetterFolder(tmp_path / "letters", STOCKHOLM)).send_due() == 1
    (written,) = (tmp_path / "letters").iterdir()
    html = written.read_text(encoding="utf-8")
    assert "Åsa Östlund\nÄngsgatan 3\n123 45 Norrviken" in html
    assert "2026-03-02" in html
    assert await _state(people) == [SENT]


@pytest.mark.parametrize("channel", ["mail", "letter"])
async def test_nothing_is_sent_to_somebody_erased_meanwhile(people: People, tmp_path: Path, channel: str) -> None:
    await _write(people, channel=channel)
    await people.erase_members()
    carrier: Carrier = MailFolder(tmp_path, SENDER) if channel == "mail" else LetterFolder(tmp_path, STOCKHOLM)
    assert await _worker(people, carrier).send_due() == 0
    assert _files(tmp_path) == []
    assert (await _state(people))[0][:2] == GIVEN_UP


async def test_a_folder_that_cannot_be_written_to_keeps_the_messages(people: People, tmp_path: Path) -> None:
    await _write(people)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NoWayOutError, match="folder_unusable"):
        await _worker(people, MailFolder(tmp_path / "file" / "post", SENDER)).send_due()
    assert await _state(people) == [("hemlig länk 0\n", False, 0, True, None)]


async def test_a_worker_at_work_sends_what_comes_and_stops_when_told(people: People) -> None:
    sent = asyncio.Event()

    class Telling(MailFolder):
        async def _send(self, message: Outgoing) -> None:
            sent.set()

    stop = asyncio.Event()
    running = asyncio.create_task(_worker(people, Telling(Path(), SENDER)).run(stop))
    await _write(people)
    async with asyncio.timeout(20):
        await sent.wait()
        stop.set()
        await running
