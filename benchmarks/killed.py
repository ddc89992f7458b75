"""Kill the real program hundreds of times at random moments: `python benchmarks/killed.py [times]`.

Half of them during fetches, half while deciding. It stops at the first torn file or lost candidate.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.conftest import company
from tests.feeds.companies import watch
from tests.feeds.killing import kill_decisions, kill_fetches, publish, seconds
from tests.feeds.serving import serving


def main() -> None:
    """Print how many runs were killed."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        names = publish(root / "feeds")
        with serving(root / "feeds") as served:
            tally = kill_fetches(company(root / "fetching"), served, names, times // 2, chance)
            print(
                f"fetch: killed {tally.killed} times, {tally.ended} runs ended before; every round converged"
            )
            killed, ended = 0, 0
            while killed < times - times // 2:
                here = company(root / f"deciding-{killed}-{ended}")
                watch(here, served, names)
                seconds(["fetch"], here)
                tally = kill_decisions(here, min(25, times - times // 2 - killed), chance)
                killed, ended = killed + tally.killed, ended + tally.ended
            print(f"decisions: killed {killed} times, {ended} runs ended before; nothing lost")


if __name__ == "__main__":
    main()
