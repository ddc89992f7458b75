"""`python -m benchmarks.search`: the search of the portal beside Pagefind, on the same documents, in one run."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from benchmarks.search import tools

DEVELOPMENT, HELD_OUT = 11, 90210
"""Seeds of the corpus and of the queries: one to tune with, one that is only reported."""


def arguments() -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[1000, 10_000, 50_000], help="sizes of the made-up company"
    )
    parser.add_argument("--folder", type=Path, help="any folder of Markdown, instead of the made-up company")
    parser.add_argument("--content", type=Path, help="a content folder, instead of the made-up company")
    parser.add_argument("--queries", type=int, default=250, help="for relevance, of each class")
    parser.add_argument("--pairs", type=int, default=24, help="of queries, for bytes and time")
    parser.add_argument(
        "--dev", action="store_true", help="the seed to tune with, instead of the held-out one"
    )
    parser.add_argument("--quick", action="store_true", help="1,000 pages, fewer queries: some minutes")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR", help="only write the first size's content folder there"
    )
    return parser.parse_args()


def main() -> None:
    """Compare at each size; the report is printed and kept in `.cache/bench-search/`."""
    asked = arguments()
    tools.install()
    # Only now can the word lists be imported.
    from benchmarks.search.corpus import generate
    from benchmarks.search.report import table
    from benchmarks.search.run import Sizes, compare

    seed = DEVELOPMENT if asked.dev else HELD_OUT
    if asked.corpus:
        generate(asked.corpus, asked.pages[0], seed)
        return
    pages = [1000] if asked.quick else asked.pages
    sizes = Sizes(60, 6) if asked.quick else Sizes(asked.queries, asked.pairs)
    told = [f"Seed {seed} ({'development' if asked.dev else 'held out'})."]
    for size in [None] if asked.folder or asked.content else pages:
        work = tools.CACHE / f"{size or 'given'}-{seed}"
        shutil.rmtree(work, ignore_errors=True)
        source = asked.folder or asked.content or work / "content"
        if size:
            generate(source, size, seed)
        told.append(table(compare(source, work, seed, sizes, markdown=bool(asked.folder))))
        report = tools.CACHE / "report.md"
        report.write_text("\n\n".join(told), encoding="utf-8")
    print("\n\n".join(told))


if __name__ == "__main__":
    main()
