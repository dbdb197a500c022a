"""One conversation's page and the analysis behind a bot message."""

from uuid import uuid4

import pytest
from django.urls import reverse

from backend.conversations import services
from backend.conversations.models import Conversation, Visitor
from backend.schemas.models import Bot, Version


def page_of(conversation) -> str:
    return reverse("admin:conversations_conversation_change", args=[conversation.pk])


def test_the_page_carries_what_its_socket_needs(desk, talk, operator, colleague):
    one = talk(name="Lin")
    data = desk.get(page_of(one)).context_data["desk"]
    assert data["conversation"] == str(one.pk)
    assert data["operator"] == {"id": operator.pk, "name": "Mia"}
    assert data["operators"] == [
        {"id": operator.pk, "name": "Mia"},
        {"id": colleague.pk, "name": "Tom"},
    ]
    assert data["max_text"] == 8000


def test_earlier_conversations_of_the_visitor_are_listed_and_nobody_elses(desk, talk):
    one, other, _stranger = talk("First"), talk("Second"), talk("Third")
    Conversation.objects.filter(pk=other.pk).update(visitor=one.visitor_id)
    rows = desk.get(page_of(one)).context_data["earlier"]
    assert [row.conversation for row in rows] == [other]


def test_a_conversation_that_is_not_there_leads_back(desk, site):
    for unknown in (uuid4(), "nonsense"):
        answer = desk.get(f"/admin/conversations/conversation/{unknown}/change/")
        assert answer.status_code == 302


def test_the_page_takes_no_form(desk, talk):
    one = talk()
    desk.post(page_of(one), {"status": "closed"})
    one.refresh_from_db()
    assert one.status == Conversation.Status.OPEN


def test_what_a_visitor_is_called_is_never_markup(desk, talk):
    page = desk.get(page_of(talk(name="</script><script>alert(1)</script>"))).content.decode()
    assert "<script>alert(1)" not in page


def test_no_script_stands_in_the_desks_own_pages(desk, talk):
    """So that a strict Content-Security-Policy needs no exception for them."""
    content = desk.get(page_of(talk())).content.decode()
    own = content[content.index('id="desk"') : content.index('id="desk-announce"')]
    assert "<script" not in own
    assert not [word for word in ("onclick=", "onsubmit=", "style=") if word in own]


@pytest.fixture
def analysis(desk):
    def get(conversation, message):
        return desk.get(reverse("admin:desk_analysis", args=[conversation.pk, message]))

    return get


def test_the_analysis_is_what_the_turn_stored(analysis, talk, answered):
    one = talk()
    message = answered(one, decision="answered", stages_ms={"total": 12.5})
    found = analysis(one, message).json()
    assert found["analysis"] == {"decision": "answered", "stages_ms": {"total": 12.5}}
    assert (found["state"], found["attempt"]) == ("done", 1)
    assert found["seconds"] >= 0


def test_the_analysis_names_the_version_by_its_number(analysis, talk, answered, site):
    bot = Bot.objects.create(site=site, name="Northwind Trail")
    first, _, third = [
        Version.objects.create(bot=bot, number=number, schema={}, checksum=checksum)
        for number, checksum in [(1, "same"), (2, "other"), (3, "same")]
    ]
    one = talk()
    message = answered(one, schema={"checksum": "same"})
    assert analysis(one, message).json()["analysis"]["schema"]["version"] == third.number
    type(one).objects.filter(pk=one.pk).update(version=first)
    assert analysis(one, message).json()["analysis"]["schema"]["version"] == first.number
    Version.objects.all().delete()
    assert analysis(one, message).json()["analysis"]["schema"] == {"checksum": "same"}


def test_an_analysis_is_read_through_its_own_conversation_only(analysis, talk, answered):
    one, other = talk(), talk()
    message = answered(one)
    assert analysis(other, message).status_code == 404


def test_a_message_without_a_turn_says_so(analysis, talk):
    answer = analysis(talk(), uuid4())
    assert answer.status_code == 404
    assert "No analysis" in answer.json()["detail"]


def test_an_analysis_is_only_read(desk, talk, answered):
    one = talk()
    where = reverse("admin:desk_analysis", args=[one.pk, answered(one)])
    assert desk.post(where).status_code == 405


def test_visitors_are_read_only(desk, administrator, talk):
    one = talk(name="Lin")
    where = reverse("admin:conversations_visitor_change", args=[one.visitor_id])
    Visitor.objects.filter(pk=one.visitor_id).update(profile={"plan": "<b>gold</b>"})
    page = administrator.get(where).content.decode()
    assert "&lt;b&gt;gold" in page
    assert administrator.post(where, {"name": "Eve"}).status_code == 403
    assert Visitor.objects.get(pk=one.visitor_id).name == "Lin"


def test_the_overview_counts_what_is_there(desk, talk, waiting, answered, operator):
    alone, helped = talk(), talk()
    answered(alone)
    answered(helped)
    services.take(helped.pk, operator)
    waits = waiting(2)
    services.touch_operator(operator)
    page = desk.get(reverse("admin:index")).context_data
    assert [figure.value for figure in page["figures"]] == [1, 1, 3, 1, 1]
    assert page["figures"][4].note == "of 2 that it answered"
    assert [row.conversation for row in page["rows"]] == [waits, helped]


def test_the_overview_of_somebody_else_counts_nothing(client, stranger):
    client.force_login(stranger)
    assert "figures" not in client.get(reverse("admin:index")).context_data
