"""Which web origins a site allows. Pure functions over strings."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_pattern(pattern: str) -> str:
    """Return the pattern in its normal form. Raises ValueError with what is wrong."""
    if pattern == "self":
        return pattern
    scheme, separator, rest = pattern.strip().lower().partition("://")
    if not separator or scheme not in DEFAULT_PORTS:
        raise ValueError(f"{pattern!r} must begin with https:// or http://")
    host, port = _split(rest)
    if not host or "/" in rest or "@" in rest or "*" in host.removeprefix("*."):
        raise ValueError(
            f"{pattern!r} must be like https://www.example.com or https://*.example.com"
        )
    if port not in ("", "*") and not port.isdigit():
        raise ValueError(f"{pattern!r} has a port that is not a number")
    return f"{scheme}://{host}" + (f":{port}" if port else "")


def allowed(origin: str, patterns: Iterable[str], host: str = "") -> bool:
    """Whether ``origin`` matches one of ``patterns``; ``host`` is the request's Host header.

    ``self`` means the server's own host, whatever the scheme, since a proxy may have ended TLS.
    ``https://*.example.com`` means any depth of subdomain and not the bare domain.
    """
    try:
        parts = urlsplit(origin.lower())
        found = (parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])
    except (ValueError, KeyError):
        return False
    return any(
        parts.netloc == host.lower() if pattern == "self" else _matches(found, pattern)
        for pattern in patterns
    )


def _matches(origin: tuple[str, str, int], pattern: str) -> bool:
    scheme, _, rest = pattern.lower().partition("://")
    host, port = _split(rest)
    if scheme != origin[0] or scheme not in DEFAULT_PORTS:
        return False
    if port != "*" and str(origin[2]) != (port or str(DEFAULT_PORTS[scheme])):
        return False
    if host.startswith("*."):
        return origin[1].endswith(host[1:]) and len(origin[1]) > len(host[1:])
    return host.strip("[]") == origin[1]


def _split(rest: str) -> tuple[str, str]:
    """Host and port of ``host[:port]``, an IPv6 host in brackets."""
    if rest.startswith("["):
        host, _, tail = rest.partition("]")
        return host + "]", tail.removeprefix(":")
    host, _, port = rest.partition(":")
    return host, port
