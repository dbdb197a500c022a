"""The widget in a real browser, on pages that do their worst."""

import asyncio
import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.conftest import open_chat, say
from tests.server.serve import WORDS

pytestmark = pytest.mark.e2e

LAST = f"word {WORDS - 1}"
HOSTILE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head>
<body><h1>Shop</h1><p>Boots and tents.</p>{embed}</body></html>"""
CSS = """* {{ all: unset !important; display: none !important; font-size: 60px !important;
color: red !important; position: static !important; opacity: .2 !important; }}
html, body {{ display: block !important; font-size: 40px !important; }}
div, button, dialog {{ transform: rotate(9deg) !important; visibility: hidden !important; }}"""


async def test_an_answer_streams_in_and_is_there_after_a_reload(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    dialog = await open_chat(page)
    await say(dialog, "Where is my order?")
    await expect(dialog).to_contain_text("word 1")
    assert LAST not in await dialog.inner_text(), "it was not streamed"
    await expect(dialog).to_contain_text(LAST)
    await page.reload()
    dialog = await open_chat(page) if not await page.get_by_role("dialog").count() else dialog
    await expect(dialog).to_contain_text("Where is my order?")
    await expect(dialog).to_contain_text(LAST)


async def test_nothing_is_stored_before_first_use(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    stored = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    dialog = await open_chat(page)
    await expect(dialog.get_by_role("textbox")).to_be_visible()
    assert await page.evaluate(stored) == '[{},{},""]'
    await say(dialog, "Hello")
    await expect(dialog).to_contain_text("word 1")
    assert await page.evaluate("Object.keys(localStorage).length") > 0
    assert await page.evaluate("document.cookie") == ""


async def test_the_page_cannot_spoil_the_widget_under_a_strict_policy(
    kefu, embed, host_page, visit
):
    policy = (
        f"default-src 'none'; script-src http://127.0.0.1:{kefu.port}; style-src 'unsafe-inline'; "
        f"connect-src ws://127.0.0.1:{kefu.port}; img-src data:; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    html = HOSTILE.replace('<link rel="stylesheet" href="/style.css">', f"<style>{CSS}</style>")
    html = html.replace("{embed}", embed).replace("{{", "{").replace("}}", "}")
    page = await visit(host_page(html, Content_Security_Policy=policy))
    refused = []
    page.on(
        "console", lambda message: refused.append(message.text) if message.type == "error" else None
    )
    dialog = await open_chat(page)
    await say(dialog, "Hello")
    await expect(dialog).to_contain_text(LAST)
    box = await dialog.bounding_box()
    assert box["width"] > 300
    assert box["height"] > 300
    size = "el => getComputedStyle(el).fontSize"
    assert 15 < float((await dialog.get_by_role("textbox").evaluate(size)).removesuffix("px")) < 18
    assert not refused


async def test_the_widget_leaves_the_pages_own_style_alone(kefu, embed, host_page, visit):
    html = '<!doctype html><title>S</title><button id="own">Own</button>'
    look = (
        "JSON.stringify([...['color','font','padding','background'].map("
        "name => getComputedStyle(document.querySelector('#own'))[name])])"
    )
    plain = await (await visit(host_page(html))).evaluate(look)
    page = await visit(host_page(html + embed))
    await open_chat(page)
    assert await page.evaluate(look) == plain


async def test_everything_can_be_done_with_the_keyboard(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>Shop</title><a href='#'>x</a>{embed}"))
    await page.get_by_role("button", name="Open chat").wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("Hello")
    await page.keyboard.press("Enter")
    await expect(dialog).to_contain_text(LAST)
    await page.keyboard.press("Escape")
    await expect(dialog).not_to_be_visible()
    await expect(page.get_by_role("button", name="Open chat")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_accessibility_checker_finds_nothing(kefu, embed, host_page, visit, scheme):
    html = f'<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>{embed}'
    page = await visit(host_page(html), color_scheme=scheme)
    dialog = await open_chat(page)
    await say(dialog, "Hello")
    await expect(dialog).to_contain_text(LAST)
    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [(320, 568), (320, 256), (375, 740)])
async def test_on_a_phone_and_at_400_percent_it_fills_the_screen(
    kefu, embed, host_page, visit, size
):
    page = await visit(
        host_page(f'<!doctype html><meta name="viewport" content="width=device-width">{embed}'),
        viewport={"width": size[0], "height": size[1]},
    )
    dialog = await open_chat(page)
    box = await dialog.bounding_box()
    assert (round(box["width"]), round(box["height"])) == size
    assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
    await say(dialog, "Hello")
    await expect(dialog.get_by_role("log").get_by_text(LAST)).to_be_in_viewport()


async def test_a_visitor_with_a_chinese_browser_reads_chinese(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>S</title>{embed}"), locale="zh-CN")
    await page.get_by_role("button", name="打开聊天").click()
    await expect(page.get_by_role("dialog").get_by_placeholder("请输入消息…")).to_be_visible()


async def test_a_message_survives_a_server_that_is_killed_and_started_again(
    kefu, embed, host_page, visit
):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    dialog = await open_chat(page)
    await say(dialog, "First")
    await expect(dialog).to_contain_text("word 2")
    kefu.kill()
    await say(dialog, "Second")
    await expect(dialog.get_by_text("Second", exact=True)).to_be_visible()
    await asyncio.to_thread(kefu.start)
    await expect(dialog).to_contain_text("[First", timeout=40_000)
    await expect(dialog.get_by_text(re.compile(r"Second\]"))).to_be_visible(timeout=40_000)
    await expect(dialog).to_contain_text(LAST)
    assert await dialog.get_by_text("First", exact=True).count() == 1
    assert await dialog.get_by_text("Second", exact=True).count() == 1


async def test_the_page_works_on_when_the_server_is_down(kefu, embed, host_page, visit):
    kefu.kill()
    page = await visit(host_page(f"<!doctype html><title>Shop</title><h1>Shop</h1>{embed}"))
    await expect(page.get_by_role("heading", name="Shop")).to_be_visible()


async def test_an_unknown_site_key_is_said_and_breaks_nothing(kefu, embed, host_page, visit):
    wrong = embed.replace('"demo"', '"nobody"')
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{wrong}"))
    dialog = await open_chat(page)
    await expect(dialog).to_contain_text("isn’t available")


async def test_stop_ends_the_reply_and_says_so(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    dialog = await open_chat(page)
    await say(dialog, "Hello")
    await expect(dialog).to_contain_text("word 2")
    await dialog.get_by_role("button", name="Stop").click()
    await expect(dialog).to_contain_text("Stopped")
    assert LAST not in await dialog.inner_text()


async def test_two_tabs_show_the_same_conversation(kefu, embed, host_page, visit):
    address = host_page(f"<!doctype html><title>Shop</title>{embed}")
    one = await visit(address)
    dialog = await open_chat(one)
    await say(dialog, "From the first tab")
    await expect(dialog).to_contain_text(LAST)
    two = await one.context.new_page()
    await two.goto(address)
    other = two.get_by_role("dialog")
    if not await other.count():
        other = await open_chat(two)
    await expect(other).to_contain_text("From the first tab")
    await say(other, "From the second tab")
    await expect(dialog).to_contain_text("From the second tab")


async def test_the_public_api_opens_sends_and_destroys(kefu, embed, host_page, visit):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    await page.wait_for_function("window.Kefu")
    await page.evaluate("window.heard = []; Kefu.on('message', m => heard.push(m)); Kefu.open()")
    await page.evaluate("Kefu.send('By the page')")
    await expect(page.get_by_role("dialog")).to_contain_text(LAST)
    await page.wait_for_function("heard.length > 0")
    await page.evaluate("Kefu.destroy()")
    assert await page.get_by_role("dialog").count() == 0
    assert await page.get_by_role("button").count() == 0
