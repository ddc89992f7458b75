"""Problems → text, in the form that a person or a forge reads. Nothing here prints."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from portal.language import Translator
from portal.problems import N_, Problem, Severity
from portal.records.fields import UNSAFE_CHARS

JSON_VERSION = 1
"""Goes up when a reader of the JSON format would break."""

SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}

_GITLAB_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


@dataclass(frozen=True)
class Report:
    """What a check found: problems in order, and how many files were read."""

    problems: tuple[Problem, ...]
    files: int
    translator: Translator

    def count(self, severity: Severity) -> int:
        """How many problems of a severity."""
        return sum(problem.severity is severity for problem in self.problems)

    def is_refused(self, strict: bool) -> bool:
        """Whether a build should stop: for an error, and when `strict` for a warning too."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.problems)

    def say(self, problem: Problem) -> str:
        """A problem's sentence in the report's language, on one line."""
        return printable(self.translator.say(problem.message))


@dataclass(frozen=True)
class Line:
    """One problem as people read it."""

    place: str
    severity: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.what}"


def printable(text: str) -> str:
    """A text on one line, without anything that a terminal would obey."""
    seen = UNSAFE_CHARS.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return seen.encode(errors="replace").decode()


def line(problem: Problem, translator: Translator) -> Line:
    """`path:line`, the severity, and the sentence with the rule's name."""
    said = printable(translator.say(problem.message))
    severity = translator.gettext(SEVERITIES[problem.severity])
    return Line(f"{printable(problem.path)}:{problem.line}", severity, f"{said} [{problem.rule}]")


def summary(report: Report) -> str:
    """The last line: how much is wrong, or that all is well."""
    translator = report.translator
    files = translator.ngettext("{count} file", "{count} files", report.files).format(count=report.files)
    if not report.problems:
        return translator.gettext("All is well: {files} read.").format(files=files)
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    counted = (
        translator.ngettext("{count} error", "{count} errors", errors).format(count=errors) if errors else "",
        translator.ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
        if warnings
        else "",
    )
    found = translator.listed(filter(None, counted))
    return translator.gettext("{found} in {files}.").format(found=found, files=files)


def text(report: Report) -> str:
    """One line a problem, then the summary."""
    lines = [str(line(problem, report.translator)) for problem in report.problems]
    return "\n".join([*lines, summary(report)]) + "\n"


def github(report: Report) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request, then the summary."""
    commands = (
        f"::{problem.severity.value} file={_property(problem.path)},line={problem.line},"
        f"title={_property(problem.rule)}::{_command_data(report.say(problem))}"
        for problem in report.problems
    )
    return "\n".join([*commands, summary(report)]) + "\n"


def _command_data(value: str) -> str:
    """A message as the runner unescapes it (actions/toolkit, `command.ts`)."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    """A property's value: two more signs are escaped than in a message."""
    return _command_data(value).replace(":", "%3A").replace(",", "%2C")


def gitlab(report: Report) -> str:
    """GitLab's Code Quality report."""
    seen: Counter[str] = Counter()
    found = []
    for problem in report.problems:
        identity = "\0".join([problem.path, problem.rule, str(problem.message)])
        seen[identity] += 1
        # The line isn't in it, so that a problem stays the same one when lines are added above.
        fingerprint = sha256(f"{identity}\0{seen[identity]}".encode(errors="replace")).hexdigest()
        found.append(
            {
                "description": report.say(problem),
                "check_name": problem.rule,
                "fingerprint": fingerprint,
                "severity": _GITLAB_SEVERITY[problem.severity],
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
        )
    return _json(found)


def json_document(report: Report) -> str:
    """`version`, `counts` (errors, warnings, files) and `problems` (path, line, severity, rule, message), in order."""
    return _json(
        {
            "version": JSON_VERSION,
            "counts": {
                "errors": report.count(Severity.ERROR),
                "warnings": report.count(Severity.WARNING),
                "files": report.files,
            },
            "problems": [
                {
                    "path": problem.path,
                    "line": problem.line,
                    "severity": problem.severity.value,
                    "rule": problem.rule,
                    "message": report.say(problem),
                }
                for problem in report.problems
            ],
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text,
    "github": github,
    "gitlab": gitlab,
    "json": json_document,
}
"""Every format by the name that `--format` takes."""
