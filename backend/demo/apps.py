"""The demo company as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "backend.demo"
    label = "demo"
    verbose_name = "Northwind Trail (demo)"
    default_auto_field = "django.db.models.BigAutoField"
