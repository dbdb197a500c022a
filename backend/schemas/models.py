"""A bot's draft as rows that the admin edits, and its published versions.

The draft's rows mirror :mod:`backend.dialogue.schema`; :mod:`.draft` reads and writes them as one
such value. Rows are written by :mod:`backend.schemas.services` alone. A version never changes.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.dialogue.schema import Fulfilment, SlotType

from .fields import Json

NAME = RegexValidator(
    r"^[a-z][a-z0-9_]{0,59}$",
    _("A name has lower-case letters, digits and _, and begins with a letter: “order_number”."),
)


class Bot(models.Model):
    """What one site's visitors talk to. ``revision`` counts every change of the draft;
    ``own_revision`` is its count when the bot's own fields were last changed."""

    class TestsMode(models.TextChoices):
        BLOCK = "block", _("stop the publishing")
        WARN = "warn", _("warn")

    site = models.OneToOneField("conversations.Site", models.CASCADE, related_name="bot")
    name = models.CharField(max_length=100)
    languages = Json(default=list)  # ["en", "zh"], the first is the main one
    live = models.ForeignKey(
        "Version", models.RESTRICT, null=True, blank=True, related_name="+", editable=False
    )
    on_failed_tests = models.CharField(
        max_length=10, choices=TestsMode, default=TestsMode.BLOCK, help_text=_("When publishing.")
    )
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    own_revision = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A published schema, for ever as it was. ``number`` counts 1, 2, 3 … for each bot."""

    bot = models.ForeignKey(Bot, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    schema = Json()
    checksum = models.CharField(max_length=64)  # Schema.checksum
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["bot", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.bot} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a version never changes; publish another one")
        super().save(*args, **kwargs)


class Draft(models.Model):
    """A piece of a draft. ``revision`` is what an editor has read and must still find on saving;
    ``position`` orders it among its kind."""

    name = models.CharField(max_length=60, validators=[NAME])
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Service(Draft):
    """Intents, slots and actions that belong together."""

    bot = models.ForeignKey(Bot, models.CASCADE, related_name="services")
    title = Json(default=dict, blank=True)

    class Meta(Draft.Meta):
        constraints = [models.UniqueConstraint(fields=["bot", "name"], name="one_service_per_name")]


class Action(Draft):
    """A call to the customer's own system; see :class:`backend.dialogue.schema.Action`."""

    class Method(models.TextChoices):
        GET = "GET"
        POST = "POST"
        PUT = "PUT"
        PATCH = "PATCH"
        DELETE = "DELETE"

    service = models.ForeignKey(Service, models.CASCADE, related_name="actions")
    method = models.CharField(max_length=6, choices=Method, default=Method.GET)
    url = models.CharField(max_length=2000, blank=True)
    query = Json(default=dict, blank=True)
    headers = Json(default=dict, blank=True)
    body = Json(null=True, blank=True)
    timeout_s = models.FloatField(
        default=8, validators=[MinValueValidator(0.1), MaxValueValidator(30)]
    )
    retries = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(3)])
    results = Json(default=dict, blank=True)
    replies = Json(default=dict, blank=True)

    class Meta(Draft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="one_action_per_name")
        ]


class Slot(Draft):
    """A piece of information; see :class:`backend.dialogue.schema.Slot`.

    ``more`` holds the fields that only some types have (choices, limits, unit, pattern …), by the
    names of the schema.
    """

    TYPES = [(name, name) for name in SlotType.__args__]  # type: ignore[attr-defined]

    service = models.ForeignKey(Service, models.CASCADE, related_name="slots")
    type = models.CharField(max_length=12, choices=TYPES, default="text")
    title = Json(default=dict, blank=True)
    prompts = Json(default=dict, blank=True)
    refusal = Json(default=dict, blank=True)
    ask_again = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(10)])
    sensitive = models.BooleanField(default=False)
    profile = models.CharField(max_length=60, blank=True)
    carry = models.BooleanField(default=True)
    offer_action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="offers"
    )
    more = Json(default=dict, blank=True)

    class Meta(Draft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="one_slot_per_name")
        ]


class Intent(Draft):
    """Something that a visitor may want; see :class:`backend.dialogue.schema.Intent`."""

    DOES = [(name, name) for name in Fulfilment.__args__]  # type: ignore[attr-defined]

    service = models.ForeignKey(Service, models.CASCADE, related_name="intents")
    title = Json(default=dict, blank=True)
    examples = Json(default=dict, blank=True)
    confirm = models.BooleanField(default=False)
    does = models.CharField(max_length=10, choices=DOES, default="reply")
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="intents"
    )
    replies = Json(default=dict, blank=True)

    class Meta(Draft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="one_intent_per_name")
        ]


class IntentSlot(models.Model):
    """A slot as an intent uses it, in the order in which it is asked for."""

    intent = models.ForeignKey(Intent, models.CASCADE, related_name="uses")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="used_by")
    position = models.PositiveIntegerField(default=0)
    required = models.BooleanField(default=True)
    default = Json(null=True, blank=True)
    when = Json(default=dict, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["intent", "slot"], name="one_use_per_slot")]

    def __str__(self) -> str:
        return self.slot.name


class Secret(models.Model):
    """A value for headers, encrypted; it leaves the database only into a call."""

    bot = models.ForeignKey(Bot, models.CASCADE, related_name="secrets")
    name = models.CharField(max_length=60, validators=[NAME])
    sealed = models.TextField(editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["bot", "name"], name="one_secret_per_name")]

    def __str__(self) -> str:
        return self.name


class BotTest(models.Model):
    """A conversation that the bot has to pass; ``script`` is as :mod:`.scripts` describes it."""

    bot = models.ForeignKey(Bot, models.CASCADE, related_name="tests")
    name = models.CharField(max_length=200)
    script = Json(default=dict)
    position = models.PositiveIntegerField(default=0)
    passed = models.BooleanField(null=True, editable=False)  # of the last run
    report = Json(default=dict, editable=False)
    ran_at = models.DateTimeField(null=True, editable=False)
    ran_on = models.CharField(max_length=64, blank=True, editable=False)  # the schema's checksum

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["bot", "name"], name="one_test_per_name")]

    def __str__(self) -> str:
        return self.name
