"""What the visitor's messages mean for the tasks in hand: the policy's first half, to be read.

Pure. Takes what understanding and tracking found, gives moves; :mod:`.steps` says what the bot does
next. Thresholds are probabilities of the intent model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.words import terms

from ..memory import Memory, Task
from ..schema import Intent, Schema, Service, Slot
from ..tracking import agreement
from ..tracking.tracker import Mention
from ..types import Utterance
from ..understanding import signals
from ..understanding.intents import Clause
from ..understanding.messages import Understanding
from . import buttons, naming
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
    Talk,
    Unclear,
)

SURE = 0.55  # an intent is begun at once
ELSEWHERE = 0.65  # one is begun in the middle of another
MAYBE = 0.3  # an intent is offered, or told from another by a question
CLOSE = 0.15  # two intents this near are told apart by a question
FILLED = 0.5  # a value is taken


@dataclass(frozen=True)
class Heard:
    """All that was found in the unanswered messages. ``mentions`` are of the task in hand."""

    said: Sequence[Utterance]
    meant: Understanding
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(utterance.text for utterance in self.said)

    def clause_of(self, mention: Mention) -> Clause | None:
        """The clause in which the value stands."""
        for clause in self.clauses:
            if clause.message == mention.message and clause.start <= mention.start < clause.end:
                return clause
        return None

    @property
    def clicked(self) -> buttons.Button | None:
        last = self.said[-1] if self.said else None
        return buttons.read(last.reply_to) if last and last.reply_to else None


def interpret(schema: Schema, memory: Memory, heard: Heard) -> Sequence[Move]:
    """The moves in the order in which they are to be made; at least one."""
    task = memory.tasks[0] if memory.tasks else None
    clicked = heard.clicked and _clicked(schema, memory, heard.clicked)
    if clicked:
        return clicked
    if memory.expects.kind == "intent":
        offered = memory.expects.intents
        agreed = len(offered) == 1 and agreement.yes_or_no(heard.text)[0] is True
        chosen = offered[0] if agreed else naming.chosen(schema, offered, heard.text)
        if chosen and schema.find(chosen):
            return [Start(chosen)]
    if memory.expects.kind in ("intent", "offer") and not task:
        taken = naming.meant_by_values(schema, memory.expects.intents, heard.mentions, heard.text)
        if taken:
            return [Start(taken)]
    found = task and schema.find(task.intent)
    if task and found:
        return _within(schema, memory, heard, task, *found)
    return _fresh(schema, memory, heard)


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


def _within(
    schema: Schema, memory: Memory, heard: Heard, task: Task, service: Service, intent: Intent
) -> list[Move]:
    """A task is in hand."""
    expects = memory.expects
    asked = expects.slot if expects.kind == "slot" else ""
    others = _other_intents(heard, task, asked)
    fills = _fills(service, heard, task, others, asked)
    sign, rest = agreement.yes_or_no(heard.text)
    if signals.cancels(heard.text) and not fills:
        # “Cancel”, where an order is about to be cancelled, can mean either.
        meant = expects.kind == "confirm" and naming.repeats(intent, heard.text)
        return [Unclear()] if meant else [Cancel()]
    moves: list[Move] = [Fill(fills)] if fills else []
    if expects.kind in ("confirm", "change") and not fills:
        answer = _answer(service, intent, expects.kind, sign, rest, others)
        if answer:
            return [*answer, *others]
    asks = _digressions(heard, fills, others, asked)
    if moves or others or asks:
        return [*asks, *moves, *others]
    if heard.meant.kind == "small_talk" and heard.meant.what not in ("ack",):
        return [Talk(heard.meant.what)]
    bad = next((m for m in heard.mentions if m.kind == "bad" and m.slot == asked), None)
    if bad is None and len(terms(heard.text)) >= 3:
        return [Ask((heard.text,), sure=False)]
    return [Unclear(bad)]


def _answer(
    service: Service,
    intent: Intent,
    kind: str,
    sign: bool | None,
    rest: str,
    others: list[Move],
) -> list[Move]:
    """To “is that right?” and “what should be different?”, where no new value was given."""
    named = naming.slots(service, intent, rest)
    plainly = not terms(rest) or bool(others) or naming.repeats(intent, rest)
    if kind == "confirm" and sign is True and not named and plainly:
        return [Agree()]
    if named and sign is not True:
        return [Clear(named)]
    if sign is False and not others:
        return [Deny()] if kind == "confirm" else [Cancel()]
    if kind == "change" and sign is True and not rest:
        return [Deny()]
    return []


def _fills(
    service: Service, heard: Heard, task: Task, others: Sequence[Move], asked: str
) -> tuple[Mention, ...]:
    """The values to take: sure enough, new, and not part of what asks for something else."""
    taken = [move.clause for move in others if isinstance(move, Start) and move.clause]
    found = []
    for mention in heard.mentions:
        before = task.values.get(mention.slot)
        if mention.kind == "bad" or mention.confidence < FILLED:
            continue
        if before is not None and before.value == mention.value and before.source != "carried":
            continue
        clause = heard.clause_of(mention)
        if clause in taken and len(heard.clauses) > 1:
            continue
        if clause and mention.slot != asked and _only_asks(service, clause, mention):
            continue
        found.append(mention)
    return tuple(found)


def _only_asks(service: Service, clause: Clause, mention: Mention) -> bool:
    """Whether the value is only a word of a question: “how long do refunds take?” chooses none."""
    slot = service.slot(mention.slot)
    loose = slot is not None and slot.type in ("choice", "text", "yes_no", "number")
    asks = signals.is_question(clause.text) and not signals.is_request(clause.text)
    return loose and asks


def _other_intents(heard: Heard, task: Task, asked: str) -> list[Move]:
    """Tasks that the messages ask for besides the one in hand."""
    found: list[Move] = []
    for clause in heard.clauses:
        top = clause.ranking[0] if clause.ranking else None
        if top is None or top.intent == task.intent:
            continue
        if top.score >= max(ELSEWHERE, _answered(heard, clause, asked)):
            whole = len(heard.clauses) == 1
            found.append(Start(top.intent, clause, instead=whole and signals.instead(clause.text)))
    return found


def _answered(heard: Heard, clause: Clause, asked: str) -> float:
    """How surely the clause gives values for the task in hand: who answers a question may use the
    words of another intent (“because I want a refund”)."""
    inside = [m for m in heard.mentions if m.kind != "bad" and heard.clause_of(m) is clause]
    filling = sum(len(m.text) for m in inside) * 2 >= len(clause.text)
    return max((m.confidence for m in inside if filling or m.slot == asked), default=0.0)


def _digressions(
    heard: Heard, fills: tuple[Mention, ...], others: Sequence[Move], asked: str
) -> list[Move]:
    """Questions about something else in the middle of a form."""
    taken = [move.clause for move in others if isinstance(move, Start)]
    texts = []
    for clause in heard.clauses:
        answers = any(
            m.slot == asked or len(m.text) * 2 > len(clause.text)
            for m in fills
            if heard.clause_of(m) is clause
        )
        if clause not in taken and not answers and signals.is_question(clause.text):
            texts.append(clause.text)
    return [Ask(tuple(texts))] if texts else []


def _fresh(schema: Schema, memory: Memory, heard: Heard) -> Sequence[Move]:
    """Nothing is in hand."""
    if heard.meant.kind != "question":
        return [Talk(heard.meant.what or heard.meant.kind)]
    moves = [_of_clause(clause) for clause in heard.clauses]
    starts = [move for move in moves if isinstance(move, Start)]
    chooses = [move for move in moves if isinstance(move, Choose)]
    if chooses and not starts:
        return chooses[:1]
    if starts:
        asked = [t for move in moves if isinstance(move, Ask) for t in move.texts]
        questions = tuple(text for text in asked if signals.is_question(text))
        return [*([Ask(questions)] if questions else []), *_once(starts)]
    again = naming.follow_up(schema, memory, heard.mentions, heard.text)
    if again:
        return [Start(again, again=_keeps(schema, memory.done[-1]))]
    maybe = next((move.intent for move in moves if isinstance(move, Ask) and move.intent), "")
    return [Ask((), intent=maybe)]


def _keeps(schema: Schema, last: Task) -> bool:
    """Whether a follow-up means all that the last task had: it was refused, or only told
    something (“and in Bristol?” is about the same day). What was done once begins anew."""
    found = schema.find(last.intent)
    return last.status == "failed" or bool(found and not found[1].confirm)


def _of_clause(clause: Clause) -> Move:
    first, second = (*clause.ranking[:2], None, None)[:2]
    if first is None or first.score < MAYBE:
        return Ask((clause.text,))
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


def asked_slot(service: Service, memory: Memory) -> Slot | None:
    return service.slot(memory.expects.slot) if memory.expects.kind == "slot" else None
