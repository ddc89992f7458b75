"""The command that makes a PDF file of a poster. Options in, the page found in the built site, the file written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from curation.errors import FAILED, Stopped, said
from curation.explain import locate
from curation.options import CONFIG, CONTENT, Config, Content, Lang
from curation.posters.pdf import write_pdf
from curation.surroundings import Surroundings
from portal.addresses import poster_address
from portal.outputs.posters import POSTED
from portal.problems import N_, message

SITE = Path("site")


@said
def poster(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of a story or a meeting.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The PDF file to write.")],
    site: Annotated[
        Path,
        typer.Option("--site", envvar="VEILLEE_SITE", metavar="DIR", help="The folder of the built site."),
    ] = SITE,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Write the poster of a story or a meeting as a PDF file: one sheet of A4.

    It reads the poster’s page in the site that was built last. It needs WeasyPrint (`pip install weasyprint`, and Pango from
    the system); without it, open the poster’s page and print it from the browser.
    """
    around = Surroundings.of(context)
    tree, say = around.read(content, config, lang)
    path = locate(file, tree, around.working)
    record = tree.content.by_path.get(path)
    if not isinstance(record, POSTED):
        raise Stopped(message(N_("only stories and meetings have a poster, not “{file}”"), file=file))
    folder = (around.working / site).resolve()
    address = poster_address(record, tree.settings.site.language)
    page = folder / address / "index.html"
    if not page.is_file():
        what = N_(
            "there is no page {address} in “{site}”: build the site (make build), for an audience that sees “{file}”"
        )
        raise Stopped(message(what, address=address, site=site, file=file))
    sheets = write_pdf(page, folder, around.working / out)
    if sheets != 1:
        what = N_(
            "“{out}” has {sheets} sheets instead of one: its fonts are wider than those that were tried"
        )
        raise Stopped(message(what, out=out, sheets=sheets), FAILED)
    typer.echo(say.gettext("{out} is written.").format(out=out))


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(poster)
