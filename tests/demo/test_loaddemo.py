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
