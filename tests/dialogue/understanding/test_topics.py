import numpy as np
import pytest

from backend.dialogue.understanding.topics import Taught, Texts, teach

KINDS, SIZE = 3, 16


def near(kind, count, seed):
    """Unit vectors around one axis for each kind; kind 9 lies around another."""
    chance = np.random.default_rng(seed)
    rows = chance.normal(scale=0.12, size=(count, SIZE))
    rows[:, kind] += 1
    made = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return made.astype(np.float32)


def texts(*parts, language=0):
    rows = np.concatenate(parts)
    return Texts(rows, np.full(len(rows), language))


def taught(each=8, kinds=KINDS, spoken=True):
    strangers = [near(kind, 6, 50 + kind) for kind in range(8, 14)]
    return Taught(
        texts(*(near(kind, each, kind) for kind in range(kinds))),
        np.repeat(np.arange(kinds), each),
        np.full(each * kinds, spoken),
        Texts(np.concatenate(strangers), np.zeros(36, int)),
    )


def test_each_intent_is_told_and_what_is_far_from_all_is_outside():
    topics = teach(taught())
    for kind in range(KINDS):
        among, inside = topics.read(texts(near(kind, 5, 90 + kind)))
        assert (among.argmax(axis=1) == kind).all()
        assert (inside > 0.5).all()
    _, inside = topics.read(texts(near(7, 5, 99)))
    assert (inside < 0.5).all()


def test_probabilities_of_the_intents_add_up_to_one():
    among, inside = teach(taught()).read(texts(near(0, 4, 5), near(6, 4, 6)))
    assert np.allclose(among.sum(axis=1), 1)
    assert ((inside >= 0) & (inside <= 1)).all()


def test_the_same_examples_teach_the_same():
    one, other = teach(taught()), teach(taught())
    assert np.array_equal(one.head.coefficients, other.head.coefficients)
    assert np.array_equal(one.gate.coefficients, other.gate.coefficients)
    assert one.heat == other.heat


@pytest.mark.parametrize(
    ("each", "kinds", "spoken"),
    [(8, 1, True), (1, 1, True), (1, 3, True), (2, 2, False), (1, 1, False)],
)
def test_few_examples_and_few_intents_are_enough_to_be_taught(each, kinds, spoken):
    topics = teach(taught(each, kinds, spoken))
    among, inside = topics.read(texts(near(0, 5, 90)))
    _, outside = topics.read(texts(near(7, 5, 99)))
    assert (among.argmax(axis=1) == 0).all()
    assert inside.mean() > outside.mean()


def test_a_language_is_measured_on_its_own_strangers():
    """Here everything in the second language is likened less to the examples."""

    def foreign(rows):
        made = rows.copy()
        made[:, -1] += 1
        return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)

    one = taught()
    strangers = Texts(
        np.concatenate([one.strangers.vectors, foreign(one.strangers.vectors)]),
        np.repeat([0, 1], len(one.strangers.vectors)),
    )
    topics = teach(Taught(one.texts, one.owners, one.spoken, strangers))
    _, inside = topics.read(texts(foreign(near(1, 6, 91)), language=1))
    _, outside = topics.read(texts(foreign(near(7, 6, 99)), language=1))
    assert inside.min() > 0.5 > outside.max()
