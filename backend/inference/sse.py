"""Server-sent events, as OpenAI-compatible servers send them.

Pure: knows the event stream format (https://html.spec.whatwg.org/multipage/server-sent-events.html)
and no network. Only ``data`` matters here; other fields and comments are skipped.
"""

from __future__ import annotations

import codecs

LONGEST_EVENT = 1 << 20  # characters; a server that never ends a line must not fill the memory


class EventParser:
    """Bytes in, the ``data`` of whole events out, wherever the bytes were cut."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[str]:
        """Return the data of the events that are now complete.

        Raises ValueError where one event grows past :data:`LONGEST_EVENT` characters.
        """
        self._rest += self._decoder.decode(chunk)
        events = []
        while (line := self._next_line()) is not None:
            if line:
                self._field(line)
            elif self._data:
                events.append("\n".join(self._data))
                self._data = []
        if len(self._rest) + sum(map(len, self._data)) > LONGEST_EVENT:
            raise ValueError(f"an event is longer than {LONGEST_EVENT} characters")
        return events

    def _next_line(self) -> str | None:
        """The next whole line. A line ends with CR LF, LF or CR."""
        ends = [at for at in (self._rest.find("\n"), self._rest.find("\r")) if at >= 0]
        if not ends:
            return None
        end = min(ends)
        if self._rest[end] == "\r" and end + 1 == len(self._rest):
            return None  # its LF may come with the next bytes
        after = end + 2 if self._rest[end : end + 2] == "\r\n" else end + 1
        line, self._rest = self._rest[:end], self._rest[after:]
        return line

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        if name == "data":
            self._data.append(value.removeprefix(" "))
