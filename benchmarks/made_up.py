"""A bot of 30 intents and 60 slots that nobody has seen, for measuring how long things take.

Three services of ten intents, 15 examples an intent, put together from sentence frames. Its size is
the point: what its examples say is too regular to measure understanding by.
"""

from __future__ import annotations

from typing import Any

from backend.dialogue.schema import Schema

# Service -> intent -> (verb, what, the slots that it needs).
WISHES: dict[str, dict[str, tuple[str, str, str]]] = {
    "phone": {
        "upgrade_plan": ("upgrade", "my mobile plan", "line plan start_day"),
        "report_fault": ("report", "a fault on my broadband", "line fault room"),
        "order_sim": ("order", "a replacement SIM card", "line street sim_size"),
        "move_number": ("move", "my old number to you", "line provider code"),
        "pay_bill": ("pay", "my phone bill", "line amount card"),
        "end_contract": ("end", "my contract", "line last_day reason"),
        "book_engineer": ("book", "an engineer visit", "street visit_day visit_time"),
        "set_limit": ("set", "a spending limit", "line limit"),
        "block_calls": ("block", "calls from a number", "line caller"),
        "roaming_pass": ("buy", "a roaming pass", "line country days data"),
    },
    "bank": {
        "send_money": ("send", "money to somebody", "payee amount account"),
        "freeze_card": ("freeze", "my debit card", "card_end"),
        "dispute_payment": ("dispute", "a card payment", "payment shop reason"),
        "order_statement": ("get", "a bank statement", "account month language"),
        "change_pin": ("change", "the PIN of my card", "card_end branch"),
        "apply_loan": ("apply for", "a personal loan", "loan years income employer"),
        "standing_order": ("set up", "a standing order", "payee amount rhythm"),
        "close_account": ("close", "my savings account", "account leaving"),
        "meet_adviser": ("see", "an adviser about a mortgage", "branch meeting_day topic"),
        "travel_notice": ("announce", "a trip abroad", "country card_end return_day"),
    },
    "travel": {
        "book_flight": ("book", "a flight", "origin destination flight_day"),
        "change_flight": ("change", "the date of my flight", "booking new_day"),
        "cancel_flight": ("cancel", "my flight booking", "booking refund_to"),
        "add_bag": ("add", "a suitcase to my booking", "booking bags weight"),
        "pick_seat": ("choose", "a seat on the plane", "booking seat passenger"),
        "lost_bag": ("report", "a suitcase that never arrived", "booking tag colour hotel"),
        "rent_car": ("rent", "a car at the airport", "destination car pickup_day"),
        "flight_status": ("check", "whether my plane is on time", "flight flight_day"),
        "claim_delay": ("claim", "compensation for a delay", "booking delay iban"),
        "order_meal": ("order", "a vegetarian meal on board", "booking meal allergy"),
    },
}
FRAMES = (
    "I want to {verb} {what}",
    "I'd like to {verb} {what} please",
    "{verb} {what}",
    "can you {verb} {what} for me",
    "could somebody help me {verb} {what}",
    "please {verb} {what}, [{value}]({slot})",
    "I need to {verb} {what} today",
    "{verb} {what} for [{value}]({slot})",
    "how about we {verb} {what}, it's [{value}]({slot})",
    "my wife wants to {verb} {what}",
    "hi, is this where I {verb} {what}?",
    "I have been trying to {verb} {what} since Monday",
    "it's about [{value}]({slot}), I have to {verb} {what}",
    "would you {verb} {what} as soon as possible",
    "{what}, [{value}]({slot}), nothing else",
)
TYPES = {"day": "date", "time": "time", "amount": "money", "limit": "money", "bags": "number"}


def schema() -> Schema:
    services = [_service(name, wishes) for name, wishes in WISHES.items()]
    return Schema.model_validate({"name": "Made up", "services": services})


def _service(name: str, wishes: dict[str, tuple[str, str, str]]) -> dict[str, Any]:
    slots = list(dict.fromkeys(slot for *_, needed in wishes.values() for slot in needed.split()))
    return {
        "name": name,
        "title": {"en": name.capitalize()},
        "slots": [_slot(slot) for slot in slots],
        "intents": [_intent(intent, *wish) for intent, wish in wishes.items()],
    }


def _slot(name: str) -> dict[str, Any]:
    words = name.replace("_", " ")
    kind = next((kind for end, kind in TYPES.items() if name.endswith(end)), "text")
    return {
        "name": name,
        "type": kind,
        "description": f"The {words} that the customer names",
        "title": {"en": words},
        "prompts": {"en": [f"Which {words}?", f"I still need the {words}."]},
    }


def _intent(name: str, verb: str, what: str, needed: str) -> dict[str, Any]:
    slots = needed.split()
    examples = [
        frame.format(verb=verb, what=what, slot=slots[n % len(slots)], value=f"{n}{name[:2]}{n}")
        for n, frame in enumerate(FRAMES)
    ]
    return {
        "name": name,
        "title": {"en": f"{verb} {what}".capitalize()},
        "description": f"The customer wants to {verb} {what}.",
        "examples": {"en": examples},
        "slots": [{"slot": slot} for slot in slots],
        "replies": {"reply": {"en": "Done."}},
    }
