"""How the admin looks and what its sidebar lists: the value of ``settings.UNFOLD``.

Read while the settings load, so it imports no model; what needs one is named by its path.
"""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

PERMISSIONS = "backend.desk.navigation."

# Teal, one step darker than usual at 600 and above, so that links and white text on buttons
# reach a contrast of 4.5 to 1 (WCAG AA).
PRIMARY = {
    "50": "oklch(98.4% .014 180.72)",
    "100": "oklch(95.3% .051 180.801)",
    "200": "oklch(91% .096 180.426)",
    "300": "oklch(85.5% .138 181.071)",
    "400": "oklch(77.7% .152 181.912)",
    "500": "oklch(70.4% .14 182.503)",
    "600": "oklch(51.1% .096 186.391)",
    "700": "oklch(43.7% .078 188.216)",
    "800": "oklch(38.6% .063 188.416)",
    "900": "oklch(32% .054 190)",
    "950": "oklch(27.7% .046 192.524)",
}


def _item(title: Any, icon: str, view: str, permission: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{view}"),
        "permission": PERMISSIONS + permission,
        **more,
    }


NAVIGATION = [
    {
        "items": [
            _item(_("Overview"), "monitoring", "index", "is_staff"),
            _item(
                _("Conversations"),
                "forum",
                "conversations_conversation_changelist",
                "operates",
                badge=PERMISSIONS + "waiting_badge",
                badge_variant="warning",
            ),
            _item(_("Visitors"), "group", "conversations_visitor_changelist", "sees_visitors"),
        ],
    },
    {
        "title": _("What the bot knows"),
        "items": [
            _item(
                _("Bot"),
                "smart_toy",
                "schemas_bot_changelist",
                "sees_bots",
                active=lambda request: request.resolver_match.route.startswith("admin/schemas/"),
            ),
            _item(_("Articles"), "menu_book", "knowledge_article_changelist", "sees_articles"),
        ],
    },
    {
        "title": _("Settings"),
        "items": [
            _item(_("Sites"), "language", "conversations_site_changelist", "sees_sites"),
            _item(_("Users"), "person", "auth_user_changelist", "sees_users"),
            _item(_("Groups"), "badge", "auth_group_changelist", "sees_groups"),
        ],
    },
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Kefu",
    "SITE_HEADER": "Kefu",
    "SITE_SUBHEADER": _("Customer-service desk"),
    "SITE_SYMBOL": "support_agent",
    "SITE_URL": None,
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "sizes": "any",
            "href": lambda request: static("desk/favicon.svg"),
        }
    ],
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "backend.desk.dashboard.add_figures",
    "COLORS": {"primary": PRIMARY},
    "STYLES": [lambda request: static("desk/desk.css")],
    "SIDEBAR": {"show_search": False, "navigation": NAVIGATION},
}
