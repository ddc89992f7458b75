"""The figures as a Markdown table: ours, Pagefind's, their ratio, and each target with yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from benchmarks.search.browser import PARTS, Asked
from benchmarks.search.queries import CLASSES
from benchmarks.search.run import Run
from benchmarks.search.speed import EAGER, greatest, middle

FIRST_KB = {1_000: 20, 10_000: 27, 50_000: 30}
"""What a first query may weigh, up to so many pages."""

NEXT_KB, MOST_REQUESTS = 16, 10
SLOW_SHARE, LOOPBACK_SHARE = 1 / 2, 1 / 3
PAGES_A_SECOND, FEWEST_PAGES, PEAK_MB = 5_000, 10_000, 300
LEAST_MRR = dict(zip(CLASSES, (0.99, 0.98, 0.90, 0.93, 0.94), strict=True))


@dataclass(frozen=True)
class Row:
    """A line of the table; `reached` is None where nothing was promised."""

    what: str
    ours: str
    theirs: str
    ratio: str
    target: str = ""
    reached: bool | None = None


def table(run: Run) -> str:
    """The table of one size."""
    asked = ", ".join(f"{name} {count}" for name, count in run.asked.items())
    head = [
        f"## {run.pages:,} pages, {run.words:.0f} words each",
        "",
        f"Queries: {len(run.speed['Veillée'].first)} pairs for bytes and time; {asked}.",
        "",
        "| | Veillée | Pagefind | ratio | target | reached |",
        "|---|---:|---:|---:|---|---|",
    ]
    return "\n".join([*head, *map(_line, rows(run)), ""])


def rows(run: Run) -> list[Row]:
    """Every figure of one size."""
    return [*_bytes(run), *_times(run), *_relevance(run), *_building(run)]


def _line(row: Row) -> str:
    reached = "" if row.reached is None else "yes" if row.reached else "**no**"
    return f"| {row.what} | {row.ours} | {row.theirs} | {row.ratio} | {row.target} | {reached} |"


def _bytes(run: Run) -> Iterator[Row]:
    ours, theirs = run.speed["Veillée"], run.speed["Pagefind"]
    limit = next((kb for pages, kb in FIRST_KB.items() if run.pages <= 1.05 * pages), max(FIRST_KB.values()))
    for what, our, their, most in (
        ("first query", ours.first, theirs.first, limit),
        ("next query", ours.following, theirs.following, NEXT_KB),
    ):
        whole = _compared(f"{what}: kB on the wire, median", our, their, lambda one: one.sent / 1000, middle)
        yield _judged(whole, f"≤ {most} kB", middle(our, lambda one: one.sent / 1000) <= most)
        yield _compared(
            f"{what}: kB on the wire, greatest", our, their, lambda one: one.sent / 1000, greatest
        )
        yield _compared(
            f"{what}: kB without headers, median", our, their, lambda one: one.body / 1000, middle
        )
        count = _compared(
            f"{what}: requests, greatest", our, their, lambda one: one.requests, greatest, ".0f"
        )
        yield _compared(f"{what}: requests, median", our, their, lambda one: one.requests, middle, ".0f")
        yield _judged(count, f"≤ {MOST_REQUESTS}", greatest(our, lambda one: one.requests) <= MOST_REQUESTS)
    for part in (*PARTS, "index"):
        weight = partial(_weight, part)
        yield _compared(f"first query: kB of {part}, median", ours.first, theirs.first, weight, middle)
    yield _compared(
        "kB fetched after the first results", ours.first, theirs.first, lambda one: one.later / 1000, middle
    )


def _weight(part: str, one: Asked) -> float:
    return one.parts.get(part, 0) / 1000


MOMENTS = (
    ("loopback, first query", "first", LOOPBACK_SHARE, "≤ 1/3"),
    ("loopback, next query", "following", LOOPBACK_SHARE, "≤ 1/3"),
    ("slow link, first query", "slow_first", SLOW_SHARE, "≤ 1/2"),
    ("slow link, next query", "slow_following", SLOW_SHARE, "≤ 1/2"),
)


def _times(run: Run) -> Iterator[Row]:
    for what, moment, share, limit in MOMENTS:
        ours, theirs = (getattr(run.typed[name], moment) for name in ("Veillée", "Pagefind"))
        row = _numbers(f"typed, {what}: ms from the last key, median", median(ours), median(theirs), ".0f")
        yield _judged(row, f"{limit} of Pagefind’s", median(ours) <= share * median(theirs))
        yield _numbers(f"typed, {what}: ms, greatest", max(ours), max(theirs), ".0f")
        eager = getattr(run.typed[EAGER], moment)
        yield _numbers(f"typed, {what}, Pagefind not waiting: ms, median", median(ours), median(eager), ".0f")
    for name, said in (("Veillée", "pasted in the interface"), ("Veillée’s module", "module alone")):
        for what, moment, share, limit in MOMENTS:
            our, their = (getattr(run.speed[side], moment) for side in (name, "Pagefind"))
            row = _compared(f"{said}, {what}: ms, median", our, their, lambda one: one.ms, middle, ".0f")
            ratio = middle(our, lambda one: one.ms) / middle(their, lambda one: one.ms)
            yield _judged(row, f"{limit} of its module’s", ratio <= share)
            yield _compared(f"{said}, {what}: ms, greatest", our, their, lambda one: one.ms, greatest, ".0f")
            full = [both for both in zip(our, their, strict=True) if all(one.is_full for one in both)]
            if full:
                where = f"{said}, {what}, {len(full)} of {len(our)} where both show ten: ms, median"
                yield _compared(where, *zip(*full, strict=True), lambda one: one.ms, middle, ".0f")


def _relevance(run: Run) -> Iterator[Row]:
    for asks, ours in run.relevance["Veillée"].items():
        theirs = run.relevance["Pagefind"][asks]
        row = Row(f"MRR@10, {asks}", f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f}" if theirs else "")
        least = LEAST_MRR.get(asks)
        if least is None:
            yield row
        else:
            yield _judged(row, f"≥ {least} and ≥ Pagefind’s", round(ours, 3) >= least and ours >= theirs)


def _building(run: Run) -> Iterator[Row]:
    ours, theirs, alone = run.built["Veillée"], run.built["Pagefind"], run.alone
    speed = run.pages / ours.seconds
    row = _numbers("index: pages a second of processor", speed, run.pages / theirs.seconds, ",.0f")
    # A small site is all start: numpy, tables, a process.
    is_judged = run.pages >= FEWEST_PAGES
    yield _judged(row, f"≥ {PAGES_A_SECOND:,}", speed >= PAGES_A_SECOND) if is_judged else row
    whole = run.pages / (ours.seconds + ours.making)
    yield _numbers("the same with the making of documents", whole, run.pages / theirs.seconds, ",.0f")
    yield Row("reading the content before, s of processor", f"{ours.reading:.1f}", "", "")
    peak = alone.peak_bytes / 1e6
    row = _numbers("greatest memory, documents one by one: MB", peak, theirs.peak_bytes / 1e6, ",.0f")
    yield _judged(row, f"≤ {PEAK_MB}", peak <= PEAK_MB)
    yield Row("greatest memory with the whole content: MB", f"{ours.peak_bytes / 1e6:,.0f}", "", "")
    yield _numbers("size of the index: MB", ours.size / 1e6, theirs.size / 1e6, ",.1f")


def _compared(
    what: str,
    ours: Sequence[Asked],
    theirs: Sequence[Asked],
    figure: Callable[[Asked], float],
    of: Callable[[Sequence[Asked], Callable[[Asked], float]], float],
    form: str = ".1f",
) -> Row:
    return _numbers(what, of(ours, figure), of(theirs, figure), form)


def _numbers(what: str, ours: float, theirs: float, form: str) -> Row:
    return Row(what, f"{ours:{form}}", f"{theirs:{form}}", f"{ours / theirs:.2f}" if theirs else "")


def _judged(row: Row, target: str, reached: bool) -> Row:
    return Row(row.what, row.ours, row.theirs, row.ratio, target, reached)
