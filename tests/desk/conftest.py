"""The desk's people in a browser, and conversations in every state."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from backend.conversations import services
from backend.conversations.models import Conversation, Visitor
from backend.conversations.services import Party


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(operator):
    return browser_of(operator)


@pytest.fixture
def administrator(admin_user):
    return browser_of(admin_user)


@pytest.fixture
def talk(site):
    """Make a conversation by what its visitor wrote: ``talk("Hello", name="Lin")``."""

    def make(text: str = "Hello", *, name: str = "", email: str = "", of=site) -> Conversation:
        party = Party(of.pk, uuid4(), uuid4(), locale="en", page={"url": "https://shop.example/"})
        services.add_message(party, str(uuid4()), text)
        Visitor.objects.filter(pk=party.visitor).update(name=name, email=email)
        return Conversation.objects.get(pk=party.conversation)

    return make


def party_of(conversation: Conversation) -> Party:
    return Party(conversation.site_id, conversation.visitor_id, conversation.pk)


@pytest.fixture
def waiting(talk):
    """A conversation that has waited for so many minutes."""

    def make(minutes: int, text: str = "A person, please", **who) -> Conversation:
        conversation = talk(text, **who)
        services.ask_for_person(party_of(conversation), str(uuid4()))
        since = timezone.now() - timedelta(minutes=minutes)
        Conversation.objects.filter(pk=conversation.pk).update(queued_at=since)
        conversation.refresh_from_db()
        return conversation

    return make


@pytest.fixture
def answered():
    """Let the bot answer what waits in a conversation; returns its message's id."""

    def answer(conversation: Conversation, text: str = "Within 30 days.", **analysis) -> str:
        turn = services.claim_turn(conversation.pk, "test")
        assert turn is not None
        assert services.finish_turn(turn, text, analysis=analysis)
        return str(turn.message)

    return answer
