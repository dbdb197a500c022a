"""Loading the demo company's bot: once, after the server's address, and never over an edit."""

from __future__ import annotations

import pytest

from backend.conversations.models import Site
from backend.conversations.services import create_site
from backend.demo import bot as demo
from backend.demo.bot import WRITTEN, load_bot
from backend.schemas import draft
from backend.schemas.document import Document
from backend.schemas.models import Bot, Secret
from backend.schemas.secrets import names
from backend.schemas.services import import_document, publish, roll_back, schema_of

pytestmark = pytest.mark.django_db(transaction=True)
HERE, THERE = "http://127.0.0.1:8000", "http://127.0.0.1:9000"


@pytest.fixture
def site() -> Site:
    return create_site(key="demo", name="Northwind Trail", allowed_origins=["self"])


def loaded(site: Site, address: str = HERE) -> Bot:
    load_bot(site, "nwt_key", address)
    return Bot.objects.select_related("live").get(site=site)


def calls(bot: Bot) -> set[str]:
    """The origins that the live version's actions call."""
    assert bot.live
    actions = [action for service in schema_of(bot.live).services for action in service.actions]
    return {action.url.partition("/shop/api/")[0] for action in actions}


def rename(bot: Bot, *, live: bool) -> None:
    """An operator gives an intent another title, and publishes it or not."""
    schema = draft.read(bot)
    data = schema.as_json()
    data["services"][0]["intents"][0]["title"]["en"] = "Edited"
    import_document(bot, Document(type(schema).model_validate(data)), None)
    bot.refresh_from_db()
    if live:
        publish(bot, None, bot.revision, "Mine", accept_warnings=True, untested=True)


def titles(bot: Bot) -> tuple[str, str]:
    """Of the first intent: live, and in the draft."""
    bot = Bot.objects.select_related("live").get(pk=bot.pk)
    assert bot.live
    both = (schema_of(bot.live), draft.read(bot))
    return tuple(schema.services[0].intents[0].title["en"] for schema in both)  # type: ignore[return-value]


def test_the_first_time_makes_publishes_and_tests_are_kept(site: Site) -> None:
    assert load_bot(site, "nwt_key", HERE) == "its bot"
    bot = Bot.objects.get(site=site)
    assert bot.live
    assert bot.live.number == 1
    assert calls(bot) == {HERE}
    assert names(bot) == {"shop_key"}
    assert "nwt_key" not in Secret.objects.get().sealed
    assert bot.tests.count() == len(demo.load(demo.FILE.read_bytes()).tests or ())


def test_a_second_time_changes_nothing(site: Site) -> None:
    bot = loaded(site)
    assert load_bot(site, "nwt_key", HERE) == ""
    assert load_bot(site, "nwt_key", "") == ""
    assert bot.versions.count() == 1


def test_without_an_address_it_calls_the_one_that_stands_in_the_file(site: Site) -> None:
    assert calls(loaded(site, "")) == {WRITTEN}


def test_another_port_is_published_as_a_new_version(site: Site) -> None:
    loaded(site)
    bot = loaded(site, THERE)
    assert calls(bot) == {THERE}
    assert bot.live
    assert bot.live.number == 2
    assert draft.read(bot).checksum == bot.live.checksum


def test_an_unedited_bot_becomes_what_the_file_says_now(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = loaded(site)
    data = demo.load(demo.FILE.read_bytes()).schema.as_json()
    data["services"][0]["intents"][0]["title"]["en"] = "Newer"
    newer = Document(type(draft.read(bot)).model_validate(data))
    monkeypatch.setattr(demo, "load", lambda content: newer)
    assert load_bot(site, "nwt_key", "") == "its bot, anew"
    assert titles(bot) == ("Newer", "Newer")
    assert calls(Bot.objects.get(pk=bot.pk)) == {HERE}


@pytest.mark.parametrize("live", [True, False])
def test_an_edited_bot_keeps_its_edits_and_follows_the_address(site: Site, live: bool) -> None:
    bot = loaded(site)
    before = titles(bot)[0]
    rename(bot, live=live)
    assert load_bot(site, "nwt_key", HERE) == ""
    for address in (THERE, HERE, HERE):
        bot = loaded(site, address)
        assert calls(bot) == {address}
        assert titles(bot) == ("Edited" if live else before, "Edited")


def test_a_bot_that_was_rolled_back_is_not_brought_forward(site: Site) -> None:
    bot = loaded(site)
    rename(bot, live=True)
    roll_back(bot, bot.versions.get(number=1), None)
    assert load_bot(site, "nwt_key", "") == ""
    assert bot.versions.count() == 3


def test_an_action_that_calls_another_system_keeps_its_address(site: Site) -> None:
    bot = loaded(site)
    data = draft.read(bot).as_json()
    action = data["services"][0]["actions"][0]
    action["url"] = "https://shop.example/shop/api/orders/{{ order }}/"
    import_document(bot, Document(type(draft.read(bot)).model_validate(data)), None)
    bot.refresh_from_db()
    publish(bot, None, bot.revision, "Mine", accept_warnings=True, untested=True)
    assert calls(loaded(site, THERE)) == {THERE, "https://shop.example"}


def test_a_bot_that_was_made_by_hand_is_left_alone(site: Site) -> None:
    bot = Bot.objects.create(site=site, name="Mine", languages=["en"])
    assert load_bot(site, "nwt_key", HERE) == ""
    assert bot.versions.count() == 0
