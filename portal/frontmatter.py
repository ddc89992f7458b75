"""A file's bytes → its front matter and body, with line numbers; and back, for the files that commands write."""

from __future__ import annotations

import re
from dataclasses import dataclass

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from portal import yaml12
from portal.problems import N_, Refused, message

MAX_FILE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Page:
    """What one Markdown file holds: its front matter, its body, and the line on which the body begins."""

    front: yaml12.Document
    body: str
    body_line: int


class Yaml12Handler(BaseHandler):
    """python-frontmatter's handler for our loader: YAML 1.2 in, plain block YAML out."""

    FM_BOUNDARY = re.compile(r"^-{3}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str, **_: object) -> dict[str, yaml12.Value]:
        """The mapping of a front matter whose first line is the file's second."""
        return yaml12.load(fm, first_line=1).values

    def export(self, metadata: dict[str, object], **options: object) -> str:
        """Block-style YAML in the order given, never folded, which our loader reads back equal.

        With the option `inline=True`, on one line and in braces: `{languages: [fr, pl]}`.
        """
        try:
            written = yaml.dump(
                metadata,
                Dumper=_Dumper,
                allow_unicode=True,
                sort_keys=False,
                default_flow_style=bool(options.get("inline")),
                width=10_000,
            )
        except UnicodeEncodeError:
            raise Refused(
                "encoding", 1, message(N_("a text holds half a character: write it again"))
            ) from None
        return str(written).strip()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Quotes whatever YAML 1.1 *or* 1.2 would read as something else than text; multi-line text as a block."""


# YAML 1.1 takes these for line ends too and would fold them away (YAML 1.2.2 § 5.4); quotes escape them.
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style: str | None = None
    # White space that YAML keeps at an end, a no-break space say, would be cut with the lines around it.
    if (
        text != text.strip()
        or _OTHER_LINE_ENDS.search(text)
        or not isinstance(yaml12.resolve_scalar(text), str)
    ):
        style = '"'
    elif "\n" in text and not re.search(r"[ \t]$", text, re.MULTILINE):
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)

HANDLER = Yaml12Handler()


def decode(raw: bytes) -> str:
    """The file's text: UTF-8 (a byte-order mark is dropped), line ends made Unix ones.

    Raises:
        Refused: for another encoding, a NUL, or a file over 1 MiB; with the line of the first bad byte.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise Refused(
            "encoding", 1, message(N_("the file is larger than {limit} KiB"), limit=MAX_FILE_BYTES // 1024)
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("encoding", 1, message(N_("the file is in UTF-16: save it as UTF-8")))
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise Refused("encoding", line, message(N_("the file holds a NUL byte: save it as plain UTF-8 text")))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(
            "encoding", line, message(N_("the file isn’t in UTF-8 (Latin-1, maybe): save it as UTF-8"))
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(raw: bytes) -> Page:
    """Split and read one file.

    Raises:
        Refused: with the line and the mend.
    """
    text = decode(raw)
    if not HANDLER.FM_BOUNDARY.match(text):
        raise Refused(
            "front-matter", 1, message(N_("the front matter is missing: begin the file with a line “---”"))
        )
    try:
        fm, body = HANDLER.split(text)
    except ValueError:
        raise Refused(
            "front-matter", 1, message(N_("the front matter is never closed: end it with a line “---”"))
        ) from None
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    front = yaml12.load(fm, first_line=1)
    stripped = body.lstrip("\n")
    return Page(front, stripped.rstrip(), body_line + len(body) - len(stripped))


def write(values: dict[str, object], body: str = "") -> str:
    """The text of a file with this front matter and body, ended by one line end."""
    post = frontmatter.Post(body.strip(), handler=HANDLER)
    post.metadata.update(values)
    return str(frontmatter.dumps(post, handler=HANDLER)).rstrip() + "\n"
