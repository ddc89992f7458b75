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


def test_locks_hold_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert len(pinned) > 30
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
