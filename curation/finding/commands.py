"""The commands that find pages. Options in, the room called, its answers printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from curation.errors import FAILED, Stopped, said
from curation.options import CONFIG, CONTENT, Config, Content, Lang
from curation.report import printable
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.labels import LABELS
from portal.language import Translator
from portal.loading import load_settings
from portal.problems import N_, message

if TYPE_CHECKING:
    from curation.finding.answers import Answer, Result
    from curation.finding.index import Index

Audience = Annotated[
    str,
    typer.Option(
        "--audience",
        envvar="VEILLEE_AUDIENCE",
        metavar="internal|external|private:COMMUNITY",
        help="Whose site: nothing is found that it doesn’t hold.",
    ),
]
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="So many results at most.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def _narrowing(name: str, what: str) -> Any:
    """An option that may be given several times."""
    return typer.Option(f"--{name}", metavar="NAME", help=f"Only {what}; again for others.")


@said
def search(
    context: typer.Context,
    *,
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY…", help="Words; see `docs/searching.md` for what they may be."),
    ],
    kind: Annotated[list[str] | None, _narrowing("kind", "pages of this kind")] = None,
    territory: Annotated[list[str] | None, _narrowing("territory", "pages of this territory")] = None,
    skill: Annotated[list[str] | None, _narrowing("skill", "pages about this skill")] = None,
    community: Annotated[list[str] | None, _narrowing("community", "pages of this community")] = None,
    language: Annotated[list[str] | None, _narrowing("language", "pages in this language")] = None,
    year: Annotated[list[str] | None, _narrowing("year", "pages of this year")] = None,
    limit: Limit = 10,
    audience: Audience = "internal",
    as_json: AsJson = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Find pages by their words, as the site does.

    Words are found whatever their accents, their case and most of their endings. `"two words"` stand together,
    `-word` leaves pages out, and `competence:python` or `lieu:lyon` narrow, as the options do. The shell keeps
    quotes for itself: put the whole query between the other ones.

    Stops with 1 when nothing is found, as `grep` does. The first search after a change makes an index, which is kept
    in `.cache/veillee/whoosh`; it is safe to delete.

    With --json, an object: `version` (1), `query`, `count` (of all results), `corrected` and `proposed` (words that
    no page holds, and what was searched or could be searched instead), and `results`, a list of objects with `kind`,
    `slug`, `path`, `title`, `address`, `score` and `excerpt`; a listing has neither slug nor path.
    """
    from curation.finding.answers import answer, as_document
    from curation.finding.opening import open_index

    around, say = Surroundings.of(context), _voice(context, config, lang)
    text = _joined(query)
    wanted = {
        "kind": kind, "territory": territory, "skill": skill, "community": community, "language": language,
        "year": year,
    }  # fmt: skip
    with open_index(around, content, config, audience, say) as index:
        chosen = {facet: _values(facet, names, index) for facet, names in wanted.items() if names}
        answered = answer(text, index, chosen, limit)
    if as_json:
        typer.echo(json.dumps(as_document(answered, content), ensure_ascii=False, indent=2))
    else:
        _show(answered, content, say, Screen())
    if not answered.results:
        raise typer.Exit(FAILED)


@said
def related(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of the content folder.")],
    *,
    limit: Limit = 4,
    audience: Audience = "internal",
    as_json: AsJson = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Say which pages are near one, by their words.

    They are those that the site proposes to read next at the bottom of the page. Stops with 1 when there is none.

    With --json, an object: `version` (1), `path`, `count` and `results`, a list of objects with `kind`, `slug`, `path`,
    `title`, `address` and `score`, a likeness from 0 to 1.
    """
    from curation.finding.neighbours import as_document, near

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    results = near(file, tree, around.working, audience, limit)
    screen = Screen()
    if as_json:
        typer.echo(json.dumps(as_document(file.as_posix(), results, content), ensure_ascii=False, indent=2))
    for result in () if as_json else results:
        _show_result(result, content, say, screen)
    if results:
        return
    if not as_json:
        screen.say(say.gettext("Nothing was found."))
    raise typer.Exit(FAILED)


def _voice(context: typer.Context, config: Path, lang: str | None) -> Translator:
    site = load_settings(Surroundings.of(context).working / config)[0].site
    return Translator(lang or site.language, site.timezone)


def _joined(words: Sequence[str]) -> str:
    """The query as one text. A shell's words may begin by a hyphen; what looks like an option of ours isn't one.

    Raises:
        Stopped: it is empty, or holds an unknown option.
    """
    for word in words:
        if word.startswith("--") and word[2:3].isalpha():
            raise Stopped(message(N_("there is no option “{option}”"), option=word))
    text = " ".join(words).strip().encode(errors="replace").decode()
    if not text:
        raise Stopped(message(N_("what to search for? Give at least one word")))
    return text


def _values(facet: str, names: Sequence[str], index: Index) -> set[str]:
    """The values that an option names.

    Raises:
        Stopped: there is none of that name.
    """
    from curation.finding.answers import not_named
    from curation.finding.ranking import values_named
    from portal.search.queries import words_of

    found: set[str] = set()
    for name in names:
        values = values_named(" ".join(words_of(name)), index.labels.get(facet, {}))
        if not values:
            raise Stopped(not_named(facet, name, index))
        found |= values
    return found


def _show(answered: Answer, content: Path, say: Translator, screen: Screen) -> None:
    """A few lines a result, then how many there are."""
    for note in answered.notes:
        screen.say(printable(say.say(note)))
    for word, spelling in answered.corrected:
        what = say.gettext("“{word}” is on no page: here is “{spelling}”.")
        screen.say(what.format(word=printable(word), spelling=printable(spelling)))
    for result in answered.results:
        _show_result(result, content, say, screen)
    if not answered.results:
        screen.say(say.gettext("Nothing was found."))
    for word, spelling in answered.proposed:
        what = say.gettext("“{word}” is on no page: did you mean “{spelling}”?")
        screen.say(what.format(word=printable(word), spelling=printable(spelling)))
    if answered.results:
        screen.say(_counted(answered, say))


def _show_result(result: Result, content: Path, say: Translator, screen: Screen) -> None:
    from curation.finding.answers import shown_path

    page = result.page
    label = LABELS["kind"].get(page.kind)
    kind = f" · {say.gettext(label)}" if label else ""
    screen.marked([(printable(page.title), True), (kind, False)])
    screen.say(f"    {printable(shown_path(page, content) or page.address or '/')}")
    if result.excerpt and result.excerpt.text:
        screen.marked(result.excerpt.pieces, "    ")


def _counted(answered: Answer, say: Translator) -> str:
    pages = say.ngettext("{count} page found", "{count} pages found", answered.count)
    found = pages.format(count=say.number(answered.count))
    if answered.count == len(answered.results):
        return f"{found}."
    shown = len(answered.results)
    first = say.ngettext("{found}; the first is shown.", "{found}; the first {shown} are shown.", shown)
    return first.format(found=found, shown=shown)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(context_settings={"ignore_unknown_options": True})(search)
    app.command()(related)
