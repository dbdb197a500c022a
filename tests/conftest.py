"""What every test may use: a site, its people, and sockets that speak the protocol."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import settings

from backend.conversations import services

# A busy machine is no defect: tests that guard against hanging set a deadline of their own.
settings.register_profile("kefu", deadline=None)
settings.load_profile("kefu")

ORIGIN = "https://shop.example"


@pytest.fixture
def site(db):
    return services.create_site(
        key="demo",
        name="Northwind Trail",
        allowed_origins=[ORIGIN],
        greeting={"en": "Hello!", "zh": "您好！"},
        colours={"accent": "#0f766e"},
    )


@pytest.fixture
def operator(django_user_model, db):
    return make_operator(django_user_model, "mia")


@pytest.fixture
def colleague(django_user_model, db):
    return make_operator(django_user_model, "tom")


@pytest.fixture
def stranger(django_user_model, db):
    """Staff, yet nobody who may operate conversations."""
    return django_user_model.objects.create_user("eve", password="eve-password", is_staff=True)


def make_operator(model, name):
    from django.contrib.auth.models import Permission

    user = model.objects.create_user(
        name, password=f"{name}-password", first_name=name.title(), is_staff=True
    )
    user.user_permissions.add(Permission.objects.get(codename="operate_conversation"))
    return user


@pytest.fixture(scope="session")
def sample_frames():
    """A sample of every frame of the protocol; the widget's tests read the same file."""
    return json.loads((Path(__file__).parent / "fixtures" / "frames.json").read_text())
