"""The dialogue state of a conversation, folded from its event log."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from backend.conversations.models import Conversation, Event
from backend.dialogue.types import Choice, State, Utterance

MESSAGES = 40  # the engine looks back no further


def load_state(conversation_id: UUID, head: int) -> State:
    """The state as of event ``head``."""
    row = Conversation.objects.select_related("site", "visitor").get(pk=conversation_id)
    events = row.events.filter(seq__lte=head, kind__in=["message", "turn"]).order_by("-seq")
    visitor = row.visitor
    known = {"name": visitor.name, "email": visitor.email} if visitor.subject else {}
    return State(
        site=row.site.key,
        company=row.site.name,
        locale=row.locale or visitor.locale,
        profile={**visitor.profile, **{key: value for key, value in known.items() if value}},
        history=utterances(reversed(events[:MESSAGES])),
    )


def utterances(events: Iterable[Event]) -> tuple[Utterance, ...]:
    """What was said. A reply that the visitor stopped counts as their answer, as far as it went:
    they do not want that question answered again."""
    said = []
    for event in events:
        body = event.body
        if event.kind == "message":
            said.append(
                Utterance(
                    speaker=event.by_kind if event.by_kind in ("visitor", "operator") else "bot",  # type: ignore[arg-type]
                    text=body["text"],
                    reply_to=body.get("reply_to"),
                    choices=tuple(
                        Choice(choice["id"], choice["label"]) for choice in body.get("choices", ())
                    ),
                )
            )
        elif body.get("state") == "cancelled":
            said.append(Utterance("bot", body.get("text", "")))
    return tuple(said)
