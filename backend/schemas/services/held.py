"""What open conversations hold of earlier versions: the slots of the tasks they are in."""

from __future__ import annotations

from collections import Counter

from django.db.models import OuterRef, Subquery

from ..models import Bot

Held = Counter[tuple[str, str]]


def held_slots(bot: Bot) -> Held:
    """How many open conversations have a value for a slot, by names of intent and slot.

    The slot is "" for the task itself. Read from what their latest finished turn remembers.
    """
    conversations = bot.site.conversation_set.filter(status="open", version__isnull=False)
    turns = conversations.model._meta.get_field("turns").related_model._default_manager
    latest = turns.filter(conversation=OuterRef("pk"), state="done").order_by("-id")
    memories = conversations.annotate(memory=Subquery(latest.values("memory")[:1]))
    found: Held = Counter()
    for memory in memories.values_list("memory", flat=True).iterator():
        found.update(_holdings(memory or {}))
    return found


def _holdings(memory: dict[str, object]) -> set[tuple[str, str]]:
    tasks = memory.get("tasks")
    return {
        (task["intent"], slot)
        for task in (tasks if isinstance(tasks, list) else [])
        for slot in ("", *task.get("values", {}))
    }
