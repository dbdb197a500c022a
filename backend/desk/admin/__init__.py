"""The desk's pages in Django's admin: importing this registers them."""

from . import conversations, people, sites

__all__ = ["conversations", "people", "sites"]
