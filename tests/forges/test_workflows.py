"""The scheduled runs of both forges: readable, in order, with commands that exist and no more rights than needed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from curation.cli import app
from curation.options import STATE
from tests.conftest import ROOT

PROGRAM = typer.main.get_command(app)
STEPS = ["propose --resume", "fetch", "sources follow", "propose"]


@pytest.fixture(scope="module")
def github() -> dict[Any, Any]:
    return yaml.safe_load((ROOT / ".github" / "workflows" / "watch.yml").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def gitlab() -> dict[str, Any]:
    return yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text())  # type: ignore[no-any-return]


def commands(lines: list[str]) -> list[str]:
    """What is asked of `veillee`, in order; each command and each option must exist."""
    found = [line.split(".venv/bin/veillee ", 1)[1] for line in lines if ".venv/bin/veillee " in line]
    asked = [line.split(" || ")[0] for line in found]
    for line in asked:
        command, words = PROGRAM, shlex.split(line)
        while words and hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        options = words
        known = {option for param in command.params for option in param.opts}
        assert {option for option in options if option.startswith("-")} <= known
    return asked


def test_github_runs_each_weekday_morning_and_by_hand(github: dict[Any, Any]) -> None:
    when = github[True]  # YAML 1.1 reads `on` so
    assert when.keys() == {"schedule", "workflow_dispatch"}
    (cron,) = when["schedule"]
    minute, hour, *days = cron["cron"].split()
    assert days == ["*", "*", "1-5"]
    assert int(hour) == 5
    assert int(minute) % 15, "many others run on the hour"


def test_github_may_write_branches_and_pull_requests_only(github: dict[Any, Any]) -> None:
    assert github["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert "permissions" not in github["jobs"]["watch"]
    assert github["concurrency"] == {"group": "watch", "cancel-in-progress": False}


def test_github_takes_up_fetches_and_proposes(github: dict[Any, Any]) -> None:
    steps = github["jobs"]["watch"]["steps"]
    assert commands([step.get("run", "") for step in steps]) == STEPS
    last = steps[-1]
    assert last["if"] == "${{ !cancelled() }}"
    assert last["env"].keys() == {"VEILLEE_FORGE_TOKEN"}
    assert [step for step in steps[:-1] if "env" in step] == [], "the token is given to no other step"


def test_both_keep_what_is_remembered_of_the_sources(github: dict[Any, Any], gitlab: dict[str, Any]) -> None:
    (cache,) = [
        step["with"] for step in github["jobs"]["watch"]["steps"] if "actions/cache" in step.get("uses", "")
    ]
    assert Path(cache["path"]) in STATE.parents
    assert cache["key"].startswith(cache["restore-keys"])
    assert any(Path(path) in STATE.parents for kept in gitlab["watch"]["cache"] for path in kept["paths"])


def test_gitlab_watches_when_scheduled_only(gitlab: dict[str, Any]) -> None:
    watch = gitlab["watch"]
    assert watch["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule" && $VEILLEE_SCHEDULE != "build"'}]
    assert commands(watch["script"]) == STEPS
    assert watch["resource_group"] == "watch"
    assert watch["stage"] in gitlab["stages"]
    assert "artifacts" not in watch


def test_gitlab_does_nothing_else_when_the_watch_is_scheduled(gitlab: dict[str, Any]) -> None:
    others = {
        name: job
        for name, job in gitlab.items()
        if isinstance(job, dict) and "script" in job and name != "watch"
    }
    assert others.keys() == {"content", "code", "build"}
    rests = {"if": '$CI_PIPELINE_SOURCE != "schedule"'}
    nightly = {"if": '$CI_PIPELINE_SOURCE != "schedule" || $VEILLEE_SCHEDULE == "build"'}
    for name, job in others.items():
        rules = job.get("rules") or gitlab[job["extends"]]["rules"]
        assert rules == [rests if name == "code" else nightly], name


def test_gitlab_runs_for_merge_requests_and_not_twice(gitlab: dict[str, Any]) -> None:
    """docs.gitlab.com “Merge request pipelines”: jobs need rules, and the workflow must avoid duplicate pipelines."""
    rules = gitlab["workflow"]["rules"]
    assert {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'} in rules
    assert {"if": "$CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS", "when": "never"} in rules
    assert rules.index({"if": "$CI_COMMIT_BRANCH"}) > 2


def test_the_versions_of_actions_are_those_of_the_other_workflow(github: dict[Any, Any]) -> None:
    other = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    used = {step["uses"] for step in github["jobs"]["watch"]["steps"] if "uses" in step}
    for action in used - {"actions/cache@v4"}:
        assert action in other
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)
