"""Any schema, for hypothesis: of the right shape, whether its names fit together or not."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from backend.dialogue.schema import (
    Action,
    Choice,
    Intent,
    IntentSlot,
    Offer,
    Schema,
    Service,
    Slot,
    SlotType,
)
from backend.schemas.scripts import Answer, Script, ScriptTurn

# Few names, so that they meet; and what is hard on files, databases and templates.
NAMES = st.sampled_from(["a", "b", "order", "item_2", "no", "y", "true", "null"])
HARD = [
    *(
        "",
        " ",
        "\n",
        "a\n",
        "\na",
        " a\nb",
        "a \nb",
        "a\n\n\nb\n",
        "\ta",
        "a\r\nb",
        "a\x85b",
        "\x1b",
    ),
    *(
        "no",
        "~",
        "null",
        "1e5",
        "007",
        "0x1",
        "2026-11-27",
        "12:30",
        "- a",
        "a: b",
        "#",
        "'",
        '"',
        "<<",
    ),
    *(
        "{{ order }}",
        "{{ a.b }}",
        "{% if %}",
        "{{",
        "[boots](item)",
        "[a](b) [c](",
        "您好",
        "😀",
        "\ufeff",
    ),
    *(
        "\u2028",
        "*a",
        "&a",
        "!!str a",
        "%",
        "---",
        "...",
        "https://a.example/{{ order }}",
        "{{ secret.key }}",
    ),
]
TEXT = st.sampled_from(HARD) | st.text(max_size=20).map(lambda text: text.replace("\0", ""))
LANGUAGES = st.sampled_from(["en", "zh", "no"])


def many(examples):
    """Settings for schemas, which are large, in tests with fixtures."""
    suppressed = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=suppressed)


def texts(one=TEXT):
    return st.dictionaries(LANGUAGES, one, max_size=2)


def lists(one, **options):
    return st.lists(one, max_size=3, **options)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: lists(inner) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
DAY = st.sampled_from(["", "0", "+30", "-1", "2026-11-27", "2026-02-31"])
SHORT = TEXT.map(lambda text: text[:200])

choices = st.builds(Choice, value=TEXT.filter(bool), labels=texts(), synonyms=texts(lists(SHORT)))
offers = st.builds(Offer, action=NAMES, items=SHORT, value=SHORT, label=SHORT)
slots = st.builds(
    Slot,
    name=NAMES,
    type=st.sampled_from(SlotType.__args__),
    description=TEXT,
    title=texts(),
    prompts=texts(lists(TEXT)),
    refusal=texts(),
    ask_again=st.integers(0, 10),
    sensitive=st.booleans(),
    choices=lists(choices),
    offer=st.none() | offers,
    minimum=NUMBER,
    maximum=NUMBER,
    integer=st.booleans(),
    unit=texts(),
    currency=st.sampled_from(["", "EUR"]),
    pattern=st.sampled_from([r"\d{5}", "(", "a*", "(?=a)b", "", r"[A-Z]+"]) | SHORT,
    earliest=DAY,
    latest=DAY,
    profile=TEXT.map(lambda text: text[:60]),
    carry=st.booleans(),
)
uses = st.builds(
    IntentSlot,
    slot=NAMES,
    required=st.booleans(),
    default=JSON,
    when=st.dictionaries(NAMES, lists(TEXT), max_size=2),
)
outcomes = ["success", "not_found", "refused", "failure"]
intents = st.builds(
    Intent,
    name=NAMES,
    title=texts(),
    description=TEXT,
    examples=texts(lists(SHORT)),
    slots=lists(uses),
    confirm=st.booleans(),
    does=st.sampled_from(["action", "reply", "knowledge", "handoff"]),
    action=st.just("") | NAMES,
    replies=st.dictionaries(
        st.sampled_from(["confirm", "cancelled", "reply", *outcomes]), texts(), max_size=3
    ),
)
actions = st.builds(
    Action,
    name=NAMES,
    description=TEXT,
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    url=TEXT,
    query=st.dictionaries(TEXT, TEXT, max_size=2),
    headers=st.dictionaries(TEXT, TEXT, max_size=2),
    body=JSON,
    timeout_s=st.floats(0.1, 30),
    retries=st.integers(0, 3),
    results=st.dictionaries(NAMES, SHORT, max_size=2),
    replies=st.dictionaries(st.sampled_from(outcomes), texts(), max_size=2),
)
services = st.builds(
    Service,
    name=NAMES,
    title=texts(),
    description=TEXT,
    slots=lists(slots),
    intents=lists(intents),
    actions=lists(actions),
)
schemas = st.builds(
    Schema,
    name=TEXT.filter(bool),
    languages=lists(LANGUAGES, unique=True),
    services=lists(services),
)


def mended(schema: Schema) -> Schema:
    """The same with what rows cannot hold taken out: names twice, references to nothing."""

    def once(items, key="name"):
        return list({getattr(item, key): item for item in items}.values())

    def service(given: Service) -> Service:
        known_slots = {slot.name for slot in given.slots}
        known = {action.name for action in given.actions}
        return given.model_copy(
            update={
                "actions": once(given.actions),
                "slots": [
                    slot
                    if not slot.offer or slot.offer.action in known
                    else slot.model_copy(update={"offer": None})
                    for slot in once(given.slots)
                ],
                "intents": [
                    intent.model_copy(
                        update={
                            "action": intent.action if intent.action in known else "",
                            "slots": [
                                use for use in once(intent.slots, "slot") if use.slot in known_slots
                            ],
                        }
                    )
                    for intent in once(given.intents)
                ],
            }
        )

    return Schema(
        name=schema.name,
        languages=schema.languages,
        services=[service(one) for one in once(schema.services)],
    )


storable = schemas.map(mended)
turns = st.builds(
    ScriptTurn,
    say=TEXT.filter(bool),
    intent=st.none() | TEXT,
    slots=st.dictionaries(NAMES, JSON, max_size=2),
    action=st.none() | TEXT,
    reply=lists(TEXT),
    handoff=st.none() | st.booleans(),
)
answers = st.builds(Answer, action=TEXT, status=st.integers(100, 599), json=JSON)
scripts = st.builds(
    Script,
    name=TEXT.filter(bool),
    locale=TEXT,
    profile=st.dictionaries(TEXT, JSON, max_size=2),
    answers=lists(answers),
    turns=lists(turns),
)
