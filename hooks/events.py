"""MkDocs' events, in the order of a build. Clock and environment are read here and nowhere else in the site's making.

MkDocs loads this file under its path as a name: nothing imports it, and it imports only absolutely.
"""

from __future__ import annotations

import logging
import os
import posixpath
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks.build import Build
from hooks.editor import about_editor, installed_editor
from hooks.kept_cards import forget_unused
from hooks.templating import prepare
from portal.formats.prose import finish
from portal.problems import Severity

log = logging.getLogger("mkdocs.veillee")

_build: Build | None = None


def _current() -> Build:
    if _build is None:
        raise RuntimeError("on_config comes first")
    return _build


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the content; set what the company chose."""
    global _build  # noqa: PLW0603 - MkDocs' hooks have no object of their own to keep a build in
    root = Path(config.config_file_path).parent
    settings_folder = root / os.environ.get("VEILLEE_CONFIG", "site_config")
    try:
        now = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC)
        audience = os.environ.get("VEILLEE_AUDIENCE", "internal")
        # Read before the generator empties the folder of the site.
        last_site = Path(os.environ.get("VEILLEE_PREVIOUS") or config.site_dir)
        editor = installed_editor(root, os.environ.get("VEILLEE_EDITOR", "editor/node_modules"))
        loaded = Build.load(Path(config.docs_dir), settings_folder, audience, now, last_site)
        _build = replace(loaded, cards=root / ".cache" / "veillee" / "cards", editor=editor)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    _report(_build)
    if any(problem.path.startswith(f"{settings_folder.name}/") for problem in _build.problems):
        raise ConfigurationError(
            f"{settings_folder.name}/ can't be read as it is (see above): nothing is built"
        )
    if said := about_editor(_build.settings.site.repository.editor, audience, editor):
        log.info("%s", said)
    site = _build.settings.site
    config.site_name, config.site_url = site.name, site.url or ""
    config.site_description = site.tagline or ""
    config.theme["language"] = site.language
    config.nav = [{_build.translator.gettext("Home"): "index.md"}, *_build.nav()]
    return config


def _report(build: Build) -> None:
    """Errors fail a strict build; warnings are said and let it pass."""
    for problem in build.problems:
        level = logging.WARNING if problem.severity is Severity.ERROR else logging.INFO
        log.log(level, "%s:%d: %s", problem.path, problem.line, build.translator.say(problem.message))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the content folder's files by the declared outputs."""
    build = _current()
    made = build.files(files, config)
    if build.cards:
        forget_unused(build.cards, time.time())
    return made


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its template and its title; MkDocs prints titles as they are, so they are escaped here."""
    build = _current()
    output = build.pages[page.file.src_uri]
    title = output.title if output.record else build.translator.gettext(output.title)
    page.title = str(escape(title))
    page.meta = {
        "template": output.template,
        "title": page.title,
        "description": str(escape(output.description)),
    }
    page.edit_url = build.edit_url(output)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make a page's prose safe and well set."""
    return finish(html, _current().settings.site.language)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Prepare the templates, then render the fragments, which are files like others."""
    build = _current()
    prepare(env, build, list(config.markdown_extensions), config.mdx_configs)
    for output in build.fragments:
        base = posixpath.relpath(".", posixpath.dirname(output.address))
        html = env.get_template(output.template).render(
            record=output.record, output=output, base_url=base, config=config
        )
        files.append(File.generated(config, output.address, content=html))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Hand the declaration of the page to its template."""
    output = _current().pages[page.file.src_uri]
    context.update(output=output, record=output.record, section=output.section)
    return context
