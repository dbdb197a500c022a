"""Operators in real browsers: take over in mid-sentence, and two who want the same."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.conftest import log_in, open_chat, say
from tests.server.serve import WORDS

pytestmark = pytest.mark.e2e

LAST = f"word {WORDS - 1}"
ROW = re.compile("Visitor [0-9a-f]{8}")


@pytest.fixture
async def chat(kefu, embed, host_page, visit):
    """A visitor who has asked something; the bot is writing."""
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    dialog = await open_chat(page)
    await say(dialog, "Please help me")
    await expect(dialog).to_contain_text("word 1")
    return dialog


async def open_conversation(page, kefu):
    await page.goto(f"http://127.0.0.1:{kefu.port}/admin/conversations/conversation/")
    await page.get_by_role("link", name=ROW).first.click()
    await page.locator("#desk-log").get_by_text("Please help me").first.wait_for()
    return page


async def test_an_operator_takes_over_in_mid_sentence_and_the_bot_is_silent(chat, kefu, visit):
    desk = await open_conversation(await log_in(visit, kefu, "mia"), kefu)
    await desk.get_by_role("button", name="Take over").click()
    await expect(chat).to_contain_text("Mia")
    await desk.locator("#desk-text").fill("This is Mia. How can I help?")
    await desk.locator("#desk-text").press("Enter")
    await expect(chat).to_contain_text("This is Mia. How can I help?")
    await say(chat, "My boots leak")
    await expect(desk.locator("#desk-log")).to_contain_text("My boots leak")
    await desk.get_by_role("button", name="Hand back").click()
    await expect(chat).to_contain_text("[My boots leak]")


async def test_of_two_operators_one_wins_and_the_other_is_told(chat, kefu, visit):
    await expect(chat).to_contain_text(LAST)
    mia = await open_conversation(await log_in(visit, kefu, "mia"), kefu)
    tom = await open_conversation(await log_in(visit, kefu, "tom"), kefu)
    await mia.get_by_role("button", name="Take over").click()
    await expect(tom.locator("#desk-banner")).to_contain_text("Mia")
    await tom.locator("#desk-text").fill("Tom here")
    await tom.locator("#desk-text").press("Enter")
    await expect(tom.locator("body")).to_contain_text("Mia has this conversation")
    await mia.locator("#desk-text").fill("Mia here")
    await mia.locator("#desk-text").press("Enter")
    await expect(chat).to_contain_text("Mia here")
    assert "Tom here" not in await chat.inner_text()


async def test_the_list_shows_who_waits_without_a_reload(chat, kefu, visit):
    page = await log_in(visit, kefu, "mia")
    await page.goto(f"http://127.0.0.1:{kefu.port}/admin/conversations/conversation/")
    await expect(page.get_by_role("link", name=ROW).first).to_be_visible()
    await chat.get_by_role("button", name="Talk to a person").click()
    await expect(page.get_by_role("row", name=ROW)).to_contain_text("Waiting")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_accessibility_checker_finds_nothing_in_the_desks_own_part(
    chat, kefu, visit, scheme
):
    page = await log_in(visit, kefu, "mia")
    await page.emulate_media(color_scheme=scheme)
    desk = await open_conversation(page, kefu)
    await expect(desk.locator("#desk-log")).to_contain_text(LAST)
    found = await Axe().run(
        desk, context="#desk", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    )
    assert found.violations_count == 0, found.generate_report()
