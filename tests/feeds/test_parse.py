"""Reading in processes of their own: whatever a body holds ends within bounds, reaches nothing and delays nobody."""

from __future__ import annotations

import asyncio
import gzip
import os
import random
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from curation.entries import Failed, ParsedFeed, Retrieved
from curation.errors import Stopped
from curation.reading.discover import Discovered
from curation.reading.parse import ParseLimits, Parsers
from curation.reading.reader import Reader
from tests.feeds.reading import FEEDS, SAMPLES, URL, feed

MIB = 1024 * 1024
GOOD = (SAMPLES / "actualites.rss").read_bytes()
# Far less than what is allowed otherwise, and time enough for every sound feed here.
QUICK = ParseLimits(cpu_s=0.1)


def answer(body: bytes, source: str = "eau", content_type: str = "") -> Retrieved:
    return Retrieved(source, URL, 200, body, content_type=content_type)


def rss(inner: bytes, head: bytes = b"") -> bytes:
    return head + b'<rss version="2.0"><channel>' + inner + b"</channel></rss>"


def titled(written: bytes, head: bytes = b"") -> bytes:
    return rss(b"<item><title>" + written + b"</title></item>", head)


def declaring(*entities: bytes) -> bytes:
    return b"<!DOCTYPE rss [" + b"".join(b"<!ENTITY " + entity + b">" for entity in entities) + b"]>"


def atom(inner: bytes) -> bytes:
    return b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>' + inner + b"</entry></feed>"


JSON = b'{"version":"https://jsonfeed.org/version/1","items":['
LAUGHS = [b'lol "lol"', *(b'lol%d "%s"' % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10))]
STUCK = rss(b"<item><author>a@" + b"a." * 32_000 + b"!</author></item>")
"""64 kB over which one of feedparser's patterns goes back and forth for a quarter of a minute."""


def hostile() -> dict[str, bytes]:
    """Bodies by what is wrong with them; 8 MiB is the most that is retrieved."""
    return {
        "billion laughs": titled(b"&lol9;", declaring(*LAUGHS)),
        "quadratic entity": titled(b"&a;" * 50_000, declaring(b'a "' + b"x" * 100_000 + b'"')),
        "quadratic entity of the length that is allowed": titled(
            b"&a;" * 2_700_000, declaring(b'a "' + b"x" * 100 + b'"')
        ),
        "100 kB of newlines": b"\n" * 100_000 + GOOD,
        "5 MB of newlines": b"\n" * 5_000_000 + GOOD,
        "a document type without end": b"<!DOCTYPE rss [" + b"<!ENTITY" * 100_000 + GOOD,
        "a long author": STUCK,
        "100,000 levels": rss(b"<a>" * 100_000 + b"</a>" * 100_000),
        "100,000 levels of XHTML": atom(b'<content type="xhtml">' + b"<b>" * 100_000 + b"</b>" * 100_000 + b"</content>"),
        "levels without end": rss(b"<a>" * 1_000_000),
        "overflowing references": titled(b"&#99999999999;&#x110000;&#xD800;&#0;"),
        "an encoding that nobody knows": titled(b"x", b'<?xml version="1.0" encoding="klingon"?>'),
        "an encoding that takes quadratic time": titled(b"a" * MIB, b'<?xml version="1.0" encoding="punycode"?>'),
        "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>+ADw-rss version=+ACI-2.0+ACI-+AD4-+ADw-/rss+AD4-',
        "half of UTF-16": titled(b"x").decode().encode("utf-16")[:-1],
        "EBCDIC that isn't": titled(b"x", b'<?xml version="1.0" encoding="ebcdic-cp-us"?>'),
        "8 MiB of <": b"<" * 8 * MIB,
        "8 MiB of &": b"&" * 8 * MIB,
        "8 MiB of < in a feed": b"<rss>" + b"<" * 8 * MIB,
        "8 MiB of & in a feed": b"<rss><channel><item><title>" + b"&" * 8 * MIB,
        "8 MiB of random bytes": random.Random(1).randbytes(8 * MIB),
        "8 MiB of NUL": b"\0" * 8 * MIB,
        "a huge attribute": rss(b'<item a="' + b"x" * 8 * MIB + b'"/>'),
        "many attributes": rss(b"<item " + b" ".join(b'a%d=""' % n for n in range(700_000)) + b"/>"),
        "a million empty items": rss(b"<item/>" * 1_000_000),
        "many links": atom(b'<link href="/a"/>' * 400_000),
        "pieces of white space": atom(b'<content type="xhtml"><div>' + b"\n" * 2_000_000 + b"</div></content>"),
        "titles that look like HTML": titled(b"&lt;/" * 1_000_000),
        "open comments in a title": titled(b"&lt;/b&gt;" + b"&lt;!--" * 500_000),
        "a long date": rss(b"<item><pubDate>" + b"1 " * MIB + b"</pubDate></item>"),
        "JSON 100,000 deep": b"[" * 100_000,
        "JSON with 8 MB of digits": JSON + b'{"id":' + b"9" * 8_000_000 + b"}]}",
        "JSON with a million lists": JSON + b"[]," * 1_000_000 + b"[]]}",
        "JSON with many keys": b"{" + b",".join(b'"%d":1' % n for n in range(700_000)) + b"}",
        "a web page": b"<!doctype html><html><body>" + b"<p>a " * 1_000_000,
        "a feed that was cut": GOOD[:900],
        "compressed": gzip.compress(GOOD),
        "nothing": b" ",
    }  # fmt: skip


TOO_COSTLY = {
    "quadratic entity of the length that is allowed", "a long author", "levels without end", "8 MiB of < in a feed",
    "8 MiB of & in a feed", "many attributes", "many links", "pieces of white space",
}  # fmt: skip
"""What meets a bound even when it is wider; of the others, some do on a slow machine."""


def run(work: Callable[[Parsers], Awaitable[None]], limits: ParseLimits = ParseLimits()) -> None:  # noqa: B008
    """Do the work with readers, none of which is left afterwards."""

    async def working() -> None:
        async with Parsers(limits) as parsers:
            await work(parsers)

    asyncio.run(working())
    assert readers() == []


def readers() -> list[int]:
    """The processes of this one that read."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"reader_process" in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


async def a_reader(besides: int = 0) -> int:
    """One that takes jobs, as soon as there is one."""
    while True:
        with suppress(OSError):
            for reader in readers():
                bounds = Path(f"/proc/{reader}/limits").read_text()
                if reader != besides and "Max processes             0" in bounds:
                    return reader
        await asyncio.sleep(0.01)


def test_feeds_come_back_as_they_are_read_here() -> None:
    async def work(parsers: Parsers) -> None:
        paths = [path for path in FEEDS if not path.stem.endswith("partial")]
        answers = await asyncio.gather(*(parsers.parse(answer(path.read_bytes())) for path in paths))
        assert list(answers) == [feed(path.read_bytes()) for path in paths]
        assert len(readers()) <= 2

    run(work)


def test_every_hostile_body_ends_in_a_feed_or_one_reason() -> None:
    bodies = hostile()
    ended: dict[str, ParsedFeed | Failed] = {}

    async def work(parsers: Parsers) -> None:
        async def one(name: str, body: bytes) -> None:
            ended[name] = await parsers.parse(answer(body, name))

        await asyncio.gather(*(one(*item) for item in bodies.items()))
        assert await parsers.parse(answer(GOOD)) == feed(GOOD)

    run(work, QUICK)
    assert ended.keys() == bodies.keys()
    kinds = {name: end.kind for name, end in ended.items() if isinstance(end, Failed)}
    assert {name for name, kind in kinds.items() if kind == "too-costly"} >= TOO_COSTLY
    assert set(kinds.values()) == {"too-costly", "unreadable", "empty"}
    for end in ended.values():
        assert isinstance(end, ParsedFeed) or str(end.reason).startswith(
            ("it ", "its ", "there ", "reading it takes more than")
        )
    newlines = ended["100 kB of newlines"]
    assert isinstance(newlines, ParsedFeed)
    assert newlines.entries == feed(GOOD).entries


def test_the_reason_says_which_bound_was_met() -> None:
    async def work(parsers: Parsers) -> None:
        for body, why in (
            (STUCK, "reading it takes more than 1 s of processor time"),
            (titled(b"x" * 24 * MIB), "reading it takes more than 64 MiB of memory"),
        ):
            ended = await parsers.parse(answer(body))
            assert isinstance(ended, Failed)
            assert (ended.kind, str(ended.reason)) == ("too-costly", why)

    run(work, ParseLimits(cpu_s=1, memory_bytes=64 * MIB))


def test_what_waits_without_computing_is_ended_too() -> None:
    async def work(parsers: Parsers) -> None:
        reading = asyncio.create_task(parsers.parse(answer(STUCK)))
        os.kill(await a_reader(), signal.SIGSTOP)
        ended = await reading
        assert isinstance(ended, Failed)
        assert str(ended.reason) == "reading it takes longer than 0.2 s"

    run(work, ParseLimits(slow_after_s=1, wall_s=0.2))


def test_an_answer_that_is_too_large_is_not_taken() -> None:
    async def work(parsers: Parsers) -> None:
        ended = await parsers.parse(answer(titled(b"x" * 400) * 1))
        assert isinstance(ended, ParsedFeed)
        ended = await parsers.parse(
            answer(rss(b"<item><description>" + b"x" * 2 * MIB + b"</description></item>" * 20))
        )
        assert isinstance(ended, ParsedFeed)
        many = rss((b"<item><description>" + b"x" * 190_000 + b"</description></item>") * 7)
        ended = await parsers.parse(answer(many))
        assert isinstance(ended, Failed)
        assert str(ended.reason) == "what was read out of it is larger than 1 MiB"
        assert await parsers.parse(answer(GOOD)) == feed(GOOD)

    run(work, ParseLimits(answer_bytes=MIB))


@pytest.mark.parametrize("hostile", [1, 5])
def test_hostile_feeds_hold_up_no_other_and_cost_none_an_entry(hostile: int) -> None:
    """One lane, and room for two beside it: what is slow leaves the lane, or is put off where no room is left."""

    async def work(parsers: Parsers) -> None:
        slow = [asyncio.create_task(parsers.parse(answer(STUCK))) for _ in range(hostile)]
        ends = await asyncio.gather(*(parsers.parse(answer(GOOD)) for _ in range(60)))
        assert all(isinstance(end, ParsedFeed) and end.entries == feed(GOOD).entries for end in ends)
        assert not any(task.done() for task in slow)
        assert len(readers()) == 1 + min(hostile, 2)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    run(work, ParseLimits(cpu_s=60, lanes=1, slow_lanes=2))


def test_a_reader_that_was_killed_is_replaced_and_its_feed_read_again() -> None:
    async def work(parsers: Parsers) -> None:
        for _ in range(2):
            assert await parsers.parse(answer(GOOD)) == feed(GOOD)
            os.kill(await a_reader(), signal.SIGKILL)
        assert await parsers.parse(answer(GOOD)) == feed(GOOD)

    run(work)


def test_a_feed_that_brings_down_two_readers_is_refused() -> None:
    async def work(parsers: Parsers) -> None:
        reading = asyncio.create_task(parsers.parse(answer(STUCK)))
        first = await a_reader()
        os.kill(first, signal.SIGKILL)
        os.kill(await a_reader(besides=first), signal.SIGKILL)
        ended = await reading
        assert isinstance(ended, Failed)
        assert ended.kind == "too-costly"
        assert str(ended.reason) == "reading it brings down the process that reads feeds"

    run(work)


def test_a_reader_serves_many_and_goes_when_it_has_grown() -> None:
    async def work(parsers: Parsers) -> None:
        await parsers.parse(answer(GOOD))
        first = await a_reader()
        await parsers.parse(answer(GOOD))
        assert await a_reader() == first
        large = rss((b"<item><title>x</title><description>" + b"y " * 2000 + b"</description></item>") * 1900)
        # What a process gives back to the system depends on where its memory lies: a second feed makes up for it.
        for _ in range(6):
            ended = await parsers.parse(answer(large))
            assert isinstance(ended, ParsedFeed)
            assert len(ended.entries) == 1900
            assert await parsers.parse(answer(GOOD)) == feed(GOOD)
            if await a_reader() != first:
                return
        raise AssertionError("the same reader still serves")

    run(work)


def test_reading_that_is_given_up_leaves_nothing_behind() -> None:
    async def work(parsers: Parsers) -> None:
        reading = asyncio.create_task(parsers.parse(answer(STUCK)))
        await a_reader()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await parsers.parse(answer(GOOD)) == feed(GOOD)

    run(work)


def test_readers_are_bounded_by_the_kernel_and_inherit_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEILLEE_PASSWORD", "secret")

    async def work(parsers: Parsers) -> None:
        await parsers.parse(answer(GOOD))
        place = Path("/proc") / str(await a_reader())
        bounds = {
            line[:25].strip(): line[25:].split()[:2] for line in (place / "limits").read_text().splitlines()
        }
        assert bounds["Max address space"] == [str(256 * MIB)] * 2
        assert (
            bounds["Max file size"] == bounds["Max core file size"] == bounds["Max processes"] == ["0", "0"]
        )
        assert (place / "environ").read_bytes() == b""
        assert not any(name in (place / "maps").read_text() for name in ("pydantic", "numpy"))
        open_files = {os.readlink(file) for file in (place / "fd").iterdir()}
        assert all(name.startswith(("pipe:", "socket:", "/dev/null", "/proc/")) for name in open_files), (
            open_files
        )

    run(work)


def test_no_body_makes_a_reader_open_a_file_or_ask_for_an_address(tmp_path: Path) -> None:
    """On loopback, a server that nobody may ask; and a file that holds a feed, which nobody may read."""
    asked: list[str] = []
    file = tmp_path / "flux.rss"
    file.write_bytes(GOOD)

    async def work(parsers: Parsers) -> None:
        server = await asyncio.start_server(lambda *_: asked.append("asked"), "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
        async with server:
            for body in (
                str(file), f"file://{file}", url,
                f'<!DOCTYPE rss SYSTEM "{url}"><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
                f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{file}">]><rss version="2.0"><channel>&x;</channel></rss>',
                f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{url}">%x;]><rss version="2.0"><channel/></rss>',
                f'<!DOCTYPE rss SYSTEM "x<y" [<!ENTITY x SYSTEM "{file}">]><rss version="2.0"><channel>&x;</channel></rss>',
                f'<?xml-stylesheet href="{url}"?><rss version="2.0" xml:base="{url}"><channel><item><link>a</link></item>'
                f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{file}"/></channel></rss>',
            ):  # fmt: skip
                ended = await parsers.parse(answer(body.encode()))
                assert "Boues" not in repr(ended)
        assert asked == []

    run(work)


def test_a_reader_can_open_nothing_once_it_is_enclosed() -> None:
    program = (
        "import socket, subprocess, urllib.request\n"
        "from curation.reading.reader_process import _enclose\n"
        "_enclose(256 * 1024 * 1024)\n"
        "tries = (lambda: open('/etc/hostname'), lambda: socket.socket(),\n"
        "         lambda: subprocess.Popen(['true']), lambda: urllib.request.urlopen('http://127.0.0.1:9/'))\n"
        "for attempt in tries:\n"
        "    try: attempt()\n"
        "    except PermissionError as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["open", "socket.__new__", "subprocess.Popen", "urllib.Request"]


def test_pages_are_read_in_the_same_way() -> None:
    async def work(parsers: Parsers) -> None:
        found = await parsers.discover(answer((SAMPLES / "accueil.html").read_bytes()))
        assert isinstance(found, Discovered)
        assert found.declared[0].url == "https://eaux.example/fr/flux.rss"
        for body in (
            b"<" * 100_000,
            b"<![" * 100_000,
            b"<!--" * 300_000,
            b"<script>" * 100_000,
            b'<link rel="' * 90_000,
        ):
            found = await parsers.discover(answer(body))
            assert not (isinstance(found, Discovered) and found.declared)
        empty = await parsers.discover(answer(b""))
        assert empty == Failed("eau", "empty", empty.reason)  # type: ignore[union-attr]

    run(work)


def test_where_no_process_can_be_started_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", program)
        with pytest.raises(Stopped, match="the process that reads feeds can’t start"):
            asyncio.run(Reader.start(ParseLimits()))
