"""Where a place of a schema is edited, and what it is called on the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.desk.bot_forms.intent_form import REPLIES
from backend.desk.bot_forms.titles import title_of
from backend.schemas.checks.finding import Place
from backend.schemas.languages import language_name
from backend.schemas.models import Action, Bot, Intent, Service, Slot

from .page import bot_links, link

KINDS: dict[str, Any] = {"intent": Intent, "slot": Slot, "action": Action, "service": Service}
BY_LANGUAGE = {"title", "examples", "prompts", "refusal", "unit", "replies"}
FIELDS = {
    "title": gettext_lazy("what it is called"),
    "name": gettext_lazy("internal name"),
    "examples": gettext_lazy("what visitors say"),
    "slots": gettext_lazy("what the bot has to know"),
    "action": gettext_lazy("the action"),
    "prompts": gettext_lazy("how the bot asks"),
    "refusal": gettext_lazy("what it says to a wrong answer"),
    "choices": gettext_lazy("what can be chosen"),
    "offer": gettext_lazy("what an action finds"),
    "minimum": gettext_lazy("limits"),
    "earliest": gettext_lazy("earliest day"),
    "unit": gettext_lazy("unit"),
    "pattern": gettext_lazy("what it looks like"),
    "url": gettext_lazy("address"),
    "query": gettext_lazy("query"),
    "headers": gettext_lazy("headers"),
    "body": gettext_lazy("what is sent"),
    "results": gettext_lazy("what is kept of the answer"),
    "languages": gettext_lazy("languages"),
    "secrets": gettext_lazy("secrets"),
    "description": gettext_lazy("what it means"),
}


class Places:
    """Finds the page and the field of a place; looks every piece up once."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.languages: list[str] = bot.languages or ["en"]
        self.pieces: dict[tuple[str, str, str], Any] = {}

    def url(self, place: Place) -> str:
        """The address, or "" where the piece is gone."""
        if place.kind == "bot":
            return bot_links(self.bot)["secrets" if place.field == "secrets" else "settings"]
        if place.kind == "test":
            return bot_links(self.bot)["tests"]
        piece = self._piece(place)
        return f"{link(piece)}{self._anchor(place)}" if piece else ""

    def words(self, place: Place) -> str:
        """“Return an item › what visitors say (中文)”."""
        field = self.field_words(place)
        if place.kind == "bot":
            return _("Settings") + (f" › {field}" if field else "")
        if place.kind == "test":
            return _("Test “%s”") % place.name
        piece = self._piece(place)
        title = title_of(piece, self.languages[0]) if piece else place.name
        return f"{title} › {field}" if field else title

    def field_words(self, place: Place) -> str:
        """Only the field, for the piece's own page."""
        field, *rest = place.field.split(".")
        words = str(FIELDS.get(field, field.replace("_", " ")))
        if field == "replies" and rest:
            words = _("reply “%s”") % (REPLIES[rest[0]][0] if rest[0] in REPLIES else rest[0])
        last = rest[-1] if rest else ""
        return f"{words} ({language_name(last)})" if last in self.languages else words

    def _piece(self, place: Place) -> Any:
        key = (place.kind, place.service, place.name)
        if key not in self.pieces:
            model = KINDS[place.kind]
            rows = model.objects.filter(name=place.name)
            if place.kind == "service":
                rows = rows.filter(bot=self.bot)
            else:
                rows = rows.filter(service__bot=self.bot, service__name=place.service)
            self.pieces[key] = rows.first()
        return self.pieces[key]

    def _anchor(self, place: Place) -> str:
        field, *rest = place.field.split(".")
        if not field:
            return ""
        if place.kind == "intent" and field == "slots":
            return "#bot-uses"
        if field == "offer":
            return f"#id_offer_{rest[0] if rest else 'action'}"
        if field == "replies":
            return f"#id_reply_{rest[0] if rest else 'success'}_{self._language(rest[1:])}"
        if field in BY_LANGUAGE:
            return f"#id_{field}_{self._language(rest)}"
        return f"#id_{field}"

    def _language(self, rest: list[str]) -> str:
        return rest[0] if rest and rest[0] in self.languages else self.languages[0]
