"""The editor in the site: where it is, where it isn't, what is said of it, and that no third party is asked."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page

from curation.editor import HOST
from tests.commands import run
from tests.conftest import ROOT, company
from tests.editor.conftest import Desk, is_here
from tests.site import build


def built(folder: Path, editor: str = "", **variables: str) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The miniature company's site, whose settings name a forge for the editor."""
    of = company(folder)
    site = of / "site_config" / "site.yml"
    site.write_text(site.read_text() + f"  editor:\n    backend: {editor or 'local'}\n")
    done = build(folder / "site", content=of / "content", config=of / "site_config", **variables)
    assert done.returncode == 0, done.stderr
    return folder / "site", done


def test_without_npm_the_portal_builds_and_says_that_the_editor_is_absent(tmp_path: Path) -> None:
    site, done = built(tmp_path, VEILLEE_EDITOR="nowhere/node_modules")
    assert not (site / "admin").exists()
    assert "The browser editor is absent from this site: `make editor` installs it" in done.stderr
    assert "Écrire dans le portail" not in (site / "index.html").read_text()


def test_the_command_says_what_it_needs(here: Path) -> None:
    result = run("editor")
    assert result.exit_code == 2
    assert "lancez `make editor` (il lui faut npm)" in " ".join(result.output.split())
    assert not (here / ".cache").exists()


def test_the_public_site_has_no_editor_and_no_way_to_it(tmp_path: Path) -> None:
    site, done = built(tmp_path, VEILLEE_EDITOR="editor/node_modules", VEILLEE_AUDIENCE="external")
    assert not (site / "admin").exists()
    assert "editor" not in done.stderr
    assert not [page for page in site.rglob("*.html") if "admin/" in page.read_text()]


def test_it_is_linked_from_each_page_and_kept_from_search_engines(desk: Desk) -> None:
    site = desk.workshop.site
    for page, up in (("index.html", "."), ("histoires/index.html", "..")):
        assert f'href="{up}/admin/" rel="nofollow">Écrire dans le portail</a>' in (site / page).read_text()
    page = (site / "admin" / "index.html").read_text()
    assert '<meta name="robots" content="noindex,nofollow">' in page
    assert "default-src &#39;none&#39;; script-src &#39;self&#39; &#39;unsafe-eval&#39;" in page
    assert "admin/" not in (site / "sitemap.xml").read_text()


def test_what_npm_brought_comes_with_its_licences_and_nothing_more(desk: Desk) -> None:
    admin = desk.workshop.site / "admin"
    modules = ROOT / "editor" / "node_modules"
    bundle = (modules / "decap-cms" / "dist" / "decap-cms.js").read_bytes()
    assert (admin / "decap-cms.js").read_bytes() == bundle
    assert (admin / "decap-cms.js.LICENSE.txt").is_file()
    assert "Permission to use" in (admin / "yaml" / "LICENSE").read_text()
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not [name for name in kept.splitlines() if "decap-cms.js" in name or "node_modules" in name]


def test_decap_server_listens_on_loopback_alone(desk: Desk) -> None:
    told = (desk.workshop.site / "admin" / "config.yml").read_text()
    port = re.search(r"proxy_url: http://127\.0\.0\.1:(\d+)/api/v1", told)
    assert port
    addresses = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].partition(":")[2], 16) == int(port[1])
    ]
    assert addresses == [f"0100007F:{int(port[1]):04X}"]
    ipv6 = Path("/proc/net/tcp6")
    assert not ipv6.exists() or f":{int(port[1]):04X} " not in ipv6.read_text()
    assert HOST == "127.0.0.1"


def test_no_third_party_is_asked_from_the_first_page_to_the_last(page: Page, desk: Desk) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.address)
    page.get_by_role("button", name="Se connecter").click()
    for place in ("collections/people", "workflow", "collections/stories/new"):
        page.goto(f"{desk.address}#/{place}")
        page.wait_for_load_state("networkidle")
    assert len(asked) > 20
    assert [url for url in asked if not is_here(url)] == []
