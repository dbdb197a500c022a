"""Opening a visitor's session: whose it is and which conversation, from a ``hello`` alone.

Someone who only looks leaves no row; a row that is there learns who its visitor is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q

from backend import protocol

from . import origins
from .identity import Token, read_identity
from .models import Conversation, Site, Turn
from .services.presence import operators_online, queue_position
from .services.profiles import identify, known_as
from .services.visitors import Party


class NoSuchSite(Exception):
    """No site has this key."""


class WrongOrigin(Exception):
    """The site does not allow the page's origin."""


class NotYours(Exception):
    """There is no such conversation, or it is somebody else's."""


@dataclass(frozen=True)
class Session:
    """A visitor's opened session."""

    site: Site
    party: Party
    token: Token


@dataclass(frozen=True)
class Standing:
    """A conversation as it stands: what ``welcome`` and ``pong`` say of it."""

    head: int = 0
    epoch: int = 1
    owner: str = "bot"
    status: str = "open"
    operator: str = ""


def some_site_allows(origin: str, host: str) -> bool:
    lists = Site.objects.values_list("allowed_origins", flat=True)
    return any(origins.allowed(origin, patterns, host) for patterns in lists)


def open_session(hello: protocol.Hello, origin: str, host: str) -> Session:
    """Raises NoSuchSite, WrongOrigin, BadToken, BadIdentity, NotYours."""
    site = Site.objects.filter(key=hello.site).first()
    if site is None:
        raise NoSuchSite
    if not origins.allowed(origin, site.allowed_origins, host):
        raise WrongOrigin
    token = Token.read(hello.token, site.key) if hello.token is not None else Token.mint(site.key)
    identity = read_identity(hello.identity, site.identity_secret) if hello.identity else None
    token = replace(token, visitor=known_as(token.visitor))
    if identity is not None:
        token = replace(token, visitor=identify(site, token.visitor, identity))
    token = replace(token, conversation=_conversation(token, hello.conversation))
    party = Party(site.pk, token.visitor, token.conversation, hello.locale, hello.page, identity)
    return Session(site, party, token)


def _conversation(token: Token, wanted: str | None) -> UUID:
    """The id that the session goes on with. Raises NotYours."""
    if wanted == "new":
        return uuid4()
    if wanted is not None:
        found = UUID(wanted)
        if _belongs(found, token):
            return found
        raise NotYours
    mine = Conversation.objects.filter(visitor=token.visitor, status=Conversation.Status.OPEN)
    latest = mine.order_by("-created_at").first()
    if latest is not None:
        return latest.pk
    # Where every conversation of theirs is closed, what they write next begins another.
    stored = Conversation.objects.filter(pk=token.conversation).exists()
    return uuid4() if stored else token.conversation


def _belongs(conversation: UUID, token: Token) -> bool:
    """Whether it is the visitor's: by its row or, where it has none yet, by our signature."""
    owner = Conversation.objects.filter(pk=conversation).values_list("visitor", flat=True).first()
    return conversation == token.conversation if owner is None else owner == token.visitor


def standing(conversation_id: UUID) -> Standing:
    row = Conversation.objects.select_related("operator").filter(pk=conversation_id).first()
    if row is None:
        return Standing()
    return Standing(row.head, row.epoch, row.owner, row.status, row.operator_name)


def events_after(conversation_id: UUID, seq: int) -> tuple[list[Mapping[str, Any]], bool]:
    """At most a page of events after ``seq``, and whether there are more."""
    rows = Conversation(pk=conversation_id).events.filter(seq__gt=seq).order_by("seq")
    page = list(rows[: protocol.PAGE_EVENTS + 1])
    return [row.as_json() for row in page[: protocol.PAGE_EVENTS]], len(page) > protocol.PAGE_EVENTS


def being_written(conversation_id: UUID) -> dict[str, Any] | None:
    """The bot message that is half shown, as a snapshot frame."""
    begun = Q(state=Turn.State.RUNNING) | Q(state=Turn.State.PENDING, attempt__gt=0)
    turn = Turn.objects.filter(begun, conversation=conversation_id, n__gt=0).first()
    if turn is None:
        return None
    return protocol.progress(
        "snapshot", str(turn.message), turn.attempt, turn.epoch, turn.n, turn.text
    )


def presence(conversation_id: UUID) -> dict[str, Any]:
    """The ``presence`` frame for a visitor."""
    frame: dict[str, Any] = {"type": "presence", "operators_online": operators_online()}
    position = queue_position(conversation_id)
    return frame | ({"queue_position": position} if position else {})


def welcome(session: Session, standing: Standing) -> dict[str, Any]:
    """The ``welcome`` frame."""
    token, expires = session.token.sign()
    site = session.site
    return {
        "type": "welcome",
        "v": protocol.VERSION,
        "visitor_token": token,
        "expires_at": expires,
        "conversation": str(session.party.conversation),
        "head": standing.head,
        "epoch": standing.epoch,
        "owner": standing.owner,
        "status": standing.status,
        "operator": standing.operator,
        "site": {
            "key": site.key,
            "name": site.name,
            "greeting": _localised(site.greeting, session.party.locale),
            "greetings": site.greeting,
            "colours": site.colours,
            "limits": {
                "text": min(site.max_text, settings.KEFU_MAX_TEXT),
                "attachment_bytes": 0,
            },
        },
    }


def _localised(texts: Mapping[str, str], locale: str) -> str:
    """The text for a locale: exact, else its language's, else English, else any."""
    language = locale.partition("-")[0]
    for key in (locale, language, "en"):
        if key in texts:
            return texts[key]
    return next(iter(texts.values()), "")
