"""One letter of the content → its mail as its readers' view lets it be, and the files that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image

from curation.errors import FAILED, Stopped
from curation.files import write_over
from curation.report import line
from curation.tree import Tree
from portal.content import Content
from portal.formats import newsletter as formats
from portal.language import Translator
from portal.problems import N_, Severity, message
from portal.records import Newsletter


@dataclass(frozen=True)
class Rendered:
    """The mail of a letter: its head and its two parts; `missing` is what it shows and its readers can't see."""

    letter: Newsletter
    envelope: formats.Envelope
    html: str
    text: str
    missing: tuple[str, ...]

    @property
    def whole(self) -> bytes:
        """The message, to be addressed."""
        return formats.message(self.envelope, self.html, self.text)

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Lay the two parts and the message, addressed to its sender, in a folder; the files in that order."""
        sender = self.envelope.sender[1]
        mail = formats.addressed(self.whole, sender, self.envelope.id_for(sender))
        texts = {".html": self.html, ".txt": self.text, ".eml": mail.decode("ascii")}
        files = {folder / f"{self.letter.slug}{suffix}": text for suffix, text in texts.items()}
        for file, text in files.items():
            write_over(file, text)
        return tuple(files)


def letter_at(path: str, tree: Tree, say: Translator) -> Newsletter:
    """The letter of a file of the content.

    Raises:
        Stopped: it is none, or something is wrong with it.
    """
    for problem in tree.own_problems:
        if problem.path == tree.shown_path(path) and problem.severity is Severity.ERROR:
            raise Stopped(
                message(N_("mend the letter first: {problem}"), problem=str(line(problem, say))), FAILED
            )
    record = tree.loaded.content.by_path.get(path)
    if not isinstance(record, Newsletter):
        raise Stopped(message(N_("“{file}” isn’t a letter: letters stand in newsletters/"), file=path))
    return record


def readers_view(letter: Newsletter, tree: Tree) -> Content:
    """What those who receive a letter may see on its day, without what is broken."""
    content = tree.loaded.content
    return content.published(content.audience_of(letter), content.leaves_at(letter), broken_files(tree))


def broken_files(tree: Tree) -> frozenset[str]:
    """The files, by their paths inside the content folder, that a site would leave out."""
    prefix = f"{tree.content_name}/" if tree.content_name else ""
    errors = (item for item in tree.own_problems if item.severity is Severity.ERROR)
    return frozenset(item.path.removeprefix(prefix) for item in errors)


def render(letter: Newsletter, tree: Tree, date: datetime | None = None) -> Rendered:
    """The mail of a letter; `date` (aware) is when it leaves, the beginning of its day when absent.

    Raises:
        Stopped: the settings don't say where the portal is read, or who sends.
    """
    site, mailing = tree.settings.site, tree.settings.mailing
    if site.url is None:
        raise Stopped(
            message(N_("a mail needs whole addresses: write where the portal is read as “url” in site.yml"))
        )
    sender = mailing.sender or site.contact
    if sender is None:
        raise Stopped(
            message(N_("who sends the letter? Write “from” in mailing.yml, or “contact” in site.yml"))
        )
    view = readers_view(letter, tree)
    seen = view.by_path[letter.path]
    if not isinstance(seen, Newsletter):
        raise AssertionError("a letter stays one in a view")
    sizes = _sizes(formats.pictures_of(seen, view), tree.folder)
    made = formats.edition(seen, view, site.url, sizes)
    envelope = formats.Envelope(
        slug=letter.slug,
        subject=letter.title,
        sender=(mailing.name or site.name, sender),
        date=date or view.leaves_at(letter),
        page=made.page,
        reply_to=mailing.reply_to or "",
        unsubscribe=made.unsubscribe,
        language=letter.lang,
    )
    missing = tuple(_missing(letter, view))
    return Rendered(letter, envelope, formats.html(made), formats.plain_text(made), missing)


def _missing(letter: Newsletter, view: Content) -> Iterator[str]:
    return (f"{item.key[0]}: {item.key[1]}" for item in letter.items if view.get(*item.key) is None)


def _sizes(paths: tuple[str, ...], folder: Path) -> Mapping[str, tuple[int, int]]:
    """Width and height of pictures, in pixels."""
    found = {}
    for path in paths:
        with Image.open(folder / path) as picture:
            found[path] = picture.size
    return found
