"""The CI files of both forges: readable, and one build for each audience of the demo company."""

from __future__ import annotations

import pytest
import yaml

from portal.loading import load_content
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def audiences() -> set[str]:
    return set(load_content(ROOT / "content").content.audiences)


def test_github_builds_each_audience_under_a_name_that_an_artefact_may_have(audiences: set[str]) -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]
    matrix = jobs["build"]["strategy"]["matrix"]["include"]
    assert {line["audience"] for line in matrix} == audiences
    assert len({line["site"] for line in matrix}) == len(matrix)
    assert not any(set(line["site"]) & set('":<>|*?\\/') for line in matrix)
    assert set(jobs["build"]["needs"]) == {"content", "code"}


def test_gitlab_builds_each_audience(audiences: set[str]) -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text())
    assert set(jobs["build"]["parallel"]["matrix"][0]["VEILLEE_AUDIENCE"]) == audiences
    assert jobs["content"]["artifacts"]["reports"]["codequality"] == "problems.json"


def test_both_forges_build_each_night_without_testing_the_code_again() -> None:
    github = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    # YAML 1.1 reads the key `on` as yes.
    assert github[True]["schedule"] == [{"cron": "20 3 * * *"}]
    assert github["jobs"]["code"]["if"] == "github.event_name != 'schedule'"
    assert "needs.code.result != 'failure'" in github["jobs"]["build"]["if"]
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text())
    nightly = 'VEILLEE_SCHEDULE == "build"'
    assert nightly in gitlab[".nightly-too"]["rules"][0]["if"]
    assert {name for name, job in gitlab.items() if isinstance(job, dict) and job.get("extends") == ".nightly-too"} == {
        "content", "build",
    }  # fmt: skip
    assert 'VEILLEE_SCHEDULE != "build"' in gitlab["watch"]["rules"][0]["if"], (
        "one schedule is enough for each"
    )


def test_locks_hold_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert len(pinned) > 30
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
