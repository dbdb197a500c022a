from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "backend.conversations"
    label = "conversations"
    verbose_name = "Desk"  # what the admin calls the app, since its models have their own names
