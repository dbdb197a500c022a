"""The record: sites, visitors, conversations and their event log.

Rows are written by :mod:`backend.conversations.services` alone; everything else reads.
"""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import new_secret


class Site(models.Model):
    """A website that carries the widget."""

    key = models.SlugField(unique=True, help_text=_("What the script tag names as data-site."))
    name = models.CharField(max_length=100)
    allowed_origins = models.JSONField(
        default=list,
        help_text=_(
            'Where the widget may run: ["https://www.example.com", "https://*.example.com", '
            '"http://localhost:*"]; "self" is the server\'s own address.'
        ),
    )
    greeting = models.JSONField(
        default=dict, blank=True, help_text=_('By language: {"en": "Hello", "zh": "您好"}.')
    )
    colours = models.JSONField(default=dict, blank=True, help_text='{"accent": "#0f766e"}')
    identity_secret = models.CharField(
        max_length=100, default=new_secret, help_text=_("Signs the JWT given to Kefu.identify().")
    )
    reopens = models.BooleanField(
        default=True, help_text=_("Whether a message to a closed conversation opens it again.")
    )
    max_text = models.PositiveIntegerField(
        default=8000, validators=[MinValueValidator(100), MaxValueValidator(8000)]
    )
    time_zone = models.CharField(
        max_length=64, default="UTC", help_text=_("IANA name; dates are read in it: Europe/London.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Visitor(models.Model):
    """Someone on a site. ``subject`` is the customer's own id for them, once identified."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.CASCADE)
    subject = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    locale = models.CharField(max_length=35, blank=True)
    # Who an anonymous visitor turned out to be; tokens and sockets of before lead there.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "subject"],
                condition=~models.Q(subject=""),
                name="one_visitor_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"Visitor {str(self.id)[:8]}"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def live(self) -> ConversationQuerySet:
        """Open, and the bot answers."""
        return self.filter(status=Conversation.Status.OPEN, owner=Conversation.Owner.BOT)

    def waiting(self) -> ConversationQuerySet:
        """Open, and nobody has taken it yet; longest wait first."""
        return self.filter(
            status=Conversation.Status.OPEN, owner=Conversation.Owner.QUEUE
        ).order_by("queued_at")

    def with_a_person(self) -> ConversationQuerySet:
        return self.filter(status=Conversation.Status.OPEN, owner=Conversation.Owner.OPERATOR)

    def closed(self) -> ConversationQuerySet:
        return self.filter(status=Conversation.Status.CLOSED)

    def unread(self) -> ConversationQuerySet:
        """A visitor wrote since an operator last looked."""
        return self.filter(visitor_seq__gt=models.F("operators_seen"))

    def mentioning(self, text: str) -> ConversationQuerySet:
        """Conversations in which somebody said ``text``, case ignored."""
        said = Event.objects.filter(
            conversation=models.OuterRef("pk"), kind="message", body__text__icontains=text
        )
        return self.filter(models.Exists(said))


class Conversation(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Owner(models.TextChoices):
        BOT = "bot", _("bot")
        QUEUE = "queue", _("waiting")
        OPERATOR = "operator", _("operator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.CASCADE)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="conversations")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    owner = models.CharField(max_length=10, choices=Owner, default=Owner.BOT)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    epoch = models.PositiveIntegerField(default=1)
    head = models.PositiveBigIntegerField(default=0)
    locale = models.CharField(max_length=35, blank=True)
    page = models.JSONField(default=dict, blank=True)
    # The schema that it began with, so that an open form never changes under a visitor.
    version = models.ForeignKey(
        "schemas.Version", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    visitor_seen = models.PositiveBigIntegerField(default=0)
    operators_seen = models.PositiveBigIntegerField(default=0)
    visitor_seq = models.PositiveBigIntegerField(default=0)  # of the visitor's last message
    preview = models.CharField(max_length=200, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [
            models.Index(fields=["status", "owner", "-updated_at"]),
            models.Index(fields=["visitor", "-created_at"]),
        ]
        permissions = [("operate_conversation", _("Can read, take over and answer conversations"))]

    def __str__(self) -> str:
        return f"{self.visitor} · {self.preview}"

    @property
    def operator_name(self) -> str:
        return display_name(self.operator) if self.operator else ""


class Event(models.Model):
    """A row of the log. ``seq`` counts 1, 2, 3 … in one conversation with no gap."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_name = models.CharField(max_length=200, blank=True)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = models.JSONField(default=dict)
    # What a masked text was, encrypted: only a replay reads it.
    sealed = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["conversation", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="one_event_per_seq")
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def as_json(self) -> dict[str, Any]:
        """The event as the protocol shows it."""
        by = {"kind": self.by_kind} | ({"name": self.by_name} if self.by_name else {})
        at = self.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"seq": self.seq, "kind": self.kind, "at": at, "by": by, "body": self.body}


class ClientRequest(models.Model):
    """A ``cid`` that was answered: sent again with the same body it gets the same ``seq``."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    cid = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "cid"], name="one_request_per_cid")
        ]

    def __str__(self) -> str:
        return str(self.cid)


class Turn(models.Model):
    """The bot's work on one visitor message, leased by the process that does it.

    ``text`` and ``n`` are the checkpoint of what has been shown; ``message`` is the id that
    deltas, snapshots and the final event share over all attempts. ``memory`` is what the engine
    goes on from, ``began_at`` the clock that it was given, so that the turn can be replayed.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        ABSORBED = "absorbed", _("answered with a later message")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    trigger = models.OneToOneField(Event, models.CASCADE, related_name="turn")
    message = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    epoch = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField(default=0)
    runner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    head = models.PositiveBigIntegerField(default=0)  # the attempt answers the log up to here
    n = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    analysis = models.JSONField(default=dict, blank=True)
    memory = models.JSONField(default=dict, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(state="running"),
                name="one_running_turn_per_conversation",
            )
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state__in=["pending", "running"]),
                name="turns_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.state}"


class ActionRun(models.Model):
    """A call to the customer's system: the row is committed before the call is made.

    ``key`` is the engine's, the same for the same call of a conversation. ``idempotency_key`` is
    sent along, so that the other side can tell a repetition. ``request`` and ``response`` are as
    far as operators may see them; where the answer was more than that, ``sealed`` has all of it,
    encrypted, so that a repeated turn goes on from the same answer.
    """

    class State(models.TextChoices):
        STARTED = "started", _("started")
        SUCCEEDED = "success", _("succeeded")
        NOT_FOUND = "not_found", _("not found")
        REFUSED = "refused", _("refused")
        FAILED = "failure", _("failed")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="action_runs")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="action_runs")
    key = models.CharField(max_length=200)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    reads = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.STARTED)
    request = models.JSONField(default=dict)
    status = models.PositiveSmallIntegerField(default=0)
    response = models.JSONField(null=True)
    sealed = models.TextField(blank=True, editable=False)
    error = models.CharField(max_length=500, blank=True)
    ms = models.FloatField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "key"], name="one_run_per_call")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Note(models.Model):
    """An operator's private remark; it is no event, so no visitor's log ever holds it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    cid = models.UUIDField()
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "cid"], name="one_note_per_cid")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Presence(models.Model):
    """When an operator's desk was last heard from."""

    operator = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.operator} {self.seen_at}"


def display_name(user: Any) -> str:
    """What a visitor sees an operator called: the first name, else the user name."""
    return user.first_name or user.get_username()
