"""The storefront and the help centre: policy, links and languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from backend.demo.help import SITE_KEY, as_html
from backend.demo.management.commands.loaddemo import ARTICLES
from backend.knowledge.models import Article
from backend.knowledge.services import import_folder

pytestmark = pytest.mark.django_db
SCRIPT = '<script src="/widget/kefu.js" data-site="demo" data-accent="#0f6b5c" async></script>'
SHOP = Path(__file__).resolve().parents[2] / "backend" / "demo" / "static" / "demo"


@pytest.fixture
def loaded(db: None) -> None:
    import_folder(SITE_KEY, ARTICLES)


def policy_of(response: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", ["/", "/help/en/", "/help/zh/boot-sizing/", "/help/en/nope/"])
def test_every_page_is_under_a_strict_policy(client: Client, loaded: None, address: str) -> None:
    policy = policy_of(client.get(address))
    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'", "ws://testserver", "wss://testserver"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    text = client.get(address)["Content-Security-Policy"]
    assert "unsafe" not in text
    assert "*" not in text


@pytest.mark.parametrize("address", ["/", "/help/en/", "/help/zh/return-policy/"])
def test_nothing_on_a_page_needs_more_than_the_policy(
    client: Client, loaded: None, address: str
) -> None:
    html = client.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


def test_the_storefront_carries_the_widget_with_one_tag(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.count(SCRIPT) == 1
    assert html.count("/widget/") == 1


def test_all_files_that_the_storefront_names_exist(client: Client) -> None:
    html = client.get("/").content.decode()
    names = re.findall(r'/static/([^"]+)"', html)
    assert len(names) > 10
    for name in names:
        assert finders.find(name), name


@pytest.mark.parametrize("address", ["/", "/help/en/", "/help/zh/", "/help/en/contact-us/"])
def test_all_links_on_a_page_lead_somewhere(client: Client, loaded: None, address: str) -> None:
    html = client.get(address).content.decode()
    links = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', html)}
    for link in sorted(links):
        if not link.startswith("/static/"):
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", sorted(SHOP.rglob("*.svg")), ids=lambda path: path.stem)
def test_pictures_have_no_styles_scripts_or_links_outside(path: Path) -> None:
    assert not re.search(r"<style|style=|<script|href=|url\((?!#)", path.read_text())


def test_an_article_is_shown_as_html(client: Client, loaded: None) -> None:
    response = client.get("/help/en/delivery-options/")
    html = response.content.decode()
    assert "<h1>Delivery options, prices and times</h1>" in html
    assert "<td>£3.95, free over £60</td>" in html
    assert 'hreflang="zh-Hans" href="/help/zh/delivery-options/"' in html


def test_a_chinese_page_says_that_it_is_chinese(client: Client, loaded: None) -> None:
    response = client.get("/help/zh/return-policy/")
    html = response.content.decode()
    assert '<html lang="zh-Hans">' in html
    assert 'data-locale="zh"' in html
    assert response["Content-Language"] == "zh-Hans"


def test_an_article_without_a_translation_leads_to_the_english_one(
    client: Client, loaded: None
) -> None:
    response = client.get("/help/zh/wash-down/")
    assert (response.status_code, response["Location"]) == (302, "/help/en/wash-down/")


def test_an_unknown_article_is_a_404_with_the_way_to_all(client: Client, loaded: None) -> None:
    response = client.get("/help/en/nope/")
    assert response.status_code == 404
    assert "does not exist" in response.content.decode()
    assert "/help/en/contact-us/" in response.content.decode()


@pytest.mark.parametrize(
    ("languages", "leads_to"), [("zh-CN,zh;q=0.9", "zh"), ("de", "en"), ("", "en")]
)
def test_the_help_centre_opens_in_the_browsers_language(
    client: Client, languages: str, leads_to: str
) -> None:
    response = client.get("/help/", headers={"Accept-Language": languages})
    assert response["Location"] == f"/help/{leads_to}/"


def test_search_finds_articles_with_all_words(client: Client, loaded: None) -> None:
    html = client.get("/help/en/?q=resole+wax").content.decode()
    assert "Looking after your boots" in html
    assert "Trail Points</a>" not in html


@pytest.mark.parametrize("query", ["%00", "%25", "<script>alert(1)</script>", "x" * 5000])
def test_search_survives_anything(client: Client, loaded: None, query: str) -> None:
    response = client.get(f"/help/zh/?q={query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_an_empty_help_centre_says_how_to_fill_it(client: Client) -> None:
    assert "python manage.py loaddemo" in client.get("/help/en/").content.decode()


def test_an_article_edited_on_the_desk_changes_on_its_page(client: Client, loaded: None) -> None:
    Article.objects.filter(slug="cookies", language="en").update(body="We have none any more.")
    assert "We have none any more." in client.get("/help/en/cookies/").content.decode()
    Article.objects.filter(slug="cookies").update(published=False)
    assert client.get("/help/en/cookies/").status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](https://elsewhere.example/pixel.png)",
    ],
)
def test_markdown_of_an_article_cannot_bring_in_scripts(text: str) -> None:
    html = as_html(text)
    assert not re.search(r"<script|<img|href=\"javascript", html)


def test_a_page_is_only_read(client: Client) -> None:
    assert client.post("/").status_code == 405
