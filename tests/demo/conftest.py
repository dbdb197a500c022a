"""The demo shop with its orders, and three callers: the shop's own program, one whose key is
wrong, and one without a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from backend.demo.models import ApiKey
from backend.demo.shop import samples

Call = Callable[..., HttpResponse]


@pytest.fixture
def api_key(db: None) -> str:
    samples.load()
    return ApiKey.objects.create(name="kefu").key


def caller(headers: dict[str, str]) -> Call:
    client = Client(headers=headers)

    def call(address: str, body: Any = None, **more: str) -> HttpResponse:
        """GET without a body, else POST of it as JSON; ``more`` are headers."""
        extra = {name.replace("_", "-"): value for name, value in more.items()}
        if body is None:
            return client.get(f"/shop/api/{address}", headers=extra)
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return client.post(
            f"/shop/api/{address}", data, content_type="application/json", headers=extra
        )

    return call


@pytest.fixture
def owner(api_key: str) -> Call:
    return caller({"Authorization": f"Bearer {api_key}"})


@pytest.fixture
def colleague(api_key: str) -> Call:
    """Another program of the company, with a key of its own."""
    other = ApiKey.objects.create(name="warehouse").key
    return caller({"Authorization": f"Bearer {other}"})


@pytest.fixture
def stranger(api_key: str) -> Call:
    return caller({})
