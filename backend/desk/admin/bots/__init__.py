"""The bot editor's pages in Django's admin: importing this registers them."""

from . import bot, kinds, tests

__all__ = ["bot", "kinds", "tests"]
