"""Calls as rows: begun only while the turn is held, made once, finished whatever happens."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.conversations import services
from backend.conversations.models import ActionRun, Conversation, Event, Turn
from backend.conversations.services import Party, answer_of, begin_action, finish_action
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]

SHOWN = {"method": "POST", "url": "https://a.example/orders", "headers": {}, "body": {"n": 1}}


@pytest.fixture
def party(site):
    return Party(site.pk, uuid4(), uuid4())


@pytest.fixture
def turn(party):
    return next_turn(party)


def next_turn(party):
    services.add_message(party, str(uuid4()), "Return the boots")
    return services.claim_turn(party.conversation, "runner")


def next_attempt(turn):
    Turn.objects.filter(pk=turn.id).update(lease_until=timezone.now() - timedelta(seconds=1))
    return services.claim_turn(turn.conversation, "another runner")


def begin(turn, key="1:create_return:abc", reads=False):
    return begin_action(turn, key, "create_return", SHOWN, reads=reads)


def finished(turn, state="success", key="1:create_return:abc", reads=False, answer=None):
    run = begin(turn, key, reads)
    assert finish_action(run, state, status=200, answer=answer, shown=answer)
    return ActionRun.objects.get(pk=run.pk)


def actions():
    bodies = Event.objects.filter(kind="action").order_by("seq").values_list("body", flat=True)
    return [(body["name"], body["state"]) for body in bodies]


def test_a_change_is_a_row_before_it_is_made_and_stands_in_the_log(turn):
    run = begin(turn)
    stored = ActionRun.objects.get(pk=run.pk)
    assert (stored.state, stored.turn_id, stored.request) == ("started", turn.id, SHOWN)
    assert actions() == [("create_return", "started")]
    assert finish_action(run, "refused", status=409, answer={"a": 1}, shown={"a": 1}, error="no")
    stored.refresh_from_db()
    assert (stored.state, stored.status, stored.response) == ("refused", 409, {"a": 1})
    assert (stored.error, stored.sealed) == ("no", "")
    assert stored.finished_at
    assert actions() == [("create_return", "started"), ("create_return", "refused")]


def test_what_only_reads_makes_rows_and_no_events(turn):
    finished(turn, reads=True)
    assert ActionRun.objects.get().state == "success"
    assert actions() == []


def test_no_call_begins_after_a_person_has_taken_over(turn, operator):
    services.take(turn.conversation, operator)
    assert begin(turn) is None
    services.hand_back(turn.conversation, operator)
    assert begin(turn) is None  # of an older epoch
    assert not ActionRun.objects.exists()


def test_no_call_begins_for_a_turn_that_was_stopped_or_lost(turn):
    later = next_attempt(turn)
    assert begin(turn) is None
    services.cancel_turn(turn.conversation)
    assert begin(later) is None
    assert not ActionRun.objects.exists()


def test_taking_over_and_starting_a_call_exclude_each_other(party, operator):
    turn = next_turn(party)
    run, _ = at_once(lambda: begin(turn), lambda: services.take(party.conversation, operator))
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    if run is None:
        assert "action" not in kinds
    else:
        assert kinds.index("action") < kinds.index("owner")


def test_of_many_at_once_with_one_key_there_is_one_row(turn):
    runs = at_once(*[lambda: begin(turn) for _ in range(6)])
    assert len({(run.pk, run.idempotency_key) for run in runs}) == 1
    assert actions() == [("create_return", "started")]


def test_other_keys_are_other_rows(turn):
    one, two = begin(turn), begin(turn, "1:create_return:def")
    assert one.idempotency_key != two.idempotency_key


def test_the_next_attempt_goes_on_with_a_call_that_was_begun(turn):
    first = begin(turn)
    second = begin(next_attempt(turn))
    assert (second.pk, second.state) == (first.pk, "started")
    assert second.idempotency_key == first.idempotency_key
    assert actions() == [("create_return", "started")]


@pytest.mark.parametrize("state", ["success", "not_found", "refused", "failure"])
def test_the_next_attempt_gets_the_answer_of_a_call_that_was_finished(turn, state):
    finished(turn, state, answer={"number": "R-1"})
    again = begin(next_attempt(turn))
    assert (again.state, answer_of(again)) == (state, {"number": "R-1"})


def test_in_a_later_turn_a_change_that_was_made_is_not_made_again(party):
    turn = next_turn(party)
    finished(turn, answer={"number": "R-1"})
    services.finish_turn(turn, "Done")
    again = begin(next_turn(party))
    assert (again.state, answer_of(again)) == ("success", {"number": "R-1"})


@pytest.mark.parametrize(
    ("state", "reads", "same_key"),
    [
        ("failure", False, True),  # it may have been done all the same
        ("refused", False, False),
        ("not_found", False, False),
        ("success", True, True),
        ("failure", True, True),
    ],
)
def test_in_a_later_turn_all_else_is_called_anew(party, state, reads, same_key):
    turn = next_turn(party)
    before = finished(turn, state, reads=reads, answer={"old": True})
    services.finish_turn(turn, "Not yet")
    later = next_turn(party)
    again = begin(later, reads=reads)
    assert (again.pk, again.state, again.turn_id) == (before.pk, "started", later.id)
    assert (again.response, again.finished_at) == (None, None)
    assert (again.idempotency_key == before.idempotency_key) is same_key


def test_a_call_is_finished_though_its_turn_was_lost_meanwhile(turn, operator):
    run = begin(turn)
    services.take(turn.conversation, operator)
    assert finish_action(run, "success", status=201, answer={}, shown={})
    assert actions() == [("create_return", "started"), ("create_return", "success")]
    assert Conversation.objects.get().owner == "operator"


def test_a_call_is_finished_once(turn):
    run = begin(turn)
    results = at_once(*[lambda: finish_action(run, "success", status=200) for _ in range(4)])
    assert sorted(results) == [False, False, False, True]
    assert not finish_action(run, "failure")
    assert ActionRun.objects.get().state == "success"
    assert len(actions()) == 2


def test_finishing_a_call_of_a_deleted_conversation_is_harmless(turn):
    run = begin(turn)
    Conversation.objects.all().delete()
    assert not finish_action(run, "success")


def test_what_operators_may_not_see_is_kept_sealed(turn):
    run = begin(turn)
    whole, shown = {"card": "4111 1111"}, {"card": "••••"}
    finish_action(run, "success", status=200, answer=whole, shown=shown)
    row = ActionRun.objects.get()
    assert row.response == shown
    assert "4111" not in row.sealed
    assert answer_of(row) == whole
    row.sealed = "damaged"
    assert answer_of(row) == shown


def test_a_long_answer_is_shown_in_part_and_kept_whole(turn):
    run = begin(turn)
    long = {"text": "长" * 70_000}
    finish_action(run, "success", status=200, answer=long, shown=long, error="x" * 900)
    row = ActionRun.objects.get()
    assert len(str(row.response)) < 3_000
    assert answer_of(row) == long
    assert len(row.error) == 500


def test_a_long_request_is_kept_in_part(turn):
    run = begin_action(turn, "k", "create_return", {"body": "x" * 70_000}, reads=False)
    assert len(str(ActionRun.objects.get(pk=run.pk).request)) < 3_000
