"""The engine's calls in a turn: once, under one key, and carried through."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError
from django.utils import timezone

from backend.chat import actions
from backend.chat.actions import DryRun, RealCalls, Rehearsal, TurnActions, settle
from backend.chat.database import in_database
from backend.chat.errors import LostTurn
from backend.conversations import services
from backend.conversations.models import ActionRun, Conversation, Event, Turn
from backend.conversations.services import Party
from backend.dialogue.types import ActionCall, HttpRequest
from backend.schemas import calls
from backend.schemas.models import Bot, Secret
from backend.schemas.scripts import Answer
from backend.sealing import seal
from tests.schemas.unruly import answer, hang, unruly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
async def connections():
    yield
    await settle(5)
    await calls.aclose()


@pytest.fixture
def bot(site):
    bot = Bot.objects.create(site=site, name="bot")
    Secret.objects.create(bot=bot, name="token", sealed=seal("tok-1234"))
    return bot


@pytest.fixture
def turn(site):
    party = Party(site.pk, uuid4(), uuid4())
    services.add_message(party, str(uuid4()), "Return the boots")
    return services.claim_turn(party.conversation, "runner")


def next_attempt(turn):
    Turn.objects.filter(pk=turn.id).update(lease_until=timezone.now() - timedelta(seconds=1))
    return services.claim_turn(turn.conversation, "another runner")


def call(system, reads=False, **changes):
    made = {
        "method": "GET" if reads else "POST",
        "url": f"{system.url}/returns",
        "headers": {"Authorization": "Bearer {{ secret.token }}"},
        "body": None if reads else {"card": "4111 1111"},
        "timeout_s": 5,
        "shown": {"body": {"card": "••••"}},
        "sensitive": ("4111 1111",),
    }
    request = HttpRequest(**made | changes)
    return ActionCall("1:create_return:abc", "orders", "create_return", request, reads)


async def row():
    return await ActionRun.objects.aget()


def keys(system):
    return [asked.headers.get("idempotency-key") for asked in system.asked]


@sync_to_async
def events():
    rows = Event.objects.filter(kind__in=["action", "owner"]).order_by("seq")
    return [event.body.get("state", event.body.get("owner")) for event in rows]


async def test_a_call_goes_out_with_the_bots_secrets_and_is_kept(bot, turn):
    async with unruly(answer(201, {"number": "R-1", "card": "4111 1111"})) as system:
        result = await TurnActions(turn).call(call(system))
    assert (result.outcome, result.json["card"]) == ("success", "4111 1111")
    assert system.asked[0].headers["authorization"] == "Bearer tok-1234"
    run = await row()
    assert keys(system) == [str(run.idempotency_key)]
    assert (run.state, run.status, run.request) == ("success", 201, {"body": {"card": "••••"}})
    assert run.response == {"number": "R-1", "card": "••••"}
    assert run.ms > 0
    assert await events() == ["started", "success"]


async def test_a_site_without_a_bot_has_no_secrets(turn):
    async with unruly(answer(200)) as system:
        result = await TurnActions(turn).call(call(system))
    assert "“token” is missing" in result.error
    assert system.asked == []
    assert (await row()).state == "failure"


async def test_the_next_attempt_is_answered_without_a_call(bot, turn):
    async with unruly(answer(409, {"card": "4111 1111"})) as system:
        first = await TurnActions(turn).call(call(system))
        second = await TurnActions(await in_database(next_attempt)(turn)).call(call(system))
    assert first == second
    assert len(system.asked) == 1


async def test_after_a_crash_the_next_attempt_sends_the_same_key(bot, turn):
    # The first process got as far as committing the row and, perhaps, sending the request.
    begun = await in_database(services.begin_action)(
        turn, "1:create_return:abc", "create_return", {}, reads=False
    )
    async with unruly(answer(201, {})) as system:
        result = await TurnActions(await in_database(next_attempt)(turn)).call(call(system))
    assert result.outcome == "success"
    assert keys(system) == [str(begun.idempotency_key)]


async def test_where_the_answer_cannot_be_kept_the_next_attempt_sends_the_same_key(
    bot, turn, monkeypatch
):
    def away(*args, **kwargs):
        raise OperationalError("the database is away")

    async with unruly(answer(201, {"number": "R-1"})) as system:
        with monkeypatch.context() as broken:
            broken.setattr(services, "finish_action", away)
            with pytest.raises(OperationalError):
                await TurnActions(turn).call(call(system))
        result = await TurnActions(await in_database(next_attempt)(turn)).call(call(system))
    assert result.json == {"number": "R-1"}
    assert len(keys(system)) == 2
    assert len(set(keys(system))) == 1


async def test_a_turn_that_is_not_held_calls_nothing(bot, turn, operator):
    await in_database(services.take)(turn.conversation, operator)
    async with unruly(answer(200)) as system:
        for reads in (False, True):
            with pytest.raises(LostTurn):
                await TurnActions(turn).call(call(system, reads))
    assert system.asked == []
    assert not await ActionRun.objects.aexists()


async def test_a_change_that_has_begun_outlives_its_turn(bot, turn, operator):
    go_on = asyncio.Event()

    async def slow(writer):
        await go_on.wait()
        await answer(201, {"number": "R-1"})(writer)

    async with unruly(slow) as system:
        task = asyncio.create_task(TurnActions(turn).call(call(system)))
        await system.arrived.wait()
        await in_database(services.take)(turn.conversation, operator)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await row()).state == "started"
        go_on.set()
        await settle(5)
    assert (await row()).state == "success"
    assert await events() == ["started", "operator", "success"]


async def test_a_read_ends_with_its_turn(bot, turn):
    async with unruly(hang) as system:
        task = asyncio.create_task(TurnActions(turn).call(call(system, reads=True)))
        await system.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not actions._changing


async def test_at_shutdown_a_change_gets_only_so_long(bot, turn):
    async with unruly(hang) as system:
        task = asyncio.create_task(TurnActions(turn).call(call(system)))
        await system.arrived.wait()
        await settle(0.01)
        assert not task.done()
        await Conversation.objects.all().adelete()  # which is no reason to fail either
    await settle(5)
    assert (await task).outcome == "failure"


async def test_a_trial_with_real_calls_makes_no_rows(bot, turn):
    trial = RealCalls(bot.pk)
    async with unruly(answer(200, {"n": 1})) as system:
        assert (await trial.call(call(system))).json == {"n": 1}
        await trial.call(call(system))
        await RealCalls(bot.pk).call(call(system))
    one, again, other = keys(system)
    assert one == again != other
    assert system.asked[0].headers["authorization"] == "Bearer tok-1234"
    assert not await ActionRun.objects.aexists()


async def test_a_rehearsal_answers_as_it_was_told():
    told = [
        Answer(action="create_return", status=503),
        Answer(action="other", status=404, json={"a": 1}),
        Answer(action="create_return", json={"number": "R-1"}),
    ]
    made = ActionCall("k", "orders", "create_return", HttpRequest("POST", "https://a.example/"))
    rehearsal = Rehearsal(told)
    results = [await rehearsal.call(made) for _ in range(3)]
    assert [(r.outcome, r.status) for r in results] == [
        ("failure", 503),
        ("success", 200),
        ("success", 200),
    ]
    assert results[1].json == results[2].json == {"number": "R-1"}
    assert rehearsal.calls == [made] * 3
    result = await Rehearsal(()).call(made)
    assert (result.outcome, result.json) == ("success", {})


async def test_a_dry_run_really_reads_and_only_rehearses_changes(bot, turn):
    trial = DryRun(bot.pk, [Answer(action="create_return", json={"number": "R-1"})])
    async with unruly(answer(200, {"lines": [1]})) as system:
        read = await trial.call(call(system, reads=True))
        change = await trial.call(call(system))
    assert read.json == {"lines": [1]}
    assert (change.outcome, change.json) == ("success", {"number": "R-1"})
    assert len(system.asked) == 1
    assert trial.rehearsed == {"create_return"}
