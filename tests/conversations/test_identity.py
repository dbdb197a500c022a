from datetime import UTC, datetime, timedelta

import jwt
import pytest
from django.core import signing

from backend.conversations import identity
from backend.conversations.identity import BadIdentity, BadToken, Token, read_identity

SECRET = "s" * 64


def test_a_token_comes_back_as_it_was_signed():
    token = Token.mint("demo")
    assert Token.read(token.sign()[0], "demo") == token


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "a:b:c"]
)
def test_a_forged_token_is_refused(spoil):
    with pytest.raises(BadToken):
        Token.read(spoil(Token.mint("demo").sign()[0]), "demo")


def test_a_token_of_thirty_one_days_is_refused(monkeypatch):
    signed, _ = Token.mint("demo").sign()
    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr(signing.time, "time", lambda: later.timestamp())
    with pytest.raises(BadToken):
        Token.read(signed, "demo")


def test_another_value_signed_with_our_key_is_no_token():
    with pytest.raises(BadToken):
        Token.read(signing.dumps({"s": "demo"}, salt=identity.SALT), "demo")


def claims(**changes):
    return {"sub": "42", "exp": datetime.now(UTC) + timedelta(minutes=5)} | changes


def test_an_identity_holds_the_profile_that_was_signed():
    signed = jwt.encode(claims(name="Ada", email="a@b.example", plan="gold"), SECRET, "HS256")
    found = read_identity(signed, SECRET)
    assert (found.subject, found.name, found.email) == ("42", "Ada", "a@b.example")
    assert found.profile == {"plan": "gold"}


@pytest.mark.parametrize(
    ("changes", "secret", "algorithm"),
    [
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, SECRET, "HS256"),
        ({}, "x" * 64, "HS256"),
        ({}, SECRET, "HS512"),
        ({"sub": ""}, SECRET, "HS256"),
        ({"sub": "x" * 201}, SECRET, "HS256"),
    ],
)
def test_an_identity_that_is_not_validly_signed_is_refused(changes, secret, algorithm):
    with pytest.raises(BadIdentity):
        read_identity(jwt.encode(claims(**changes), secret, algorithm), SECRET)


def test_an_unsigned_identity_is_refused():
    with pytest.raises(BadIdentity):
        read_identity(jwt.encode(claims(), "", algorithm="none"), SECRET)


def test_an_identity_without_an_end_is_refused():
    with pytest.raises(BadIdentity):
        read_identity(jwt.encode({"sub": "42"}, SECRET, "HS256"), SECRET)
