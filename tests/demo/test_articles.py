"""The help articles as files: well formed, linked to each other, and alike in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest

from backend.demo.management.commands.loaddemo import ARTICLES
from backend.demo.shop import catalogue, company
from backend.demo.texts import TOPICS

FILES = sorted(ARTICLES.glob("*/*.md"))
CHINESE = [path for path in FILES if path.parent.name == "zh"]
LINK = re.compile(r"\]\((/[^)]*)\)")
NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
HAN = re.compile(r"[\u4e00-\u9fff]")
each_file = pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
each_chinese = pytest.mark.parametrize("path", CHINESE, ids=lambda path: path.stem)


def read(path: Path) -> frontmatter.Post:
    return frontmatter.load(str(path))


def body(language: str, slug: str) -> str:
    return read(ARTICLES / language / f"{slug}.md").content


def numbers(path: Path) -> set[str]:
    return set(NUMBER.findall(LINK.sub("]", read(path).content)))


def test_there_are_at_least_44_in_english_and_16_in_chinese() -> None:
    assert len([path for path in FILES if path.parent.name == "en"]) >= 44
    assert len(CHINESE) >= 16


@each_file
def test_the_front_matter_says_what_the_file_is(path: Path) -> None:
    meta = read(path).metadata
    assert set(meta) == {"title", "slug", "language", "tags", "url"}
    assert meta["slug"] == path.stem
    assert meta["language"] == path.parent.name
    assert meta["url"] == f"/help/{path.parent.name}/{path.stem}/"
    assert str(meta["title"]).strip()
    assert meta["tags"][0] in TOPICS


@each_file
def test_it_answers_first_and_has_two_to_five_sections(path: Path) -> None:
    text = read(path).content
    assert not text.startswith("#")
    assert 2 <= len(re.findall(r"^## ", text, re.M)) <= 5


@each_file
def test_it_has_the_length_of_a_help_article(path: Path) -> None:
    text = read(path).content
    if path.parent.name == "en":
        assert 120 <= len(text.split()) <= 350
    else:
        assert 120 <= len(HAN.findall(text)) <= 600


@each_file
def test_its_links_lead_to_articles_in_its_language_where_there_are_some(path: Path) -> None:
    for link in LINK.findall(read(path).content):
        language, slug = link.removeprefix("/help/").strip("/").split("/")
        assert (ARTICLES / language / f"{slug}.md").exists(), link
        own = ARTICLES / path.parent.name / f"{slug}.md"
        assert language == path.parent.name or not own.exists(), f"{link} exists in Chinese"


def test_titles_are_unique_in_each_language() -> None:
    for language in ("en", "zh"):
        titles = [str(read(path)["title"]) for path in FILES if path.parent.name == language]
        assert len(set(titles)) == len(titles)


@each_chinese
def test_a_chinese_article_translates_an_english_one_number_for_number(path: Path) -> None:
    english = ARTICLES / "en" / path.name
    assert english.exists()
    # Dates are written with the month as a number in Chinese.
    months = {"12", "1"} if path.stem == "store-locations" else set()
    assert numbers(path) - numbers(english) <= months


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_articles_state_the_terms_that_the_shop_keeps(language: str) -> None:
    days = "days" if language == "en" else "天"
    policy = body(language, "return-policy")
    assert f"{company.RETURN_DAYS} {days}" in policy
    assert f"{company.SALE_RETURN_DAYS} {days}" in policy
    assert f"{company.LEGAL_RETURN_DAYS} {days}" in policy
    assert f"£{company.RETURN_LABEL / 100:.2f}" in policy
    returning = body(language, "how-to-return")
    assert f"£{company.PICKUP / 100:.2f}" in returning
    assert f"{company.PICKUP_AHEAD_DAYS} {days}" in returning
    delivery = body(language, "delivery-options")
    assert f"£{company.STANDARD_DELIVERY / 100:.2f}" in delivery
    assert f"£{company.NEXT_DAY_DELIVERY / 100:.2f}" in delivery
    assert f"£{company.FREE_DELIVERY_FROM // 100}" in delivery
    fittings = body(language, "fitting-appointments")
    assert str(company.FITTING_MINUTES) in fittings
    assert f"{company.FITTING_AHEAD_DAYS} {days}" in fittings


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_articles_state_the_stores_as_the_shop_has_them(language: str) -> None:
    text = body(language, "store-locations")
    for store in company.STORES:
        assert store.address in text
        assert store.phone in text
        for opens, closes in store.hours:
            assert f"{opens.hour}:{opens.minute:02d}" in text
            assert f"{closes.hour}:{closes.minute:02d}" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_warranty_article_has_every_length_that_the_shop_keeps(language: str) -> None:
    rows = re.findall(r"\| (\d+) (?:years?|年) \|", body(language, "warranty-lengths"))
    kept = {years for years in catalogue.WARRANTY_YEARS.values() if years}
    assert {int(years) for years in rows} == kept


def test_every_product_names_a_guide_that_exists() -> None:
    for product in catalogue.PRODUCTS:
        assert (ARTICLES / "en" / f"{product.guide}.md").exists()


def test_phone_numbers_and_addresses_can_belong_to_nobody() -> None:
    """Numbers are from the ranges kept for fiction, addresses end in .example (RFC 2606)."""
    for path in FILES:
        text = read(path).content
        for address in re.findall(r"[\w.]+@[\w.]+\w", text):
            assert address.endswith("@northwindtrail.example")
        for phone in re.findall(r"\b0\d{3,4} \d{3} \d{3,4}\b", text):
            assert re.match(r"03069 990|01632 960|0131 496 0|0117 496 0", phone)
