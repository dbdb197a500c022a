"""Says in plain words what is wrong with JSON that a person typed, and on which line."""

from __future__ import annotations

import json
import re

from django.utils.translation import gettext as _

BARE_TEMPLATE = re.compile(r'(?<!")\{\{[^{}\n"]*\}\}')

WORDS = {
    "Expecting ',' delimiter": "a comma is missing before this",
    "Expecting ':' delimiter": "a colon is missing between the name and its value",
    "Expecting property name enclosed in double quotes": "a name in double quotes belongs here",
    "Illegal trailing comma before end of object": "there is a comma too many before the }",
    "Illegal trailing comma before end of array": "there is a comma too many before the ]",
    "Expecting value": "a value belongs here: a text in double quotes, a number, true, false, null",
    "Unterminated string starting at": "this text has no closing quote",
    "Invalid control character at": "a text may not go on in the next line; write \\n",
    "Invalid \\escape": "a backslash has to be written twice",
    "Extra data": "the JSON has ended before this; delete what follows, or put it inside",
}


def explain(text: str, error: Exception) -> str:
    """What is wrong with ``text``, which json.loads refused with ``error``."""
    if not isinstance(error, json.JSONDecodeError):
        return _("This is nested too deeply, or holds NaN or Infinity, which JSON does not know.")
    bare = BARE_TEMPLATE.search(text)
    if bare and bare.start() <= error.pos < bare.end():
        return _('Line %(line)d: put the template into double quotes: "%(template)s".') % {
            "line": error.lineno,
            "template": bare.group(),
        }
    words = WORDS.get(error.msg, error.msg)
    line = text.splitlines()[error.lineno - 1] if text.splitlines()[error.lineno - 1 :] else ""
    return _("Line %(line)d, character %(column)d: %(words)s. The line is: %(text)s") % {
        "line": error.lineno,
        "column": error.colno,
        "words": words,
        "text": line.strip()[:80] or "–",
    }
