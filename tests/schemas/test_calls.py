"""Calls to a customer's system that behaves in every way it should not."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.dialogue.types import HttpRequest
from backend.schemas import calls
from backend.schemas.answers import read_json
from backend.schemas.models import Bot, Secret
from backend.sealing import seal

from .unruly import answer, endless, garbage, hang, reset, trickle, unruly

NO_HANG = settings(deadline=3000)  # milliseconds; a hundred times what it takes

KEY = "5f6d2a0e-7a52-4c1a-9c0b-2f4f9a0d3a11"


@pytest.fixture(autouse=True)
async def connections():
    yield
    await calls.aclose()


def request(system, path="/orders", **changes):
    made = HttpRequest("POST", f"{system.url}{path}", {}, {"a": 1}, timeout_s=2, retries=0)
    return replace(made, **changes)


async def send(system, secrets=None, backoff_s=0.001, **changes):
    return await calls.send(
        request(system, **changes),
        idempotency_key=KEY,
        secrets=secrets or {},
        backoff_s=backoff_s,
    )


async def outcome(*behaves, **changes):
    async with unruly(*behaves) as system:
        return await send(system, **changes)


async def test_a_call_is_sent_as_json_and_its_answer_read():
    async with unruly(answer(201, {"number": "R-1", "größe": 42})) as system:
        result = await send(system, path="/orders?x=1%2F2", headers={"X-Note": "für 李"})
    assert (result.outcome, result.status, result.error) == ("success", 201, "")
    assert result.json == {"number": "R-1", "größe": 42}
    assert result.ms > 0
    asked = system.asked[0]
    assert (asked.method, asked.path, asked.json) == ("POST", "/orders?x=1%2F2", {"a": 1})
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["idempotency-key"] == KEY
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["x-note"] == "für 李"


async def test_a_read_has_no_body_and_no_key():
    async with unruly(answer(200, [])) as system:
        assert (await send(system, method="GET", body=None)).json == []
    assert system.asked[0].body == b""
    assert not {"idempotency-key", "content-type"} & set(system.asked[0].headers)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((200, "success"), (202, "success"), (204, "success")),
        *((404, "not_found"), (410, "not_found")),
        *((400, "refused"), (401, "refused"), (403, "refused"), (409, "refused"), (422, "refused")),
        *((408, "failure"), (429, "failure"), (500, "failure"), (503, "failure"), (599, "failure")),
        *((301, "failure"), (304, "failure")),
    ],
)
async def test_the_status_says_what_became_of_it(status, expected):
    result = await outcome(answer(status))
    assert (result.outcome, result.status) == (expected, status)
    assert bool(result.error) == (expected != "success")


async def test_a_refusal_keeps_its_json():
    result = await outcome(answer(409, {"code": "too_late"}))
    assert (result.outcome, result.json) == ("refused", {"code": "too_late"})
    assert (await outcome(answer(409, b"<html>no</html>"))).json is None
    assert (await outcome(answer(404, b"x" * 300_000))).outcome == "not_found"


async def test_a_redirect_is_not_followed():
    async with unruly(answer(302, Location="https://elsewhere.example/orders")) as system:
        result = await send(system)
    assert (result.outcome, len(system.asked)) == ("failure", 1)
    assert "redirect to https://elsewhere.example/orders; put that address into" in result.error


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<!doctype html><title>Login</title>", "a web page (HTML)"),
        (b'\xef\xbb\xbf {"a": ', "not JSON"),
        (b"OK", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": 1e999}', "not JSON"),
        (b"[" * 60 + b"]" * 60, "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 5000, "not JSON"),
    ],
)
async def test_a_success_that_is_no_json_is_a_failure(body, says):
    result = await outcome(answer(200, body))
    assert (result.outcome, result.status, result.json) == ("failure", 200, None)
    assert says in result.error


async def test_a_compressed_answer_is_a_failure_with_what_mends_it():
    result = await outcome(answer(200, b"\x1f\x8b\x08", Content_Encoding="gzip"))
    assert result.outcome == "failure"
    assert "compressed" in result.error


async def test_what_no_database_keeps_is_taken_out_of_an_answer():
    result = await outcome(answer(200, b'{"a\\u0000": "b\\ud800\\u0000c"}'))
    assert result.json == {"a": "b?c"}


async def test_ten_megabytes_of_html_are_not_read():
    async with unruly() as system:
        system.behaves.append(endless(lambda: system, 10_000_000))
        result = await send(system)
    assert result.outcome == "failure"
    assert "larger than 256 KiB" in result.error
    assert system.written < 9_000_000  # the rest found no reader; sockets hold a few megabytes


async def test_an_answer_that_announces_its_size_is_not_read_at_all():
    async def behave(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")

    assert "larger than" in (await outcome(behave)).error


@pytest.mark.parametrize("behaviour", [hang, trickle])
async def test_the_deadline_holds_for_the_whole_attempt(behaviour):
    async with unruly(behaviour) as system:
        result = await send(system, timeout_s=0.1, retries=1)
    assert (result.outcome, result.status) == ("failure", 0)
    assert "within 0.1 s" in result.error
    assert [asked.headers["idempotency-key"] for asked in system.asked] == [KEY, KEY]


@pytest.mark.parametrize(
    "first",
    [answer(429, Retry_After="0"), answer(502), answer(503), answer(504), hang, reset, garbage],
    ids=["429", "502", "503", "504", "hang", "reset", "garbage"],
)
async def test_what_may_pass_is_tried_again_under_the_same_key(first):
    async with unruly(first, answer(200, {"ok": True})) as system:
        result = await send(system, timeout_s=0.3, retries=2)
    assert (result.outcome, result.json) == ("success", {"ok": True})
    assert [asked.headers["idempotency-key"] for asked in system.asked] == [KEY, KEY]
    assert system.asked[0].body == system.asked[1].body


@pytest.mark.parametrize("status", [200, 301, 400, 404, 409, 500, 501])
async def test_what_will_not_pass_is_not_tried_again(status):
    async with unruly(answer(status, b"<html>")) as system:
        await send(system, retries=3)
    assert len(system.asked) == 1


async def test_it_is_tried_as_often_as_the_action_says():
    async with unruly(answer(503)) as system:
        result = await send(system, retries=3)
    assert len(system.asked) == 4
    assert result.status == 503


async def test_a_short_retry_after_is_kept_and_a_long_one_ends_it(monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr(calls, "sleep", sleep)
    result = await outcome(answer(429, Retry_After="3"), answer(200, {}), retries=1)
    assert (result.outcome, slept) == ("success", [3])
    for late in ("3600", "Wed, 21 Oct 2122 07:28:00 GMT"):
        async with unruly(answer(503, Retry_After=late), answer(200, {})) as system:
            assert (await send(system, retries=1)).outcome == "failure"
        assert len(system.asked) == 1
    odd = ("soon", "-1", "9" * 400, "Wed, 21 Oct 1990 07:28:00 GMT", "Wed, 21 Oct 2122 07:28:00")
    for text in odd:
        await outcome(answer(503, Retry_After=text), answer(200, {}), retries=1)
    assert all(seconds < 1 for seconds in slept[1:])


async def test_nobody_there_is_a_failure_that_says_so():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    made = HttpRequest("GET", f"http://127.0.0.1:{port}/", timeout_s=2, retries=1)
    result = await calls.send(made, idempotency_key=KEY, secrets={}, backoff_s=0.001)
    assert result.outcome == "failure"
    assert f"Nothing answers at 127.0.0.1:{port}" in result.error


async def test_an_unknown_host_is_told_from_a_silent_one():
    made = HttpRequest("GET", "http://nowhere.invalid/", timeout_s=5)
    result = await calls.send(made, idempotency_key=KEY, secrets={})
    assert "host of nowhere.invalid is not known" in result.error


async def test_a_plain_server_under_https_is_told():
    async def greet(reader, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        made = HttpRequest("GET", f"https://127.0.0.1:{port}/", timeout_s=2, retries=3)
        result = await calls.send(made, idempotency_key=KEY, secrets={})
    assert f"127.0.0.1:{port} does not speak HTTPS" in result.error


def self_signed(folder):
    """A server's TLS context under a certificate that nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime(2020, 1, 1))
    certificate = made.not_valid_after(datetime(2120, 1, 1)).sign(key, SHA256())
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def test_a_certificate_that_nobody_trusts_is_told_and_not_tried_again(tmp_path):
    connections = []

    async def accept(reader, writer):
        connections.append(writer)

    context = self_signed(tmp_path)
    async with await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        made = HttpRequest("GET", f"https://127.0.0.1:{port}/", timeout_s=2, retries=3)
        result = await calls.send(made, idempotency_key=KEY, secrets={}, backoff_s=0.001)
    assert f"127.0.0.1:{port} has no certificate that this server trusts" in result.error
    assert connections == []


@pytest.mark.parametrize("url", ["http://[::1/", "http://a b/", "nonsense", "http://", "ftp://a/"])
async def test_an_address_that_cannot_be_called_is_a_failure(url):
    result = await calls.send(HttpRequest("GET", url), idempotency_key=KEY, secrets={})
    assert result.outcome == "failure"
    assert result.error


async def test_secrets_go_into_headers_and_nowhere_else(caplog):
    caplog.set_level(logging.DEBUG)
    token = "tok-3cr3t-value"
    echo = {"you sent": f"Bearer {token}", token: [token]}
    headers = {"Authorization": "Bearer {{ secret.token }}"}
    for behaviour in (
        answer(200, echo),
        answer(422, echo),
        answer(302, Location=f"https://a.example/?t={token}"),
    ):
        async with unruly(behaviour) as system:
            result = await send(system, {"token": token, "empty": ""}, headers=headers)
        assert system.asked[0].headers["authorization"] == f"Bearer {token}"
        assert token not in json.dumps([result.json, result.error])
        assert "••••" in json.dumps([result.json, result.error], ensure_ascii=False)
    assert token not in "".join(r.getMessage() for r in caplog.records if "kefu" in r.name)
    assert token not in "".join(r.getMessage() for r in caplog.records if r.name == "httpx")


async def test_a_call_without_its_secret_is_not_made():
    headers = {"Authorization": "Bearer {{ secret.token }}"}
    for secrets, says in (({}, "“token” is missing"), ({"token": "a\nb"}, "no header can have")):
        async with unruly(answer(200)) as system:
            result = await send(system, secrets, headers=headers)
        assert (result.outcome, system.asked) == ("failure", [])
        assert says in result.error


async def test_sensitive_values_are_kept_out_of_errors():
    behaviour = answer(302, Location="https://a.example/4111222233334444")
    result = await outcome(behaviour, sensitive=("4111222233334444",))
    assert "4111" not in result.error


async def test_no_cookie_goes_from_one_visitors_call_to_another():
    async with unruly(answer(200, {}, Set_Cookie="session=amira; Path=/")) as system:
        await send(system)
        await send(system)
    assert [asked.headers.get("cookie") for asked in system.asked] == [None, None]


async def test_a_cancelled_call_ends_at_once():
    async with unruly(hang) as system:
        task = asyncio.create_task(send(system, timeout_s=30))
        await system.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_calls_in_a_new_event_loop_have_connections_of_their_own():
    async def once():
        async with unruly(answer(200, {"n": 1})) as system:
            result = await send(system)
        await calls.aclose()
        return result.json

    assert await asyncio.to_thread(lambda: asyncio.run(once())) == {"n": 1}
    assert await once() == {"n": 1}


def test_secrets_that_cannot_be_opened_are_left_out(site, caplog):
    bot = Bot.objects.create(site=site, name="bot")
    other = Secret(name="token", sealed=seal("other"))
    Secret.objects.create(bot=bot, name="token", sealed=seal("abc"))
    Secret.objects.create(bot=bot, name="lost", sealed="damaged")
    assert other.sealed != seal("other")  # every sealing is another text
    assert calls.secrets_of(bot.pk) == {"token": "abc"}
    assert "“lost”" in caplog.text
    assert "abc" not in caplog.text


@NO_HANG
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_body_is_json_or_a_value_error(body):
    with suppress(ValueError):
        json.dumps(read_json(body), allow_nan=False).encode()


TEXT = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=10,
)


@NO_HANG
@given(JSON)
def test_an_answer_comes_back_as_it_was(value):
    text = json.dumps(value)
    if "\\u0000" not in text:
        assert read_json(text.encode()) == value
