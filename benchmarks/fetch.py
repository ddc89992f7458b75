"""How a fetch compares with reading feeds one after the other: `python benchmarks/fetch.py [sources]`.

1,000 feeds on loopback, each answered after 50 ms. In one run: plain feedparser, sequential, on a tenth of them (its
time grows with their number); `veillee fetch` on all, cold, then with nothing modified. Memory is the peak of `veillee
fetch` and its readers, for a tenth of the sources and for all.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import feedparser

ROOT = Path(__file__).parent.parent
LATENCY_S = 0.05
ENTRIES = 12
TEXT = (
    "filtre sable membrane boue énergie fuite réseau capteur rivière crue étiage pompe digesteur azote phosphore charbon "
    "forage captage nitrate turbidité chlore compteur télérelève vanne hydrophone conduite regard poste relèvement bassin"
)
WORDS = TEXT.split()


def feed(number: int) -> bytes:
    """A feed of its own: entries that no other has."""
    items = []
    for entry in range(ENTRIES):
        chance = random.Random(number * ENTRIES + entry)
        # As in a language: few words everywhere, many words rare.
        words = [f"{chance.choice(WORDS)}{int(chance.paretovariate(0.5)) % 99_991 or ''}" for _ in range(60)]
        items.append(
            f"<item><title>{number} {entry} : {' '.join(words[:7])}</title><link>https://s{number}.example/{entry}</link>"
            f"<guid>{number}-{entry}</guid><pubDate>Thu, 12 Nov 2026 08:{entry:02}:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{number} {entry} {' '.join(words)}&lt;/p&gt;</description></item>"
        )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Source {number}</title>'
        f"<link>https://s{number}.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection: requests are answered after the latency, until the other side leaves."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(LATENCY_S)
            number = int(head.split(b" ", 2)[1].strip(b"/"))
            if b"if-none-match" in head.lower():
                writer.write(f'HTTP/1.1 304 Not Modified\r\nETag: "{number}"\r\n\r\n'.encode())
            else:
                body = feed(number)
                writer.write(
                    f'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "{number}"\r\n'
                    f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def serve(ports: int) -> list[int]:
    """Servers on as many ports: each stands for a host."""
    found: list[int] = []
    ready = threading.Event()

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(ports)]
        found.extend(server.sockets[0].getsockname()[1] for server in servers)
        ready.set()
        await asyncio.gather(*(server.serve_forever() for server in servers))

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    ready.wait()
    return found


def company(folder: Path, ports: list[int], count: int) -> dict[str, str]:
    """A company that watches `count` sources; the variables to work on it."""
    (folder / "content").mkdir(parents=True)
    (folder / "config").mkdir()
    lines = [f"allow: [{', '.join(repr(f'127.0.0.1:{port}') for port in ports)}]", "sources:"]
    for number in range(count):
        url = f"http://127.0.0.1:{ports[number % len(ports)]}/{number}"
        lines += [f"  - id: s{number}", f"    name: Source {number}", f"    url: {url}"]
    (folder / "config" / "feeds.yml").write_text("\n".join(lines) + "\n")
    return {
        **os.environ,
        "VEILLEE_CONTENT": str(folder / "content"),
        "VEILLEE_CONFIG": str(folder / "config"),
        "VEILLEE_DESK": str(folder / "desk"),
        "VEILLEE_STATE": str(folder / "state.sqlite3"),
    }


def fetch(environment: dict[str, str]) -> tuple[float, dict[str, int], int]:
    """Seconds on the clock, entries by outcome, and the peak of memory in MiB, of a forced fetch and its readers."""
    program = [sys.executable, "-c", "from curation.cli import main; main()", "fetch", "--force", "--json"]
    started = time.perf_counter()
    running = subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, cwd=ROOT)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while running.poll() is None:
            peak = max(peak, sum(map(resident, family(running.pid))))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = running.communicate()
    watcher.join()
    spent = time.perf_counter() - started
    assert running.returncode == 0
    return spent, json.loads(output)["counts"], peak // 1024


def family(pid: int) -> list[int]:
    """A process and those that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> int:
    """KiB in memory."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main() -> None:
    """Print the times and their ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ports = serve(count)
    tenth = count // 10
    started = time.perf_counter()
    for number in range(tenth):
        url = f"http://127.0.0.1:{ports[number]}/{number}"
        feedparser.parse(urllib.request.urlopen(url).read())
    plain = (time.perf_counter() - started) * 10
    print(f"plain feedparser, one after the other: {plain:6.1f} s ({tenth} sources, times ten)")
    with tempfile.TemporaryDirectory() as folder:
        _, _, small = fetch(company(Path(folder) / "tenth", ports[:tenth], tenth))
        environment = company(Path(folder) / "all", ports, count)
        cold, counts, peak = fetch(environment)
        assert counts["candidate"] == count * ENTRIES, counts
        print(
            f"veillee fetch, cold:                   {cold:6.1f} s, {plain / cold:5.2f} times faster, "
            f"{counts['candidate']} entries"
        )
        again, counts, _ = fetch(environment)
        assert sum(counts.values()) == 0, counts
        print(f"veillee fetch, nothing modified:       {again:6.1f} s, {plain / again:5.2f} times faster")
    print(f"memory at its peak: {small} MiB for {tenth} sources, {peak} MiB for {count}")


if __name__ == "__main__":
    main()
