"""A bot with one service, its editors in browsers, and what an editor's page posts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from backend.desk.access import EDITORS, GROUP
from backend.dialogue import schema as values
from backend.schemas import services
from backend.schemas.models import Intent, Service

from ..conftest import browser_of


def member(model, name, group):
    user = model.objects.create_user(name, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(django_user_model, db):
    return member(django_user_model, "ada", EDITORS)


@pytest.fixture
def other_editor(django_user_model, db):
    return member(django_user_model, "ben", EDITORS)


@pytest.fixture
def viewer(django_user_model, db):
    """An operator, who looks and does not touch."""
    return member(django_user_model, "gil", GROUP)


@pytest.fixture
def desk(editor):
    return browser_of(editor)


@pytest.fixture
def bot(site, editor):
    return services.create_bot(site, "Northwind Trail", ["en"], editor)


@pytest.fixture
def orders(bot, editor) -> Service:
    """A service with two slots, an action and an intent that nothing is wrong with."""
    service = services.save_piece(bot, values.Service(name="orders"), editor)

    def add(value):
        return services.save_piece(service, value, editor)

    add(
        values.Slot(
            name="order",
            type="pattern",
            pattern=r"\d{5}",
            title={"en": "order number"},
            prompts={"en": ["What is your order number?"]},
        )
    )
    choices = [values.Choice(value=one, labels={"en": one.title()}) for one in ("refund", "swap")]
    add(
        values.Slot(
            name="kind",
            type="choice",
            title={"en": "kind"},
            choices=choices,
            prompts={"en": ["Refund or swap?"]},
        )
    )
    add(
        values.Action(
            name="create_return",
            method="POST",
            url="https://shop.example/orders/{{ order }}/returns",
            body={"kind": "{{ kind }}"},
            results={"number": "return.number"},
            replies={"success": {"en": "Return {{ result.number }} is registered."}},
        )
    )
    add(
        values.Intent(
            name="return_item",
            title={"en": "Return an item"},
            examples={"en": [f"I want to send back my {thing}" for thing in THINGS]},
            slots=[values.IntentSlot(slot="order"), values.IntentSlot(slot="kind")],
            confirm=True,
            does="action",
            action="create_return",
            replies={"confirm": {"en": "Shall I register it?"}},
        )
    )
    return service


THINGS = ("boots", "jacket", "tent", "stove", "socks")


@pytest.fixture
def intent(orders) -> Intent:
    return Intent.objects.get(name="return_item")


def posted(client, address, prefix="") -> dict:
    """What a browser would send of the page's form, untouched."""
    form = client.get(address).context_data["form"]
    return fields_of(form)


def fields_of(form) -> dict:
    found = {}
    for field in form:
        found |= boxes_of(field)
    for part in (getattr(form, "uses", None), getattr(form, "new_action", None)):
        if part is None:
            continue
        found |= fields_of(part)
    for name in ("management_form", "new"):
        if hasattr(form, name):
            found |= fields_of(getattr(form, name))
    return found


def boxes_of(field) -> dict:
    if not hasattr(field, "html_name"):  # a row of a formset
        return fields_of(field)
    name, value = field.html_name, field.value()
    widget = field.field.widget
    if hasattr(widget, "languages"):
        return {
            f"{name}_{language}": (value or {}).get(language, "") for language in widget.languages
        }
    if hasattr(widget, "columns"):
        rows = value or []
        return {f"{name}_{c['name']}": [r.get(c["name"], "") for r in rows] for c in widget.columns}
    if field.name in ("earliest", "latest"):
        kind, typed = value or ("", "")
        return {f"{name}_kind": kind, f"{name}_days": typed, f"{name}_date": typed}
    if field.widget_type == "checkbox":
        return {name: "on"} if value else {}
    return {name: "" if value is None else value}
