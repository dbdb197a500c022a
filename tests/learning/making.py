"""Made-up data sets in the published formats, a few lines each, and zips of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from backend.learning.errors import DataError


def write(path: Path, content: Any) -> Path:
    """JSON, a text or bytes into a file, with the folders around it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(path: Path, files: dict[str, Any]) -> Path:
    """A zip with these entries; a Path as content is put in as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if isinstance(content, Path):
                content = content.read_bytes()
            elif not isinstance(content, (str, bytes)):
                content = json.dumps(content, ensure_ascii=False)
            archive.writestr(name, content)
    return path


def words(error: DataError) -> str:
    """What a person is shown."""
    return str(error)


# Schema-Guided Dialogue


def sgd_schema(name: str = "Ferries_1", prefix: str = "") -> dict[str, Any]:
    def slot(slot_name: str, text: str, values: list[str] | None = None) -> dict[str, Any]:
        return {
            "name": prefix + slot_name,
            "description": text,
            "is_categorical": values is not None,
            "possible_values": values or [],
        }

    return {
        "service_name": name,
        "description": "Crossing by ferry",
        "slots": [
            slot("harbour", "Where the ferry leaves"),
            slot("sails_at", "When it leaves"),
            slot("deck", "Which deck", ["upper", "lower"]),
        ],
        "intents": [
            {
                "name": f"{prefix}FindFerry",
                "description": "Find a crossing",
                "is_transactional": False,
                "required_slots": [f"{prefix}harbour"],
                "optional_slots": {f"{prefix}deck": "dontcare"},
                "result_slots": [f"{prefix}harbour"],
            }
        ],
    }


def sgd_frame(service: str = "Ferries_1", **parts: Any) -> dict[str, Any]:
    return {"service": service, "slots": [], "actions": [], **parts}


def sgd_state(intent: str = "FindFerry", **values: list[str]) -> dict[str, Any]:
    return {"active_intent": intent, "requested_slots": [], "slot_values": values}


def sgd_dialogue(name: str = "1_00000", service: str = "Ferries_1") -> dict[str, Any]:
    said = [{"slot": "harbour", "start": 13, "exclusive_end": 18}]
    informs = [
        {"act": "INFORM", "slot": "harbour", "values": ["Oslo?"], "canonical_values": ["Oslo"]}
    ]
    wants = [{"act": "INFORM_INTENT", "slot": "intent", "values": ["FindFerry"]}]
    offers = [{"act": "OFFER", "slot": "deck", "values": ["upper"], "canonical_values": ["upper"]}]
    first = sgd_frame(
        service, slots=said, actions=informs + wants, state=sgd_state(harbour=["Oslo?", "Oslo"])
    )
    last = sgd_frame(service, state=sgd_state("NONE", harbour=["Oslo?"], deck=["upper"]))
    return {
        "dialogue_id": name,
        "services": [service],
        "turns": [
            {"speaker": "USER", "utterance": "A ferry from Oslo? Tonight.", "frames": [first]},
            {
                "speaker": "SYSTEM",
                "utterance": "There is one, on the upper deck.",
                "frames": [sgd_frame(service, actions=offers)],
            },
            {"speaker": "USER", "utterance": "Fine.", "frames": [last]},
        ],
    }


def sgd_part(folder: Path, *dialogues: dict[str, Any], schema: Any = None) -> Path:
    write(folder / "schema.json", schema or [sgd_schema()])
    write(folder / "dialogues_001.json", list(dialogues) or [sgd_dialogue()])
    return folder


# MultiWOZ


def multiwoz_metadata(**hotel: Any) -> dict[str, Any]:
    book = {"booked": [], "people": "", "day": "", "stay": "not mentioned"}
    semi = {"name": "not mentioned", "area": "", "parking": "none", "stars": ""}
    for slot, value in hotel.items():
        (book if slot in book else semi)[slot] = value
    return {
        "hotel": {"book": book, "semi": semi},
        "taxi": {"book": {"booked": []}, "semi": {"leaveAt": "", "arriveBy": "dont care"}},
        "train": {"book": {"booked": [], "ticket": ""}, "semi": {}},
    }


def multiwoz_dialogue(area: Any = "north", day: str = "friday") -> dict[str, Any]:
    def turn(text: str, acts: Any, **metadata: Any) -> dict[str, Any]:
        filled = multiwoz_metadata(**metadata) if metadata else {}
        return {"text": text, "metadata": filled, "dialog_act": acts}

    return {
        "goal": {"hotel": {"info": {"area": "north"}}, "taxi": {}, "message": ["words"]},
        "log": [
            turn(
                "I need a bed in the North , two nights .",
                {"Hotel-Inform": [["Area", "north"]], "general-greet": [["none", "none"]]},
            ),
            turn(
                "The Lamp Inn has four stars . Which day ?",
                {
                    "Hotel-Recommend": [["Name", "The Lamp Inn"], ["Stars", "4"]],
                    "Booking-Request": [["Day", "?"]],
                },
                area=area,
            ),
            turn(
                "On friday please , and what is the postcode ?",
                {"Hotel-Inform": [["Day", "friday"]], "Hotel-Request": [["Post", "?"]]},
            ),
            turn("Done .", "No Annotation", area=area, day=day),
        ],
    }


# CrossWOZ


def crosswoz_dialogue(dish: str = "炸酱面") -> dict[str, Any]:
    asked = [
        ["General", "greet", "none", "none"],
        ["Inform", "餐馆", "推荐菜", dish],
        ["Request", "餐馆", "地址", ""],
    ]
    answered = [
        ["Recommend", "餐馆", "名称", "小院子"],
        ["Inform", "酒店", "酒店设施-叫醒服务", "是"],
        ["NoOffer", "景点", "none", "none"],
    ]
    eating = {"推荐菜": dish, "评分": "4.5分以上", "名称": "", "selectedResults": []}
    return {
        "goal": [[1, "餐馆", "推荐菜", [dish], False]],
        "messages": [
            {
                "content": f"我想吃{dish}，评分4.5分以上的餐馆。",
                "role": "usr",
                "dialog_act": asked,
            },
            {
                "content": "推荐您去小院子，有叫醒服务的是云间酒店。",
                "role": "sys",
                "dialog_act": answered,
                "sys_state_init": {"餐馆": eating, "酒店": {"酒店设施": ""}},
            },
        ],
    }
