"""Logins, tokens, codes, passwords and waits, without a database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.email import is_email
from democracy.domain.login import login_key
from democracy.domain.password_rules import LONGEST, SHORTEST, faults, normalised
from democracy.domain.secrets import SESSION_PREFIX, code_digest, new_link_code, new_session_token, token_digest
from democracy.domain.throttling import LINK, SIGN_IN, SIGN_IN_ADDRESS, Throttle


def test_tokens_are_recognisable_and_never_the_same() -> None:
    tokens = {new_session_token() for _ in range(100)}
    assert len({token_digest(token) for token in tokens}) == 100
    assert all(token.startswith(SESSION_PREFIX) and len(token) == len(SESSION_PREFIX) + 43 for token in tokens)


def test_a_code_may_be_typed_carelessly() -> None:
    code = new_link_code()
    careless = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert code_digest(careless) == code_digest(code)
    assert code_digest(new_link_code()) != code_digest(code)


@given(st.text())
def test_a_login_is_found_however_it_is_written(login: str) -> None:
    assert login_key(f"  {login_key(login)}\u200b") == login_key(login)
    assert "\0" not in login_key(login)


@pytest.mark.parametrize(("typed", "key"), [(" Åsa.Öst@Example.ORG ", "åsa.öst@example.org"), (" 12345\n", "12345")])
def test_addresses_are_compared_without_case_and_numbers_as_they_are(typed: str, key: str) -> None:
    assert login_key(typed) == key


@pytest.mark.parametrize("address", ["", "a", "@a", "a@", "a@b@c", "a b@c", "a@b\nBcc: c@d", "a" * 250 + "@b.se"])
def test_what_cannot_receive_mail_is_no_address(address: str) -> None:
    assert not is_email(address)
    assert is_email("asa@example.org")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("elva tecken", "password_short"),
        ("ﬁﬁﬁﬁﬁ", "password_short"),
        ("x y z å ä ö " * 30, "password_long"),
        ("fyra ord\noch en rad", "password_control"),
        ("fyra ord \ud800 halvt", "password_control"),
        ("abababababababab", "password_repeats"),
        ("Åsa Östlund 1971", "password_personal"),
        ("10042 10042 östlund", "password_personal"),
        ("asa.ostlund@example.org", "password_personal"),
    ],
)
def test_a_password_is_refused_for_what_is_wrong_with_it(password: str, fault: str) -> None:
    assert fault in faults(password, own=("10042", "Åsa", "Östlund", "asa.ostlund@example.org"))


@pytest.mark.parametrize("password", ["tolv tecken!", "Åsa vill till Luleå", "🐝 surrar över ängen", "aBcDeFgHiJkL"])
def test_no_kinds_of_characters_are_asked_for(password: str) -> None:
    assert faults(password, own=("10042", "Åsa", "Östlund", None)) == []


@given(st.text())
def test_a_password_is_the_same_from_every_keyboard(password: str) -> None:
    assert normalised(normalised(password)) == normalised(password)
    assert normalised("A\u030a\u00a0x") == normalised("\u00c5 x")


@given(st.text(max_size=400))
def test_a_password_without_faults_keeps_to_its_length(password: str) -> None:
    if not faults(password):
        assert SHORTEST <= len(normalised(password)) <= LONGEST


@given(st.sampled_from([SIGN_IN, SIGN_IN_ADDRESS, LINK]), st.integers(0, 10_000))
def test_the_wait_grows_to_its_longest_and_no_further(throttle: Throttle, attempts: int) -> None:
    assert throttle.wait(attempts) <= throttle.wait(attempts + 1) <= throttle.longest
    assert throttle.wait(throttle.free - 1) == timedelta()
    assert throttle.wait(throttle.free) == throttle.first


def test_a_day_of_guessing_at_one_login_makes_about_a_hundred_guesses() -> None:
    spent, guesses = timedelta(), 0
    while spent < timedelta(days=1):
        guesses += 1
        spent += SIGN_IN.wait(guesses)
    assert guesses < 120
