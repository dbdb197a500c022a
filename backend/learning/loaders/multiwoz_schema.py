"""The services of MultiWOZ, for the layouts that bring no schema.json with them.

Names, categorical slots and their values are those of the schema that MultiWOZ 2.2 is published
with (Zang et al. 2020); the descriptions are ours. Only slots that a state can hold are here, and
what users ask for.
"""

from __future__ import annotations

from ..dialogues import DONTCARE, Intent, Service, Slot

_AREAS = ("centre", "east", "north", "south", "west")
_PRICES = ("cheap", "moderate", "expensive")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YES = ("yes", "no", "free")
_UP_TO_8 = tuple(map(str, range(1, 9)))
_TICKETS = ("0", *_UP_TO_8, "9", "10", "15")
_STATIONS = (
    *("birmingham new street", "bishops stortford", "broxbourne", "cambridge", "ely"),
    *("kings lynn", "leicester", "london kings cross", "london liverpool street", "norwich"),
    *("peterborough", "stansted airport", "stevenage"),
)
_SIGHTS = (
    *("architecture", "boat", "cinema", "college", "concerthall", "entertainment", "museum"),
    *("multiple sports", "nightclub", "park", "swimmingpool", "theatre"),
)
_PLACE = {
    "address": "street and house number",
    "phone": "telephone number",
    "postcode": "postal code",
}
_Slots = dict[str, tuple[str, tuple[str, ...]]]  # description, and values if categorical

_TRACKED: dict[str, tuple[str, tuple[str, ...], _Slots]] = {
    "hotel": (
        "find and book a hotel or guesthouse in Cambridge",
        ("find_hotel", "book_hotel"),
        {
            "pricerange": ("how expensive the hotel may be", _PRICES),
            "type": ("whether a hotel or a guesthouse is wanted", ("guesthouse", "hotel")),
            "parking": ("whether guests can park their car", _YES),
            "bookday": ("day on which the stay begins", _DAYS),
            "bookpeople": ("how many people will stay", _UP_TO_8),
            "bookstay": ("how many nights they will stay", _UP_TO_8),
            "stars": ("number of stars of the hotel", ("0", "1", "2", "3", "4", "5")),
            "internet": ("whether there is wifi", _YES),
            "name": ("what the hotel is called", ()),
            "area": ("part of town in which the hotel lies", _AREAS),
        },
    ),
    "train": (
        "find train connections and book tickets",
        ("find_train", "book_train"),
        {
            "arriveby": ("time by which the train has to arrive", ()),
            "departure": ("station that the train leaves from", _STATIONS),
            "day": ("day of the journey", _DAYS),
            "bookpeople": (
                "for how many people tickets are needed",
                _TICKETS,
            ),
            "leaveat": ("time after which the train leaves", ()),
            "destination": ("station that the train goes to", _STATIONS),
        },
    ),
    "attraction": (
        "find sights and things to do in Cambridge",
        ("find_attraction",),
        {
            "area": ("part of town in which the attraction lies", _AREAS),
            "name": ("what the attraction is called", ()),
            "type": ("what kind of attraction it is", _SIGHTS),
        },
    ),
    "restaurant": (
        "find a restaurant in Cambridge and book a table",
        ("find_restaurant", "book_restaurant"),
        {
            "pricerange": ("how expensive the restaurant may be", _PRICES),
            "area": ("part of town in which the restaurant lies", _AREAS),
            "food": ("kind of food or cuisine", ()),
            "name": ("what the restaurant is called", ()),
            "bookday": ("day for which the table is booked", _DAYS),
            "bookpeople": ("how many people will eat", _UP_TO_8),
            "booktime": ("time for which the table is booked", ()),
        },
    ),
    "hospital": (
        "reach the hospital and its departments",
        ("find_hospital",),
        {"department": ("department of the hospital", ())},
    ),
    "taxi": (
        "order a taxi between two places",
        ("book_taxi",),
        {
            "leaveat": ("time at which the taxi leaves", ()),
            "destination": ("place that the taxi goes to", ()),
            "departure": ("place where the taxi picks people up", ()),
            "arriveby": ("time by which the taxi has to arrive", ()),
        },
    ),
    "bus": (
        "find bus connections",
        ("find_bus",),
        {
            "departure": ("place that the bus leaves from", ()),
            "destination": ("place that the bus goes to", ()),
            "leaveat": ("time at which the bus leaves", ()),
            "day": ("day of the journey", _DAYS),
        },
    ),
    "police": ("reach the police station", ("police",), {}),
}
_ASKED_FOR: dict[str, dict[str, str]] = {
    "hotel": {**_PLACE, "ref": "reference number of the booking"},
    "train": {
        "trainid": "number of the train",
        "ref": "reference number of the booking",
        "price": "what a ticket costs",
        "duration": "how long the journey takes",
    },
    "attraction": {
        **_PLACE,
        "entrancefee": "what the entrance costs",
        "openhours": "when it is open",
    },
    "restaurant": {**_PLACE, "ref": "reference number of the booking"},
    "hospital": _PLACE,
    "taxi": {"type": "make and colour of the car", "phone": "telephone number of the driver"},
    "police": {**_PLACE, "name": "what the police station is called"},
}


def services() -> dict[str, Service]:
    return {name: _service(name) for name in _TRACKED}


def _service(name: str) -> Service:
    description, intents, tracked = _TRACKED[name]
    slots = [Slot(f"{name}-{slot}", text, bool(of), of) for slot, (text, of) in tracked.items()]
    asked = [Slot(f"{name}-{slot}", text) for slot, text in _ASKED_FOR.get(name, {}).items()]
    optional = {slot.name: DONTCARE for slot in slots}
    return Service(
        name,
        description,
        (*slots, *asked),
        tuple(
            Intent(intent, f"{description}: {intent.split('_')[0]}", (), optional, "book" in intent)
            for intent in intents
        ),
    )
