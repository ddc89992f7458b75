"""What is printed and asked: with colours and completion in a terminal, as plain lines anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from curation.explain import Section
from curation.report import Report, line, summary
from portal.language import Translator
from portal.problems import Problem, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


@dataclass(frozen=True)
class Rows:
    """A table: the heads of its columns, and a tuple as long for each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Screen:
    """Standard output; the only part of the commands that knows of colours. It is also what interviews talk to."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads."""
        return self._console.is_terminal

    def say(self, text: str) -> None:
        """One line."""
        self._console.print(Text(text))

    def marked(self, pieces: Iterable[tuple[str, bool]], indent: str = "") -> None:
        """One line in pieces; those that are marked stand out where there are colours."""
        styled = ((piece, "bold yellow" if is_marked else "") for piece, is_marked in pieces)
        self._console.print(Text.assemble(indent, *styled))

    def write(self, text: str) -> None:
        """A document, byte for byte, whatever reads it."""
        typer.echo(text, nl=False)

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[], None]]:
        """A bar on standard error while something long runs, in a terminal only; call what is given after each step."""
        console = Console(stderr=True)
        if not console.is_terminal:
            yield lambda: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

        with Progress(
            BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
        ) as bar:
            task = bar.add_task("", total=total)
            yield lambda: bar.advance(task)

    def problems(self, problems: Iterable[Problem], translator: Translator) -> None:
        """One line a problem."""
        for problem in problems:
            said = line(problem, translator)
            styled = (said.place, "bold"), ": ", (said.severity, _STYLES[problem.severity]), f": {said.what}"
            self._console.print(Text.assemble(*styled))

    def report(self, report: Report) -> None:
        """Every problem, then the summary."""
        self.problems(report.problems, report.translator)
        self._console.print(Text(summary(report), "bold" if report.problems else "bold green"))

    def sections(self, sections: Iterable[Section]) -> None:
        """Titles with their rows: a table in a terminal, `label: words` lines elsewhere."""
        for section in sections:
            self._console.print(Text(section.title, "bold"))
            if self.is_terminal:
                self._console.print(Padding(_table(section), (0, 0, 1, 2)), soft_wrap=False)
                continue
            for label, words in section.rows:
                self.say(f"  {label}: {words}" if label else f"  {words}")

    def title(self, text: str) -> None:
        """A line that stands out above what follows."""
        self._console.print(Text(text, "bold"))

    def table(self, rows: Rows) -> None:
        """Columns in a terminal; elsewhere one line a row, its cells parted by tabs, without the heads."""
        if not self.is_terminal:
            for row in rows.rows:
                self.say("\t".join(row))
            return
        drawn = Table(*rows.head, box=SIMPLE_HEAD, pad_edge=False)
        for row in rows.rows:
            drawn.add_row(*map(Text, row))
        self._console.print(drawn, soft_wrap=False)

    def ask(self, question: str, default: str = "", words: Sequence[str] = ()) -> str:
        """One line; Tab completes it from `words`."""
        with _completing(words):
            return str(typer.prompt(question, default=default, show_default=bool(default)))


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Tab completes from `words` meanwhile, where the terminal can."""
    try:
        import readline
    except ImportError:
        yield
        return

    def complete(typed: str, state: int) -> str | None:
        return next(islice((word for word in words if word.startswith(typed)), state, None), None)

    previous, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(previous)
        readline.set_completer_delims(delimiters)


def _table(section: Section) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, words in section.rows:
        table.add_row(Text(label), Text(words))
    return table
