"""The forms: every key that people may give is asked, once, in words of ours; and only inside the company."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from portal.addresses import FORM_ADDRESSES
from portal.checks import check
from portal.content import Content
from portal.formats import sheet
from portal.formats.form_ways import MAX_MAILTO_CHARS, issue_parameters, mailto
from portal.formats.form_words import HINTS, QUESTIONS, ROWS, SCALES, SECTIONS
from portal.formats.forms import FEW, Form, form_of, names_of
from portal.formats.sheet import SHEET_KINDS, labels, read_sheet
from portal.formats.sheet import keys as sheet_keys
from portal.language import LANGUAGES, Translator
from portal.loading import load_content
from portal.outputs import form_data_json
from portal.page_words import INVITATIONS
from portal.records import KINDS, Community, Idea, Person, Skill, Source
from portal.records.fields import Line
from portal.records.places import CONTRIBUTED
from portal.settings import Repository
from tests.conftest import MINI, NOW, company
from tests.demo import demo_site
from tests.site import build, declared

FRENCH = Translator("fr")


def names_in(form: Form) -> set[str]:
    return {one.name for field in form.fields for one in (field, *field.parts)}


# --- what is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHEET_KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_sheet_is_asked_once_and_in_words(internal: Content, kind: str, language: str) -> None:
    say = Translator(language)
    form = form_of(kind, internal, say)
    asked = [one.name for field in form.fields for one in (field, *field.parts)]
    assert asked.count("body") == 1
    assert sorted(asked) == sorted(labels(kind, say))
    assert [field.place for field in form.fields] == list(range(len(form.fields)))
    assert all(one.label and one.word for field in form.fields for one in (field, *field.parts))
    assert all(field.hint for field in form.fields)


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_what_a_record_needs_is_required_and_comes_first(internal: Content, kind: str) -> None:
    form = form_of(kind, internal, FRENCH)
    needed = {item.name for item in sheet.asked(kind) if item.required}
    assert {field.name for field in form.fields if field.required} == needed
    assert needed <= {field.name for field in form.sections[0].fields}


@pytest.fixture
def _fresh_sheets() -> Iterator[None]:
    sheet_keys.asked.cache_clear()
    yield
    sheet_keys.asked.cache_clear()


@pytest.mark.usefixtures("_fresh_sheets")
def test_a_key_that_is_added_to_a_model_is_asked(internal: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    class Costed(Idea):
        budget: Line
        """What it would cost."""
        savings: Line | None = None
        """What it would save."""

    monkeypatch.setitem(KINDS, "idea", Costed)
    form = form_of("idea", internal, FRENCH)
    budget, savings = (
        next(field for field in form.fields if field.name == name) for name in ("budget", "savings")
    )
    assert (budget.required, budget.control, budget.label) == (True, "line", "Budget")
    assert budget.hint == "What it would cost."
    assert budget in form.sections[0].fields, "what is needed comes first"
    assert savings in form.sections[-1].fields


def test_the_kinds_are_the_same_everywhere() -> None:
    assert set(SHEET_KINDS) == set(INVITATIONS) == set(SECTIONS) == {model.kind for model in CONTRIBUTED}
    assert all(set(names) == set(SHEET_KINDS) for names in FORM_ADDRESSES.values())
    assert all(len(set(names.values())) == len(names) for names in FORM_ADDRESSES.values())


def test_no_word_is_kept_for_a_key_that_is_gone(internal: Content) -> None:
    known = {f"{kind}.{name}" for kind in SHEET_KINDS for name in names_in(form_of(kind, internal, FRENCH))}
    placed = {
        f"{kind}.{name}" for kind, sections in SECTIONS.items() for _, names in sections for name in names
    }
    parts = {f"{row}.{name}" for row, names in ROWS.items() for name in names}
    assert (set(QUESTIONS) | set(HINTS) | set(SCALES) | placed | parts) - known == set()


def test_an_answer_is_given_in_the_words_of_the_sheet(internal: Content) -> None:
    person = {field.name: field for field in form_of("person", internal, FRENCH).fields}
    skill, level, offers = person["skills"].parts
    assert (skill.control, skill.names, skill.required) == ("name", "skill", True)
    assert [(option.word, option.label) for option in level.options][::4] == [
        ("1", "Découvre"),
        ("5", "Référence"),
    ]
    assert [option.word for option in offers.options] == ["peut transmettre", "peut aider"]
    assert [option.label for option in person["territory"].options] == [
        territory.title for territory in in_tree(internal)
    ]
    assert person["interests"].parts[1].options[0].label == "Par curiosité"
    assert person["languages"].names == "language"
    quote = {
        field.name: field for field in form_of("story", internal, FRENCH).fields if field.group == "quote"
    }
    assert all(field.completes and not field.required for field in quote.values())
    results = next(field for field in form_of("story", internal, FRENCH).fields if field.name == "results")
    assert [part.name for part in results.parts][:3] == ["results.label", "results.before", "results.after"]


def in_tree(content: Content, around: str | None = None) -> list[object]:
    found = content.roots() if around is None else content.children(content.territory(around))
    return [one for item in found for one in (item, *in_tree(content, item.slug))]


def crowd(content: Content, *more: object) -> Content:
    return Content([*content.records, *more], content.settings, now=content.now)


def test_many_records_are_named_rather_than_shown(internal: Content) -> None:
    def opened(number: int) -> Community:
        front = {"title": f"Ronde {number}", "purpose": "Marcher.", "kind": "interest", "animators": ("ana",)}
        return Community.read(front, Source(f"communities/ronde-{number}/index.md", f"ronde-{number}"))

    few = form_of("question", internal, FRENCH).fields
    many = form_of("question", crowd(internal, *map(opened, range(FEW))), FRENCH).fields
    assert [next(f for f in fields if f.name == "community").control for fields in (few, many)] == [
        "pick",
        "name",
    ]


def test_names_are_those_of_the_people_who_work_here(internal: Content) -> None:
    twin = Person.read(
        {"name": internal.person("ana").name, "job_title": "Apicultrice", "territory": "sud"},
        Source("people/ana-2.md", "ana-2"),
    )
    skill = Skill.read(
        {"title": "Aquarelle", "aliases": ("lavis",)}, Source("skills/aquarelle.md", "aquarelle")
    )
    names = names_of(crowd(internal, twin, skill), FRENCH)
    assert ["ana", twin.name] in names["person"], "two people of one name are told apart"
    assert ["ana-2", twin.name] in names["person"]
    assert ["Aquarelle", "lavis"] in names["skill"]
    assert "Dan Parti" not in str(names), "who left isn’t proposed"
    assert ["français"] in names["language"]


def test_a_private_community_is_named_in_its_own_site_only(mini: Content) -> None:
    inside, outside = mini.view("private:cercle", NOW), mini.view("internal", NOW)
    assert "Le cercle secret" in str(form_of("question", inside, FRENCH))
    assert "Le cercle secret" not in str(form_of("question", outside, FRENCH)) + form_data_json(outside)


# --- what is sent -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHEET_KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_sheet_is_a_sheet_and_fits_in_a_mail(internal: Content, kind: str, language: str) -> None:
    form = form_of(kind, internal, Translator(language))
    read = read_sheet(form.sheet)
    assert (read.kind, read.fields, read.unknown) == (kind, (), ())
    address = mailto("bonjour@mini.example", form.header, form.sheet)
    assert len(address) <= MAX_MAILTO_CHARS
    subject, body = re.fullmatch(
        r"mailto:bonjour@mini\.example\?subject=([^&]*)&body=([^&]*)", address
    ).groups()
    assert unquote(subject) == form.header
    assert unquote(body) == form.sheet.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("repository", "names"),
    [
        ({"issue_url": "https://github.com/a/b/issues/new"}, ("title", "body")),
        ({"issue_url": "https://forge.example/a/b/issues/new", "forge": "forgejo"}, ("title", "body")),
        ({"issue_url": "https://forge.example/a/issues/new", "forge": "gitlab"}, ("issue[title]", "issue[description]")),
        ({"issue_url": "https://forge.example/a/b/-/issues/new"}, ("issue[title]", "issue[description]")),
        ({"issue_url": "https://gitlab.example/a/b/issues/new"}, ("issue[title]", "issue[description]")),
        ({"issue_url": "https://gitlab.example/a/b/issues/new", "forge": "github"}, ("title", "body")),
        ({}, ("title", "body")),
    ],
)  # fmt: skip
def test_each_forge_has_its_own_names_for_a_new_issue(
    repository: dict[str, str], names: tuple[str, str]
) -> None:
    assert issue_parameters(Repository.model_validate(repository)) == names


# --- who has them -------------------------------------------------------------------------------------------------


def forms_in(site: Path) -> set[str]:
    return {page.parent.relative_to(site).as_posix() for page in site.rglob("contribu*/**/index.html")}


@pytest.mark.parametrize("audience", ["internal", "private:cercle"])
def test_forms_are_declared_inside(mini: Content, audience: str) -> None:
    outputs = {output.address for output in declared(mini.view(audience, NOW))}
    assert {"contribuer/index.html", "contribuer/question/index.html", "form-data.json"} <= outputs


def test_the_public_site_has_no_form_and_no_way_to_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = demo_site(tmp_path_factory, "external").folder
    assert forms_in(site) == set()
    assert not (site / "form-data.json").exists()
    pages = {page.relative_to(site).as_posix(): page.read_text() for page in site.rglob("*.html")}
    assert [path for path, html in pages.items() if re.search("contribuer/|data-v-form|v-entry", html)] == []


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature company in English, where a guide links to a form."""
    root = tmp_path_factory.mktemp("english")
    shutil.copytree(MINI, root / "content")
    shutil.copytree(MINI.parent / "site_config", root / "config")
    settings = root / "config" / "site.yml"
    settings.write_text(settings.read_text().replace("language: fr", "language: en"))
    guide = root / "content" / "guides" / "debuter.md"
    guide.write_text(guide.read_text() + "\nPosez [une question](../contribute/question.md#f-title).\n")
    done = build(root / "site", content=root / "content", config=root / "config")
    assert done.returncode == 0, done.stderr
    return root


def test_an_english_portal_has_english_forms(english: Path) -> None:
    site = english / "site"
    assert forms_in(site) == {
        "contribute", *(f"contribute/{name}" for name in FORM_ADDRESSES["en"].values())
    }  # fmt: skip
    html = (site / "contribute" / "profile" / "index.html").read_text()
    assert "What you would like to learn" in html
    assert "Veillée · Person" in html
    said = re.sub(
        r'data-reserved="[^"]*"|data-otherwise="[^"]*"|<option.*?</option>|<label class="v-check">.*?</label>',
        "",
        html,
    )
    body = said[said.index('data-v-form="person"') : said.index("</form>")]
    assert re.findall(r"[éèêàçù]\w+", body.replace("Veillée", "")) == []
    assert '"French"' in (site / "form-data.json").read_text()


def test_a_text_may_link_to_a_form(english: Path) -> None:
    html = (english / "site" / "guides" / "debuter" / "index.html").read_text()
    assert 'href="../../contribute/question/#f-title"' in html


def test_a_link_to_a_form_that_is_not_there_is_named(tmp_path: Path) -> None:
    guide = company(tmp_path) / "content" / "guides" / "debuter.md"
    guide.write_text(guide.read_text() + "\n[Un lieu](../contribute/territory.md)\n")
    assert [problem.rule for problem in check(load_content(tmp_path / "content"), NOW)][-1:] == [
        "broken-link"
    ]


def test_a_form_runs_nothing_of_its_own(english: Path) -> None:
    """A strict policy would stop inline code and styles, and a form that left the page."""
    for page in (english / "site" / "contribute").rglob("index.html"):
        html = page.read_text()
        inline = r'<style|\sstyle=|\son\w+=|javascript:|<form(?![^>]* method="get")[^>]* action='
        assert not re.search(inline, html), page
        assert re.findall(r"<script(?![^>]* src=)", html) == [], page
        assert all('method="dialog"' in form for form in re.findall(r"<form[^>]*data-v-form[^>]*>", html))


def test_the_names_that_complete_are_a_document(internal: Content) -> None:
    names = json.loads(form_data_json(internal))
    assert set(names) == {"language", "person", "skill"}
    assert all(
        entry and all(isinstance(name, str) for name in entry)
        for listed in names.values()
        for entry in listed
    )
