"""A body as it comes over the wire → the bytes of a feed, never more of them than the limit at any moment.

Decompression is done here piece by piece, because a few bytes may stand for gigabytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from curation.network.limits import Unanswered, too_large
from portal.problems import N_, message

ACCEPTED = "gzip, deflate"
"""What is asked for. Brotli and Zstandard would need libraries whose decoders can't be bounded in the same way."""

_PIECE_BYTES = 64 * 1024
_MAX_MEMBERS = 1000
_MAX_CODINGS = 2
_GZIP_MAGIC = b"\x1f\x8b"
_FORMS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_UNASKED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})


class Body:
    """What came of a body so far.

    Args:
        codings: those of Content-Encoding, in lower case, in the order in which they were applied (RFC 9110 § 8.4).
            Unknown ones are taken for none, as browsers do.
        max_bytes: of what it holds, and of what any step of the decompression gives.

    Raises:
        Unanswered: a coding that wasn't asked for, or too many of them.
    """

    def __init__(self, codings: Sequence[str], max_bytes: int) -> None:
        for name in _UNASKED.intersection(codings):
            raise Unanswered(
                "unreadable", message(N_("the answer is compressed as “{name}”, unasked"), name=name)
            )
        forms = [form for name in reversed(codings) if (form := _FORMS.get(name))]
        if len(forms) > _MAX_CODINGS:
            raise Unanswered("too-costly", message(N_("the answer is compressed again and again")))
        self._steps = [_Inflation(form, max_bytes) for form in forms]
        self._max_bytes = max_bytes
        self._bytes = bytearray()

    def add(self, data: bytes) -> None:
        """Take what came next.

        Raises:
            Unanswered: it is more than the limit, or isn't compressed as it should.
        """
        for part in _through(self._steps, data):
            self._bytes += part
            if len(self._bytes) > self._max_bytes:
                raise too_large(self._max_bytes)

    def whole(self) -> bytes:
        """All of it, once nothing more comes.

        Raises:
            Unanswered: compressed data ends before its end.
        """
        if not all(step.is_whole for step in self._steps):
            raise broken_off()
        return bytes(self._bytes)


def broken_off() -> Unanswered:
    """The answer for a body without its end: what is missing would be missed until the feed changes again."""
    return Unanswered("network", message(N_("the answer breaks off in the middle")))


def _through(steps: Sequence[_Inflation], data: bytes) -> Iterator[bytes]:
    if not steps:
        yield data
        return
    for part in steps[0].inflated(data):
        yield from _through(steps[1:], part)


class _Inflation:
    """One step: gzip, maybe of several members (RFC 1952 § 2.2), or deflate with or without zlib's frame."""

    def __init__(self, form: str, max_bytes: int) -> None:
        self._form, self._max_bytes = form, max_bytes
        self._engine: zlib._Decompress | None = None
        self._start, self._given_bytes, self._members = b"", 0, 0
        self._is_done = False

    @property
    def is_whole(self) -> bool:
        """Whether it may end here. What follows the last member is padding, and is let go."""
        return self._is_done or (self._engine is None and (not self._start or self._members > 0))

    def inflated(self, data: bytes) -> Iterator[bytes]:
        """What these bytes give, at most 64 KiB at a time."""
        while not self._is_done:
            engine = self._engine or self._begin(data)
            if engine is None:
                return
            data, self._start = self._start + data, b""
            part = _inflate(engine, data)
            self._given_bytes += len(part)
            if self._given_bytes > self._max_bytes:
                raise too_large(self._max_bytes)
            yield part
            data = engine.unconsumed_tail
            if engine.eof:
                data = self._end(engine)
            elif not data and len(part) < _PIECE_BYTES:
                return

    def _begin(self, data: bytes) -> zlib._Decompress | None:
        """The engine for what starts here, None while its first two bytes, which tell the form, aren't there."""
        start = self._start + data
        if len(start) < 2:
            self._start = start
            return None
        if self._members and not start.startswith(_GZIP_MAGIC):
            self._is_done = True
            return None
        self._engine = zlib.decompressobj(self._window_bits(start))
        return self._engine

    def _window_bits(self, start: bytes) -> int:
        if self._form == "gzip":
            return 16 + zlib.MAX_WBITS
        # RFC 1950 § 2.2; many servers send deflate bare all the same (RFC 9110 § 8.4.1.2).
        is_framed = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if is_framed else -zlib.MAX_WBITS

    def _end(self, engine: zlib._Decompress) -> bytes:
        self._engine, self._members = None, self._members + 1
        if self._members > _MAX_MEMBERS:
            raise Unanswered("too-costly", message(N_("the answer is compressed in too many pieces")))
        self._is_done = self._form != "gzip"
        return engine.unused_data


def _inflate(engine: zlib._Decompress, data: bytes) -> bytes:
    try:
        return engine.decompress(data, _PIECE_BYTES)
    except zlib.error:
        raise Unanswered(
            "unreadable", message(N_("the answer isn’t compressed as its server says"))
        ) from None
