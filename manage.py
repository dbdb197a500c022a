#!/usr/bin/env python
"""Django's command line for Kefu. What a person can mend is said in a line, without a traceback."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(explain(error))


def explain(error: Exception) -> str:
    """The error in words, with what mends it."""
    if isinstance(error, ImproperlyConfigured):
        return f"Kefu is not configured rightly: {error}"
    what = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"The database cannot be used: {what}\n"
        "Is it running, is DATABASE_URL right, and was `python manage.py migrate` run?"
    )


if __name__ == "__main__":
    main()
