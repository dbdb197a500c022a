"""Telling other processes that the record changed: hints over the channel layer.

A hint may be lost, doubled or reordered without harm, since whoever gets one reads the record. So
a channel layer that is down is logged and never stops a writer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from .models import Conversation

log = logging.getLogger("kefu.publish")

DESK = "desk"  # every operator's socket
_failed_at = float("-inf")  # when the channel layer last failed this process

REST = 0.5  # seconds without trying after a failure, so that writers are not held up
PATIENCE = 1.0  # seconds; a writer's acknowledgement waits for this


def group_of(conversation_id: UUID | str) -> str:
    return f"conversation.{UUID(str(conversation_id)).hex}"


def desk_group_of(conversation_id: UUID | str) -> str:
    """The conversation's operators alone: what goes here never reaches a visitor's socket."""
    return f"desk.{UUID(str(conversation_id)).hex}"


async def hint(group: str, kind: str, **content: Any) -> None:
    """Send one hint; the receiver's method is ``kind`` with its dots as underscores."""
    layer = get_channel_layer()
    if layer is None or failed_within(REST):
        return
    try:
        async with asyncio.timeout(PATIENCE):
            await layer.group_send(group, {"type": kind, **content})
    except Exception as error:  # any of the layer's, of Redis' or of the network's
        global _failed_at
        _failed_at = time.monotonic()
        log.warning("A hint to %s was not sent: %s", group, type(error).__name__)


def failed_within(seconds: float) -> bool:
    """Whether this process could not send a hint lately."""
    return time.monotonic() - _failed_at < seconds


def changed(conversation: Conversation) -> None:
    """Called on commit: there are new events in this conversation."""
    async_to_sync(_changed)(str(conversation.pk), conversation.head)


async def _changed(conversation: str, head: int) -> None:
    for group in (group_of(conversation), DESK):
        await hint(group, "conversation.changed", conversation=conversation, head=head)
