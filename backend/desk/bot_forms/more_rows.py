"""One more row in a form, for a browser without scripts: its button posts the whole form."""

from __future__ import annotations

from typing import Any

PREFIX = "uses"


def with_another(posted: Any) -> Any:
    """What was posted, with an empty row where “more” was pressed."""
    wish = posted.get("more")
    if not wish:
        return posted
    data = posted.copy()
    total = int(data.get(f"{PREFIX}-TOTAL_FORMS") or 0)
    data[f"{PREFIX}-TOTAL_FORMS"] = str(total + 1)
    data[f"{PREFIX}-{total}-order"] = str(total + 1)
    data[f"{PREFIX}-{total}-required"] = "yes"
    data[f"{PREFIX}-{total}-new-ask_again"] = "2"
    data[f"{PREFIX}-{total}-new-carry"] = "on"
    data[f"{PREFIX}-{total}-new-type"] = "text"
    if wish == "+new":
        data[f"{PREFIX}-{total}-slot"] = wish
    return data
