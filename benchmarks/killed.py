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
from tests.feeds.killing import Killer, kill_decisions, kill_fetches, publish
from tests.feeds.serving import serving
from tests.warm import loaded


def main() -> None:
    """Print how many runs were killed."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        names = publish(root / "feeds")
        with serving(root / "feeds") as served, loaded() as program:
            killer = Killer(program, chance)
            kill_fetches(company(root / "fetching"), served, names, times // 2, killer)
            tally = killer.tally
            print(
                f"fetch: killed {tally.killed} times, {tally.ended} runs ended before; every round converged"
            )
            killer = Killer(program, chance)
            tally = killer.tally
            while tally.killed < times - times // 2:
                here = company(root / f"deciding-{tally.killed}-{tally.ended}")
                watch(here, served, names)
                program.seconds(["fetch"], here)
                kill_decisions(here, min(25, times - times // 2 - tally.killed), killer)
            print(f"decisions: killed {tally.killed} times, {tally.ended} runs ended before; nothing lost")


if __name__ == "__main__":
    main()
