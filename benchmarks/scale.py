"""How the build grows: 1,000 then 2,000 made-up pages in one run, as a ratio. `python benchmarks/scale.py`."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import generate

ROOT = Path(__file__).parent.parent


def seconds(pages: int, folder: Path) -> float:
    """Processor seconds of one cold build of `pages` pages."""
    generate(folder / f"content-{pages}", pages)
    environment = {
        **os.environ,
        "VEILLEE_CONTENT": str(folder / f"content-{pages}"),
        "VEILLEE_SITE": str(folder / f"site-{pages}"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    before = os.times()
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", ROOT / "mkdocs.yml"],
        env=environment,
        check=True,
    )
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"{pages:>6} pages: {spent:6.2f} s of processor, {time.perf_counter() - started:6.2f} s on the clock"
    )
    return spent


def main() -> None:
    """Print both times and their ratio (the nav and quadratic relations would push it over 2.2)."""
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 2000]
    with tempfile.TemporaryDirectory() as folder:
        spent = [seconds(size, Path(folder)) for size in sizes]
    for (small, before), (large, after) in itertools.pairwise(zip(sizes, spent, strict=True)):
        print(f"{large} / {small} pages: {after / before:.2f} times the time")


if __name__ == "__main__":
    main()
