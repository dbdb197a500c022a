"""``manage.py loaddemo``: once, and nothing is lost the second time."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from backend.conversations.models import Site
from backend.demo.models import ApiKey, Order
from backend.demo.shop import samples
from backend.knowledge.models import Article
from backend.knowledge.services import save_article
from backend.schemas.versions import live_schema

pytestmark = pytest.mark.django_db(transaction=True)


def load(*arguments: str) -> str:
    said = StringIO()
    call_command("loaddemo", *arguments, stdout=said)
    return said.getvalue()


def test_the_first_run_makes_the_company() -> None:
    assert "12 orders" in load()
    site = Site.objects.get(key="demo")
    assert site.name == "Northwind Trail"
    assert site.allowed_origins == ["self", "http://localhost:*", "http://127.0.0.1:*"]
    assert set(site.greeting) == {"en", "zh"}
    articles = Article.objects.for_site("demo").published()
    assert articles.filter(language="en").count() >= 44
    assert articles.filter(language="zh").count() >= 16


def called() -> str:
    """The address of the first action of the live bot."""
    live = live_schema("demo")
    assert live
    return live[1].services[0].actions[0].url


def test_the_bot_is_live_and_calls_this_server() -> None:
    assert "its bot" in load("--address", "http://127.0.0.1:9000/")
    assert called().startswith("http://127.0.0.1:9000/shop/api/orders/")
    assert Site.objects.get(key="demo").bot.secrets.get().name == "shop_key"


@pytest.mark.parametrize("address", ["localhost:9000", "http://", "ftp://x", "http://x/shop/", "?"])
def test_what_is_no_address_of_a_server_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match=r"http://127\.0\.0\.1:8000"):
        load("--address", address)


@pytest.mark.parametrize(
    ("host", "called_at", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:9001/", "http://localhost:9001/"),
        ("0.0.0.0", "http://127.0.0.1:9001/", "http://localhost:9001/"),
        ("192.0.2.7", "http://192.0.2.7:9001/", "http://192.0.2.7:9001/"),
        ("::1", "http://[::1]:9001/", "http://localhost:9001/"),
    ],
)
def test_the_bot_follows_the_address_that_the_server_has(
    host: str, called_at: str, shown: str
) -> None:
    load()
    said = StringIO()
    call_command("firstrun", host=host, port=9001, stdout=said)
    assert called().startswith(called_at)
    assert f"{shown}admin/" in said.getvalue()


def test_the_second_run_keeps_everything_and_says_so() -> None:
    load()
    key = ApiKey.objects.get().key
    Site.objects.update(name="Renamed")
    Order.objects.filter(number="10241").update(status="cancelled")
    article = Article.objects.get(slug="cookies", language="en")
    article.body = "Edited on the desk."
    save_article(article)
    assert "everything was kept" in load()
    assert ApiKey.objects.get().key == key
    assert Site.objects.get().name == "Renamed"
    assert Order.objects.get(number="10241").status == "cancelled"
    assert Article.objects.get(slug="cookies", language="en").body == "Edited on the desk."


def test_the_key_is_printed_alone() -> None:
    with pytest.raises(CommandError, match="loaddemo first"):
        load("--key")
    load()
    assert load("--key").strip() == ApiKey.objects.get().key


def test_a_database_without_tables_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise OperationalError("no such table: demo_store")

    monkeypatch.setattr(samples, "load", missing)
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        load()
