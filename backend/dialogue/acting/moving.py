"""Makes the moves that the visitor's messages amount to, one function for each kind of move.

A function gives a stream where an answer from the articles is written piece by piece.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from .. import texts
from ..deciding import moves, tasks
from ..memory import Expects, Task
from ..responding import talk, wording
from ..types import Delta, Utterance
from ..understanding.questions import Question, split
from .work import TAKEN, Work

Stream = AsyncGenerator[Delta, None]
_TELLING = 0.7  # the confidence of a value that speaks for its intent
_PASSED_OVER = ("greeting", "ack", "how_are_you", "thanks")  # in mid-form the form goes on
_TRIES = 2  # where no slot says otherwise


async def fill(work: Work, move: moves.Fill) -> None:
    task = work.task
    corrected = [m.slot for m in move.mentions if m.slot in task.values]
    task = work.fill(task, move.mentions)
    if corrected and work.expected.kind not in ("confirm", "change"):
        work.turn.say(talk.changed(work.scene(task), corrected))


async def clear(work: Work, move: moves.Clear) -> None:
    work.clear(work.task, move.slots)


async def start(work: Work, move: moves.Start) -> None:
    """Begin a task, or go back to one that waits. Tasks asked for together keep their order, and
    what was agreed to just now is done first."""
    if move.instead and work.memory.tasks:
        await cancel(work, moves.Cancel())
    said = _asked_with(work)
    memory = work.memory
    task = next((t for t in memory.tasks if t.intent == move.intent), None)
    if task is None:
        since = said[0].seq if said else 0
        last = memory.done[-1] if move.again else None
        memory, task = tasks.begin(
            work.schema, move.intent, memory, work.state.profile, since, last
        )
    work.started.append(task.id)
    others = [t for t in memory.tasks if t.id != task.id]
    place = sum(t.id in work.started or t.id in work.agreed for t in others)
    work.remember(memory.with_(tasks=(*others[:place], task, *others[place:])))
    for mention in await work.track(task, said):
        if mention.kind == "bad":
            work.bad.setdefault(mention.slot, mention)
        elif mention.confidence >= TAKEN:
            task = work.fill(task, [mention])


def _asked_with(work: Work) -> tuple[Utterance, ...]:
    """The messages in which the task was asked for: where the bot asked what is wanted, also the
    one before; a click means that alone."""
    said = [u for u in work.state.history if u.speaker == "visitor" and not u.reply_to]
    if work.state.unanswered[-1].reply_to:
        return tuple(said[-1:])
    now = work.state.unanswered
    return tuple(said[-1 - len(now) :]) if work.expected.kind == "intent" else now


async def agree(work: Work, move: moves.Agree) -> None:
    if work.expected.kind == "confirm":
        work.agreed.add(work.task.id)


async def deny(work: Work, move: moves.Deny) -> None:
    work.expect(Expects(kind="change"))
    work.say(talk.what_change(work.scene()))


async def cancel(work: Work, move: moves.Cancel) -> None:
    task = work.task
    work.turn.say(talk.cancelled(work.scene(task)))
    work.end(task, "cancelled")


async def not_yet(work: Work, move: moves.NotYet) -> None:
    work.turn.say(wording.say("not_yet", work.language))


async def status(work: Work, move: moves.Status) -> None:
    last = work.memory.done[-1]
    key = f"was_{last.status}"
    work.turn.say(wording.say(key, work.language, title=work.scene(last).title))
    if last.status == "failed":
        work.turn.offer(*texts.human_choice(work.language))


async def choose(work: Work, move: moves.Choose) -> None:
    work.expect(Expects(kind="intent", intents=move.intents))
    made = talk.intent_buttons(work.schema, move.intents, work.language)
    text = wording.say("which_intent", work.language)
    work.turn.say(text, *made, *texts.human_choice(work.language))


async def ask(work: Work, move: moves.Ask) -> Stream | None:
    if move.intent and await _is_about(work, move.intent):
        await start(work, moves.Start(move.intent))
        return None
    evidence = await work.answerer.gather(work.state, _questions(work, move), work.turn)
    if any(one.answerable for one in evidence):
        if work.meant.angry:
            work.turn.say(texts.say("sorry", work.language))
        if move.intent and not work.memory.tasks:
            work.turn.offer(*talk.intent_buttons(work.schema, [move.intent], work.language))
            offered = Expects(kind="offer", intents=(move.intent,))
            work.remember(work.memory.with_(expects=offered))
        return work.answerer.say(work.state, evidence, work.turn)
    work.turn.answers.extend(one.report() for one in evidence)
    await _not_answered(work, move)
    return None


def _questions(work: Work, move: moves.Ask) -> Sequence[Question]:
    if not move.texts:
        return work.meant.questions
    history = work.state.history
    earlier = history[: len(history) - len(work.state.unanswered)]
    # In mid-form the words before belong to the form, not to the question.
    before = [] if work.memory.tasks else [u.text for u in earlier if u.speaker == "visitor"]
    return split(move.texts, before)


async def _not_answered(work: Work, move: moves.Ask) -> None:
    if move.intent:
        work.turn.missing = 0
        work.expect(Expects(kind="intent", intents=(move.intent,)))
        made = talk.intent_buttons(work.schema, [move.intent], work.language)
        text = wording.say("maybe_intent", work.language)
        work.turn.say(text, *made, *texts.human_choice(work.language))
    elif not move.sure:
        work.turn.missing = 0
        await unclear(work, moves.Unclear())
    elif work.memory.tasks:
        work.turn.missing = 0
        work.turn.say(wording.say("not_in_help", work.language))
    else:
        work.turn.say(texts.say(work.refusal, work.language))


async def _is_about(work: Work, intent: str) -> bool:
    """Whether the messages give values that the intent asks for, which settles a doubt."""
    _, task = tasks.begin(work.schema, intent, work.memory, {}, 0)
    task = task.with_(values={})
    found = await work.track(task, _asked_with(work))
    return any(m.kind == "value" and m.confidence >= _TELLING for m in found)


async def small_talk(work: Work, move: moves.Talk) -> None:
    if work.memory.tasks and move.what == "unclear":
        await unclear(work, moves.Unclear())
    elif move.what in ("left_alone", "for_what"):
        work.turn.say(wording.say(move.what, work.language))
        if move.what == "for_what":
            work.expect(Expects(kind="intent"))
    elif work.memory.tasks and move.what == "goodbye":
        work.turn.say(texts.say(move.what, work.language))
        work.expect(work.expected)  # the form waits, should they come back
    elif not (work.memory.tasks and move.what in _PASSED_OVER):
        key = move.what
        if key == "who_are_you" and work.state.company:
            key = "who_are_you_company"
        work.turn.say(texts.say(key, work.language, company=work.state.company))


async def unclear(work: Work, move: moves.Unclear) -> None:
    """Ask again in other words, and after some times in vain offer a person."""
    if not work.memory.tasks:
        work.turn.say(texts.say("unclear", work.language))
        return
    expected = work.expected
    name = expected.slot or expected.kind or "unclear"
    task = tasks.count_try(work.task, name)
    work.keep(task)
    if move.bad:
        work.bad[move.bad.slot] = move.bad
    scene = work.scene(task)
    if move.at_a_loss:
        work.turn.offer(*texts.human_choice(work.language), *talk.cancel_button(scene))
    slot = scene.service.slot(name)
    if task.tries[name] > (slot.ask_again if slot else _TRIES):
        work.turn.step("give up", f"{name} was asked for in vain {task.tries[name]} times")
        give_up(work, task, expected)


def give_up(work: Work, task: Task, expected: Expects) -> None:
    work.expect(expected)
    work.say(talk.give_up(work.scene(task)))


Move = Callable[..., Awaitable[Stream | None]]
_MADE_BY: dict[type, Move] = {
    moves.Fill: fill,
    moves.Clear: clear,
    moves.Start: start,
    moves.Agree: agree,
    moves.Deny: deny,
    moves.NotYet: not_yet,
    moves.Status: status,
    moves.Cancel: cancel,
    moves.Choose: choose,
    moves.Ask: ask,
    moves.Talk: small_talk,
    moves.Unclear: unclear,
}


async def make(work: Work, made: Sequence[moves.Move]) -> AsyncGenerator[Delta, None]:
    """Make the moves in their order. Without a task nothing more is expected afterwards."""
    work.expected = work.memory.expects
    work.remember(work.memory.with_(expects=Expects()))
    for move in made:
        work.turn.step(*_described(move))
        stream = await _MADE_BY[type(move)](work, move)
        async for delta in work.turn.drain():
            yield delta
        if stream:
            async for delta in stream:
                yield delta


def _described(move: moves.Move) -> tuple[str, str]:
    """For operators: the move, and what it is about."""
    name = type(move).__name__.lower()
    match move:
        case moves.Fill(mentions):
            return name, ", ".join(f"{m.slot}: {m.how or m.kind}" for m in mentions)
        case moves.Start(intent):
            return name, intent
        case moves.Choose(names) | moves.Clear(names):
            return name, ", ".join(names)
        case moves.Ask(asked):
            return name, " / ".join(asked)[:200]
        case moves.Talk(what):
            return name, what
        case moves.Unclear(bad):
            return name, bad.reason if bad else ""
    return name, ""
