"""What the parsers' tests share: contexts on a Monday, and reading by a slot's type."""

from datetime import UTC, datetime

from backend.dialogue.schema import Slot
from backend.dialogue.tracking.parsers import PARSERS
from backend.dialogue.tracking.values import Bad, Context, Found

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
EN, ZH = Context(MONDAY), Context(MONDAY, language="zh", region="CN")


def slot(kind, **fields):
    return Slot(name="slot", type=kind, **fields)


def read(text, one, context=EN):
    """The value, or the reason why there is none."""
    told = PARSERS[one.type].read(text, one, context)
    return told.value if isinstance(told, Found) else told.reason


def find(text, one, context=EN):
    """Values and reasons, in order."""
    told = PARSERS[one.type].find(text, one, context)
    return [each.reason if isinstance(each, Bad) else each.value for each in told]


def found_texts(text, one, context=EN):
    """The words that were taken."""
    return [text[each.start : each.end] for each in PARSERS[one.type].find(text, one, context)]
