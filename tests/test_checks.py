"""The rules: one content tree broken in every way at once, and the tricky rules by themselves."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.report import printable
from hooks.build import Build
from portal.checks import RULES, Change, check
from portal.content import Content, Loaded, Media
from portal.language import Translator
from portal.loading import load_content
from portal.markdown_links import links, without_code, without_links
from portal.problems import Problem, Severity, in_order
from portal.records import Community, Event, Guide, Person, Record, Source
from portal.settings import Checks, Creators, Settings
from tests.broken_files import expected_problems, make_broken
from tests.conftest import MINI, NOW
from tests.golden import assert_golden


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """Every problem of the broken tree, the loader's too."""
    loaded = load_content(make_broken(tmp_path_factory.mktemp("broken")), Settings())
    return in_order([*loaded.problems, *check(loaded, NOW)])


def said(problem: Problem) -> str:
    sentence = printable(Translator("en").say(problem.message))
    return f"{problem.path}:{problem.line}: [{problem.rule}] {sentence}"


def test_a_tree_broken_in_every_way_gives_every_message_at_once(broken: list[Problem]) -> None:
    assert_golden("broken.txt", "".join(f"{said(problem)}\n" for problem in broken))


def test_each_broken_file_has_its_problems_and_no_other(broken: list[Problem]) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for problem in broken:
        found[problem.path.removeprefix("content/")].append(problem.rule)
    assert {path: sorted(rules) for path, rules in found.items()} == expected_problems()
    assert len(found) >= 45


def test_no_rule_is_untested(broken: list[Problem]) -> None:
    untested = {rule.name for rule in RULES} - {problem.rule for problem in broken}
    assert untested == {"community-creator", "unsaid-change"}, "they judge a change"


def test_every_message_can_be_said(broken: list[Problem]) -> None:
    for problem in broken:
        fields = {field for _, field, _, _ in Formatter().parse(problem.message.text) if field}
        assert fields == set(problem.message.params)
        assert "'" not in problem.message.text, "typographic apostrophes"


def test_rules_have_a_name_and_one_sentence_each() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    sentences = [str(rule.sentence) for rule in RULES]
    assert len(set(sentences)) == len(RULES)
    for rule, sentence in zip(RULES, sentences, strict=True):
        assert sentence == (rule.__doc__ or "").split("\n\n")[0]
        assert sentence.endswith(".")
        assert "'" not in sentence, "typographic apostrophes"


def test_the_whole_company_has_no_error() -> None:
    problems = check(load_content(MINI), NOW)
    assert [said(problem) for problem in problems if problem.severity is Severity.ERROR] == []


# --- rules by themselves ------------------------------------------------------------------------------------------


def loaded(*records: Record, settings: Settings | None = None, media: tuple[Media, ...] = ()) -> Loaded:
    return Loaded(Content(records, settings, media=media), (), frozenset(), "content")


def guide(body: str, **values: Any) -> Guide:
    return Guide.read(
        {"title": "Un guide", "summary": "Pour essayer.", **values},
        Source("guides/essai.md", "essai", body, body_line=10),
    )


def rules_broken_by(body: str) -> list[str]:
    return [problem.rule for problem in check(loaded(guide(body)), NOW)]


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x]( javascript:alert(((1))))",
        "[x](java&#115;cript:alert(1))",
        "[x](java&#x73;cript:alert(1))",
        "[x](java&#0000115cript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](jav\tascript:alert(1))",
        "[x](jav\nascript:alert(1))",
        "[x](&#1;javascript:alert(1))",
        "[x](vbscript:msgbox)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](data:image/svg+xml,<b>)",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<a href=javascript:alert(1)>x</a>",
        "<a title='>' href='&#106;avascript:alert(1)'>x</a>",
        '[x](https://www.example.com/){: href="javascript:alert(1)" }',
    ],
)
def test_a_link_that_runs_a_script_is_found_however_it_is_written(link: str) -> None:
    assert "executable-link" in rules_broken_by(link)


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<script>", "executable-html"),
        ("a<SCRIPT\n>", "executable-html"),
        ("<svg/onload=alert(1)>", "executable-attribute"),
        ("<math><mi>x</mi></math>", "executable-html"),
        ('<b title="a > b" onclick="x()">', "executable-attribute"),
        ("<b title='<' onmouseover=x()>", "executable-attribute"),
        ("<b\nONCLICK\n=\nx()>", "executable-attribute"),
        ("<p srcdoc='x'>", "executable-attribute"),
        ('<b " onclick=x()>', "executable-attribute"),
        ("# Titre { onclick=x() }", "executable-attribute"),
        ("Texte{:onclick='x()'}", "executable-attribute"),
        ("\\`<script>\\`", "executable-html"),
        ("``a` <script> `b`", "executable-html"),
        ("```\n<script>", "executable-html"),
        ("<div>`</div><script>`", "executable-html"),
    ],
)
def test_html_that_could_run_is_found(html: str, rule: str) -> None:
    assert rule in rules_broken_by(html)


@pytest.mark.parametrize(
    "safe",
    [
        "`<script>` et ``[x](javascript:alert(1))`` et ```{{ x }}```",
        "```html\n<script onload=x>\n```",
        '~~~\n{{ x }} {% y %} --8<-- "z"\n~~~',
        "1. Un\n\n    ```yaml\n    a: {{ b }}\n    ```",
        "> ```\n> <script>\n> ```",
        "````md\n```\n<script>\n```\n````",
        "3 < 4, a <b, onze = 11, ondes = 12, on = 1.",
        "JavaScript : un langage. data: des données. [note] : rien.",
        "Écrire à <ada@broken.example> ou voir <https://www.example.com/?a=b&c=d>.",
        "[x](https://www.example.com/javascript:alert) et [y](mailto:ada@broken.example)",
        "<b>gras</b>, <kbd>Ctrl</kbd>, <br>, H<sub>2</sub>O",
        "Un smiley :-( " * 90,
        "- [ ] à faire\n- [x] fait",
        "## Titre\n\n### Sous-titre\n\n#### Encore",
        "Texte[^1].\n\n[^1]: nulle-part.md",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "Famille 👩‍👩‍👧 et n° 5.",
        "*" * 50_000,
        "-" * 500,
    ],
)
def test_a_safe_text_gives_nothing(safe: str) -> None:
    assert rules_broken_by(safe) == []


@pytest.mark.parametrize(
    "body",
    [
        "[" * 20_000,
        "(" * 20_000,
        ">" * 50_000,
        "![" * 20_000,
        "[a](" * 20_000,
        "<a " * 20_000,
        "> 1. " * 9000,
    ],
)
def test_a_text_that_would_take_ages_to_render_is_refused(body: str) -> None:
    assert "runaway-nesting" in rules_broken_by(body)


@pytest.mark.parametrize(
    "piece",
    ["`", "`` ` ", "*", "_", "\\", "]", "](", "[a]: b\n", "```\n", "~~~a\n", "{", "{{", "{:on=", "<!--", "&#", "\n \n", "- ",
     "<a b='", '<a b="<b ', "[a](b 'c ", "-8<-", "#", "=\n", "a\n=\n", "\u200b", "[x][y] ", "@a", "![](a,b) "],
)  # fmt: skip
def test_no_text_stops_the_rules(piece: str) -> None:
    body = (piece * 100_000)[:99_999]
    assert isinstance(rules_broken_by(body), list)
    assert rules_broken_by(body * 2) == ["text-too-long"]


@given(st.text(alphabet="[]()<>`~{}:=-*#!\\\"'/&;%@\n\t abno1é\u202e", max_size=300))
def test_any_text_can_be_judged(body: str) -> None:
    assert isinstance(rules_broken_by(body), list)
    bare = without_code(body)
    assert [len(line) for line in bare.split("\n")] == [len(line) for line in body.split("\n")]
    assert without_links(body, lambda _: True) == body


def test_a_hostile_text_gets_a_few_lines_not_thousands() -> None:
    assert len(check(loaded(guide("<script>\n" * 5000)), NOW)) == 20


def test_the_line_is_the_file_s() -> None:
    (problem,) = check(loaded(guide("Un\n\nDeux <script>")), NOW)
    assert (problem.path, problem.line) == ("content/guides/essai.md", 12)


def test_a_company_sets_severities_and_turns_rules_off() -> None:
    def severities(**chosen: str) -> list[Severity]:
        settings = Settings(checks=Checks(severity=chosen))
        return [problem.severity for problem in check(loaded(guide("# Titre"), settings=settings), NOW)]

    assert severities() == [Severity.WARNING]
    assert severities(**{"first-level-heading": "error"}) == [Severity.ERROR]
    assert severities(**{"first-level-heading": "off"}) == []


def community(slug: str, **values: Any) -> Community:
    front = {"title": slug.capitalize(), "purpose": "Essayer.", "animators": ("ada",), **values}
    return Community.read(front, Source(f"communities/{slug}/index.md", slug))


def person(slug: str, **values: Any) -> Person:
    front = {"name": slug.capitalize(), "job_title": "Technicienne", "territory": "lyon", **values}
    return Person.read(front, Source(f"people/{slug}.md", slug))


@pytest.mark.parametrize(
    ("author", "may"),
    [("adiop", True), ("@ADiop", True), ("outil", True), ("bmartin", False), ("", False), ("nobody", False)],
)
def test_only_some_people_may_open_a_community(author: str, may: bool) -> None:
    records = [
        person("ada", handle="adiop", roles=("director",)),
        person("ben", handle="bmartin", roles=("curator",)),
        person("gone", handle="nobody", roles=("director",), left=NOW.date()),
        community("neuve"),
        community("ancienne"),
    ]
    settings = Settings(checks=Checks(creators=Creators(handles=("outil",))))
    change = Change(author, frozenset({"communities/neuve/index.md", "people/ben.md", "communities/x.png"}))
    problems = check(loaded(*records, settings=settings), NOW, change=change)
    found = [problem.path for problem in problems if problem.rule == "community-creator"]
    assert found == ([] if may else ["content/communities/neuve/index.md"])


def test_nobody_is_asked_who_opened_a_community_without_a_change() -> None:
    assert "community-creator" not in {problem.rule for problem in check(loaded(community("neuve")), NOW)}


def test_what_names_a_private_community_stays_secret_when_that_one_is_withheld(tmp_path: Path) -> None:
    files = {
        "communities/secret/index.md": "title: Secret\npurpose: Rien.\nanimators: []\nvisibility: private",
        "events/reunion.md": "title: Réunion\nstart: 2026-12-03\nlocation: Ici\ncommunities: [secret]",
        "events/autre.md": "title: Autre\nstart: 2026-12-03\nlocation: Ici",
    }
    for path, front in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"---\n{front}\n---\n")
    found = Build.load(tmp_path, tmp_path / "no-settings", "internal", NOW)
    assert {problem.path.partition("/")[2] for problem in found.problems} == {"communities/secret/index.md"}
    assert [record.slug for record in found.content.records] == ["autre"]


def test_what_names_a_community_that_cannot_be_read_waits() -> None:
    event = Event.read(
        {"title": "Réunion", "start": "2026-12-03", "location": "Ici", "communities": ("secret",)},
        Source("events/reunion.md", "reunion"),
    )
    found = Loaded(Content([event]), (), frozenset({("community", "secret")}), "content")
    assert [problem.rule for problem in check(found, NOW)] == ["doubtful-audience"]


@pytest.mark.parametrize(
    ("rule", "fine"),
    [
        ("FREQ=MONTHLY;BYDAY=1TH", True),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T000000Z", True),
        ("RRULE:FREQ=YEARLY;COUNT=3", True),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", True),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True),
        ("FREQ=SECONDLY", False),
        ("freq=minutely", False),
        ("FREQ=DAILY;BYHOUR=8,9,10", False),
        ("FREQ=DAILY;INTERVAL=0", False),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", False),
        ("FREQ=DAILY;UNTIL=20200101", False),
        ("FREQ=DAILY;UNTIL=20269999", False),
        ("FREQ=DAILY;FREQ=WEEKLY", False),
        ("BYDAY=MO", False),
        ("FREQ=WEEKLY;BYDAY=XX", False),
        ("DTSTART:20260101 RRULE:FREQ=DAILY", False),
    ],
)
def test_recurrences(rule: str, fine: bool) -> None:
    event = Event.read(
        {"title": "Point", "start": "2026-12-03", "location": "Ici", "rrule": rule},
        Source("events/point.md", "point"),
    )
    assert [problem.rule for problem in check(loaded(event), NOW)] == ([] if fine else ["recurrence"])


@pytest.mark.parametrize(
    ("start", "end"), [("0001-01-01", "9999-12-31"), ("9999-12-31T23:30+14:00", "0001-01-01T00:00-14:00")]
)
def test_the_ends_of_the_calendar_stop_no_rule(start: str, end: str) -> None:
    event = Event.read(
        {"title": "Fin", "start": start, "end": end, "location": "Ici", "rrule": "FREQ=DAILY"},
        Source("events/fin.md", "fin"),
    )
    assert "unlikely-year" in {problem.rule for problem in check(loaded(event), NOW)}


@pytest.mark.parametrize(
    ("text", "targets", "words"),
    [
        ("[a](b.md)", ["b.md"], "a"),
        ("[a **b**](<c d.md> 'titre') e", ["c d.md"], "a **b** e"),
        ("[![a](i.png)](x.md)", ["i.png", "x.md"], ""),
        ("![a [b] c](z.png)", ["z.png"], ""),
        ("[a][r], [R], [a][]\n\n[r]: x.md\n[a]: y.md", ["x.md", "x.md", "y.md"], "a, R, a\n\n\n"),
        ("`[a](b)` [c](d)", ["d"], "`[a](b)` c"),
        ("\\[a](b)", [], "\\[a](b)"),
        ("[x](a(b).md)", ["a(b).md"], "x"),
        ("note[^1]\n\n[^1]: b.md", [], "note[^1]\n\n[^1]: b.md"),
    ],
)
def test_links_are_found_and_left_as_words(text: str, targets: list[str], words: str) -> None:
    assert [link.target for link in links(text)] == targets
    assert without_links(text, lambda _: False) == words
