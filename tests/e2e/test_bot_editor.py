"""A bot editor in a real browser: an intent with three slots and an action, and it is live."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.conftest import log_in
from tests.server.conftest import ServerProcess

pytestmark = pytest.mark.e2e

SLOTS = (
    ("shop", "One of a list – a reason, a size", "Which shop would you like to come to?"),
    ("day", "A day", "Which day suits you?"),
    ("shoe size", "A number", "What is your shoe size?"),
)


@pytest.fixture
def kefu(tmp_path):
    """The real server with the real engine; only the models are doubles."""
    server = ServerProcess(tmp_path).prepare()
    yield server.start("manage.py", "serve")
    server.stop()


@pytest.fixture
def system():
    """The customer's own system: books fittings, and keeps what it was asked."""
    asked = []

    class Fittings(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), json.loads(body)))
            answer = json.dumps({"fitting": {"number": "F-17"}}).encode()
            self.send_response(201)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fittings)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.asked = asked
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
async def editor(visit, kefu):
    page = await log_in(visit, kefu, "ada")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.goto(f"http://127.0.0.1:{kefu.port}/admin/schemas/bot/")
    await page.get_by_role("button", name="Make a bot for Northwind Trail").click()
    await expect(page.get_by_role("heading", name="General")).to_be_visible()
    return page


async def add_slot(page, number, title, kind, prompt):
    await page.get_by_role("button", name="New slot").click()
    slot = page.locator("[data-use]").nth(number)
    await slot.get_by_label("What is it called?").fill(title)
    await slot.get_by_label("What kind of answer is it?").select_option(label=kind)
    await slot.get_by_role("textbox", name="asked first").fill(prompt)
    return slot


async def fill_intent(page, system):
    """What an operator does who adds “Book a fitting”."""
    await page.get_by_role("link", name="Add intent").click()
    await page.get_by_label("What is it called?").fill("Book a fitting")
    for number, (title, kind, prompt) in enumerate(SLOTS):
        slot = await add_slot(page, number, title, kind, prompt)
        if title == "shop":
            choices = slot.get_by_role("textbox", name="The visitor reads")
            await choices.first.fill("York")
            await slot.get_by_role("button", name="Add choice").click()
            await choices.nth(1).fill("Leeds")
    examples = page.get_by_label("What do visitors say?")
    await examples.fill(
        "I want to book a fitting\nbook a fitting in York\ncan somebody measure my feet\n"
        "I need boots that fit\nmake an appointment for a fitting"
    )
    await select(examples, "York")
    await page.locator("#bot-marker").get_by_role("button", name="shop").click()
    await expect(examples).to_have_value(re.compile(re.escape("in [York](shop)")))
    await page.get_by_label("Which action?").select_option(label="A new action")
    action = page.locator("[data-new-action]")
    await action.get_by_label("Internal name").fill("book_fitting")
    await action.get_by_label("Address (URL)").fill(
        f"http://127.0.0.1:{system.server_port}/fittings"
    )
    await action.get_by_role("button", name="Fill with the slots").click()
    await action.get_by_label("Paste a sample answer").fill('{"fitting": {"number": "F-1"}}')
    await action.get_by_role("button", name="fitting.number").click()
    await page.get_by_label("Ask the visitor to confirm").check()
    confirm = page.get_by_label("Asking before it is done")
    await confirm.fill("Shall I book it in ")
    await page.locator("[data-occasion=reply_confirm]").get_by_role("button", name="shop").click()
    await expect(page.locator("[data-occasion=reply_confirm]")).to_contain_text("book it in York")
    await page.get_by_label("It worked").fill("Done: your fitting has the number ")
    await page.locator("[data-occasion=reply_success]").get_by_role("button", name="number").click()
    await expect(page.locator("[data-occasion=reply_success]")).to_contain_text("the number F-1")


async def select(box, words):
    await box.evaluate(
        "(box, words) => { const at = box.value.indexOf(words); box.focus();"
        " box.setSelectionRange(at, at + words.length); }",
        words,
    )


async def say(page, text, answered):
    box = page.get_by_label("Your message")
    await box.fill(text)
    await box.press("Enter")
    reply = page.locator(".bot-try__log .desk-said--bot").last
    await expect(reply).to_contain_text(answered, timeout=20_000)
    return reply


async def test_an_intent_with_three_slots_and_an_action_is_added_tried_and_published(
    editor, system
):
    page = editor
    await fill_intent(page, system)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved in the draft.")).to_be_visible()
    await expect(page.locator("[data-use]")).to_have_count(3)

    await page.get_by_role("link", name="Try it").click()
    await page.get_by_label("Really change things").check()
    await page.get_by_role("button", name="Really make them").click()
    reply = await say(page, "I want to book a fitting", "Which shop")
    await expect(reply).to_contain_text("Book a fitting")  # what was meant, with its score
    await reply.get_by_role("button", name="Leeds").click()
    await expect(page.locator(".bot-try__log")).to_contain_text("Which day suits you?")
    await say(page, "tomorrow", "What is your shoe size?")
    await say(page, "42", "Shall I book it in Leeds")
    reply = await say(page, "yes", "Done: your fitting has the number F-17")
    await expect(reply).to_contain_text("book_fitting")
    [(path, _headers, body)] = system.asked
    assert path == "/fittings"
    assert (body["shop"], body["shoe_size"]) == ("leeds", 42)

    await page.get_by_role("link", name="Review and publish").click()
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_text("Version 1 is live.")).to_be_visible()
    await expect(page.get_by_role("link", name="Book a fitting")).to_be_visible()


async def test_nobody_leaves_with_unsaved_changes_unawares(editor):
    page = editor
    await page.get_by_role("link", name="Add intent").click()
    await page.get_by_label("What is it called?").fill("Half a thought")
    await expect(page.locator("#bot-state")).to_have_text("Not saved yet")
    asked = []

    async def stay(dialog):
        asked.append(dialog.type)
        await dialog.dismiss()

    page.once("dialog", stay)
    await page.get_by_role("link", name="Northwind Trail").click()
    await expect(page.get_by_label("What is it called?")).to_have_value("Half a thought")
    assert asked == ["beforeunload"]
    await page.keyboard.press("Control+s")
    await expect(page.locator(".bot-alert")).to_contain_text("Choose an action")
    await page.get_by_role("link", name="Which action?").click()
    await expect(page.get_by_label("Which action?")).to_be_focused()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
async def test_an_accessibility_checker_finds_nothing_in_the_editor(editor, system, scheme, width):
    page = editor
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": 900})
    await fill_intent(page, system)
    await page.get_by_label("What is it called?").first.fill("")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator(".bot-alert")).to_be_visible()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}
    found = await Axe().run(page, context="#bot-frame", options=options)
    assert found.violations_count == 0, found.generate_report()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
