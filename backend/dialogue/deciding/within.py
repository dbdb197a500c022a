"""What the visitor's messages mean while a task is in hand.

Pure. Values first, then what stops or confirms the task, then other wishes and questions.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.words import terms

from ..memory import Memory, Task
from ..schema import Intent, Schema, Service
from ..tracking import agreement
from ..tracking.tracker import Mention
from ..understanding import inquiries, signals
from ..understanding.intents import Clause
from . import naming
from .heard import Heard
from .moves import Agree, Ask, Cancel, Clear, Deny, Fill, Move, NotYet, Start, Talk, Unclear

ELSEWHERE = 0.65  # an intent is begun in the middle of another
FILLED = 0.5  # a value is taken
_UNDERSTOOD = 0.55  # the score at which a refused wish is the one in hand


def within(
    schema: Schema, memory: Memory, heard: Heard, task: Task, service: Service, intent: Intent
) -> list[Move]:
    """The moves in their order; at least one."""
    expects = memory.expects
    asked = expects.slot if expects.kind == "slot" else ""
    others = _other_intents(schema, heard, task, asked)
    fills = _fills(service, heard, task, others, asked)
    if not fills and _withdrawn(heard, task, intent, expects.kind):
        return [Cancel(), *others]
    stops = [] if fills else signals.stops(heard.text)
    if any(not naming.repeats(intent, stop) for stop in stops):
        return [Cancel(), *others]
    if stops and agreement.yes_or_no(heard.text)[0] is None:
        # “Cancel”, where an order is about to be cancelled, can mean either.
        return [Unclear()] if expects.kind == "confirm" else [Cancel()]
    waiting = naming.gone_back_to(schema, memory, heard.text)
    if waiting and not fills:
        return [Start(waiting)]
    moves: list[Move] = [Fill(fills)] if fills else []
    if expects.kind in ("confirm", "change") and not fills:
        answer = _answer(service, intent, task, expects.kind, heard, others)
        if answer:
            return [*answer, *others]
    asks = _digressions(heard, fills, others, asked)
    if moves or others or asks:
        return [*asks, *moves, *others]
    if heard.meant.kind == "small_talk" and heard.meant.what not in ("ack",):
        return [Talk(heard.meant.what)]
    refuses = agreement.yes_or_no(heard.text)[0] is False
    if asked and (refuses or signals.at_a_loss(heard.text)):
        return [Unclear(at_a_loss=True)]
    bad = next((m for m in heard.mentions if m.kind == "bad" and m.slot == asked), None)
    if bad and signals.is_question(heard.text):
        bad = None
    if bad is None and len(terms(heard.text)) >= 3:
        return [Ask((heard.text,), sure=False)]
    return [Unclear(bad)]


def _withdrawn(heard: Heard, task: Task, intent: Intent, expected: str) -> bool:
    """Whether what the visitor does not want is the very task: “please don't cancel my order”,
    where an order is about to be cancelled."""
    stopped = signals.cancels_what(heard.text)
    if (
        stopped
        and naming.repeats(intent, stopped)
        and not signals.cancels_what(naming.in_words(intent))
    ):
        return True
    what = agreement.not_to_be_done(heard.text)
    if not what:
        return what == "" and expected == "confirm" and not agreement.plain_no(heard.text)
    tops = [clause.ranking[0] for clause in heard.clauses if clause.ranking]
    understood = any(top.intent == task.intent and top.score >= _UNDERSTOOD for top in tops)
    return naming.repeats(intent, what) or (expected == "confirm" and understood)


def _answer(
    service: Service,
    intent: Intent,
    task: Task,
    kind: str,
    heard: Heard,
    others: Sequence[Move],
) -> list[Move]:
    """To “is that right?” and “what should be different?”, where no new value was given."""
    sign, rest = agreement.yes_or_no(heard.text)
    told = {mention.slot for mention in heard.mentions if mention.kind == "value"}
    named = tuple(name for name in naming.slots(service, intent, rest) if name not in told)
    if kind == "confirm":
        if sign is None and agreement.closing(heard.text) and not agreement.hedged(rest):
            sign, rest = True, ""
        if sign is True and _agrees(intent, heard, task, rest, others):
            return [Agree()]
        if inquiries.asks_if_done(heard.text) and not others:
            return [NotYet()]
    if named and (sign is not True or agreement.hedged(rest)):
        return [Clear(named)]
    if sign is False and not others:
        return [Deny()] if kind == "confirm" else [Cancel()]
    if kind == "change" and sign is True and not rest:
        return [Deny()]
    return []


def _agrees(intent: Intent, heard: Heard, task: Task, rest: str, others: Sequence[Move]) -> bool:
    """Whether what is said besides a yes leaves it one. What is done cannot be undone, so a yes
    with anything else that is not understood is asked about once more."""
    if not rest or naming.repeats(intent, rest):
        return True
    if any(mention.kind == "bad" for mention in heard.mentions) or signals.is_question(rest):
        return False
    if others and (len(heard.clauses) > 1 or agreement.goes_on(rest)):
        return not agreement.hedged(rest)
    values = " ".join(f"{value.text} {value.value}" for value in task.values.values())
    return agreement.nothing_else(rest, f"{naming.in_words(intent)} {values}")


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
        if before is not None and mention.kind == "dont_care":
            continue  # content with what there is
        clause = heard.clause_of(mention)
        whole = clause is not None and len(mention.text) * 2 >= len(clause.text)
        if clause in taken and (len(heard.clauses) > 1 or whole):
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


def _other_intents(schema: Schema, heard: Heard, task: Task, asked: str) -> list[Move]:
    """Tasks that the messages ask for besides the one in hand."""
    found: list[Move] = []
    for clause in heard.clauses:
        top = clause.ranking[0] if clause.ranking else None
        if top is None or top.intent == task.intent:
            continue
        if naming.forbids(schema, top.intent, clause.text):
            continue
        if top.score >= max(ELSEWHERE, _answered(heard, task, clause, asked)):
            whole = len(heard.clauses) == 1
            found.append(Start(top.intent, clause, instead=whole and signals.instead(clause.text)))
    return found


def _answered(heard: Heard, task: Task, clause: Clause, asked: str) -> float:
    """How surely the clause gives values for the task in hand: who answers a question may use the
    words of another intent (“because I want a refund”), and so may who puts a value right."""
    inside = [m for m in heard.mentions if m.kind != "bad" and heard.clause_of(m) is clause]
    filling = sum(len(m.text) for m in inside) * 2 >= len(clause.text)
    return max(
        (m.confidence for m in inside if filling or m.slot == asked or m.slot in task.values),
        default=0.0,
    )


def _digressions(
    heard: Heard, fills: tuple[Mention, ...], others: Sequence[Move], asked: str
) -> list[Move]:
    """Questions about something else in the middle of a form."""
    taken = [move.clause for move in others if isinstance(move, Start)]
    texts = []
    for clause in heard.clauses:
        asks_for = signals.is_request(clause.text)  # “can you collect it?” gives a value
        answers = any(
            asks_for or m.slot == asked or len(m.text) * 2 > len(clause.text)
            for m in fills
            if heard.clause_of(m) is clause
        )
        if clause not in taken and not answers and signals.is_question(clause.text):
            texts.append(clause.text)
    return [Ask(tuple(texts))] if texts else []
