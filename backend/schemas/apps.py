from django.apps import AppConfig


class SchemasConfig(AppConfig):
    name = "backend.schemas"
    label = "schemas"
    verbose_name = "Bots"
