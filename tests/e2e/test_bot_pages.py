"""The bot's other pages in a real browser: a hotel's file comes in, and every page can be used."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.conftest import log_in
from tests.e2e.test_bot_editor import kefu  # noqa: F401 - a fixture

pytestmark = pytest.mark.e2e

HOTEL = """
kefu_schema: 1
name: Hotel Seeblick
languages: [en, zh]
services:
  - name: stays
    title: {en: Stays, zh: 住宿}
    slots:
      - name: trouble
        type: choice
        title: {en: what is wrong}
        choices: [{value: heating, labels: {en: Heating}}, {value: other, labels: {en: Other}}]
        prompts: {en: [What is wrong?]}
    intents:
      - name: report_fault
        title: {en: Report a fault}
        examples: {en: [the heating is cold, my shower drips, the lamp is broken]}
        slots: [{slot: trouble}]
        does: action
        action: report
    actions:
      - name: report
        method: POST
        url: https://hotel.example/faults
        headers: {X-Api-Key: "{{ secret.hotel_key }}"}
        body: {trouble: "{{ trouble }}"}
"""
PAGES = ("change", "publish", "tests", "versions", "settings", "secrets", "import", "history")


@pytest.fixture
async def hotel(visit, kefu, tmp_path):  # noqa: F811
    """The page of a bot that came in as a file, after another one was refused."""
    page = await log_in(visit, kefu, "ada")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.goto(f"http://127.0.0.1:{kefu.port}/admin/schemas/bot/")
    await page.get_by_role("button", name="Make a bot for Northwind Trail").click()
    await page.get_by_role("link", name="Import").click()
    file = tmp_path / "hotel.yaml"
    file.write_text(HOTEL.replace("report_fault", "Report fault"))
    await page.get_by_label("File").set_input_files(file)
    await page.get_by_role("button", name="Show what changes").click()
    await expect(page.locator(".bot-alert")).to_contain_text("“Report fault” is no name")
    await expect(page.get_by_label("or its text")).to_have_value(re.compile("name: Report fault"))
    file.write_text(HOTEL)
    await page.get_by_label("File").set_input_files(file)
    await page.get_by_role("button", name="Show what changes").click()
    await expect(page.get_by_text("What the checks have against it")).to_be_visible()
    await page.get_by_role("button", name="Take it into the draft").click()
    await expect(page.get_by_role("heading", name="Hotel Seeblick")).to_be_visible()
    return page


async def test_a_condition_names_a_slot_that_was_made_on_the_same_page(hotel):
    page = hotel
    await page.get_by_role("link", name="Report a fault").click()
    await page.get_by_role("button", name="New slot").click()
    room = page.locator("[data-use]").nth(1)
    await room.get_by_label("English").first.fill("room number")
    await room.get_by_label("What kind of answer is it?").select_option(label="A number")
    await room.get_by_role("textbox", name="English: asked first").fill("Which room?")
    await page.get_by_role("button", name="New slot").click()
    floor = page.locator("[data-use]").nth(2)
    await floor.get_by_label("English").first.fill("floor")
    await floor.get_by_role("textbox", name="English: asked first").fill("Which floor?")
    await floor.get_by_text("Only under a condition").click()
    await floor.get_by_role("button", name="Add condition").click()
    names = floor.get_by_label("Only if").locator("option")
    await expect(names).to_have_text(["–", "what is wrong", "room number"])
    await floor.get_by_label("Only if").select_option(label="what is wrong")
    await floor.get_by_label("is one of").fill("Other")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved in the draft.")).to_be_visible()
    await expect(page.locator("[data-use]").nth(2).get_by_label("is one of")).to_have_value("other")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_an_accessibility_checker_finds_nothing_on_any_page(hotel, scheme, width):
    page, base = hotel, hotel.url.removesuffix("change/")
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": 900})
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    for name in PAGES:
        await page.goto(f"{base}{name}/")
        await page.evaluate("document.querySelectorAll('#bot details').forEach(d => d.open = true)")
        found = await Axe().run(page, context="#bot-frame", options=options)
        assert found.violations_count == 0, found.generate_report()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
