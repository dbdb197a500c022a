"""Small answers that the desk's pages fetch, each behind the operators' permission."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from backend.conversations.models import Conversation, Turn
from backend.schemas.models import Version

from .access import require_operator


@require_GET
def analysis(request: HttpRequest, conversation: UUID, message: UUID) -> JsonResponse:
    """How the bot came to a message: what its turn stored.

    404 where no turn wrote it, such as the message that says that a turn failed.
    """
    require_operator(request)
    turn = Turn.objects.filter(conversation=conversation, message=message).first()
    if turn is None:
        return JsonResponse({"detail": "No analysis was stored for this message."}, status=404)
    known = dict(turn.analysis)
    if checksum := (known.get("schema") or {}).get("checksum"):
        known["schema"] = {"checksum": checksum} | _version(conversation, checksum)
    seconds = (turn.finished_at - turn.created_at).total_seconds() if turn.finished_at else None
    return JsonResponse(
        {
            "message": str(turn.message),
            "state": turn.state,
            "attempt": turn.attempt,
            "created_at": turn.created_at.isoformat(),
            "seconds": seconds,
            "analysis": known,
        }
    )


def _version(conversation: UUID, checksum: str) -> dict[str, int]:
    """The number under which the site's bot has the schema: the conversation's own version, where
    several say the same."""
    rows = Version.objects.filter(bot__site__conversation=conversation, checksum=checksum)
    own = Conversation.objects.filter(pk=conversation).values("version")
    row = rows.filter(pk__in=own).first() or rows.first()
    return {"version": row.number} if row else {}
