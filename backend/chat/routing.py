"""The two WebSocket endpoints."""

from channels.auth import AuthMiddlewareStack
from django.urls import path

from .consumers import VisitorSocket
from .desk_consumer import DeskSocket

websocket_urlpatterns = [
    path("ws/chat/", VisitorSocket.as_asgi()),
    # Cookies are read for operators alone.
    path("ws/desk/", AuthMiddlewareStack(DeskSocket.as_asgi())),
]
