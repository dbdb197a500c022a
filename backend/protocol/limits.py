"""The contract's numbers: sizes and close codes."""

VERSION = 1
MAX_FRAME = 64 * 1024  # bytes; over it a frame is answered with ``too_large``
MAX_MESSAGE = 256 * 1024  # bytes; over it the socket is closed with 1009
MAX_TEXT = 8000  # characters, unless the site says otherwise
PAGE_EVENTS = 200

# Close codes (RFC 6455 leaves 4000-4999 to applications).
DONE, TOO_BIG, RESTARTING = 1000, 1009, 1012
BAD_FRAMES, BAD_TOKEN, FORBIDDEN, NOT_FOUND = 4400, 4401, 4403, 4404
STALLED, REPLACED, OLD_VERSION, SLOW_DOWN, FAULT = 4408, 4409, 4410, 4429, 4500
