"""A page of the site as a PDF file, through WeasyPrint, which is optional: it needs Pango, a library of the system."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import unquote, urlsplit

from curation.errors import Stopped
from portal.problems import N_, message

_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def write_pdf(page: Path, folder: Path, out: Path) -> int:
    """Write the page of a site, which reads nothing outside the site's `folder`; gives the number of sheets.

    Raises:
        Stopped: WeasyPrint or what it needs isn't there; says what to install.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(filename=str(page), url_fetcher=_only_inside(folder, weasyprint)).render()
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{token_hex(8)}.new")
    try:
        document.write_pdf(str(beside))
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return len(document.pages)


def _weasyprint() -> Any:
    try:
        import_module("weasyprint.urls")
        return import_module("weasyprint")
    except ModuleNotFoundError:
        what = N_(
            "WeasyPrint, which makes the PDF, isn’t installed: run “pip install weasyprint”, and on Debian “apt-get install "
            "{packages}”; or print the poster’s page from a browser"
        )
        raise Stopped(message(what, packages=_PACKAGES)) from None
    except OSError as error:
        what = N_(
            "WeasyPrint finds no Pango on this machine: on Debian, run “apt-get install {packages}” ({why}); or print the "
            "poster’s page from a browser"
        )
        raise Stopped(message(what, packages=_PACKAGES, why=str(error).splitlines()[0])) from None


def _only_inside(folder: Path, weasyprint: Any) -> Callable[[str], Any]:
    """What WeasyPrint may read: files of the site, never the network nor the rest of the disk."""
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("file",))

    def fetch(url: str) -> Any:
        path = Path(unquote(urlsplit(url).path)).resolve()
        if not path.is_relative_to(folder):
            raise ValueError(f"{url} isn't a file of the site")
        return fetcher.fetch(url)

    return fetch
