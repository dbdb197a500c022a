"""A JSON column that gives back exactly what was put in.

PostgreSQL's ``jsonb`` sorts keys and rewrites numbers; a bot's file has to come out of the
database as it went in. Kept as text, so it cannot be searched by its keys.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Json(models.JSONField):
    def db_type(self, connection: Any) -> str:
        return "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str:
        return json.dumps(value, cls=self.encoder)
