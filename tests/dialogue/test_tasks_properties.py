"""What holds for every dialogue, whatever is said and whatever the other system answers."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.dialogue.deciding import buttons
from backend.dialogue.types import ActionResult

from .bots import SCHEMA, Visitor, visitor

SAID = st.one_of(
    st.sampled_from(
        [
            "I want to extend my loan",
            "extend my loan of Dune on card L1234 until Friday",
            "show my loans",
            "I lost my library card",
            "I need a librarian",
            "L1234",
            "L9876 no wait, L1111",
            "Dune",
            "the second one",
            "tomorrow",
            "yesterday",
            "123456",
            "yes",
            "no",
            "no, on Sunday",
            "cancel",
            "any",
            "the card number",
            "How much is standard delivery?",
            "hello",
            "thanks",
            "actually show my loans instead",
            "我想续借",
            "好的",
            "算了",
            "👍",
            "try again",
        ]
    ),
    st.text(max_size=60).filter(str.strip),
    st.integers(0, 3),  # the button of this number
)
OUTCOMES = st.lists(
    st.sampled_from(
        [
            ActionResult("success", 200, {"loans": [{"id": "b1", "title": "Dune"}]}),
            ActionResult("success", 200, {"loans": []}),
            ActionResult("success", 200, {"loans": [{"id": n, "title": f"T{n}"} for n in "abc"]}),
            ActionResult("success", 200, None),
            ActionResult("not_found", 404, {"code": "x"}),
            ActionResult("refused", 409, {"code": "y"}),
            ActionResult("failure", 500),
        ]
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=st.lists(SAID, min_size=1, max_size=8), lists=OUTCOMES, writes=OUTCOMES)
async def test_no_dialogue_breaks_the_rules(said, lists, writes) -> None:
    one = visitor()
    one.system.answers = {"list_loans": lists, "extend": writes, "report": list(writes)}
    for words in said:
        before, calls = one.memory, len(one.system.calls)
        if isinstance(words, int):
            if not one.reply.choices:
                continue
            await one.click(one.reply.choices[words % len(one.reply.choices)].id)
        else:
            await one.say(words)
        _holds(one, before, calls)


def _holds(one: Visitor, before, calls: int) -> None:
    assert one.reply.text.strip()
    expects = one.memory.expects
    if expects.kind == "slot":
        assert expects.slot not in one.memory.tasks[0].values, "a filled slot is asked for"
    for call in one.system.calls[calls:]:
        action = SCHEMA.services[0].action(call.action)
        if action.reads:
            continue
        assert before.expects.kind == "confirm", "done without being confirmed"
        task = before.tasks[0]
        required = {u.slot for u in SCHEMA.find(task.intent)[1].slots if u.required}
        assert required <= set(task.values), "done without its required slots"
    done = [
        call.key
        for call, result in zip(one.system.calls, one.system.results, strict=True)
        if result.outcome == "success" and not SCHEMA.services[0].action(call.action).reads
    ]
    assert len(done) == len(set(done)), "done twice"
    assert all(choice.label for choice in one.reply.choices)
    assert len({choice.id for choice in one.reply.choices}) == len(one.reply.choices)


@given(st.text(max_size=80))
def test_a_buttons_id_is_read_or_refused(text: str) -> None:
    button = buttons.read(text)
    if button is not None and (made := buttons.make(button, "x")):
        assert buttons.read(made.id) == button
