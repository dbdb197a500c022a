"""What the visitor's messages mean for the tasks in hand: the policy's first half, to be read.

Pure. Takes what understanding and tracking found, gives moves; :mod:`.steps` says what the bot does
next. Thresholds are probabilities of the intent model.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..memory import Memory, Task
from ..schema import Schema
from ..tracking import agreement
from ..tracking.tracker import Mention
from ..understanding import inquiries, signals
from ..understanding.intents import Clause
from . import buttons, naming
from .heard import Heard
from .moves import (
    Agree,
    Ask,
    Cancel,
    Choose,
    Clear,
    Deny,
    Fill,
    Move,
    Start,
    Status,
    Talk,
)
from .within import within

SURE = 0.55  # an intent is begun at once
MAYBE = 0.3  # an intent is offered, or told from another by a question
CLOSE = 0.15  # two intents this near are told apart by a question


def interpret(schema: Schema, memory: Memory, heard: Heard) -> Sequence[Move]:
    """The moves in the order in which they are to be made; at least one."""
    task = memory.tasks[0] if memory.tasks else None
    clicked = heard.clicked and _clicked(schema, memory, heard.clicked)
    if clicked:
        return clicked
    if memory.expects.kind in ("intent", "offer"):
        chosen = _of_offered(schema, memory, heard)
        if chosen and schema.find(chosen):
            return [Start(chosen)]
    found = task and schema.find(task.intent)
    if task and found:
        return within(schema, memory, heard, task, *found)
    return _fresh(schema, memory, heard)


def _of_offered(schema: Schema, memory: Memory, heard: Heard) -> str:
    """Which of the intents that the bot's last message offered is taken, or ''."""
    offered = memory.expects.intents
    sign, rest = agreement.yes_or_no(heard.text)
    if len(offered) == 1 and sign is True and not agreement.hedged(rest):
        return offered[0]
    if sign is not False and not signals.is_question(heard.text):
        named = naming.chosen(schema, offered, heard.text)
        if named:
            return named
    if memory.tasks:
        return ""
    return naming.meant_by_values(schema, offered, heard.mentions, heard.text)


def _clicked(schema: Schema, memory: Memory, button: buttons.Button) -> list[Move]:
    """A button's meaning; nothing where it belongs to a task that is over."""
    if button.kind == "intent" and schema.find(button.name):
        return [Start(button.name)]
    task = memory.tasks[0] if memory.tasks else None
    if task is None or button.task != task.id:
        return []
    if button.kind == "slot":
        options = buttons.options(schema, task, button.name)
        if button.index < len(options):
            option = options[button.index]
            chosen = Mention(button.name, option.value, option.label, 0, 0, 0, how="button")
            return [Fill((chosen,))]
    plain: dict[str, Move] = {"yes": Agree(), "no": Deny(), "cancel": Cancel()}
    if button.kind in plain:
        return [plain[button.kind]]
    return [Clear((button.name,))] if button.kind == "change" else []


def _fresh(schema: Schema, memory: Memory, heard: Heard) -> Sequence[Move]:
    """Nothing is in hand."""
    last = memory.done[-1].intent if memory.done else ""
    if inquiries.asks_if_done(heard.text) and naming.touches(schema, last, heard.text):
        return [Status()]
    done = memory.done and memory.done[-1].status == "done"
    if done and heard.meant.kind == "question" and agreement.yes_or_no(heard.text) == (True, ""):
        return [Status()]  # a second yes
    if signals.keeps(heard.text):
        return [Talk("left_alone")]
    if heard.meant.kind != "question":
        return [Talk(heard.meant.what or heard.meant.kind)]
    moves = [_of_clause(schema, clause) for clause in heard.clauses]
    starts = [move for move in moves if isinstance(move, Start)]
    chooses = [move for move in moves if isinstance(move, Choose)]
    if chooses and not starts:
        return chooses[:1]
    if starts:
        asked = [t for move in moves if isinstance(move, Ask) for t in move.texts]
        questions = tuple(text for text in asked if signals.is_question(text))
        return [*([Ask(questions)] if questions else []), *_once(starts)]
    talk = [move for move in moves if isinstance(move, Talk)]
    if talk:
        return talk[:1]
    maybe = next((move.intent for move in moves if isinstance(move, Ask) and move.intent), "")
    again = naming.follow_up(schema, memory, heard.mentions, heard.text)
    if again and maybe in ("", again):
        return [Start(again, again=_keeps(schema, memory.done[-1]))]
    if not maybe and not naming.has_words(heard.text):
        return [Talk("for_what")]
    return [Ask((), intent=maybe)]


def _keeps(schema: Schema, last: Task) -> bool:
    """Whether a follow-up means all that the last task had: it was refused, or only told
    something (“and in Bristol?” is about the same day). What was done once begins anew."""
    found = schema.find(last.intent)
    return last.status == "failed" or bool(found and not found[1].confirm)


def _of_clause(schema: Schema, clause: Clause) -> Move:
    first, second = (*clause.ranking[:2], None, None)[:2]
    if first is None or first.score < MAYBE:
        return Ask((clause.text,))
    if naming.forbids(schema, first.intent, clause.text):
        return Talk("left_alone")
    if second and second.score >= MAYBE and first.score - second.score < CLOSE:
        return Choose((first.intent, second.intent))
    if first.score >= SURE:
        return Start(first.intent, clause)
    return Ask((clause.text,), intent=first.intent)


def _once(starts: Sequence[Start]) -> list[Move]:
    """Each intent once: two sentences about one thing are one wish."""
    kept: dict[str, Move] = {}
    for start in starts:
        kept.setdefault(start.intent, start)
    return list(kept.values())
