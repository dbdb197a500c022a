"""“Save as test” on a conversation's page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from backend.conversations.models import Conversation, Turn
from backend.desk.access import EDITORS, GROUP
from backend.schemas.models import BotTest

from ..conftest import browser_of

TASK = {"intent": "return_item", "status": "open", "slots": {"order": "10234"}}


@pytest.fixture
def conversation(talk, answered) -> Conversation:
    made = talk("Return order 10234")
    answered(made, "Refund or swap?", task=TASK, actions=[])
    return made


@pytest.fixture
def both(editor):
    editor.groups.add(Group.objects.get(name=GROUP))
    return browser_of(editor)


def address(conversation):
    return reverse("admin:desk_save_test", args=[conversation.pk])


def test_one_click_keeps_the_conversation_as_a_test(both, bot, conversation):
    Turn.objects.update(head=1)
    page = both.get(reverse("admin:conversations_conversation_change", args=[conversation.pk]))
    assert address(conversation) in page.content.decode()
    answer = both.post(address(conversation))
    test = BotTest.objects.get(bot=bot)
    assert answer.headers["Location"] == reverse("admin:schemas_bottest_change", args=[test.pk])
    [turn] = test.script["turns"]
    assert turn == {
        "say": "Return order 10234",
        "intent": "return_item",
        "slots": {"order": "10234"},
        "action": "",
    }
    assert test.name == "Return order 10234"
    assert "Return order 10234" in both.get(answer.headers["Location"]).content.decode()


def test_a_second_one_gets_a_name_of_its_own(both, bot, conversation):
    Turn.objects.update(head=1)
    both.post(address(conversation))
    both.post(address(conversation))
    names = list(BotTest.objects.values_list("name", flat=True))
    assert names == ["Return order 10234", "Return order 10234 (2)"]


def test_where_the_bot_answered_nothing_there_is_nothing_to_keep(both, bot, talk):
    answer = both.post(address(talk("Hello")))
    assert answer.status_code == 302
    assert not BotTest.objects.exists()


def test_an_operator_who_may_not_edit_bots_has_no_such_button(operator, bot, conversation):
    client = browser_of(operator)
    where = reverse("admin:conversations_conversation_change", args=[conversation.pk])
    assert address(conversation) not in client.get(where).content.decode()
    client.post(address(conversation))
    assert not BotTest.objects.exists()


def test_an_editor_who_is_no_operator_sees_no_conversation(editor, bot, conversation):
    assert editor.groups.filter(name=EDITORS).exists()
    assert browser_of(editor).post(address(conversation)).status_code == 403


def test_it_is_no_link(both, conversation):
    assert both.get(address(conversation)).status_code == 405
