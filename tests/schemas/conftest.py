"""A small shop's bot, whole and without a finding, and the rows of its draft."""

from __future__ import annotations

import pytest

from backend.dialogue.schema import Schema
from backend.schemas import services
from backend.schemas.document import Document

SHOP = {
    "name": "Shop",
    "languages": ["en"],
    "services": [
        {
            "name": "orders",
            "title": {"en": "Orders"},
            "slots": [
                {
                    "name": "order",
                    "type": "pattern",
                    "pattern": r"NT-\d{5}",
                    "title": {"en": "order number"},
                    "prompts": {"en": ["Which order is it?"]},
                },
                {
                    "name": "item",
                    "type": "choice",
                    "title": {"en": "item"},
                    "prompts": {"en": ["Which item?"]},
                    "offer": {
                        "action": "get_order",
                        "items": "lines",
                        "value": "sku",
                        "label": "name",
                    },
                },
                {
                    "name": "kind",
                    "type": "choice",
                    "title": {"en": "refund or exchange"},
                    "prompts": {"en": ["A refund or an exchange?"]},
                    "choices": [
                        {"value": "refund", "labels": {"en": "Refund"}},
                        {"value": "exchange", "labels": {"en": "Exchange"}},
                    ],
                },
            ],
            "intents": [
                {
                    "name": "return_item",
                    "title": {"en": "Return an item"},
                    "examples": {
                        "en": [
                            "I want to return the [boots](item)",
                            "send something back from order [NT-10234](order)",
                            "can I exchange this for another size?",
                        ]
                    },
                    "slots": [{"slot": "order"}, {"slot": "item"}, {"slot": "kind"}],
                    "confirm": True,
                    "does": "action",
                    "action": "create_return",
                    "replies": {
                        "confirm": {"en": "Shall I send back {{ item }} of {{ order }}?"},
                        "success": {"en": "Done, your return is {{ result.number }}."},
                    },
                },
            ],
            "actions": [
                {
                    "name": "get_order",
                    "url": "https://shop.example/orders/{{ order }}",
                    "headers": {"Authorization": "Bearer {{ secret.shop_key }}"},
                },
                {
                    "name": "create_return",
                    "method": "POST",
                    "url": "https://shop.example/orders/{{ order }}/returns",
                    "headers": {"Authorization": "Bearer {{ secret.shop_key }}"},
                    "body": {"sku": "{{ item }}", "kind": "{{ kind }}"},
                    "results": {"number": "return.number"},
                },
            ],
        }
    ],
}


@pytest.fixture
def shop():
    return Schema.model_validate(SHOP)


@pytest.fixture
def bot(site, operator, shop):
    """A bot whose draft is the shop's schema, and whose secrets are set."""
    made = services.create_bot(site, "Shop", ["en"], operator)
    services.import_document(made, Document(shop), operator)
    services.set_secret(made, "shop_key", "s3cret")
    made.refresh_from_db()
    return made
