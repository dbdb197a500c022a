"""Small bots to be understood, and models of them."""

from __future__ import annotations

from typing import Any

import yaml

from backend.dialogue.schema import Schema

SHOP = """
services:
- name: shop
  slots: [{name: order, type: pattern}, {name: item, type: text}]
  intents:
  - name: order_status
    title: {en: Where is my order, zh: 查询订单}
    does: action
    slots: [{slot: order}]
    examples:
      en:
      - Where is my order?
      - track my parcel
      - has order [10234](order) been sent
      - my package still hasn't come
      - when will my delivery get here
      - wheres my order
      zh: [我的订单到哪了, "查一下订单[10234](order)", 我的包裹怎么还没到]
  - name: return_item
    title: {en: Return an item, zh: 退货}
    does: action
    slots: [{slot: order}, {slot: item}]
    examples:
      en:
      - I want to return my [boots](item)
      - "return the [jacket](item) from order [10234](order)"
      - I'd like to send these back
      - please take it back and refund me
      - Can I get a refund for my [tent](item)?
      - the trousers don't fit, I want to exchange them
      zh: [我要退货, "我想退掉[靴子](item)", 帮我办理退款]
  - name: change_address
    title: {en: Change the delivery address, zh: 修改收货地址}
    does: action
    slots: [{slot: order}]
    examples:
      en:
      - I need to change my delivery address
      - send my order somewhere else
      - I typed the wrong address
      - update the shipping address on my order
      - can you deliver my order to my work address
      zh: [我要改收货地址, 地址填错了，帮我改一下]
  - name: store_hours
    title: {en: Opening hours, zh: 营业时间}
    does: action
    examples:
      en: ["When are you open?", what time do you close, are you open on Sundays, opening hours]
      zh: [你们几点开门, 周日营业吗]
"""


def shop(**changes: Any) -> Schema:
    return Schema.model_validate(yaml.safe_load(SHOP) | changes)


def bot(*intents: dict[str, Any], **common: Any) -> Schema:
    """``common`` is true of every intent."""
    made = [common | intent for intent in intents]
    return Schema.model_validate({"services": [{"name": "desk", "intents": made}]})
