"""The desk's pages in Django's admin: importing this registers them."""

from . import bots, conversations, people, sites

__all__ = ["bots", "conversations", "people", "sites"]
