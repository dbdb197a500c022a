"""What a bot can do, at a glance: its services with their intents, slots and actions."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.desk.bot_forms.slot_form import TYPES
from backend.desk.bot_forms.titles import title_of
from backend.schemas.languages import language_name
from backend.schemas.models import Action, Bot, Intent, IntentSlot, Service, Slot

from .findings import Shown
from .page import add_link, link

ICONS = {
    "action": "bolt",
    "reply": "chat_bubble",
    "knowledge": "menu_book",
    "handoff": "support_agent",
}


class IntentRow(NamedTuple):
    title: str
    name: str
    url: str
    icon: str
    does: str
    examples: str
    slots: list[tuple[str, bool]]  # the title, and whether it is required
    level: str  # of its gravest finding


class PieceRow(NamedTuple):
    title: str
    name: str
    url: str
    kind: str
    note: str
    level: str


class ServiceCard(NamedTuple):
    title: str
    description: str
    url: str
    intents: list[IntentRow]
    slots: list[PieceRow]
    actions: list[PieceRow]
    add: dict[str, str]


def cards(bot: Bot, findings: list[Shown]) -> list[ServiceCard]:
    """One for each service, in six queries however large the bot is."""
    levels: dict[str, str] = {}
    for finding in findings:
        for spot in finding.spots:
            levels.setdefault(spot.url.partition("#")[0], finding.level)
    services = bot.services.prefetch_related(
        Prefetch("intents", Intent.objects.select_related("action")),
        Prefetch("intents__uses", IntentSlot.objects.select_related("slot")),
        "slots__used_by",
        "actions__intents",
    )
    return [_card(bot, service, levels) for service in services]


def _card(bot: Bot, service: Service, levels: dict[str, str]) -> ServiceCard:
    language = (bot.languages or ["en"])[0]
    return ServiceCard(
        title_of(service, language),
        service.description,
        link(service),
        [_intent(bot, intent, language, levels) for intent in service.intents.all()],
        [_slot(slot, language, levels) for slot in service.slots.all()],
        [_action(action, levels) for action in service.actions.all()],
        {kind: add_link(kind, service) for kind in ("intent", "slot", "action")},
    )


def _intent(bot: Bot, intent: Intent, language: str, levels: dict[str, str]) -> IntentRow:
    slots = [(title_of(use.slot, language), use.required) for use in intent.uses.all()]
    url = link(intent)
    return IntentRow(
        title_of(intent, language),
        intent.name,
        url,
        ICONS[intent.does],
        _does(intent),
        _examples(bot, intent),
        slots,
        levels.get(url, ""),
    )


def _does(intent: Intent) -> str:
    if intent.does == "action":
        return _("Calls %s") % intent.action.name if intent.action else _("Calls no action yet")
    return {
        "reply": _("Answers with a text"),
        "knowledge": _("Answers from articles"),
        "handoff": _("Hands over to a person"),
    }[intent.does]


def _examples(bot: Bot, intent: Intent) -> str:
    """“12 examples”, or for several languages “English 12 · 中文 8”."""
    counts = {one: len(intent.examples.get(one, [])) for one in bot.languages or ["en"]}
    if len(counts) == 1:
        count = next(iter(counts.values()))
        return ngettext("%d example", "%d examples", count) % count
    return " · ".join(f"{language_name(one)} {count}" for one, count in counts.items())


def _slot(slot: Slot, language: str, levels: dict[str, str]) -> PieceRow:
    used = len(slot.used_by.all())
    note = (
        _("in no intent")
        if not used
        else _("in 1 intent")
        if used == 1
        else _("in %d intents") % used
    )
    kind = str(dict(TYPES).get(slot.type, slot.type)).partition(" – ")[0]
    url = link(slot)
    return PieceRow(title_of(slot, language), slot.name, url, kind, note, levels.get(url, ""))


def _action(action: Action, levels: dict[str, str]) -> PieceRow:
    url = link(action)
    note: Any = action.description or action.url
    return PieceRow(action.name, action.name, url, action.method, note, levels.get(url, ""))
