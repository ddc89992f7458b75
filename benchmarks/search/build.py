"""What building an index costs, and our own index built in a process of its own: `python -m benchmarks.search.build`."""

from __future__ import annotations

import json
import os
import pickle
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.search.document import Document, Labels


@dataclass(frozen=True)
class Built:
    """Processor seconds, the process's greatest memory and the index's size, in bytes.

    For ours, `reading` are the seconds before, for content that any build reads; `making` those of them that turn it
    into documents; `base_bytes` is the memory that was held before the index was begun.
    """

    seconds: float
    peak_bytes: int
    size: int
    reading: float = 0.0
    making: float = 0.0
    base_bytes: int = 0


MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "4194304",
    "MALLOC_TRIM_THRESHOLD_": "4194304",
    "OPENBLAS_NUM_THREADS": "1",
}
"""How a build is run: as the Makefile does, and without a thread a core of which none is used."""


def size_of(folder: Path) -> int:
    """The bytes of every file below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def in_own_process(source: Path, out: Path) -> Built:
    """Our index of a content folder, or of documents kept in a file (`keep`), written below `out`."""
    command = [sys.executable, "-m", "benchmarks.search.build", str(source), str(out)]
    environment = {**os.environ, **MEMORY}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], env=environment
    )
    return Built(**json.loads(done.stdout.splitlines()[-1]))


def keep(documents: Iterable[Document], labels: Labels, file: Path) -> None:
    """Keep documents in a file from which they can be taken one by one."""
    with file.open("wb") as out:
        pickle.dump(labels, out)
        for document in documents:
            pickle.dump(document, out)


def build(source: Path, out: Path) -> Built:
    """Make the documents and their index; write its files, and `addresses.json`: the documents by number."""
    from benchmarks.search.documents import content_of
    from portal.search.documents import documents
    from portal.search.facets import FIELD_WORDS, facet_labels
    from portal.search.index import build_index

    started = read = time.process_time()
    made: Iterable[Document]
    if source.is_dir():
        content = content_of(source)
        read = time.process_time()
        made, labels = documents(content), facet_labels(content)
    else:
        made = _kept(source)
        labels = next(made)
    ready, base = time.process_time(), _peak()
    index = build_index(made, "fr", labels, FIELD_WORDS["fr"])
    seconds, peak = time.process_time() - ready, _peak()
    for name, data in index.files.items():
        file = out / "assets" / "search" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (out / "addresses.json").write_text(json.dumps([document.address for document in index.documents]))
    return Built(seconds, peak, sum(map(len, index.files.values())), read - started, ready - read, base)


def _kept(file: Path) -> Iterator[Any]:
    with file.open("rb") as kept:
        while True:
            try:
                yield pickle.load(kept)
            except EOFError:
                return


def started(command: list[str]) -> tuple[float, int]:
    """Run a program; its processor seconds (and its children's) and its greatest memory in bytes.

    A small process starts it: a child's `ru_maxrss` begins at what its parent held (Linux, fork then exec).
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command], stdout=subprocess.PIPE, check=True
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), int(peak) * 1024


_LAUNCHER = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def _peak() -> int:
    """The greatest memory that this process has held since it began, its parent's left out where Linux says it."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    print(json.dumps(asdict(build(Path(sys.argv[1]), Path(sys.argv[2])))))
