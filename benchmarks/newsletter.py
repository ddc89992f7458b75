"""Kill the sending of a letter at random: `python benchmarks/newsletter.py [times] [people]`, 100 times and 500 people.

The real command is killed (`kill -9`, with its process group) while it sends to a real SMTP server on this machine, and
started again until all is sent. It stops at the first person who has no mail, or two.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.newsletter.killing import kill_sendings
from tests.warm import loaded


def main() -> None:
    """Print how many runs were killed, and when."""
    times, people = (
        int(sys.argv[place]) if len(sys.argv) > place else most for place, most in ((1, 100), (2, 500))
    )
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, loaded() as program:
        tally = kill_sendings(program, Path(folder), people, times, random.Random(20261120))
    print(
        f"killed {tally.killed} times, {tally.under_way} of them with a mail under way, in {tally.sendings} sending(s) "
        f"to {people} people: each has exactly one ({time.monotonic() - started:.0f} s)"
    )


if __name__ == "__main__":
    main()
