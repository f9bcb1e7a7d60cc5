"""Signing in, staying signed in, signing out."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from functools import partial

import pytest
from argon2 import PasswordHasher

from democracy.domain.actors import Member, Staff
from democracy.domain.secrets import SESSION_PREFIX
from democracy.domain.throttling import SIGN_IN
from democracy.errors import SignInRefusedError
from democracy.services.new_session import SESSION_LASTS, SESSION_LONGEST
from tests.people import NOON, PASSWORD, People
from tests.work import Work

DAY = timedelta(days=1)


async def _refusal(attempt: Awaitable[object]) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as refused:
        await attempt
    return refused.value


@pytest.mark.parametrize("login", ["10042", " 10042 ", "asa@example.org", "ASA@Example.org"])
async def test_a_member_signs_in_by_number_or_address(people: People, login: str) -> None:
    member_id = await people.member()
    await people.with_password("10042")
    session = await people.app.accounts(NOON).sign_in(login, PASSWORD)
    who = await people.app.accounts(NOON).resolve(session.token)
    assert who is not None
    assert who.actor == session.actor == Member(member_id)
    assert who.session_id == session.session_id


async def test_an_employee_signs_in_by_address(people: People) -> None:
    staff_id = await people.employee(ends_on=date(2026, 3, 31))
    await people.with_password("kansli@example.org")
    session = await people.app.accounts(NOON).sign_in("kansli@example.org", PASSWORD)
    assert session.actor == Staff(staff_id)
    assert await people.app.accounts(NOON + 29 * DAY).resolve(session.token) is not None
    assert await people.app.accounts(NOON + 30 * DAY - timedelta(hours=1)).resolve(session.token) is None
    assert (await _refusal(people.app.accounts(NOON + 31 * DAY).sign_in("kansli@example.org", PASSWORD))).code == (
        "wrong_credentials"
    )


async def test_with_one_address_the_employee_comes_first_and_the_member_by_number(people: People) -> None:
    member_id, staff_id = await people.member(email="bo@example.org"), await people.employee("bo@example.org")
    await people.with_password("10042", "medlemmens egna ord")
    await people.with_password("bo@example.org", "kansliets egna ord")
    accounts = people.app.accounts(NOON)
    assert (await accounts.sign_in("bo@example.org", "kansliets egna ord")).actor == Staff(staff_id)
    assert (await accounts.sign_in("10042", "medlemmens egna ord")).actor == Member(member_id)
    assert (await _refusal(accounts.sign_in("bo@example.org", "medlemmens egna ord"))).code == "wrong_credentials"


async def test_unknown_wrong_and_passwordless_get_one_answer_for_the_same_work(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    await people.with_password("10042")
    await people.member("10043", email="nils@example.org")
    work = Work(people, monkeypatch)
    answers, costs = set(), set()

    async def attempt(login: str) -> None:
        refusal = await _refusal(people.app.accounts(NOON).sign_in(login, "fel lösenord!"))
        answers.add((refusal.code, refusal.retry_at))

    for login in ("10042", "10043", "99999", "asa@example.org", "nobody@example.org", "", "x\0" * 50):
        costs.add(await work.of(partial(attempt, login)))
    assert answers == {("wrong_credentials", None)}
    assert len(costs) == 1
    assert costs.pop()[0] == 1


async def test_known_and_unknown_wait_alike_after_too_many_attempts(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    answers = {}
    for login in ("10042", "99999"):
        refusals = [await _refusal(people.app.accounts(NOON).sign_in(login, "fel lösenord!")) for _ in range(8)]
        answers[login] = [(refusal.code, refusal.retry_at) for refusal in refusals]
    assert answers["10042"] == answers["99999"]
    assert answers["10042"][:5] == [("wrong_credentials", None)] * 5
    assert answers["10042"][5:] == [("too_many_attempts", NOON + SIGN_IN.first)] * 3


async def test_even_the_right_password_waits_and_nothing_is_hashed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    await people.with_password("10042")
    for _ in range(5):
        await _refusal(people.app.accounts(NOON).sign_in("10042", "fel lösenord!"))
    work = Work(people, monkeypatch)
    refusal = _refusal(people.app.accounts(NOON).sign_in("10042", PASSWORD))
    assert (await work.of(lambda: refusal))[0] == 0
    later = NOON + SIGN_IN.first
    assert await people.app.accounts(later).sign_in("10042", PASSWORD)
    assert await people.rows("SELECT * FROM throttle WHERE attempts > 0") == []


async def test_the_wait_doubles_and_a_quiet_day_forgets_it(people: People) -> None:
    await people.member()
    at = NOON
    for attempts in range(1, 9):
        assert (await _refusal(people.app.accounts(at).sign_in("10042", "fel"))).code == "wrong_credentials"
        refused = await _refusal(people.app.accounts(at).sign_in("10042", "fel")) if attempts >= 5 else None
        if refused:
            assert refused.retry_at == at + SIGN_IN.first * 2 ** (attempts - 5)
        at += SIGN_IN.wait(attempts)
    at += SIGN_IN.forgets + timedelta(seconds=1)
    for _ in range(5):
        assert (await _refusal(people.app.accounts(at).sign_in("10042", "fel"))).code == "wrong_credentials"


async def test_attempts_side_by_side_are_all_counted(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    attempts = (_refusal(people.app.accounts(NOON).sign_in("10042", "fel lösenord!")) for _ in range(20))
    codes = [refusal.code for refusal in await asyncio.gather(*attempts)]
    assert codes.count("wrong_credentials") == 5
    assert codes.count("too_many_attempts") == 15


async def test_one_address_may_not_try_many_members_forever(people: People) -> None:
    there = people.app.accounts(NOON, "192.0.2.7")
    for number in range(100):
        assert (await _refusal(there.sign_in(str(number), "fel"))).code == "wrong_credentials"
    assert (await _refusal(there.sign_in("one more", "fel"))).code == "too_many_attempts"
    elsewhere = people.app.accounts(NOON, "192.0.2.8")
    assert (await _refusal(elsewhere.sign_in("one more", "fel"))).code == "wrong_credentials"


async def test_a_hall_full_of_members_signs_in_from_one_address(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    there = people.app.accounts(NOON, "192.0.2.7")
    for _ in range(105):
        await there.sign_in("10042", PASSWORD)


async def test_the_database_knows_neither_token_nor_login_nor_address(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    session = await people.app.accounts(NOON, "192.0.2.7").sign_in("10042", PASSWORD)
    await _refusal(people.app.accounts(NOON, "192.0.2.7").sign_in("nils@example.org", "fel"))
    kept = repr(await people.rows("SELECT * FROM session")) + repr(await people.rows("SELECT * FROM throttle"))
    for secret in (session.token, session.token.rpartition("_")[2], "10042", "nils", "192.0.2.7"):
        assert secret not in kept


async def test_a_password_is_hashed_anew_when_the_parameters_have_changed(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    people.app.passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    await people.app.accounts(NOON).sign_in("10042", PASSWORD)
    ((stored,),) = await people.rows("SELECT password_hash FROM account")
    assert "m=64,t=1,p=1" in stored
    assert await people.app.accounts(NOON).sign_in("10042", PASSWORD)


async def test_a_session_lives_on_while_it_is_used_and_ends_when_it_is_not(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    token = (await people.app.accounts(NOON).sign_in("10042", PASSWORD)).token
    at = NOON
    for _ in range(7):
        at += 25 * DAY
        who = await people.app.accounts(at).resolve(token)
        assert who is not None
        assert who.expires_at == min(at + SESSION_LASTS, NOON + SESSION_LONGEST)
    assert await people.app.accounts(NOON + SESSION_LONGEST).resolve(token) is None


async def test_a_session_not_used_for_its_time_has_ended(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    token = (await people.app.accounts(NOON).sign_in("10042", PASSWORD)).token
    assert await people.app.accounts(NOON + SESSION_LASTS - timedelta(seconds=1)).resolve(token) is not None
    other = (await people.app.accounts(NOON).sign_in("10042", PASSWORD)).token
    assert await people.app.accounts(NOON + SESSION_LASTS).resolve(other) is None


async def test_resolving_takes_one_statement_and_writes_once_a_day_at_most(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    await people.with_password("10042")
    token = (await people.app.accounts(NOON).sign_in("10042", PASSWORD)).token
    await people.rows("SELECT 1")
    work = Work(people, monkeypatch)
    for hours in (0, 1, 23):
        assert await work.of(partial(people.app.accounts(NOON + timedelta(hours=hours)).resolve, token)) == (0, 1)
    next_day = people.app.accounts(NOON + DAY)
    assert (await work.of(lambda: next_day.resolve(token)))[1] > 1
    assert await work.of(lambda: next_day.resolve(token)) == (0, 1)


async def test_signing_out_ends_one_session_and_everywhere_ends_all(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    accounts = people.app.accounts(NOON)
    tokens = [(await accounts.sign_in("10042", PASSWORD)).token for _ in range(3)]
    first = await accounts.resolve(tokens[0])
    assert first is not None
    await accounts.sign_out(first)
    assert [await accounts.resolve(token) is not None for token in tokens] == [False, True, True]
    second = await accounts.resolve(tokens[1])
    assert second is not None
    assert await accounts.sign_out_everywhere(second) == 2
    assert [await accounts.resolve(token) for token in tokens] == [None, None, None]


async def test_an_erased_member_is_signed_out_and_cannot_sign_in(people: People) -> None:
    await people.member()
    await people.with_password("10042")
    token = (await people.app.accounts(NOON).sign_in("10042", PASSWORD)).token
    await people.erase_members()
    assert await people.app.accounts(NOON).resolve(token) is None
    assert (await _refusal(people.app.accounts(NOON).sign_in("10042", PASSWORD))).code == "wrong_credentials"


async def test_a_password_chosen_meanwhile_wins_over_signing_in_with_the_old_one(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.member()
    await people.with_password("10042")
    verify = people.app.passwords.verify

    async def slowly(stored: str | None, password: str) -> bool:
        matches = await verify(stored, password)
        link = await people.app.password_links(NOON).make("10042")
        await people.app.password_links(NOON).set_password(link.code, "ett annat lösenord")
        return matches

    monkeypatch.setattr(people.app.passwords, "verify", slowly)
    assert (await _refusal(people.app.accounts(NOON).sign_in("10042", PASSWORD))).code == "wrong_credentials"


@pytest.mark.parametrize("token", ["", "x", SESSION_PREFIX + "A" * 43, "democracy_session_\udcff", "10042"])
async def test_any_other_token_signs_nobody_in(people: People, token: str) -> None:
    assert await people.app.accounts(NOON).resolve(token) is None
