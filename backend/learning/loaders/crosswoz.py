"""CrossWOZ (Zhu et al. 2020): Chinese dialogues over five services.

As published: ``train.json``, ``val.json`` and ``test.json``, each in a zip of its own, in
``data/crosswoz`` of the repository thu-coai/CrossWOZ. A user turn gets the query that the system
first made after it (``sys_state_init``), which is what the publishers' own tracker is trained and
measured on. Greetings and thanks are no acts of a service and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from sys import intern
from typing import Any

from ..dialogues import (
    Act,
    Dataset,
    Dialogue,
    Frame,
    Service,
    Slot,
    Span,
    Speaker,
    Split,
    State,
    Turn,
)
from ..errors import Wrong
from ..files.checked import a_list, a_text, an_object, as_object, as_text
from ..files.json_reading import entries
from ..files.tree import File, Tree
from ..spans import find as find_span
from .formats import Again, Found, Wanted, chosen, split_files

LAYOUT = "CrossWOZ: train.json, val.json or test.json, each alone or in a zip"
_SPEAKERS: dict[str, Speaker] = {"usr": "user", "sys": "system"}
_LISTS = ("推荐菜", "酒店设施")  # several values in one text, with a space between
_FACILITY = "酒店设施-"
_NEARBY = {"周边景点": "附近的景点", "周边餐馆": "附近的餐馆", "周边酒店": "附近的酒店"}
_CONTACT = {"地址": "具体地址", "电话": "联系电话"}
_RIDE = {"出发地": "从哪里出发", "目的地": "要去哪里"}
_KINDS = ("经济型", "舒适型", "高档型", "豪华型")
# The slots that a state can hold, as the published files have them; the descriptions are ours.
_TRACKED: dict[str, tuple[str, dict[str, str]]] = {
    "景点": (
        "查找北京的景点",
        {
            "名称": "景点的名字",
            "门票": "门票的价格范围",
            "游玩时间": "打算游玩多长时间",
            "评分": "游客给出的评分",
            **_NEARBY,
        },
    ),
    "餐馆": (
        "查找北京的餐馆",
        {
            "名称": "餐馆的名字",
            "推荐菜": "想吃的菜",
            "人均消费": "每个人大概花多少钱",
            "评分": "顾客给出的评分",
            **_NEARBY,
        },
    ),
    "酒店": (
        "查找北京的酒店",
        {
            "名称": "酒店的名字",
            "酒店类型": "酒店的档次",
            "酒店设施": "酒店提供的设施和服务",
            "价格": "住一晚的价格范围",
            "评分": "住客给出的评分",
            **_NEARBY,
        },
    ),
    "地铁": ("查询地铁路线", _RIDE),
    "出租": ("叫一辆出租车", _RIDE),
}
_ASKED_FOR: dict[str, dict[str, str]] = {
    "景点": _CONTACT,
    "餐馆": {**_CONTACT, "营业时间": "几点开门、几点关门"},
    "酒店": _CONTACT,
    "地铁": {"出发地附近地铁站": "离出发地近的地铁站", "目的地附近地铁站": "离目的地近的地铁站"},
    "出租": {"车型": "车的型号", "车牌": "车牌号码"},
}


def services() -> dict[str, Service]:
    return {
        name: Service(
            name,
            description,
            tuple(
                Slot(slot, text, slot == "酒店类型", _KINDS if slot == "酒店类型" else ())
                for slot, text in {**tracked, **_ASKED_FOR[name]}.items()
            ),
        )
        for name, (description, tracked) in _TRACKED.items()
    }


def find(tree: Tree) -> list[Found]:
    return [
        Found("CrossWOZ", home, partial(_read, parts, str(tree.path)))
        for home, parts in split_files(tree, "messages", "goal").items()
    ]


def _read(parts: Mapping[Split, File], where: str, wanted: Wanted) -> Dataset:
    taken = chosen(dict(parts), wanted, where)
    return Dataset("CrossWOZ", services(), Again(partial(_dialogues, taken), wanted.limit))


def _dialogues(parts: Mapping[Split, File]) -> Iterator[Dialogue]:
    for split, file in parts.items():
        for name, value in entries(file):
            try:
                messages = a_list(as_object(value), "messages")
                turns = tuple(_turns(messages))
            except Wrong as wrong:
                raise wrong.inside(f"dialogue {name}").of(file.shown) from None
            about = {frame.service for turn in turns for frame in turn.frames}
            services = tuple(service for service in _TRACKED if service in about)
            yield Dialogue(str(name), turns, services, split)


_Values = dict[str, tuple[str, ...]]


def _turns(messages: list[Any]) -> Iterator[Turn]:
    before: dict[str, _Values] = {}
    for number, value in enumerate(messages):
        try:
            record = as_object(value)
            text = a_text(record, "content")
            speaker = _SPEAKERS.get(a_text(record, "role"))
            if speaker is None:
                raise Wrong("“role” should be usr or sys.")
            states = None
            if speaker == "user" and number + 1 < len(messages):
                states = _states(as_object(messages[number + 1]))
            acts = _acts(a_list(record, "dialog_act"))
            yield Turn(speaker, text, tuple(_frames(text, acts, states, before)))
            before = before if states is None else states
        except Wrong as wrong:
            raise wrong.inside(f"turn {number}") from None


def _frames(
    text: str,
    acts: Mapping[str, list[Act]],
    states: Mapping[str, _Values] | None,
    before: Mapping[str, _Values],
) -> Iterator[Frame]:
    for service in _TRACKED:
        done = tuple(acts.get(service, ()))
        values = (states or {}).get(service, {})
        if not done and not values:
            continue
        said = [(act.slot, value) for act in done for value in act.values]
        for slot, spellings in values.items():
            if spellings != before.get(service, {}).get(slot):
                said += [(slot, part) for one in spellings for part in _parts(slot, one)]
        spans = dict.fromkeys(
            Span(slot, *place) for slot, value in said if (place := find_span(text, value))
        )
        asked = dict.fromkeys(act.slot for act in done if act.name == "REQUEST" and act.slot)
        state = None if states is None else State(None, tuple(asked), values)
        yield Frame(service, state, tuple(spans), done)


def _parts(slot: str, value: str) -> list[str]:
    return value.split() if slot in _LISTS else [value]


def _states(record: dict[str, Any]) -> dict[str, _Values] | None:
    """The filled slots of each service; None where the other message is not the system's."""
    if "sys_state_init" not in record:
        return None
    states: dict[str, _Values] = {}
    for service, slots in an_object(record, "sys_state_init").items():
        if service not in _TRACKED:
            raise Wrong(f"There is no service “{service}” in CrossWOZ.")
        for slot, value in as_object(slots, service).items():
            if slot in _TRACKED[service][1] and (said := _said(value, slot)):
                states.setdefault(service, {})[intern(slot)] = (said,)
    return states


def _said(value: Any, slot: str) -> str:
    """The value as a text; the publishers' own scripts expect null and lists as well."""
    if isinstance(value, list):
        return " ".join(as_text(one, f"A value of “{slot}”").strip() for one in value)
    return "" if value is None else as_text(value, f"The value of “{slot}”").strip()


def _acts(records: list[Any]) -> dict[str, list[Act]]:
    acts: dict[str, list[Act]] = {}
    for record in records:
        if not isinstance(record, list) or len(record) != 4:
            raise Wrong("A “dialog_act” should hold an act, a service, a slot and a value.")
        kind, service, slot, value = (as_text(one, "A part of “dialog_act”") for one in record)
        if service in _TRACKED:
            acts.setdefault(service, []).append(_act(kind.upper(), slot, value.strip()))
    return acts


def _act(kind: str, slot: str, value: str) -> Act:
    if slot.startswith(_FACILITY):  # the slot names the facility, the value is yes or no
        facility = slot.removeprefix(_FACILITY)
        return Act(kind, _FACILITY[:-1], () if value == "否" else (facility,))
    known = value not in ("", "none")
    return Act(kind, "" if slot == "none" else intern(slot), (value,) if known else ())
