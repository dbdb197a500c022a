"""The widget's script, on the address that websites embed, and the desk's Try it."""

from django.urls import path

from .preview import try_bot
from .views import widget_script

urlpatterns = [
    path("widget/kefu.js", widget_script, name="widget-script"),
    path("desk/try/<int:bot_id>/", try_bot, name="try-bot"),
]
