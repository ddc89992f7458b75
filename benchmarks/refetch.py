"""Fetch real feeds again and again, their ids changed or taken away: `python benchmarks/refetch.py [times] [folder]`.

`folder` holds feeds; the demo company's samples when there is none. It stops at the first entry that is proposed twice.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.conftest import company
from tests.feeds.companies import fetched, on_desk, outcomes, watch
from tests.feeds.serving import serving
from tests.feeds.test_real_feeds import CORPUS, FEEDS, SAMPLES, SEEN, with_other_ids


def main() -> None:
    """Print the fate of every entry, at first and over all the refetches."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else CORPUS if CORPUS.is_dir() else SAMPLES
    with tempfile.TemporaryDirectory() as folder:
        here = company(Path(folder) / "company")
        os.chdir(here)
        feeds = here / "feeds"
        feeds.mkdir()
        for file in sorted(corpus.iterdir()):
            if file.suffix in FEEDS:
                shutil.copy(file, feeds / file.name)
        with serving(feeds) as served:
            watch(here, served, sorted(file.name for file in feeds.iterdir()))
            print("first:", dict(outcomes(fetched())))
            before, total = on_desk(here), Counter[str]()
            for turn in range(times):
                for file in feeds.iterdir():
                    file.write_bytes(with_other_ids(file.read_bytes(), turn if turn < times - 5 else None))
                found = outcomes(fetched("--force"))
                assert set(found) <= SEEN, (turn, found)
                total += found
            assert on_desk(here) == before
    print(f"then {times} times: {dict(total)}, and not one file more on the desk")


if __name__ == "__main__":
    main()
