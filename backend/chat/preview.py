"""Try it: talk to a bot's draft, or to any version of it, from the admin. Nothing is stored.

The conversation travels with each request, signed, so that any process can go on with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.conversations.zones import zone_named
from backend.dialogue.schema import Schema
from backend.dialogue.types import Actions
from backend.inference.errors import InferenceError
from backend.schemas import draft
from backend.schemas.made_up import made_up
from backend.schemas.models import Bot
from backend.schemas.scripts import Answer
from backend.schemas.services import schema_of

from . import runtime
from .actions import DryRun, RealCalls, Rehearsal
from .database import in_database
from .trial import NoSuchButton, Trial

SALT = "kefu.try"
MOST_TEXT = 8_000
MOST_UTTERANCES = 40
BEGIN_AGAIN = "This conversation cannot be gone on with: begin again."
VIEW, CHANGE = "schemas.view_bot", "schemas.change_bot"


class Refused(Exception):
    """What is wrong with the request, and its status."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.status = status


@require_POST
async def try_bot(request: HttpRequest, bot_id: int) -> JsonResponse:
    """One message to the bot; answers with its reply, the analysis and the state to send back."""
    try:
        return JsonResponse(await _answer(request, bot_id, _asked(request)))
    except Refused as refused:
        return JsonResponse({"detail": str(refused)}, status=refused.status)
    except InferenceError as error:
        return JsonResponse({"detail": f"{error} {error.hint}".strip()}, status=503)


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        asked = json.loads(request.body)
    except ValueError:
        raise Refused("The request is no JSON.") from None
    if not isinstance(asked, dict):
        raise Refused("The request is no JSON object.")
    return asked


async def _answer(request: HttpRequest, bot_id: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    real = asked.get("real") is True
    changes = await in_database(_allowed)(request, real)
    bot, schema = await in_database(_bot)(bot_id, asked.get("version"))
    kept = _kept(asked)
    trial = _said(_restored(bot, asked, kept), asked)
    # Repeated calls carry the same idempotency key throughout the conversation.
    trial_id = kept.get("id") or str(uuid4())
    pasted = _pasted(asked)
    answers = [*pasted, *_made_up(schema, {answer.action for answer in pasted})]
    # Whoever may not change bots makes no call at all, not even one that only reads.
    dry: DryRun | Rehearsal = DryRun(bot.pk, answers) if changes else Rehearsal(answers)
    actions: Actions = RealCalls(bot.pk, UUID(trial_id)) if real else dry
    now = timezone.now().astimezone(zone_named(bot.site.time_zone))
    trial, reply, handoff = await trial.answer(runtime.get().engine, schema, now, actions)
    return {
        "state": signing.dumps({**trial.as_json(), "id": trial_id}, salt=SALT, compress=True),
        "reply": {
            "text": reply.text,
            "choices": [{"id": c.id, "label": c.label} for c in reply.choices],
            "citations": [{"title": c.title, "url": c.url} for c in reply.citations],
        },
        "handoff": handoff,
        "analysis": {
            **reply.analysis,
            "refused": reply.refused,
            "schema": {"checksum": schema.checksum, "version": asked.get("version") or "draft"},
            "actions": [
                _marked(made, actions, {answer.action for answer in pasted})
                for made in reply.analysis.get("actions", ())
            ],
        },
    }


def _pasted(asked: Mapping[str, Any]) -> list[Answer]:
    """What a rehearsed action answers, by its name: samples that the editor has in hand."""
    given = asked.get("answers") or {}
    if not isinstance(given, dict):
        raise Refused("“answers” is a JSON object with an answer for each action.")
    return [Answer.model_validate({"action": name, "json": json}) for name, json in given.items()]


def _made_up(schema: Schema, pasted: set[str]) -> list[Answer]:
    """Answers for the actions without a sample: else replies would read as if results lacked."""
    return [
        Answer.model_validate({"action": action.name, "json": made_up(action.results)})
        for service in schema.services
        for action in service.actions
        if action.name not in pasted
    ]


def _marked(made: Mapping[str, Any], actions: Actions, pasted: set[str]) -> dict[str, Any]:
    """The call with whether it was only rehearsed, and whether its answer is made up."""
    dry = isinstance(actions, Rehearsal)
    if isinstance(actions, DryRun):
        dry = made["action"] in actions.rehearsed
    return {**made, "dry": dry, "made_up": dry and made["action"] not in pasted}


def _allowed(request: HttpRequest, real: bool) -> bool:
    """Whether the user may change bots. Raises Refused."""
    user = request.user
    if not (user.is_active and getattr(user, "is_staff", False) and user.has_perm(VIEW)):
        raise Refused("You may not look at bots; ask an administrator for the permission.", 403)
    changes: bool = user.has_perm(CHANGE)
    if real and not changes:
        raise Refused("Real calls need the permission to change bots; try a dry run.", 403)
    return changes


def _bot(bot_id: int, version: object) -> tuple[Bot, Schema]:
    """The bot with its draft, or with the version of this number."""
    bot = Bot.objects.select_related("site").filter(pk=bot_id).first()
    if bot is None:
        raise Refused("There is no such bot any more.", 404)
    if version is None:
        return bot, draft.read(bot)
    row = bot.versions.filter(number=version).first() if isinstance(version, int) else None
    if row is None:
        raise Refused(f"There is no version {version} of this bot.", 404)
    return bot, schema_of(row)


def _kept(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The conversation so far, as the last answer signed it; {} at the beginning."""
    state = asked.get("state")
    try:
        return dict(signing.loads(state, salt=SALT)) if state else {}
    except (signing.BadSignature, TypeError, ValueError):
        raise Refused(BEGIN_AGAIN, 409) from None


def _restored(bot: Bot, asked: Mapping[str, Any], kept: Mapping[str, Any]) -> Trial:
    profile, locale = asked.get("profile") or {}, asked.get("locale") or ""
    if not isinstance(profile, dict) or not isinstance(locale, str):
        raise Refused("“profile” is a JSON object and “locale” a text such as “en”.")
    trial = Trial(bot.site.key, bot.site.name, locale[:35], profile)
    try:
        return trial.restored(kept) if kept else trial
    except (KeyError, TypeError, ValueError):  # signed by another release
        raise Refused(BEGIN_AGAIN, 409) from None


def _said(trial: Trial, asked: Mapping[str, Any]) -> Trial:
    say, choose = asked.get("say"), asked.get("choose")
    if isinstance(choose, str) and choose:
        try:
            return trial.choose(choose)
        except NoSuchButton as error:
            raise Refused(str(error)) from None
    if not isinstance(say, str) or not say.strip():
        raise Refused("Say something: “say” is empty.")
    if len(say) > MOST_TEXT:
        raise Refused(f"A message has at most {MOST_TEXT:,} characters.")
    if len(trial.history) >= 4 * MOST_UTTERANCES:
        raise Refused("This conversation is long enough: begin again.", 409)
    return trial.say(say.replace("\x00", ""))
