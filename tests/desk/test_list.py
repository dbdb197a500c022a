"""The list of conversations: tabs, sites, search, order, and what it costs."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.conversations import services
from backend.conversations.models import Conversation

from .conftest import party_of

LIST = reverse("admin:conversations_conversation_changelist")


def shown(client, **query) -> list[Conversation]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200, answer.headers
    return [row.conversation for row in answer.context_data["rows"]]


def tabs(client, **query) -> dict[str, int]:
    return {tab.name: tab.count for tab in client.get(LIST, query).context_data["tabs"]}


@pytest.fixture
def of_each(talk, waiting, operator, colleague):
    found = {name: talk() for name in ("bot", "mine", "others", "closed")}
    services.take(found["mine"].pk, operator)
    services.take(found["others"].pk, colleague)
    services.close_by_operator(found["closed"].pk, operator)
    return found | {"waiting": waiting(5)}


@pytest.mark.parametrize("state", ["bot", "mine", "others", "closed", "waiting"])
def test_a_tab_holds_the_conversations_of_its_state(desk, of_each, state):
    assert shown(desk, state=state) == [of_each[state]]


def test_the_list_opens_with_what_is_open(desk, of_each):
    assert set(shown(desk)) == set(of_each.values()) - {of_each["closed"]}


def test_all_are_in_the_last_tab_and_an_unknown_state_is_the_first(desk, of_each):
    assert len(shown(desk, state="all")) == 5
    assert shown(desk, state="' OR 1=1") == shown(desk)


def test_each_tab_says_how_many_it_holds(desk, of_each):
    expected = {"open": 4, "waiting": 1, "mine": 1, "others": 1, "bot": 1, "closed": 1, "all": 5}
    assert {name: tabs(desk)[name] for name in expected} == expected


def test_the_counts_are_those_of_the_chosen_site(desk, talk, site):
    other = services.create_site(key="other", name="Other", allowed_origins=["self"])
    here, there = talk(), talk(of=other)
    assert shown(desk, site="other") == [there]
    assert shown(desk, site=site.key) == [here]
    assert tabs(desk, site="other")["all"] == 1
    assert shown(desk, site="nowhere") == []


def test_who_waited_longest_comes_first_then_what_is_unread(desk, talk, waiting, operator):
    read, unread = talk(), talk()
    services.mark_read(read.pk, read.head)
    theirs = talk()
    services.take(theirs.pk, operator)
    short, long = waiting(1), waiting(9)
    assert shown(desk) == [long, short, theirs, unread, read]


def test_the_unread_tab_empties_when_an_operator_looks(desk, talk):
    one = talk()
    assert shown(desk, state="unread") == [one]
    services.mark_read(one.pk, one.head)
    assert shown(desk, state="unread") == []


def test_it_finds_what_somebody_said_earlier_and_not_only_last(desk, talk, operator):
    found, _other = talk("My TENT pole snapped"), talk("Hello")
    services.add_operator_message(found.pk, operator, str(uuid4()), "We will send a new one.")
    assert shown(desk, q="tent pole") == [found]
    assert shown(desk, q="a new one") == [found]


def test_it_finds_chinese_words(desk, talk):
    found, _other = talk("请问可以退货吗？"), talk("怎么修改收货地址")
    assert shown(desk, q="退货") == [found]


def test_it_finds_visitors_by_name_and_address(desk, talk):
    lin, ana = talk(name="Lin Yue"), talk(email="ana@example.com")
    assert shown(desk, q="lin") == [lin]
    assert shown(desk, q="ANA@") == [ana]


def test_a_search_looks_through_closed_conversations_too(desk, talk, operator):
    found = talk("The zip is broken")
    services.close_by_operator(found.pk, operator)
    assert shown(desk, q="zip") == [found]
    assert shown(desk, q="zip", state="open") == []


@pytest.mark.parametrize("text", ["%", "_", "\\", '"', "'", "\x00", "  ", "a" * 5000])
def test_a_search_for_odd_characters_is_a_search_for_them(desk, talk, text):
    talk("Nothing odd")
    odd = talk('100 % _sure_ \\ "yes" it\'s')
    expected = [] if len(text) > 100 else [odd]
    if not text.strip("\x00 "):
        expected = shown(desk)
    assert shown(desk, q=text) == expected


def test_a_page_holds_fifty(desk, talk):
    for _ in range(51):
        talk()
    assert len(shown(desk)) == 50
    assert len(shown(desk, p=2)) == 1


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(
    desk, talk, operator, django_assert_num_queries
):
    def fill(count):
        for number in range(count):
            one = talk(name=f"Visitor {number}")
            if number % 2:
                services.take(one.pk, operator)

    fill(2)
    desk.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(LIST)
    fill(20)
    with django_assert_num_queries(len(few)):
        desk.get(LIST)
    assert len(few) <= 14


def test_what_a_visitor_wrote_is_never_markup(desk, talk):
    talk("<script>alert(1)</script>", name="<img src=x onerror=alert(1)>")
    page = desk.get(LIST).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_a_preview_is_one_line_without_marks(desk, talk, answered):
    answered(talk(), "**Yes**, see [Returns](https://shop.example/returns):\n\n- in `30` days")
    row = desk.get(LIST).context_data["rows"][0]
    assert row.preview == "Yes, see Returns: in 30 days"


def test_nothing_is_added_or_deleted_by_the_list(desk, talk):
    one = talk()
    assert desk.get(reverse("admin:conversations_conversation_add")).status_code == 403
    answer = desk.post(LIST, {"action": "delete_selected", "_selected_action": [str(one.pk)]})
    assert answer.status_code in (200, 302)
    assert Conversation.objects.filter(pk=one.pk).exists()


def test_the_page_carries_what_its_socket_needs(desk, waiting, operator):
    one = waiting(3)
    page = desk.get(LIST)
    assert page.context_data["desk"] == {
        "socket": "/ws/desk/",
        "operator": {"id": operator.pk, "name": "Mia"},
        "login": reverse("admin:login"),
        "list": LIST,
        "waiting": [str(one.pk)],
    }


def test_a_visitor_who_closed_is_shown_as_closed(desk, talk):
    one = talk()
    services.close(party_of(one), str(uuid4()))
    assert [row.state for row in desk.get(LIST, {"state": "all"}).context_data["rows"]] == [
        "closed"
    ]
