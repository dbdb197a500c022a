"""The demo company's bot: loaded once, and told where the shop's API is.

The API is a part of this very server, whose address may change from one run to the next. The
actions' addresses follow it, and nothing else of a bot that operators have edited is touched. Each
version that is made here has the address in its note, by which it is known the next time.
"""

from __future__ import annotations

from pathlib import Path

from backend.conversations.models import Site
from backend.dialogue.schema import Schema, Service
from backend.schemas import draft
from backend.schemas.document import Document, load
from backend.schemas.models import Bot
from backend.schemas.services import (
    create_bot,
    import_document,
    publish,
    save_test,
    schema_of,
    set_secret,
)

FILE = Path(__file__).with_name("schema.yaml")
WRITTEN = "http://localhost:8000"  # the address that stands in the file
API = "/shop/api/"
KEY_SECRET = "shop_key"  # noqa: S105 - its name
_LOADED = "As loaded with the demo, for the shop's API at "
_MOVED = "As it was, for the shop's API at "


def load_bot(site: Site, key: str, address: str) -> str:
    """Make the bot, or bring the one that is there to ``address``; "" where all was right already.

    ``address`` is an origin such as ``http://127.0.0.1:8000``, "" for what it was. Gives what was
    done, in a few words. Raises NotPublishable where the bot has errors.
    """
    bot = Bot.objects.filter(site=site).first()
    if bot is None:
        _make(site, key, address or WRITTEN)
        return "its bot"
    before = _known_address(bot)
    if not before:
        return ""  # another bot, made by hand
    address = address or before
    if _is_as_loaded(bot):
        return _renew(bot, moved(load(FILE.read_bytes()).schema, WRITTEN, address), address)
    return _move(bot, before, address)


def moved(schema: Schema, before: str, after: str) -> Schema:
    """The schema with the addresses of the shop's API at ``after``."""
    return Schema(
        name=schema.name,
        languages=schema.languages,
        services=[_moved(service, before, after) for service in schema.services],
    )


def _moved(service: Service, before: str, after: str) -> Service:
    actions = [
        action.model_copy(update={"url": after + action.url.removeprefix(before)})
        if action.url.startswith(before + API)
        else action
        for action in service.actions
    ]
    return service.model_copy(update={"actions": actions})


def _make(site: Site, key: str, address: str) -> None:
    document = load(FILE.read_bytes())
    schema = moved(document.schema, WRITTEN, address)
    bot = create_bot(site, schema.name, schema.languages)
    set_secret(bot, KEY_SECRET, key)
    _publish(bot, schema, _LOADED + address)
    for script in document.tests or ():
        save_test(bot, script)


def _renew(bot: Bot, schema: Schema, address: str) -> str:
    """An unedited bot becomes what the file says now."""
    if bot.live and bot.live.checksum == schema.checksum:
        return ""
    _publish(bot, schema, _LOADED + address)
    return "its bot, anew"


def _move(bot: Bot, before: str, address: str) -> str:
    """An edited bot calls the shop at its new address; what was not published stays a draft."""
    if bot.live is None or address == before:
        return ""
    live, edited = schema_of(bot.live), draft.read(bot)
    _publish(bot, moved(live, before, address), _MOVED + address)
    if edited.checksum != live.checksum:
        import_document(bot, Document(moved(edited, before, address)), None)
    return "the shop's new address into its bot"


def _publish(bot: Bot, schema: Schema, note: str) -> None:
    """The bot's tests do not run, which would take longer than all the rest of the start."""
    import_document(bot, Document(schema), None)
    bot.refresh_from_db()
    publish(bot, None, bot.revision, note, accept_warnings=True, untested=True)


def _known_address(bot: Bot) -> str:
    """Where the latest version that was made here calls the shop; "" where there is none."""
    for note in bot.versions.values_list("note", flat=True):
        for beginning in (_LOADED, _MOVED):
            if note.startswith(beginning):
                return str(note.removeprefix(beginning))
    return ""


def _is_as_loaded(bot: Bot) -> bool:
    """Whether no operator has changed the draft or what is live."""
    live = bot.live
    if live is None or not live.note.startswith(_LOADED):
        return False
    return draft.read(bot).checksum == live.checksum
