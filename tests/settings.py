"""The project's settings with a data folder of the tests' own and doubles for the models."""

import os
import tempfile

os.environ["KEFU_DATA_DIR"] = tempfile.mkdtemp(prefix="kefu-tests-")
os.environ.setdefault("KEFU_GENERATOR", "scripted")
os.environ.setdefault("KEFU_ENCODER", "scripted")

from backend.settings import *  # noqa: F403
from backend.settings import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since the chat's threads each open a connection of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
