"""The shop behind the demo company: what it sells, its orders and its HTTP API.

Knows nothing of Kefu: a bot reaches it through the API, as it would reach any customer's system.
Models are in :mod:`backend.demo.models`.
"""
