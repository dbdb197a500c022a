"""A draft as rows and as a value."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from backend.dialogue.schema import Schema
from backend.schemas import draft, services
from backend.schemas.document import Document
from backend.schemas.models import Action, Bot, Intent, Slot

from .strategies import many, storable

pytestmark = pytest.mark.django_db


def stored(site, schema, then=None):
    """What is read back after writing ``schema``, and ``then`` over it."""
    with transaction.atomic():
        bot = Bot.objects.create(site=site, name="before", languages=["en"])
        for one in filter(None, (schema, then)):
            services.import_document(bot, Document(one), None)
            bot.refresh_from_db()
        found = draft.read(bot)
        transaction.set_rollback(True)
    return found


@pytest.mark.store
@many(30)
@given(schema=storable)
def test_any_schema_comes_out_of_its_rows_as_it_went_in(site, schema):
    found = stored(site, schema)
    assert found == schema
    assert found.checksum == schema.checksum
    assert json.dumps(found.as_json()) == json.dumps(schema.as_json())  # in the same order


@many(30)
@given(first=storable, then=storable)
def test_writing_over_another_draft_leaves_nothing_of_it(site, first, then):
    assert stored(site, first, then) == then


def test_reading_takes_five_queries_whatever_the_size(bot):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        draft.read(bot)
    assert len(captured) == 5


def test_what_keeps_its_name_keeps_its_key_and_what_is_the_same_its_revision(bot, shop, operator):
    before = {row.name: row for row in (*Slot.objects.all(), *Intent.objects.all())}
    changed = shop.model_dump()
    changed["services"][0]["slots"][0]["pattern"] = r"\d{5}"
    services.import_document(bot, Document(Schema.model_validate(changed)), operator)
    after = {row.name: row for row in (*Slot.objects.all(), *Intent.objects.all())}
    assert {name: row.pk for name, row in before.items()} == {n: r.pk for n, r in after.items()}
    assert after["order"].revision > before["order"].revision
    assert after["item"].revision == before["item"].revision
    assert after["return_item"].revision == before["return_item"].revision


def test_an_offer_whose_action_was_deleted_is_none_until_another_is_chosen(bot, operator):
    action = Action.objects.get(name="get_order")
    services.delete_piece(action, operator, action.revision)
    slot = draft.read(bot).services[0].slot("item")
    assert slot.offer is None
    assert Slot.objects.get(name="item").more["offer"]["items"] == "lines"
