"""`veillee check` and what all commands share: formats, exit codes, languages, git, and sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from curation.report import FORMATS
from portal.language import Translator
from tests.commands import COLOUR, process, run, terminal, write
from tests.conftest import MINI

LINE = re.compile(
    r"(?P<path>[^:]+):(?P<line>\d+): (?P<severity>error|warning): (?P<message>.+) \[(?P<rule>[a-z-]+)\]"
)
FILES = len(list(MINI.rglob("*.md")))
BROKEN = {
    "people__eve": "---\nname: Eve\njob_title: Chef\nterritory: sudd\nskils: []\n---\n",
    "skills__broken": '---\ntitle: "jamais fermé\n---\n',
    "communities__vide__index": "---\ntitle: Vide\nkind: 50%, a\\:b\n---\n",
    "skills__piege": '---\ntitle: Piège\nbroader: "\\e[31mrouge\\n\\u202e::error file=x::faux"\n---\n',
}


@pytest.fixture
def broken(here: Path) -> Path:
    """The same with files that are wrong in several ways, and one thing that is only doubtful."""
    write(here, **BROKEN)
    (here / "site_config" / "checks.yml").write_text("private_share: 0\n")
    return here


def found(*arguments: str) -> list[dict[str, object]]:
    problems = json.loads(run("check", "--format", "json", "--lang", "en", *arguments).stdout)["problems"]
    assert isinstance(problems, list)
    return problems


def rules(*arguments: str) -> list[object]:
    return [problem["rule"] for problem in found(*arguments)]


def test_a_clean_tree_is_said_to_be_well(here: Path) -> None:
    result = run("check", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, f"All is well: {FILES} files read.\n")


def test_everything_wrong_is_said_at_once_in_order(broken: Path) -> None:
    result = run("check", "--lang", "en")
    *lines, summary = result.stdout.splitlines()
    read = [match for line in lines if (match := LINE.fullmatch(line))]
    assert len(read) == len(lines) == 5
    places = [(match["path"], int(match["line"])) for match in read]
    assert places == sorted(places)
    assert {match["path"] for match in read} >= {"content/people/eve.md", "content/skills/broken.md"}
    assert {match["rule"] for match in read} >= {
        "unknown-key",
        "front-matter",
        "invalid-value",
        "private-share",
    }
    assert summary == f"4 errors and 1 warning in {FILES + 4} files."
    assert result.exit_code == 1


def test_a_warning_stops_only_a_strict_check(here: Path) -> None:
    (here / "site_config" / "checks.yml").write_text("private_share: 0.1\n")
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1
    (here / "site_config" / "checks.yml").write_text("private_share: 0.1\nseverity: {private-share: error}\n")
    assert run("check").exit_code == 1


def test_settings_are_checked_with_the_content(here: Path) -> None:
    (here / "site_config" / "site.yml").write_text("name: Mini\nlanguage: de\n")
    (problem,) = found()
    assert (problem["path"], problem["line"], problem["rule"]) == ("site_config/site.yml", 2, "invalid-value")


def test_no_colour_outside_a_terminal_and_colours_inside(broken: Path) -> None:
    piped = process("check", "--lang", "en", cwd=broken)
    code, screen = terminal("check", "--lang", "en", cwd=broken)
    assert "\x1b" not in piped.stdout + piped.stderr
    assert COLOUR.search(screen)
    assert COLOUR.sub("", screen) == piped.stdout
    assert code == piped.returncode == 1
    _, plain = terminal("check", "--lang", "en", cwd=broken, NO_COLOR="1")
    assert "\x1b[31m" not in plain


def test_what_files_hold_never_reaches_the_terminal_as_commands(broken: Path) -> None:
    for form in FORMATS:
        output = run("check", "--format", form).stdout
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output), form
        assert not re.search(r"^::error file=x", output, re.MULTILINE)


def test_json_has_its_documented_keys(broken: Path) -> None:
    document = json.loads(run("check", "--format", "json", "--lang", "en").stdout)
    assert document.keys() == {"version", "counts", "problems"}
    assert document["version"] == 1
    assert document["counts"] == {"errors": 4, "warnings": 1, "files": FILES + 4}
    assert all(
        item.keys() == {"path", "line", "severity", "rule", "message"} for item in document["problems"]
    )


@pytest.mark.parametrize("form", FORMATS)
def test_names_that_are_no_utf_8_are_reported_too(here: Path, form: str) -> None:
    folder = os.fsencode(here / "content") + b"/caf\xe9"
    os.mkdir(folder)
    Path(os.fsdecode(folder + b"/th\xe9.md")).write_text("x")
    done = process("check", "--format", form, "--lang", "en", cwd=here)
    assert done.returncode == 1
    assert "caf?" in done.stdout
    assert done.stderr == ""


def unescaped(text: str) -> str:
    """As GitHub's runner reads a value: `%25` last."""
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_github_commands_read_back(broken: Path) -> None:
    write(broken, **{"people__a,b:c%d": "---\nname: Eve\n---\n"})
    output = run("check", "--format", "github", "--lang", "en").stdout
    commands = re.findall(
        r"^::(error|warning) file=([^,:]*),line=(\d+),title=([^,:]*)::(.*)$", output, re.MULTILINE
    )
    read = [
        {
            "severity": severity,
            "path": unescaped(path),
            "line": int(line),
            "rule": rule,
            "message": unescaped(said),
        }
        for severity, path, line, rule, said in commands
    ]
    expected = found()
    assert [item for item in read if item not in expected] == []
    assert len(read) == len(expected) == 6
    assert "content/people/a,b:c%d.md" in {item["path"] for item in read}


def test_gitlab_report_reads_back(broken: Path) -> None:
    write(broken, skills__double="---\ntitle: x\nsame_as: [nope]\n---\n\nQ\n")
    report = json.loads(run("check", "--format", "gitlab", "--lang", "en").stdout)
    expected = found()
    read = [
        (
            item["location"]["path"],
            item["location"]["lines"]["begin"],
            item["check_name"],
            item["description"],
        )
        for item in report
    ]
    assert read == [(item["path"], item["line"], item["rule"], item["message"]) for item in expected]
    assert {item["severity"] for item in report} == {"major", "minor"}
    assert len({item["fingerprint"] for item in report}) == len(report)


def test_a_gitlab_fingerprint_survives_lines_added_above(here: Path) -> None:
    def fingerprint() -> tuple[object, object]:
        (item,) = json.loads(run("check", "--format", "gitlab").stdout)
        return item["fingerprint"], item["location"]["lines"]["begin"]

    write(here, skills__x="---\ntitle: x\nbroader: nope\n---\n")
    one, line_before = fingerprint()
    write(here, skills__x="---\ntitle: x\naliases:\n  - y\nbroader: nope\n---\n")
    other, line_after = fingerprint()
    assert one == other
    assert line_before != line_after


def test_the_language_is_that_of_the_option_or_of_the_site(here: Path) -> None:
    def summary(language: str) -> str:
        say = Translator(language)
        files = say.ngettext("{count} file", "{count} files", FILES).format(count=FILES)
        return say.gettext("All is well: {files} read.").format(files=files) + "\n"

    assert run("check").stdout == summary("fr")
    assert run("check", "--lang", "en").stdout == summary("en")
    site = here / "site_config" / "site.yml"
    site.write_text(site.read_text().replace("language: fr", "language: en"))
    assert run("check").stdout == summary("en")
    assert run("check", "--lang", "fr").stdout == summary("fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_counts_follow_the_plurals_of_the_language(here: Path, language: str) -> None:
    write(here, skills__a="---\ntitle: a\nbroader: nope\n---\n")
    one = run("check", "--lang", language).stdout.splitlines()[-1]
    write(here, skills__b="---\ntitle: b\nbroader: nope\n---\n")
    two = run("check", "--lang", language).stdout.splitlines()[-1]
    say = Translator(language)
    assert one.startswith(say.ngettext("{count} error", "{count} errors", 1).format(count=1))
    assert two.startswith(say.ngettext("{count} error", "{count} errors", 2).format(count=2))


def test_paths_are_shown_as_the_user_reads_them(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, skills__x="---\ntitle: x\nbroader: nope\n---\n")
    assert found()[0]["path"] == "content/skills/x.md"
    assert found("--content", f"{here}/content")[0]["path"] == "content/skills/x.md"
    monkeypatch.chdir(here / "content")
    assert found("--content", ".", "--config", "../site_config")[0]["path"] == "skills/x.md"
    monkeypatch.chdir(here.parent)
    shown = found("--content", f"{here.name}/content", "--config", f"{here.name}/site_config")[0]["path"]
    assert shown == f"{here.name}/content/skills/x.md"
    monkeypatch.chdir(here / "site_config")
    outside = found("--content", "../content", "--config", ".")[0]["path"]
    assert outside == f"{here}/content/skills/x.md"


def test_the_environment_names_the_folders(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "content").rename(here / "pages")
    (here / "site_config").rename(here / "settings")
    result = run("check", "--lang", "en", VEILLEE_CONTENT="pages", VEILLEE_CONFIG="settings")
    assert result.stdout == f"All is well: {FILES} files read.\n"


def test_the_clock_is_that_of_the_environment(here: Path) -> None:
    late = process("check", "--lang", "en", cwd=here, SOURCE_DATE_EPOCH="1800000000")
    assert "late-answer" in late.stdout
    refused = process("check", "--lang", "en", cwd=here, SOURCE_DATE_EPOCH="soon")
    assert refused.returncode == 2
    assert refused.stderr == "veillee: SOURCE_DATE_EPOCH isn’t a number of seconds: “soon”\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "--content", "nowhere"], "there is no folder “nowhere” here"),
        (["check", "--config", "nowhere"], "there is no folder “nowhere” here"),
        (["check", "--content", "site_config/site.yml"], "there is no folder “site_config/site.yml” here"),
        (["check", "--base", "main"], "--base and --author go together"),
        (["check", "--base", "main", "--author", "ana"], "isn’t in a git repository"),
        (["new", "persn"], "unknown kind “persn”: did you mean “person”?"),
        (["new", "zzz"], "unknown kind “zzz”; the kinds are: person, skill"),
        (["explain", "content/people/anna.md"], "did you mean “content/people/ana.md”?"),
        (["explain", "site_config/site.yml"], "in the content"),
        (["explain", "../outside.md"], "there is no file “../outside.md” in the content"),
    ],
)
def test_bad_input_gives_a_sentence(here: Path, arguments: list[str], sentence: str) -> None:
    (here.parent / "outside.md").write_text("---\n---\n")
    result = run(*arguments, "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("veillee: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--format", "xml"],
        ["check", "--lang", "de"],
        ["check", "--wrong"],
        ["new"],
        ["explain"],
    ],
)
def test_wrong_usage_stops_with_2(here: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.parametrize(
    "command", [["check"], ["explain", "content/people/ana.md"], ["new", "skill", "--title", "x"]]
)
def test_settings_that_cannot_be_opened_give_a_sentence(here: Path, command: list[str]) -> None:
    (here / "site_config" / "site.yml").unlink()
    (here / "site_config" / "site.yml").mkdir()
    result = run(*command, "--lang", "en")
    assert result.exit_code == 2
    assert "can’t be read or written" in result.stderr


def test_a_process_says_the_same_and_needs_no_locale(broken: Path) -> None:
    alone = process("check", "--lang", "fr", cwd=broken, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert alone.returncode == 1
    assert alone.stderr == ""
    (broken / "site_config" / "site.yml").write_text("name: [")
    assert "Traceback" not in process("check", cwd=broken, LC_ALL="C").stderr


def test_version_and_help(here: Path) -> None:
    assert re.fullmatch(r"veillee \d+\.\d+\.\d+\n", run("--version").stdout)
    for command in ("check", "new", "explain", "schema"):
        assert f"veillee {command}" in run(command, "--help").stdout.replace("root", "veillee")
        assert command in run("--help").stdout


# --- what a change adds, in a real repository -----------------------------------------------------------------------

NEW = "---\ntitle: {title}\npurpose: Essayer.\nanimators: [ben]\n---\n"


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(here: Path) -> Path:
    """The miniature company in git, with a branch `main` and a branch that is being written."""
    git(here, "init")
    git(here, "add", ".")
    git(here, "commit", "-m", "begin")
    git(here, "checkout", "-b", "change")
    return here


def refused(*author: str) -> list[object]:
    problems = found("--base", "main", "--author", *author)
    return [problem["path"] for problem in problems if problem["rule"] == "community-creator"]


def test_only_someone_who_may_opens_a_community(repository: Path) -> None:
    write(repository, communities__essai__index=NEW.format(title="Essai"))
    git(repository, "add", ".")
    git(repository, "commit", "-m", "open")
    assert refused("ben") == ["content/communities/essai/index.md"]
    assert run("check", "--base", "main", "--author", "ben").exit_code == 1
    assert refused("ana") == []
    assert rules() == []


def test_files_that_are_staged_or_not_yet_known_to_git_count(repository: Path) -> None:
    write(repository, communities__inconnue__index=NEW.format(title="Inconnue"))
    write(repository, communities__posee__index=NEW.format(title="Posée"))
    git(repository, "add", "content/communities/posee")
    assert refused("ben") == [f"content/communities/{name}/index.md" for name in ("inconnue", "posee")]


def test_what_was_there_or_only_moved_or_changed_is_not_new(repository: Path) -> None:
    git(repository, "mv", "content/communities/donnees", "content/communities/chiffres")
    for file in (repository / "content").rglob("*.md"):
        file.write_text(file.read_text().replace("donnees", "chiffres"))
    git(repository, "commit", "-a", "-m", "rename")
    git(repository, "checkout", "main")
    write(repository, communities__ailleurs__index=NEW.format(title="Ailleurs"))
    git(repository, "add", ".")
    git(repository, "commit", "-m", "meanwhile")
    git(repository, "checkout", "change")
    assert refused("ben") == []


def test_names_that_git_would_quote_are_read_right(repository: Path) -> None:
    write(repository, **{"communities__été à deux__index": NEW.format(title="Été")})
    write(repository, communities__vraie__index=NEW.format(title="Vraie"))
    assert refused("ben") == ["content/communities/vraie/index.md"]


def test_the_content_may_stand_deeper_than_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, communities__essai__index=NEW.format(title="Essai"))
    monkeypatch.chdir(repository / "site_config")
    problems = found("--content", "../content", "--config", ".", "--base", "main", "--author", "ben")
    assert [problem["rule"] for problem in problems] == ["community-creator"]


@pytest.mark.parametrize("revision", ["nope", "--upload-pack=touch x", "-h", "", "main:content"])
def test_an_unknown_revision_is_said(repository: Path, revision: str) -> None:
    result = run("check", "--lang", "en", f"--base={revision}", "--author=ana")
    assert result.exit_code == 2
    assert f"git knows no revision “{revision}” here" in result.stderr


def test_histories_that_never_met_are_said(repository: Path) -> None:
    git(repository, "checkout", "--orphan", "alone")
    git(repository, "commit", "-m", "alone")
    result = run("check", "--lang", "en", "--base", "main", "--author", "ana")
    assert result.exit_code == 2
    assert "no common history" in result.stderr


def test_git_that_is_missing_is_said(repository: Path, tmp_path: Path) -> None:
    result = run("check", "--lang", "en", "--base", "main", "--author", "ana", PATH=str(tmp_path))
    assert (result.exit_code, result.stderr) == (2, "veillee: git isn’t installed here\n")
