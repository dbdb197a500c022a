"""``manage.py serve``: the web, the chat and the bot in one process."""

from __future__ import annotations

import asyncio
import fcntl
import socket
from argparse import ArgumentParser
from typing import IO, Any

from channels.routing import get_default_application
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serve the website, the chat and the desk with Daphne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for every interface")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._check_port(host, port)
        lock = self._only_process()  # held until the process ends
        from backend.chat import runtime
        from backend.chat.server import Server

        server = Server(get_default_application(), host=host, port=port, ready_callable=None)
        server.ready_callable = lambda: self._ready(server, runtime, host, port)
        server.run()
        del lock
        if server.failure:
            raise CommandError(f"Kefu cannot listen on {host}:{port}: {server.failure}")

    def _ready(self, server: Any, runtime: Any, host: str, port: int) -> None:
        # Daphne has set its loop and runs it next.
        asyncio.get_event_loop().call_soon(runtime.get)
        self.stdout.write(f"Kefu listens on http://{host}:{port}/ (Ctrl-C ends it)")

    def _check_port(self, host: str, port: int) -> None:
        """One line rather than a traceback, and before the models are loaded."""
        if not 0 < port < 65536:
            raise CommandError(f"{port} is no port: it must be from 1 to 65535.")
        try:
            address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(*address[:2]) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address[4])
        except OSError as error:
            raise CommandError(
                f"Kefu cannot listen on {host}:{port}: {error.strerror}. "
                f"Choose another port, such as PORT={port + 1} make run."
            ) from error

    def _only_process(self) -> IO[str] | None:
        """The in-memory channel layer joins one process; a second would not hear the first."""
        if settings.REDIS_URL:
            return None
        lock = open(settings.DATA_DIR / "serve.lock", "w")  # noqa: SIM115
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(
                "Kefu already runs on this data. Set REDIS_URL (and DATABASE_URL to PostgreSQL) "
                "to run more than one process, or KEFU_DATA_DIR for another installation."
            ) from error
        return lock
