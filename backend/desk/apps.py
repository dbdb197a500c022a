"""The operators' desk: the Django admin as a place to read, take over and answer."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "backend.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from django.apps import apps

        from .access import ensure_groups

        # The desk has no models, so no signal of its own: it listens to the record's.
        post_migrate.connect(
            ensure_groups,
            sender=apps.get_app_config("conversations"),
            dispatch_uid="desk.groups",
        )
