from backend.dialogue.schema import Schema
from backend.dialogue.understanding.lessons import lesson_of

from .schemas import bot, shop


def test_examples_lose_their_marks_and_keep_their_intents():
    lesson = lesson_of(shop())
    place = lesson.texts.index("return the jacket from order 10234")
    assert lesson.intents[lesson.owners[place]] == "return_item"
    assert lesson.spoken[place]


def test_the_order_of_languages_teaches_nothing():
    intent = {"name": "a", "examples": {"en": ["x"], "zh": ["一"]}}
    other = {"name": "a", "examples": {"zh": ["一"], "en": ["x"]}}
    assert lesson_of(bot(intent)) == lesson_of(bot(other))


def test_an_example_given_twice_counts_once_and_one_of_two_intents_is_known_of_both():
    lesson = lesson_of(
        bot(
            {"name": "a", "examples": {"en": ["x", "x"]}}, {"name": "b", "examples": {"en": ["X!"]}}
        )
    )
    assert lesson.texts == ("x", "X!")
    assert lesson.known == {"x": frozenset({0, 1})}


def test_an_intent_without_any_words_is_taught_by_its_name():
    assert lesson_of(bot({"name": "lost_bag"})).texts == ("lost bag",)


def test_a_description_stands_in_for_examples_alone():
    few = {"name": "a", "description": "Lost things", "examples": {"en": ["x"]}}
    many = few | {"examples": {"en": [f"x {n}" for n in range(9)]}}
    assert "Lost things" in lesson_of(bot(few)).texts
    assert "Lost things" not in lesson_of(bot(many)).texts


def test_an_intent_that_needs_nothing_and_replies_only_answers():
    asks = {"name": "b", "slots": [{"slot": "day"}]}
    acts = {"name": "c", "does": "action"}
    assert lesson_of(bot({"name": "a"}, asks, acts)).answers == (True, False, False)


def test_a_bot_without_intents_teaches_nothing():
    assert lesson_of(Schema()).texts == ()


CLASSES = bot(
    {"name": "book", "title": {"en": "Book a class"}, "examples": {"en": ["reserve a place"]}},
    {"name": "status", "examples": {"en": ["where is my invoice?", "has my invoice been sent"]}},
    {"name": "hours", "examples": {"en": ["when are you open", "how late are you open?"]}},
    does="action",
)


def meant(sought=frozenset(), deed=None):
    lesson = lesson_of(CLASSES)
    return [name for name in lesson.intents if lesson.answers_to(name, frozenset(sought), deed)]


def test_whether_something_was_done_is_told_by_intents_that_say_how_things_stand():
    assert meant(deed=["it"]) == ["status", "hours"]


def test_unless_only_others_speak_of_what_was_done():
    assert meant(deed=["reserv"]) == []
    assert meant(deed=["sent"]) == ["status"]


def test_a_question_means_an_intent_whose_examples_ask_after_the_same():
    assert meant({"price"}) == ["book"]
    assert meant({"when", "price"}) == ["book", "hours"]
    assert meant() == ["book", "status", "hours"]
