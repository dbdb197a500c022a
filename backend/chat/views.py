"""Serving the widget's one file."""

from __future__ import annotations

import functools
import gzip
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

CACHE = "public, max-age=300, stale-while-revalidate=86400"


@functools.lru_cache(maxsize=2)
def _script(changed: float) -> tuple[bytes, bytes, str]:
    """The file, the same gzipped, and its ETag; read anew when it has changed."""
    content = (settings.BASE_DIR / "widget" / "dist" / "kefu.js").read_bytes()
    etag = '"' + hashlib.sha256(content).hexdigest()[:24] + '"'
    return content, gzip.compress(content, mtime=0), etag


@require_safe
def widget_script(request: HttpRequest) -> HttpResponse:
    """``/widget/kefu.js``: cached for minutes, so that a new version reaches every page soon."""
    path = settings.BASE_DIR / "widget" / "dist" / "kefu.js"
    plain, small, etag = _script(path.stat().st_mtime)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(
            small if zipped else plain, content_type="text/javascript; charset=utf-8"
        )
        if zipped:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    # Any page may load it, pages that ask for cross-origin isolation too.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
