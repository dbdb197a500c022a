"""The record's only writer. Each function is one transaction; others are told on its commit.

Read it by what happens: :mod:`log` appends events under the conversation's lock, :mod:`visitors`
what a visitor does, :mod:`operators` what an operator does, :mod:`turns` the bot's work,
:mod:`actions` its calls to the customer's system, and :mod:`ownership` who speaks.
"""

from .actions import answer_of, begin_action, finish_action
from .log import IdConflict
from .operators import (
    add_note,
    add_operator_message,
    assign,
    close_by_operator,
    edit_slot,
    hand_back,
    mark_read,
    queue,
    take,
)
from .ownership import OwnerConflict
from .presence import operators_online, queue_position, touch_operator
from .sites import create_site
from .turns import (
    ClaimedTurn,
    TurnFinal,
    TurnUnknown,
    cancel_turn,
    checkpoint,
    claim_turn,
    due_conversations,
    fail_turn,
    finish_turn,
    pin_version,
    put_back,
    release_leases,
    renew_lease,
)
from .visitors import (
    ConversationClosed,
    NoConversation,
    Party,
    UnknownAttachment,
    add_message,
    ask_for_person,
    close,
    mark_seen,
    rate,
)

__all__ = [
    "ClaimedTurn",
    "ConversationClosed",
    "IdConflict",
    "NoConversation",
    "OwnerConflict",
    "Party",
    "TurnFinal",
    "TurnUnknown",
    "UnknownAttachment",
    "add_message",
    "add_note",
    "add_operator_message",
    "answer_of",
    "ask_for_person",
    "assign",
    "begin_action",
    "cancel_turn",
    "checkpoint",
    "claim_turn",
    "close",
    "close_by_operator",
    "create_site",
    "due_conversations",
    "edit_slot",
    "fail_turn",
    "finish_action",
    "finish_turn",
    "hand_back",
    "mark_read",
    "mark_seen",
    "operators_online",
    "pin_version",
    "put_back",
    "queue",
    "queue_position",
    "rate",
    "release_leases",
    "renew_lease",
    "take",
    "touch_operator",
]
