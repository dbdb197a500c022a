"""The only writer of bots. Each function is one transaction under the bot's lock.

Read it by what changes: :mod:`bots` the bot's own fields, :mod:`pieces` a service, an action, a
slot or an intent of the draft, :mod:`versions` what is live, :mod:`secrets` and :mod:`tests`.
"""

from ..errors import EditConflict, NotPublishable, NotStorable, Refused, Unchanged
from ..versions import live_schema, live_schemas, live_version, schema_of
from .bots import create_bot, save_bot
from .held import held_slots
from .pieces import delete_piece, save_piece
from .secrets import delete_secret, set_secret
from .tests import delete_test, run_tests, save_test
from .versions import (
    Review,
    discard_draft,
    findings,
    import_document,
    publish,
    review,
    roll_back,
)

__all__ = [
    "EditConflict",
    "NotPublishable",
    "NotStorable",
    "Refused",
    "Review",
    "Unchanged",
    "create_bot",
    "delete_piece",
    "delete_secret",
    "delete_test",
    "discard_draft",
    "findings",
    "held_slots",
    "import_document",
    "live_schema",
    "live_schemas",
    "live_version",
    "publish",
    "review",
    "roll_back",
    "run_tests",
    "save_bot",
    "save_piece",
    "save_test",
    "schema_of",
    "set_secret",
]
