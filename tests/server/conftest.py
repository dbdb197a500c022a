"""A real server process on a real port, and a client that reconnects as a widget does."""

from __future__ import annotations

import asyncio
import atexit
import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "https://shop.example"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess:
    """Starts, kills and starts again; the data stay."""

    def __init__(self, data, **environment):
        self.port = free_port()
        self.environment = {
            **os.environ,
            "KEFU_DATA_DIR": str(data),
            "KEFU_GENERATOR": "scripted",
            "KEFU_ENCODER": "scripted",
            "KEFU_TURN_LEASE": "2",
            "DATABASE_URL": "",  # SQLite in the data folder, and one process
            "REDIS_URL": "",
            **environment,
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = None

    def manage(self, *arguments, check=True):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=check
        )

    def prepare(self):
        """An empty database with the site ``demo``, two operators and a bot editor, made once."""
        shutil.copytree(prepared_data(), self.environment["KEFU_DATA_DIR"], dirs_exist_ok=True)
        return self

    def start(self, *program):
        """Start the server, over the slow engine unless another ``program`` is named."""
        program = program or ("-m", "tests.server.serve")
        self.process = subprocess.Popen(
            [sys.executable, *program, "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError(f"The server did not start: {self.process.communicate()[0]}")

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def terminate(self):
        """SIGTERM; returns the seconds until it had ended, and its exit status."""
        began = time.monotonic()
        self.process.terminate()
        self.output = self.process.communicate(timeout=15)[0]
        return time.monotonic() - began, self.process.returncode

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()


OPERATORS = {"mia": "mia-password", "tom": "tom-password", "ada": "ada-password"}
MAKE_OPERATORS = """
from django.contrib.auth.models import Group, User
for name, group in (("mia", "Operators"), ("tom", "Operators"), ("ada", "Bot editors")):
    user = User.objects.create_user(
        name, password=name + "-password", first_name=name.title(), is_staff=True
    )
    user.groups.add(Group.objects.get(name=group))
"""


@functools.cache
def prepared_data():
    folder = tempfile.mkdtemp(prefix="kefu-prepared-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = ServerProcess(folder, DATABASE_URL="")
    server.manage("migrate", "--verbosity", "0")
    origins = (ORIGIN, "http://127.0.0.1:*", "http://localhost:*")
    flags = [part for origin in origins for part in ("--origin", origin)]
    server.manage("createsite", "demo", "--name", "Northwind Trail", *flags)
    server.manage("shell", "-c", MAKE_OPERATORS)
    return folder


@pytest.fixture
def server(tmp_path):
    """Makes server processes over one data folder, and ends them."""
    made = []

    def make(**environment):
        made.append(ServerProcess(tmp_path, **environment))
        return made[-1]

    yield make
    for process in made:
        process.stop()


@pytest.fixture
async def visitor():
    """Makes visitors of a server, and closes their sockets."""
    made = []

    async def make(running):
        made.append(Visitor(running))
        return await made[-1].connect()

    yield make
    for one in made:
        await one.leave()


class Visitor:
    """Keeps its log and its token over any number of sockets."""

    def __init__(self, server):
        self.server = server
        self.token = None
        self.log = {}
        self.frames = []
        self.socket = None

    async def leave(self):
        if self.socket is not None:
            await self.socket.close()

    async def connect(self):
        await self.leave()
        self.socket = await connect(
            f"ws://127.0.0.1:{self.server.port}/ws/chat/", origin=ORIGIN, max_size=2**20
        )
        token = {"token": self.token} if self.token else {}
        await self.send("hello", v=1, site="demo", last_seq=max(self.log, default=0), **token)
        self.token = (await self.until("welcome"))["visitor_token"]
        await self.until("live")
        return self

    async def send(self, kind, **fields):
        await self.socket.send(json.dumps({"type": kind} | fields))

    async def say(self, text, cid=None):
        cid = cid or str(uuid4())
        await self.send("send", cid=cid, text=text)
        return cid

    async def next(self):
        frame = json.loads(await asyncio.wait_for(self.socket.recv(), 30))
        self.frames.append(frame)
        for event in frame.get("events", []) + ([frame["event"]] if "event" in frame else []):
            assert self.log.get(event["seq"], event) == event, "one seq, two events"
            self.log[event["seq"]] = event
        return frame

    async def until(self, kind, match=lambda frame: True):
        while True:
            frame = await self.next()
            if frame["type"] == kind and match(frame):
                return frame

    async def close_code(self):
        try:
            while True:
                await self.next()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None

    @property
    def whole(self):
        """The log in its order; fails where there is a gap."""
        assert sorted(self.log) == list(range(1, len(self.log) + 1))
        return [self.log[seq] for seq in sorted(self.log)]
