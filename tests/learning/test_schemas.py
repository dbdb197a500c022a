from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.learning.dialogues import Intent, Service, Slot
from backend.learning.schemas import translated


def test_a_service_becomes_one_of_kefu() -> None:
    service = Service(
        "NightFerries_2",
        "Crossing by night",
        (Slot("sails-at", "When it leaves"), Slot("deck", "Which deck", True, ("upper", "lower"))),
        (Intent("BookFerry", "Book a crossing", ("sails-at",), {"deck": "upper"}, True),),
    )
    done = translated(service)
    assert done.service.name == "night_ferries_2"
    assert done.slots == {"sails-at": "sails_at", "deck": "deck"}
    assert done.intents == {"BookFerry": "book_ferry"}
    when, deck = done.service.slots
    assert (when.type, when.description, when.title) == (
        "text",
        "When it leaves",
        {"en": "When it leaves"},
    )
    assert (deck.type, [choice.value for choice in deck.choices]) == ("choice", ["upper", "lower"])
    (intent,) = done.service.intents
    assert intent.confirm
    assert [(one.slot, one.required, one.default) for one in intent.slots] == [
        ("sails_at", True, None),
        ("deck", False, "upper"),
    ]


def test_names_that_can_not_be_spelled_are_numbered() -> None:
    done = translated(
        Service("餐馆", "", (Slot("名称"), Slot("评分"), Slot("a b"), Slot("a-b"))), "zh"
    )
    assert done.service.name == "service"
    assert list(done.slots.values()) == ["slot", "slot__2", "a_b", "a_b__2"]
    assert done.service.slots[0].title == {"zh": "名称"}


@given(st.lists(st.text(min_size=1, max_size=90), unique=True, max_size=8))
def test_any_names_give_a_service_of_kefu(names: list[str]) -> None:
    slots = tuple(map(Slot, names))
    done = translated(Service(names[0] if names else "x", "", slots))
    assert len({slot.name for slot in done.service.slots}) == len(names)
