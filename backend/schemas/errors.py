"""Why a change of a bot is refused. Each error's text says it to the person who made it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .checks.finding import Finding
from .models import Version


class Refused(Exception):
    """Nothing was changed."""


class EditConflict(Refused):
    """Somebody else was faster. ``by`` is a user, or None where that is not known any more;
    ``at`` is None where the piece was deleted."""

    def __init__(self, by: Any = None, at: datetime | None = None) -> None:
        self.by, self.at = by, at
        who = (by.get_full_name() or by.get_username()) if by else "Somebody"
        if at is None:
            text = "This was deleted since you opened it."
        else:
            text = f"{who} changed this since you opened it, on {at:%d %B at %H:%M} (UTC)."
        super().__init__(
            f"{text} Nothing of yours was saved; open it again and repeat your change."
        )


class Found(Refused):
    """``findings`` say why."""

    intro = ""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join([self.intro, *(f"- {finding}" for finding in self.findings)]))


class NotStorable(Found):
    """Two pieces have one name, or one refers to another that is not there."""

    intro = "This cannot be taken in:"


class NotPublishable(Found):
    """There are errors, or warnings that nobody has accepted."""

    intro = "This cannot be published yet:"


class Unchanged(Refused):
    """What is to be published is live already, as ``version``."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(f"Nothing to publish: version {version.number} is live and says the same.")
