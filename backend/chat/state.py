"""The dialogue state of a conversation: its event log, and what the last turn remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from backend.conversations import services
from backend.conversations.models import Conversation, Event, Turn
from backend.conversations.zones import zone
from backend.dialogue import language, texts
from backend.dialogue.schema import Schema
from backend.dialogue.types import Choice, Edit, State, Utterance
from backend.schemas.services import live_version, schema_of
from backend.sealing import CannotOpen, unseal

from .memories import unpack

MESSAGES = 40  # the engine looks back no further


def begin_state(conversation_id: UUID, head: int, now: datetime) -> State:
    """The state as of event ``head``; a conversation that begins gets the live version of the bot,
    and keeps it."""
    row = Conversation.objects.select_related("site").get(pk=conversation_id)
    if row.version_id is None:
        version = live_version(row.site.key)
        if version is not None:
            services.pin_version(row.pk, version.pk)
    return load_state(conversation_id, head, now)


def load_state(conversation_id: UUID, head: int, now: datetime, *, opened: bool = False) -> State:
    """The state as of event ``head``, ``now`` by the clock. ``opened`` brings back what was masked:
    for replays."""
    row = Conversation.objects.select_related("site", "visitor", "version").get(pk=conversation_id)
    last = _last_turn(row, head)
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
        history=utterances(in_order_of_talk(events[:MESSAGES], answers), opened=opened),
        schema=_schema(row),
        memory=unpack(last.memory if last else {}),
        edits=_edits(row, last.head if last else 0, head),
        now=now.astimezone(zone(row)),
    )


def _schema(row: Conversation) -> Schema | None:
    return schema_of(row.version) if row.version else None


def _last_turn(row: Conversation, head: int) -> Turn | None:
    """The last one that the engine finished before ``head``."""
    done = row.turns.filter(state=Turn.State.DONE, head__gt=0, head__lt=head)
    return done.order_by("-head").first()


def _edits(row: Conversation, since: int, head: int) -> tuple[Edit, ...]:
    """The slots that operators set since event ``since``."""
    events = row.events.filter(kind="slots", by_kind="operator", seq__gt=since, seq__lte=head)
    changes = [change for event in events.order_by("seq") for change in event.body["changes"]]
    return tuple(Edit(change["slot"], change["value"]) for change in changes)


def in_order_of_talk(events: Iterable[Event], answers: Mapping[str, int]) -> list[Event]:
    """The events with each reply right after what it answers.

    What a visitor writes while the bot is writing comes before the reply in the log, and yet the
    reply does not answer it.
    """

    def place(event: Event) -> tuple[int, int]:
        return answers.get(event.body["message"], event.seq), event.seq

    return sorted(events, key=place)


def utterances(events: Iterable[Event], *, opened: bool = False) -> tuple[Utterance, ...]:
    """What was said. A reply that the visitor stopped counts as their answer, as far as it went:
    they do not want that question answered again."""
    said = []
    for event in events:
        body = event.body
        if event.kind == "message":
            said.append(
                Utterance(
                    speaker=event.by_kind if event.by_kind in ("visitor", "operator") else "bot",  # type: ignore[arg-type]
                    text=_text(event) if opened else body["text"],
                    reply_to=body.get("reply_to"),
                    choices=tuple(
                        Choice(choice["id"], choice["label"]) for choice in body.get("choices", ())
                    ),
                    seq=event.seq,
                )
            )
        elif body.get("state") == "cancelled":
            said.append(Utterance("bot", body.get("text", ""), seq=event.seq))
    return tuple(said)


def _text(event: Event) -> str:
    text: str = event.body["text"]
    try:
        return unseal(event.sealed) if event.sealed else text
    except CannotOpen:
        return text


def apology(state: State | None) -> tuple[str, tuple[Choice, ...]]:
    """What the bot says where it cannot answer at all, in the visitor's language."""
    said = [utterance.text for utterance in reversed(state.unanswered)] if state else []
    spoken = language.choose(said, state.locale if state else "")
    return texts.say("failure", spoken), texts.human_choice(spoken)
