"""The bot's tests as its editors write and run them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.schemas.models import BotTest
from backend.schemas.script_text import ScriptError, dump_script, load_script
from backend.schemas.scripts import Script, TestReport

GOOD = 'name: Hello\nturns:\n  - say: hello\n    reply: ["hi"]\n'


@pytest.fixture
def add(bot):
    return reverse("admin:schemas_bottest_add") + f"?bot={bot.pk}"


def test_a_test_is_written_and_read_again(desk, add, bot):
    assert "name: Return boots" in desk.get(add).content.decode()  # an example to begin with
    assert desk.post(add, {"script": GOOD}).status_code == 302
    test = BotTest.objects.get(bot=bot)
    assert test.script == {"name": "Hello", "turns": [{"say": "hello", "reply": ["hi"]}]}
    where = reverse("admin:schemas_bottest_change", args=[test.pk])
    assert desk.get(where).context_data["form"]["script"].value() == dump_script(load_script(GOOD))
    assert desk.post(where, {"script": GOOD.replace("Hello", "Hi")}).status_code == 302
    assert [one.name for one in BotTest.objects.all()] == ["Hi"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("turns: [{say: hello}]", "name"),
        ("name: x", "turn"),
        ("name: x\nturns:\n  - say: a\n    choose: b", "either"),
        ("name: x\nturns:\n  - says: a", "Line 3"),
        ("name: x\nturns: [", "Line"),
        ("just words", "Line 1"),
        ("name: x\nanswers: 7\nturns: [{say: a}]", "Line 2"),
    ],
)
def test_a_script_that_is_none_is_explained_and_kept_on_the_page(desk, add, text, says):
    answer = desk.post(add, {"script": text})
    assert answer.status_code == 422
    assert any(says in one.text for one in answer.context_data["problems"])
    assert answer.context_data["form"]["script"].value() == text
    assert not BotTest.objects.exists()


def test_two_tests_do_not_share_a_name(desk, add):
    desk.post(add, {"script": GOOD})
    desk.post(add, {"script": GOOD.replace("Hello", "Hi")})
    where = reverse("admin:schemas_bottest_change", args=[BotTest.objects.get(name="Hi").pk])
    answer = desk.post(where, {"script": GOOD})
    assert answer.status_code == 422
    assert BotTest.objects.count() == 2


def fails(bot, schema):
    return [
        TestReport(test.name, False, ("Turn 1: nothing like “hi”.",)) for test in bot.tests.all()
    ]


def passes(bot, schema):
    return [TestReport(test.name, True) for test in bot.tests.all()]


def breaks(bot, schema):
    raise RuntimeError("no engine")


@pytest.mark.parametrize(
    ("tester", "says"),
    [
        (fails, "The test failed."),
        (passes, "The test passed."),
        (breaks, "could not be run"),
    ],
)
def test_they_are_run_on_the_draft(desk, add, bot, settings, tester, says):
    settings.KEFU_BOT_TESTER = f"{__name__}.{tester.__name__}"
    desk.post(add, {"script": GOOD})
    page = desk.post(reverse("admin:desk_bot_run", args=[bot.pk]), follow=True).content.decode()
    assert says in page
    if tester is fails:
        assert "nothing like “hi”" in page


def test_one_of_them_is_saved_and_run_alone(desk, add, bot, settings):
    settings.KEFU_BOT_TESTER = f"{__name__}.fails"
    desk.post(add, {"script": GOOD})
    desk.post(add, {"script": GOOD.replace("Hello", "Other")})
    one, other = BotTest.objects.order_by("pk")
    where = reverse("admin:schemas_bottest_change", args=[one.pk])
    page = desk.post(where, {"script": GOOD, "then": "run"}, follow=True)
    assert page.redirect_chain == [(where, 302)]
    assert "nothing like “hi”" in page.content.decode()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.passed, other.passed) == (False, None)


def test_a_test_is_deleted(desk, add):
    desk.post(add, {"script": GOOD})
    where = reverse("admin:schemas_bottest_delete", args=[BotTest.objects.get().pk])
    assert desk.get(where).status_code == 200
    assert desk.post(where).status_code == 302
    assert not BotTest.objects.exists()


@given(st.text(max_size=120))
def test_any_text_is_a_script_or_is_said_not_to_be(text):
    try:
        script = load_script(text)
    except ScriptError as error:
        assert error.problems  # noqa: PT017
    else:
        assert isinstance(script, Script)
