"""A real browser, a real server process, and a customer's page on a host of its own."""

from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.async_api import async_playwright

from tests.server.conftest import OPERATORS, ServerProcess

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
async def browser():
    """The system's Chromium where there is one, else Playwright's own."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture
def kefu(tmp_path):
    """A server with the site ``demo``, whose widget may run on any port of this machine."""
    server = ServerProcess(tmp_path, KEFU_TEST_PACE="0.15").prepare()
    yield server.start()
    server.stop()


@pytest.fixture
def host_page():
    """Serves a customer's page: ``host_page(html, **headers)`` returns its address."""
    served = []

    def serve(html, **headers):
        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *arguments):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in served:
        server.shutdown()
        server.server_close()


@pytest.fixture
def embed(kefu):
    """The script tag, and nothing else."""
    address = f"http://127.0.0.1:{kefu.port}/widget/kefu.js"
    return f'<script src="{address}" data-site="demo" async></script>'


@pytest.fixture
async def visit(browser):
    """Opens a page in a context of its own; faults of its scripts fail the test."""
    faults, contexts = [], []

    async def open_page(address, **context):
        contexts.append(await browser.new_context(**({"locale": "en-GB"} | context)))
        page = await contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(address)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert not faults


async def open_chat(page):
    """Open the widget with the mouse; returns its dialog."""
    await page.get_by_role("button", name="Open chat").click()
    dialog = page.get_by_role("dialog")
    await dialog.wait_for()
    return dialog


async def say(dialog, text):
    box = dialog.get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def log_in(visit, kefu, name):
    page = await visit(f"http://127.0.0.1:{kefu.port}/admin/login/?next=/admin/")
    await page.get_by_label("Username").fill(name)
    await page.locator("input[type=password]").fill(OPERATORS[name])
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_url("**/admin/")
    return page
