"""Try it over HTTP: keys of repeated calls, made-up answers, and which bot was talked to."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from backend.chat import actions
from backend.dialogue.types import ActionResult
from backend.schemas.models import Action, Intent

from .test_bots import library  # noqa: F401 - a fixture


@pytest.fixture
async def tried(library, async_client, operator):  # noqa: F811
    """Ask as an editor: ``await tried(say="…", state=…)`` gives the answer's JSON."""
    for name in ("view_bot", "change_bot"):
        await operator.user_permissions.aadd(await Permission.objects.aget(codename=name))
    await async_client.aforce_login(operator)
    url = reverse("try-bot", args=[library.bot.pk])

    async def ask(**asked):
        return (await async_client.post(url, asked, content_type="application/json")).json()

    return ask


@pytest.fixture
def sent(monkeypatch):
    """The calls that would have gone out: action by its address, and idempotency key."""
    made = []

    async def send(request, *, idempotency_key, secrets):
        made.append((request.method, idempotency_key))
        if request.method != "GET":
            return ActionResult("failure", 503, error="It is down.")
        return ActionResult("success", 200, {"loans": [{"id": "b1", "title": "Dune"}]})

    monkeypatch.setattr(actions.calls, "send", send)
    return made


ASK = "extend my loan of Dune on card L1234 until tomorrow"


async def test_a_call_that_is_tried_again_in_another_request_has_the_same_key(tried, sent):
    for _ in range(2):
        answer = await tried(say=ASK, real=True)
        answer = await tried(say="yes", state=answer["state"], real=True)
        await tried(choose="Try again", state=answer["state"], real=True)
    keys = [key for method, key in sent if method != "GET"]
    assert len(keys) == 4
    assert keys[0] == keys[1] != keys[2] == keys[3]


async def test_a_rehearsed_change_without_a_sample_answers_with_its_results_names(tried, sent):
    await Action.objects.filter(name="extend").aupdate(results={"fee": "loan.fee"})
    replies = {"success": {"en": "That costs {{ result.fee }}."}}
    await Intent.objects.filter(name="extend_loan").aupdate(replies=replies)
    answer = await tried(say=ASK)
    told = await tried(say="yes", state=answer["state"])
    [call] = [one for one in told["analysis"]["actions"] if one["action"] == "extend"]
    assert (call["dry"], call["made_up"]) == (True, True)
    assert told["reply"]["text"] == "That costs ⟨fee⟩."
    sample = {"extend": {"loan": {"fee": "£2"}}}
    told = await tried(say="yes", state=answer["state"], answers=sample)
    [call] = [one for one in told["analysis"]["actions"] if one["action"] == "extend"]
    assert call["made_up"] is False
    assert told["reply"]["text"] == "That costs £2."
    assert {method for method, _key in sent} == {"GET"}


async def test_the_analysis_says_which_bot_it_was(tried, sent):
    assert (await tried(say="hello"))["analysis"]["schema"]["version"] == "draft"
    assert (await tried(say="hello", version=1))["analysis"]["schema"]["version"] == 1
