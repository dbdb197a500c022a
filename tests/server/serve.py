"""``python -m tests.server.serve``: Kefu's server over an engine that writes as slowly as asked.

The engine says ``word 1 word 2 …``, a word each KEFU_TEST_PACE seconds, so that a test can do
something to the process in mid-sentence. Everything else is the real server.
"""

import asyncio
import os
import sys

import django

WORDS = 12


class SlowEngine:
    def __init__(self, pace):
        self.pace = pace

    async def respond(self, state, actions=None):
        from backend.dialogue.types import Delta, Reply

        asked = " | ".join(utterance.text for utterance in state.unanswered)
        pieces = [f"[{asked}]"] + [f" word {number}" for number in range(1, WORDS)]
        for piece in pieces:
            yield Delta(piece)
            await asyncio.sleep(self.pace)
        yield Reply("".join(pieces))


def main():
    # The data folder is the test's, so that a second process finds what the first one stored.
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    django.setup()
    from django.core.management import execute_from_command_line

    from backend.chat import outbox, runtime

    outbox.STALL_SECONDS = float(os.environ.get("KEFU_TEST_STALL", "10"))
    engine = SlowEngine(float(os.environ.get("KEFU_TEST_PACE", "0.1")))
    runtime.build_engine = lambda: (engine, ())
    execute_from_command_line(["manage.py", "serve", *sys.argv[1:]])


if __name__ == "__main__":
    main()
