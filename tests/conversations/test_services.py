"""The record under concurrent writers, and its rules of ownership."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.conversations import services
from backend.conversations.models import Conversation, Event, Turn
from backend.conversations.services import Party
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.fixture
def party(site):
    return Party(site.pk, uuid4(), uuid4())


def say(party, text="Hello"):
    return services.add_message(party, str(uuid4()), text)


def seqs(party):
    return list(Event.objects.filter(conversation=party.conversation).values_list("seq", flat=True))


def test_concurrent_first_messages_make_one_conversation_and_no_gap(party):
    results = at_once(*[lambda: say(party) for _ in range(8)])
    assert sorted(results) == list(range(1, 9))
    assert seqs(party) == list(range(1, 9))
    assert Conversation.objects.count() == 1


def test_one_cid_sent_by_many_at_once_is_one_event(party):
    cid = str(uuid4())
    results = at_once(*[lambda: services.add_message(party, cid, "Hello") for _ in range(6)])
    assert set(results) == {1}
    assert seqs(party) == [1]


def test_of_many_runners_one_claims_the_turn(party):
    say(party)
    claims = at_once(
        *[lambda name=name: services.claim_turn(party.conversation, name) for name in "abcdef"]
    )
    assert sum(claim is not None for claim in claims) == 1


def test_of_two_operators_at_once_one_wins(party, operator, colleague):
    say(party)
    results = at_once(
        lambda: services.take(party.conversation, operator),
        lambda: services.take(party.conversation, colleague),
    )
    assert sum(isinstance(result, services.OwnerConflict) for result in results) == 1
    assert Conversation.objects.get().epoch == 2


def test_nothing_of_an_older_epoch_is_committed(party, operator):
    say(party)
    turn = services.claim_turn(party.conversation, "a")
    assert services.checkpoint(turn, 1, "Half")
    services.take(party.conversation, operator)
    assert not services.checkpoint(turn, 2, "Half and more")
    assert not services.finish_turn(turn, "Half and more")
    assert not services.fail_turn(turn, "late", "Sorry")
    kinds = list(Event.objects.order_by("seq").values_list("kind", "by_kind"))
    assert kinds == [("message", "visitor"), ("turn", "system"), ("owner", "operator")]


def test_a_runner_that_lost_its_lease_can_change_nothing(party):
    say(party)
    first = services.claim_turn(party.conversation, "a")
    Turn.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = services.claim_turn(party.conversation, "b")
    assert (second.message, second.attempt) == (first.message, 2)
    assert not services.checkpoint(first, 1, "Old")
    assert not services.renew_lease(first)
    assert not services.finish_turn(first, "Old")
    assert services.finish_turn(second, "New")
    assert Event.objects.get(by_kind="bot").body["text"] == "New"


def test_a_turn_is_not_claimed_while_another_one_runs(party):
    say(party)
    services.claim_turn(party.conversation, "a")
    say(party, "More")
    assert services.claim_turn(party.conversation, "b") is None


def test_what_is_unanswered_is_answered_by_one_turn(party):
    for text in ("One", "Two", "Three"):
        say(party, text)
    turn = services.claim_turn(party.conversation, "a")
    assert services.finish_turn(turn, "All of it")
    assert services.claim_turn(party.conversation, "a") is None
    states = sorted(Turn.objects.values_list("state", flat=True))
    assert states == ["absorbed", "absorbed", "done"]


def test_released_leases_are_free_at_once(party):
    say(party)
    services.claim_turn(party.conversation, "a")
    assert services.due_conversations() == []
    assert services.release_leases("a") == 1
    assert services.due_conversations() == [party.conversation]


def test_after_the_last_attempt_the_turn_can_only_be_failed(party, settings):
    settings.KEFU_TURN_ATTEMPTS = 2
    say(party)
    for _ in range(2):
        turn = services.claim_turn(party.conversation, "a")
        assert not turn.exhausted
        services.release_leases("a")
    turn = services.claim_turn(party.conversation, "a")
    assert turn.exhausted
    assert services.fail_turn(turn, "gave up", "Sorry", [{"id": "human", "label": "A person"}])
    assert [event.kind for event in Event.objects.order_by("seq")] == ["message", "turn", "message"]


def test_the_owner_events_count_the_epochs(party, operator, colleague):
    say(party)
    services.take(party.conversation, operator)
    services.assign(party.conversation, operator, colleague)
    services.queue(party.conversation, colleague)
    services.hand_back(party.conversation, operator)
    owners = [event.body for event in Event.objects.filter(kind="owner").order_by("seq")]
    assert [(body["owner"], body["epoch"]) for body in owners] == [
        ("operator", 2), ("operator", 3), ("queue", 4), ("bot", 5)
    ]  # fmt: skip


def test_a_colleague_cannot_end_what_another_holds(party, operator, colleague):
    say(party)
    services.take(party.conversation, operator)
    for act in (services.hand_back, services.queue):
        with pytest.raises(services.OwnerConflict):
            act(party.conversation, colleague)
    with pytest.raises(services.OwnerConflict):
        services.close_by_operator(party.conversation, colleague)


def test_queue_positions_follow_the_wait(site):
    parties = [Party(site.pk, uuid4(), uuid4()) for _ in range(3)]
    for party in parties:
        services.ask_for_person(party, str(uuid4()))
    positions = [services.queue_position(party.conversation) for party in parties]
    assert positions == [1, 2, 3]


def test_operators_are_online_while_their_desk_is_heard_from(operator):
    services.touch_operator(operator)
    assert services.operators_online() == 1
    services.touch_operator(operator, here=False)
    assert services.operators_online() == 0


def test_a_message_of_the_visitor_is_unread_until_an_operator_looks(party):
    say(party)
    assert Conversation.objects.unread().count() == 1
    services.mark_read(party.conversation, 99)
    assert Conversation.objects.unread().count() == 1
    services.mark_read(party.conversation, 1)
    assert Conversation.objects.unread().count() == 0


def test_what_somebody_said_is_found(party):
    say(party, "Where is my BLUE tent?")
    assert Conversation.objects.mentioning("blue TENT").count() == 1
    assert Conversation.objects.mentioning("red tent").count() == 0
