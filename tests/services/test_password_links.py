"""One-time links, and the passwords that are chosen with them."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from democracy.domain.actors import Member
from democracy.domain.throttling import LINK
from democracy.errors import InvalidInputError, NotFoundError, SignInRefusedError
from democracy.services.new_session import NewSession
from tests.people import NOON, PASSWORD, People
from tests.work import Work

DAY = timedelta(days=1)


def _code(body: str) -> str:
    return next(word.partition("#")[2] or word for word in body.split() if "#" in word or word.count("-") == 4)


async def test_a_link_comes_by_mail_and_works_once(people: People) -> None:
    member_id = await people.member()
    await people.app.password_links(NOON).request("10042")
    ((channel, subject, body),) = await people.rows("SELECT channel, subject, body FROM outbox")
    assert (channel, subject) == ("mail", "Välj ditt lösenord")
    assert "https://example.org/password#" in body
    assert "3 mars 2026 kl. 13.00" in body
    later = people.app.password_links(NOON + timedelta(hours=23))
    session = await later.set_password(_code(body), PASSWORD)
    assert session.actor == Member(member_id)
    assert await people.app.accounts(NOON).sign_in("10042", PASSWORD)
    with pytest.raises(SignInRefusedError, match="link_invalid"):
        await later.set_password(_code(body), PASSWORD)


async def test_whoever_has_no_address_gets_one_letter_that_holds_for_two_weeks(people: People) -> None:
    await people.member(email=None)
    await people.app.password_links(NOON).request("10042")
    await people.app.password_links(NOON + DAY).request("10042")
    ((channel, body),) = await people.rows("SELECT channel, body FROM outbox")
    assert channel == "letter"
    session = await people.app.password_links(NOON + 13 * DAY).set_password(_code(body).lower(), PASSWORD)
    assert session.token
    assert len(await people.rows("SELECT * FROM outbox")) == 1


async def test_a_link_is_written_in_the_members_own_language(people: People) -> None:
    await people.member(language="en")
    await people.app.password_links(NOON).request("10042")
    assert await people.rows("SELECT subject FROM outbox") == [("Choose your password",)]


@pytest.mark.parametrize("login", ["99999", "nobody@example.org", "\0"])
async def test_asking_for_nobody_is_answered_alike_after_the_same_statements(
    people: People, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    await people.rows("SELECT 1")
    await people.app.accounts(NOON).resolve("nothing")
    await people.run("DELETE FROM outbox")
    work = Work(people, monkeypatch)
    links = people.app.password_links(NOON)
    known = await work.of(partial(links.request, "10042"))
    assert await work.of(partial(links.request, login)) == known
    for table in ("account", "password_link", "outbox"):
        assert len(await people.rows(f"SELECT * FROM {table}")) == 1


async def test_nobody_fills_another_members_letter_box(people: People) -> None:
    await people.member()
    for _ in range(10):
        await people.app.password_links(NOON).request("10042")
    assert len(await people.rows("SELECT * FROM outbox")) == LINK.free
    await people.app.password_links(NOON + LINK.first).request("10042")
    assert len(await people.rows("SELECT * FROM outbox")) == LINK.free + 1


async def test_a_new_password_signs_out_everywhere_spends_other_links_and_is_told_by_mail(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    accounts, links = people.app.accounts(NOON), people.app.password_links(NOON)
    before = (await accounts.sign_in("10042", PASSWORD)).token
    other, link = await links.make("10042"), await links.make("asa@example.org")
    session = await links.set_password(link.code, "ett annat lösenord")
    assert await accounts.resolve(before) is None
    assert await accounts.resolve(session.token) is not None
    with pytest.raises(SignInRefusedError, match="wrong_credentials"):
        await accounts.sign_in("10042", PASSWORD)
    with pytest.raises(SignInRefusedError, match="link_invalid"):
        await links.set_password(other.code, PASSWORD)
    assert await people.rows("SELECT purpose, subject FROM outbox") == [("password_changed", "Ditt lösenord är bytt")]


async def test_a_link_lets_in_whoever_somebody_else_has_locked_out(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    accounts = people.app.accounts(NOON)
    for login in ("10042", "asa@example.org"):
        for _ in range(6):
            with pytest.raises(SignInRefusedError):
                await accounts.sign_in(login, "fel lösenord!")
    link = await people.app.password_links(NOON).make("10042")
    await people.app.password_links(NOON).set_password(link.code, PASSWORD)
    assert await accounts.sign_in("10042", PASSWORD)
    assert await accounts.sign_in("asa@example.org", PASSWORD)


async def test_a_password_that_will_not_do_leaves_the_link_unused(people: People) -> None:
    await people.member()
    links = people.app.password_links(NOON)
    link = await links.make("10042")
    with pytest.raises(InvalidInputError) as refused:
        await links.set_password(link.code, "10042 östlund")
    assert [(field.path, field.code) for field in refused.value.fields] == [("password", "password_personal")]
    assert await people.rows("SELECT password_hash FROM account") == [(None,)]
    assert await links.set_password(link.code, PASSWORD)


async def test_a_link_too_old_is_refused_before_anything_is_hashed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    link = await people.app.password_links(NOON).make("10042")

    async def unwanted(_: str) -> str:
        raise AssertionError("hashed for nobody")

    monkeypatch.setattr(people.app.passwords, "hash", unwanted)
    for code, at in ((link.code, NOON + DAY), ("00000-00000-00000-00000-00000", NOON), ("", NOON)):
        with pytest.raises(SignInRefusedError, match="link_invalid"):
            await people.app.password_links(at).set_password(code, PASSWORD)


async def test_of_two_who_use_a_link_at_once_one_succeeds(people: People) -> None:
    await people.member()
    links = people.app.password_links(NOON)
    link = await links.make("10042")
    attempts = (links.set_password(link.code, f"{number} olika lösenord") for number in range(6))
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(each, NewSession) for each in outcomes) == 1
    assert sum(isinstance(each, SignInRefusedError) for each in outcomes) == 5


async def test_the_link_itself_is_kept_in_the_outbox_only(people: People) -> None:
    await people.member()
    await people.app.password_links(NOON).request("10042")
    ((body,),) = await people.rows("SELECT body FROM outbox")
    assert _code(body) not in repr(await people.rows("SELECT * FROM password_link"))


async def test_an_erased_members_link_is_void(people: People) -> None:
    await people.member()
    link = await people.app.password_links(NOON).make("10042")
    await people.erase_members()
    with pytest.raises(SignInRefusedError, match="link_invalid"):
        await people.app.password_links(NOON).set_password(link.code, PASSWORD)


async def test_the_operator_is_told_when_there_is_nobody(people: People) -> None:
    with pytest.raises(NotFoundError):
        await people.app.password_links(NOON).make("99999")
