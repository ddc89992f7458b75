"""A body arrives in any pieces and comes out the same, or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.network.decompression import Body
from curation.network.limits import Unanswered


def _bare(data: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


WAYS: dict[str, tuple[tuple[str, ...], Callable[[bytes], bytes]]] = {
    "identity": ((), bytes),
    "gzip": (("gzip",), gzip.compress),
    "members": (("x-gzip",), lambda data: gzip.compress(data[:9]) + gzip.compress(b"") + gzip.compress(data[9:])),
    "padded": (("gzip",), lambda data: gzip.compress(data) + b"\0\0\0"),
    "deflate": (("deflate",), zlib.compress),
    "bare": (("deflate",), _bare),
    "both": (("deflate", "gzip"), lambda data: gzip.compress(zlib.compress(data))),
}  # fmt: skip
BODIES = st.binary(max_size=3000) | st.builds(
    lambda byte, count: byte * count, st.binary(max_size=2), st.integers(0, 99_999)
)


def _through(codings: tuple[str, ...], pieces: list[bytes], max_bytes: int = 10**6) -> bytes:
    body = Body(codings, max_bytes)
    for piece in pieces:
        body.add(piece)
    return body.whole()


def _cut(sent: bytes, size: int) -> list[bytes]:
    return [sent[start : start + size] for start in range(0, len(sent), size)]


@given(BODIES, st.sampled_from(sorted(WAYS)), st.integers(1, 500))
def test_what_was_compressed_comes_back_however_it_is_cut(data: bytes, way: str, size: int) -> None:
    codings, compress = WAYS[way]
    assert _through(codings, _cut(compress(data), size)) == data


@given(
    BODIES, st.sampled_from(["gzip", "deflate", "bare", "both"]), st.integers(0, 10**6), st.integers(1, 500)
)
def test_what_has_lost_its_end_is_never_taken_for_whole(data: bytes, way: str, at: int, size: int) -> None:
    codings, compress = WAYS[way]
    sent = compress(data)
    left = sent[: 1 + at % (len(sent) - 1)]
    with pytest.raises(Unanswered, match="breaks off"):
        _through(codings, _cut(left, size))


@given(BODIES, st.sampled_from(sorted(WAYS)), st.integers(1, 500))
def test_the_limit_is_one_byte_exact(data: bytes, way: str, size: int) -> None:
    codings, compress = WAYS[way]
    if way != "both":  # its inner step may be larger than what it holds
        assert _through(codings, _cut(compress(data), size), len(data)) == data
    if data:
        with pytest.raises(Unanswered, match="larger"):
            _through(codings, _cut(compress(data), size), len(data) - 1)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "br", "zstd", "utf-8", "none"]))
def test_nothing_that_is_sent_raises_anything_else(sent: bytes, coding: str) -> None:
    try:
        _through((coding,), _cut(sent, 100))
    except Unanswered as stopped:
        assert stopped.kind in {"unreadable", "network", "too-large"}  # noqa: PT017 - any outcome is fine
