"""The dialogue state of a conversation, folded from its event log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from backend.conversations.models import Conversation, Event
from backend.dialogue import language, texts
from backend.dialogue.types import Choice, State, Utterance

MESSAGES = 40  # the engine looks back no further


def load_state(conversation_id: UUID, head: int) -> State:
    """The state as of event ``head``."""
    row = Conversation.objects.select_related("site", "visitor").get(pk=conversation_id)
    events = row.events.filter(seq__lte=head, kind__in=["message", "turn"]).order_by("-seq")
    turns = row.turns.filter(head__gt=0).order_by("-id").values_list("message", "head")
    answers = {str(message): answered for message, answered in turns[:MESSAGES]}
    visitor = row.visitor
    known = {"name": visitor.name, "email": visitor.email} if visitor.subject else {}
    return State(
        site=row.site.key,
        company=row.site.name,
        locale=row.locale or visitor.locale,
        profile={**visitor.profile, **{key: value for key, value in known.items() if value}},
        history=utterances(in_order_of_talk(events[:MESSAGES], answers)),
    )


def in_order_of_talk(events: Iterable[Event], answers: Mapping[str, int]) -> list[Event]:
    """The events with each reply right after what it answers.

    What a visitor writes while the bot is writing comes before the reply in the log, and yet the
    reply does not answer it.
    """

    def place(event: Event) -> tuple[int, int]:
        return answers.get(event.body["message"], event.seq), event.seq

    return sorted(events, key=place)


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


def apology(state: State | None) -> tuple[str, tuple[Choice, ...]]:
    """What the bot says where it cannot answer at all, in the visitor's language."""
    said = [utterance.text for utterance in reversed(state.unanswered)] if state else []
    spoken = language.choose(said, state.locale if state else "")
    return texts.say("failure", spoken), texts.human_choice(spoken)
