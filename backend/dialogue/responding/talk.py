"""What the bot says at each step of a task: the operators' templates, else words of its own.

Pure. Decides nothing. A template that cannot be rendered is replaced by the bot's own words, and
the reason goes to the operators with the turn's analysis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import texts
from ..deciding import buttons, tasks
from ..deciding.buttons import Button
from ..memory import Option, Task, Value
from ..schema import Action, Intent, Schema, Service, Slot, in_language
from ..tracking.reasons import explain
from ..tracking.tracker import Mention
from ..types import ActionResult, Choice
from . import wording
from .display import display, mask
from .templates import SlotText, TemplateProblem, render

_OPTIONS_IN_TEXT = 12


@dataclass
class Scene:
    """A task on the stage: whose, in which language. ``problems`` collects faulty templates."""

    schema: Schema
    service: Service
    intent: Intent
    task: Task
    language: str
    company: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(in_language(self.intent.title, self.language) or words(self.intent.name))


@dataclass(frozen=True)
class Said:
    text: str
    choices: tuple[Choice, ...] = ()


def words(name: str) -> str:
    return name.replace("_", " ")


def title(slot: Slot, language: str) -> str:
    return str(in_language(slot.title, language) or words(slot.name))


def shown(scene: Scene, slot: Slot, value: Value) -> str:
    """The value as people read it; masked where the slot is sensitive."""
    if slot.sensitive:
        return mask(value.text or str(value.value))
    if value.value is None:
        return wording.say("any", scene.language)
    listed = scene.task.options.get(slot.name, ())
    return display(value.value, slot, scene.language, listed)


def fields(scene: Scene, **more: Any) -> dict[str, Any]:
    """What reply templates know: every slot of the service, profile, company, and ``more``."""
    values = tasks.with_defaults(scene.intent, scene.task)
    slots = {
        slot.name: SlotText(
            shown(scene, slot, values[slot.name]) if slot.name in values else "",
            values[slot.name].value if slot.name in values and not slot.sensitive else None,
        )
        for slot in scene.service.slots
    }
    return {
        **slots,
        "profile": dict(scene.profile),
        "company": scene.company,
        "result": {},
        "problem": {},
        "language": scene.language,
        **more,
    }


def said(scene: Scene, template: str | None, fallback: str, **more: Any) -> str:
    """The rendered template; the fallback where there is none or it cannot be rendered."""
    if not template:
        return fallback
    try:
        return render(template, fields(scene, **more)).strip() or fallback
    except TemplateProblem as problem:
        scene.problems.append(f"{problem} {problem.hint}".strip())
        return fallback


def ask(scene: Scene, slot: Slot, bad: Mention | None = None) -> Said:
    """Ask for the slot: in the words of the present try, after why a value was not taken."""
    again = scene.task.tries.get(slot.name, 0)
    name = title(slot, scene.language)
    prompts = in_language(dict(slot.prompts), scene.language) or []
    own = wording.say("ask_again" if again else "ask", scene.language, title=name)
    prompt = prompts[min(again, len(prompts) - 1)] if prompts else None
    if again and len(prompts) == 1:
        # One wording only: the second time the bot adds its own.
        text = f"{own} {said(scene, prompt, '')}".strip() if not bad else said(scene, prompt, own)
    else:
        text = said(scene, prompt, own)
    listed = _listed(scene, slot)
    made = buttons.of_slot(scene.task, slot, listed)
    if listed and not made:
        named = [option.label for option in listed[:_OPTIONS_IN_TEXT]]
        some = wording.say("joiner", scene.language).join(named)
        text += f"\n\n{wording.say('options', scene.language)} {some}"
    if bad:
        text = f"{refusal(scene, slot, bad)}\n\n{text}"
    return Said(text, made)


def _listed(scene: Scene, slot: Slot) -> tuple[Option, ...]:
    if slot.type == "yes_no":
        return tuple(
            Option(value=value, label=wording.say(key, scene.language))
            for value, key in ((True, "yes"), (False, "no"))
        )
    return buttons.options(scene.schema, scene.task, slot.name, scene.language)


def refusal(scene: Scene, slot: Slot, bad: Mention) -> str:
    """Why the value was not taken: the operators' words, else the parser's reason."""
    named = {"title": title(slot, scene.language), **bad.fields}
    why = explain(bad.reason, scene.language, **named)
    return said(scene, in_language(slot.refusal, scene.language), why)


def give_up(scene: Scene) -> Said:
    return Said(
        wording.say("give_up", scene.language),
        (*texts.human_choice(scene.language), *cancel_button(scene)),
    )


def cancel_button(scene: Scene) -> tuple[Choice, ...]:
    label = wording.say("cancel", scene.language)
    return buttons.choices(buttons.make(Button("cancel", scene.task.id), label))


def confirm(scene: Scene) -> Said:
    """What will be done, with all values, and yes or no."""
    values = tasks.with_defaults(scene.intent, scene.task)
    pairs = [(scene.service.slot(name), value) for name, value in values.items()]
    lines = "\n".join(
        wording.say(
            "line",
            scene.language,
            title=title(slot, scene.language).capitalize(),
            value=shown(scene, slot, value),
        )
        for slot, value in pairs
        if slot and value.value not in ("", None)
    )
    own = wording.say("confirm", scene.language, title=scene.title, lines=lines)
    template = in_language(scene.intent.replies.get("confirm", {}), scene.language)
    task = scene.task.id
    return Said(
        said(scene, template, own),
        buttons.choices(
            buttons.make(Button("yes", task), wording.say("go_ahead", scene.language)),
            buttons.make(Button("no", task), wording.say("change", scene.language)),
            buttons.make(Button("cancel", task), wording.say("cancel", scene.language)),
        ),
    )


def what_change(scene: Scene) -> Said:
    """After a no: each value can be given anew."""
    values = tasks.with_defaults(scene.intent, scene.task)
    made = [
        buttons.make(Button("change", scene.task.id, name), title(slot, scene.language))
        for name in values
        if (slot := scene.service.slot(name))
    ]
    return Said(
        wording.say("what_change", scene.language),
        (*buttons.choices(*made)[:6], *cancel_button(scene)),
    )


def changed(scene: Scene, slots: Sequence[str]) -> str:
    """Says a correction back, so that the visitor sees that it was heard."""
    found = [
        wording.say(
            "changed",
            scene.language,
            title=title(slot, scene.language),
            value=shown(scene, slot, scene.task.values[name]),
        )
        for name in slots
        if (slot := scene.service.slot(name)) and name in scene.task.values
    ]
    return " ".join(found)


def cancelled(scene: Scene) -> str:
    template = in_language(scene.intent.replies.get("cancelled", {}), scene.language)
    return said(scene, template, wording.say("cancelled", scene.language))


def intent_buttons(schema: Schema, names: Sequence[str], language: str) -> tuple[Choice, ...]:
    made = []
    for name in names:
        found = schema.find(name)
        if found:
            label = in_language(found[1].title, language) or words(name)
            made.append(buttons.make(Button("intent", 0, name), label))
    return buttons.choices(*made)


def outcome(
    scene: Scene, action: Action, result: ActionResult, results: Mapping[str, Any]
) -> tuple[str, bool]:
    """What became of an action, and whether operators wrote it: the intent's words outweigh the
    action's."""
    written = scene.intent.replies.get(result.outcome) or action.replies.get(result.outcome)
    template = in_language(written or {}, scene.language)
    unsure = result.outcome == "failure" and action.reads
    own = wording.say("unreachable" if unsure else result.outcome, scene.language)
    problem = result.json if isinstance(result.json, dict) else {}
    return said(scene, template, own, result=dict(results), problem=problem), bool(template)


def try_again(scene: Scene) -> tuple[Choice, ...]:
    label = wording.say("try_again", scene.language)
    return (
        *buttons.choices(buttons.make(Button("yes", scene.task.id), label)),
        *texts.human_choice(scene.language),
    )
