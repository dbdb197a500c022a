"""``python -m tests.stores``: the tests marked ``store`` again, on PostgreSQL and Redis.

Where one of the two cannot be reached it says so and why, and runs with what there is. Other
addresses than the usual ones: KEFU_TEST_DATABASE_URL and KEFU_TEST_REDIS_URL.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import redis

DATABASE = os.environ.get("KEFU_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("KEFU_TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def why_no_postgres() -> str:
    try:
        psycopg.connect(DATABASE, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def why_no_redis() -> str:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as error:
        return str(error)
    return ""


def main() -> int:
    environment = dict(os.environ)
    missing = 0
    for name, variable, url, problem in (
        ("PostgreSQL", "DATABASE_URL", DATABASE, why_no_postgres()),
        ("Redis", "REDIS_URL", REDIS, why_no_redis()),
    ):
        if problem:
            missing += 1
            print(f"SKIPPED: the tests on {name} ({url}): {problem}", flush=True)
        else:
            environment[variable] = url
            print(f"The store tests run on {name} ({url})", flush=True)
    if missing == 2:
        return 0
    environment["KEFU_REDIS_PREFIX"] = f"kefu-test-{os.getpid()}"
    command = [sys.executable, "-m", "pytest", "-q", "-m", "store"]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
