"""The pages of each kind of piece: intents, slots, actions and services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.desk.bot_forms.action_form import OUTCOMES, ActionForm
from backend.desk.bot_forms.intent_form import IntentForm
from backend.desk.bot_forms.piece_form import PieceForm
from backend.desk.bot_forms.service_form import ServiceForm
from backend.desk.bot_forms.slot_form import TYPES, SlotForm
from backend.desk.bot_forms.titles import title_of
from backend.schemas.models import Action, Bot, Draft, Intent, Service, Slot

from .page import Crumb, link, require_edit
from .pieces import PieceAdmin


def script_data(form: PieceForm) -> dict[str, Any]:
    """What the page's scripts know of the service: its slots and its actions' results."""
    service, language = form.service, form.languages[0]
    return {
        "slots": [
            {
                "name": slot.name,
                "title": title_of(slot, language),
                "type": slot.type,
                "sample": _sample(slot, language),
                "url": link(slot),
            }
            for slot in service.slots.all()
        ],
        "actions": {
            action.name: {
                "results": action.results,
                "url": link(action),
                "replies": list(action.replies),
            }
            for action in service.actions.all()
        },
        "types": {name: str(words) for name, words in TYPES},
        "secrets": list(service.bot.secrets.values_list("name", flat=True)),
        "self": form.piece.name if form.piece else "",
    }


def _sample(slot: Slot, language: str) -> str:
    """A value to show a reply with, where the slot itself says one."""
    for choice in slot.more.get("choices", []):
        labels = choice.get("labels", {})
        return str(labels.get(language) or next(iter(labels.values()), choice["value"]))
    return ""


@admin.register(Intent)
class IntentAdmin(PieceAdmin):
    form_class = IntentForm
    template = "desk/bot/intent.html"
    words = (_("New intent"), _("Intents"))

    def script_data(self, form: PieceForm) -> dict[str, Any]:
        return script_data(form)

    def more_context(self, request: HttpRequest, form: PieceForm) -> dict[str, Any]:
        return {"known_slots": form.service.slots.exists()}


@admin.register(Slot)
class SlotAdmin(PieceAdmin):
    form_class = SlotForm
    template = "desk/bot/slot.html"
    words = (_("New slot"), _("Slots"))

    def script_data(self, form: PieceForm) -> dict[str, Any]:
        return script_data(form)

    def more_context(self, request: HttpRequest, form: PieceForm) -> dict[str, Any]:
        return {"users": self.users_of(form.piece) if form.piece else []}

    def users_of(self, piece: Any) -> list[Crumb]:
        language = (piece.service.bot.languages or ["en"])[0]
        uses = piece.used_by.select_related("intent")
        return [Crumb(title_of(use.intent, language), link(use.intent)) for use in uses]


@admin.register(Action)
class ActionAdmin(PieceAdmin):
    form_class = ActionForm
    template = "desk/bot/action.html"
    words = (_("New action"), _("Actions"))

    def script_data(self, form: PieceForm) -> dict[str, Any]:
        """Only the slots that its intents have, where it is used at all."""
        data = script_data(form)
        names = form.service.slots.filter(used_by__intent__action__pk=form.pk)
        mine = set(names.values_list("name", flat=True))
        return data | {"slots": [one for one in data["slots"] if not mine or one["name"] in mine]}

    def more_context(self, request: HttpRequest, form: PieceForm) -> dict[str, Any]:
        return {"users": self.users_of(form.piece) if form.piece else [], "outcomes": OUTCOMES}

    def users_of(self, piece: Any) -> list[Crumb]:
        language = (piece.service.bot.languages or ["en"])[0]
        users = [*piece.intents.all(), *piece.offers.all()]
        return [Crumb(title_of(one, language), link(one)) for one in users]


@admin.register(Service)
class ServiceAdmin(PieceAdmin):
    form_class = ServiceForm
    template = "desk/bot/service.html"
    words = (_("New service"), _("Services"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_edit(request)
        if not request.GET.get("bot", "").isdecimal():
            raise Http404
        bot = get_object_or_404(Bot, pk=request.GET["bot"])
        return self.edit(request, Service(bot=bot), None)

    def service_of(self, piece: Any) -> Service:
        service: Service = piece
        return service

    def service_in(self, parent: int) -> Service | None:
        bot = Bot.objects.filter(pk=parent).first()
        return Service(bot=bot) if bot else None

    def parent_of(self, service: Service) -> int:
        return service.bot_id

    def add_url(self, service: Service) -> str:
        return reverse("admin:schemas_service_add") + f"?bot={service.bot_id}"

    def users_of(self, piece: Draft) -> list[Crumb]:
        assert isinstance(piece, Service)
        language = (piece.bot.languages or ["en"])[0]
        parts = [*piece.intents.all(), *piece.slots.all(), *piece.actions.all()]
        return [Crumb(title_of(one, language), link(one)) for one in parts]
