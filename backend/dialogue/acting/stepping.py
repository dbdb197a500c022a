"""Goes on with the tasks step by step until the bot has to wait for the visitor.

What a called system answers decides how it goes on here; everything else was decided before.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

from .. import texts
from ..deciding import steps, tasks
from ..deciding.steps import Next, next_step
from ..memory import Expects, Option, Task
from ..responding import requests, talk, wording
from ..responding.masking import masked
from ..responding.templates import TemplateProblem
from ..schema import Action, Slot, in_language
from ..types import ActionCall, ActionResult, Delta
from ..understanding.questions import split
from .work import TAKEN, Work

Stream = AsyncGenerator[Delta, None]
_MOST_STEPS = 24  # a turn that has not come to rest by then never will
_MOST_LOOKUPS = 2  # so often are details asked for again that were not found
_LOOKUP = "lookup"  # under which such tries are counted


async def go_on(work: Work) -> AsyncGenerator[Delta, None]:
    """Step after step; what is said is yielded as it is there."""
    waited = {task.id for task in work.memory.tasks} - set(work.started)
    for _ in range(_MOST_STEPS):
        following = None if work.resting else next_step(work.schema, work.memory, work.agreed)
        if following is None:
            return
        work.turn.step(_named(following), following.why)
        stream = await _STEPS[type(following.step)](work, following, waited)
        async for delta in work.turn.drain():
            yield delta
        if stream:
            async for delta in stream:
                yield delta


def _named(following: Next) -> str:
    step = following.step
    slot = getattr(step, "slot", None)
    name = type(step).__name__.lower().removesuffix("slot")
    return f"{name} {slot.name}" if slot else f"{name} {following.task.intent}"


def _turn_to(work: Work, task: Task, waited: set[int]) -> None:
    """Where another task ended a moment ago, say which one it goes on with."""
    if work.ended and not any(t.id == task.id for t in work.ended) and not work.turn.silent:
        key = "resume" if task.id in waited else "next"
        title = work.scene(task).title
        work.turn.say(wording.say(key, work.language, title=title))
        waited.discard(task.id)
        work.ended.clear()


async def _ask(work: Work, following: Next, waited: set[int]) -> None:
    assert isinstance(following.step, steps.AskSlot)
    slot = following.step.slot
    _turn_to(work, following.task, waited)
    work.expect(Expects(kind="slot", slot=slot.name))
    work.say(talk.ask(work.scene(), slot, work.bad.get(slot.name)))


async def _confirm(work: Work, following: Next, waited: set[int]) -> None:
    _turn_to(work, following.task, waited)
    work.expect(Expects(kind="confirm"))
    work.say(talk.confirm(work.scene()))


async def _drop(work: Work, following: Next, waited: set[int]) -> None:
    work.remember(tasks.end(work.memory, following.task.with_(status="failed")))
    work.turn.say(wording.say("gone", work.language))


async def _options(work: Work, following: Next, waited: set[int]) -> None:
    """Look up what can be chosen; what the visitor named already is found among it."""
    assert isinstance(following.step, steps.Options)
    slot, scene = following.step.slot, work.scene()
    assert slot.offer is not None
    action = scene.service.action(slot.offer.action)
    if action is None:
        work.turn.problems.append(f"The slot {slot.name} names an unknown action.")
        _nothing_to_choose(work, slot)
        return
    lacking = next((n for n in _needed(work, action) if n not in work.task.values), None)
    if lacking:
        needed = scene.service.slot(lacking)
        assert needed is not None
        work.expect(Expects(kind="slot", slot=lacking))
        work.say(talk.ask(scene, needed, work.bad.get(lacking)))
        return
    result = await _call(work, action)
    if result.outcome != "success":
        _unsuccessful(work, action, result)
        return
    listed = requests.options(slot.offer, result.json)
    _mapped(work, action, result)
    work.keep(work.task.with_(options={**work.task.options, slot.name: listed}))
    if not listed:
        _nothing_to_choose(work, slot)
        return
    await _choose_named(work, slot, listed)


def _nothing_to_choose(work: Work, slot: Slot) -> None:
    scene = work.scene()
    title = talk.title(slot, work.language)
    work.turn.say(
        wording.say("no_options", work.language, title=title), *texts.human_choice(work.language)
    )
    work.end(scene.task, "failed")
    work.resting = not work.memory.tasks


async def _choose_named(work: Work, slot: Slot, listed: tuple[Option, ...]) -> None:
    """The option that the visitor has named in this task; the only one goes without saying where
    a confirmation follows."""
    task = work.task
    said = [u for u in work.state.history if u.speaker == "visitor" and u.seq >= task.since]
    asked = slot.name if work.expected.slot == slot.name else ""
    # With the other slots in view: the 14th is the day's, and not two in the afternoon.
    for mention in await work.track(task, said, asked=asked):
        if mention.slot != slot.name:
            continue
        if mention.kind == "bad":
            work.bad[slot.name] = mention
        elif mention.confidence >= TAKEN:
            task = work.fill(task, [mention])
    if slot.name not in task.values and len(listed) == 1 and work.scene().intent.confirm:
        value = tasks.only(listed[0])
        work.agreed.discard(task.id)
        work.keep(tasks.fill(work.scene().service, task, slot.name, value))


def _needed(work: Work, action: Action) -> list[str]:
    """The slots without which the action cannot be called."""
    scene = work.scene()
    used = {use.slot: use for use in scene.intent.slots}
    optional = {name for name, use in used.items() if not use.required or use.when}
    return [name for name in requests.needs(action, scene.service) if name not in optional]


async def _call(work: Work, action: Action) -> ActionResult:
    scene = work.scene()
    values = tasks.with_defaults(scene.intent, work.task)
    sensitive = {slot.name for slot in scene.service.slots if slot.sensitive}
    optional = {slot.name for slot in scene.service.slots} - set(values)
    try:
        request = requests.build(
            action,
            scene.service,
            values,
            work.state.profile,
            language=work.language,
            optional=optional,
            sensitive=sensitive,
        )
    except TemplateProblem as problem:
        work.turn.problems.append(f"{problem} {problem.hint}".strip())
        return ActionResult("failure", error=str(problem))
    key = requests.key(work.task.id, action, request)
    call = ActionCall(key, scene.service.name, action.name, request, action.reads)
    with work.turn.timed("action"):
        result = await work.actions.call(call)
    work.turn.actions.append(
        {
            "action": action.name,
            "request": dict(request.shown),
            "status": result.status,
            "outcome": result.outcome,
            "json": masked(result.json, request.sensitive),
            "error": result.error,
            "ms": round(result.ms, 1),
        }
    )
    return result


def _mapped(work: Work, action: Action, result: ActionResult) -> dict[str, Any]:
    found = requests.mapped(action, result.json)
    work.keep(work.task.with_(results={**work.task.results, **found}))
    return found


def _unsuccessful(work: Work, action: Action, result: ActionResult) -> None:
    """Say so; wrong details are asked for anew, a system that does not answer can be tried again,
    and what was refused is over."""
    scene = work.scene()
    text, _ = talk.outcome(scene, action, result, {})
    work.turn.say(text)
    if result.outcome == "not_found" and _ask_anew(work, action):
        return
    if result.outcome == "failure":
        work.turn.offer(*talk.try_again(scene))
        work.expect(Expects(kind="confirm"))
        return
    work.end(work.task, "failed")
    work.turn.offer(*texts.human_choice(work.language))


def _ask_anew(work: Work, action: Action) -> bool:
    """Doubt what the visitor gave for the action, so that it is asked for again; False where it
    was asked for often enough or nothing of it came from them."""
    task, scene = work.task, work.scene()
    given = [
        name
        for name in requests.needs(action, scene.service)
        if name in task.values and task.values[name].source not in ("profile", "default")
    ]
    if not given or task.tries.get(_LOOKUP, 0) >= _MOST_LOOKUPS:
        return False
    tries = task.tries.get(_LOOKUP, 0) + 1
    work.agreed.discard(task.id)
    task = tasks.doubt(scene.service, task, given)
    work.keep(task.with_(tries={**task.tries, _LOOKUP: tries}))
    return True


async def _do(work: Work, following: Next, waited: set[int]) -> Stream | None:
    assert following.intent is not None
    return await _DONE_BY[following.intent.does](work)


async def _do_action(work: Work) -> None:
    scene = work.scene()
    action = scene.service.action(scene.intent.action)
    if action is None:
        work.turn.problems.append(f"The intent {scene.intent.name} names an unknown action.")
        work.turn.say(wording.say("gone", work.language), *texts.human_choice(work.language))
        work.end(work.task, "failed")
        return
    result = await _call(work, action)
    if result.outcome != "success":
        _unsuccessful(work, action, result)
        return
    results = {**work.task.results, **_mapped(work, action, result)}
    work.turn.say(talk.outcome(work.scene(), action, result, results)[0])
    work.end(work.task, "done")


async def _do_reply(work: Work) -> None:
    template = in_language(work.scene().intent.replies.get("reply", {}), work.language)
    own = wording.say("reply", work.language)
    work.turn.say(talk.said(work.scene(), template, own))
    work.end(work.task, "done")


async def _do_handoff(work: Work) -> None:
    template = in_language(work.scene().intent.replies.get("reply", {}), work.language)
    work.turn.say(talk.said(work.scene(), template, texts.say("human", work.language)))
    work.turn.handoff = work.scene().title
    work.end(work.task, "done")
    work.resting = True


async def _do_knowledge(work: Work) -> Stream | None:
    questions = split([utterance.text for utterance in work.state.unanswered])
    evidence = await work.answerer.gather(work.state, questions, work.turn)
    work.end(work.task, "done")
    if any(one.answerable for one in evidence):
        return work.answerer.say(work.state, evidence, work.turn)
    work.turn.answers.extend(one.report() for one in evidence)
    work.turn.say(texts.say(work.refusal, work.language))
    return None


_DONE_BY: dict[str, Callable[[Work], Coroutine[Any, Any, Stream | None]]] = {
    "action": _do_action,
    "reply": _do_reply,
    "handoff": _do_handoff,
    "knowledge": _do_knowledge,
}
_STEPS: dict[type, Callable[[Work, Next, set[int]], Coroutine[Any, Any, Stream | None]]] = {
    steps.Options: _options,
    steps.AskSlot: _ask,
    steps.Confirm: _confirm,
    steps.Do: _do,
    steps.Drop: _drop,
}
