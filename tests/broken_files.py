"""The broken content tree: what is committed under `tests/broken`, and what can't be, made here beside a copy.

Each broken file says in a comment `expected: rule, rule` which problems it has; a file without one has none.
"""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image

BROKEN = Path(__file__).parent / "broken" / "content"

_EXPECTED = re.compile(rb"expected: ([a-z, -]+)")
_PERSON = "---\nname: {name}\njob_title: Technicien\nterritory: lyon\n{more}\n---\n"
_GUIDE = "---\ntitle: {title}\nsummary: Savoir ce qui est refusé.\n---\n\n"

BOMB = "roles: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]"


def _guide(title: str, body: str) -> bytes:
    return (_GUIDE.format(title=title) + body + "\n").encode()


def _person(name: str, more: str = "", encoding: str = "utf-8") -> bytes:
    return _PERSON.format(name=name, more=more).encode(encoding)


def _picture(*, located: bool = False, size: int = 0) -> bytes:
    """A small picture, with a place if `located`, filled up to `size` bytes."""
    written, exif = BytesIO(), Image.Exif()
    if located:
        exif[0x8825] = {1: "N", 2: (48.0, 51.0, 29.0)}
    Image.new("RGB", (8, 8), "teal").save(written, "PNG", exif=exif)
    return written.getvalue().ljust(size, b"\0")


def _deep_list(levels: int) -> str:
    return "\n".join("    " * level + "- a" for level in range(levels))


GENERATED: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "people/latin-1.md": (_person("Zoé", encoding="latin-1"), ("encoding",)),
    "people/utf-16.md": (_person("Zoé", encoding="utf-16"), ("encoding",)),
    "people/zero-byte.md": (_person("Zo\0é"), ("encoding",)),
    "people/too-big.md": (_person("Zoé") + b"a" * 1024 * 1024, ("encoding",)),
    "people/brackets.md": (_person("Zoé", "skills: " + "[" * 600 + "]" * 600), ("front-matter",)),
    "people/bomb.md": (_person("Zoé", BOMB), ("front-matter",)),
    "people/Zoé Martin.md": (_person("Zoé"), ("place",)),
    "guides/opened-brackets.md": (_guide("Crochets", "[" * 20_000), ("runaway-nesting",)),
    "guides/opened-pictures.md": (_guide("Images", "![" * 20_000), ("runaway-nesting",)),
    "guides/opened-parentheses.md": (_guide("Parenthèses", "(" * 20_000), ("runaway-nesting",)),
    "guides/opened-links.md": (_guide("Liens", "[a](b" * 5_000), ("runaway-nesting",)),
    "guides/opened-tags.md": (_guide("Balises", "<b " * 20_000), ("runaway-nesting",)),
    "guides/quotes.md": (_guide("Citations", ">" * 50_000), ("runaway-nesting",)),
    "guides/numbers.md": (_guide("Nombres", "1. " * 500), ("runaway-nesting",)),
    "guides/deep-list.md": (_guide("Marches", _deep_list(60)), ("runaway-nesting",)),
    "guides/stars.md": (_guide("Étoiles", "*" * 50_000), ()),
    "guides/long.md": (_guide("Longueur", "Bonjour. " * 12_000), ("text-too-long",)),
    "communities/secret/plan.png": (_picture(), ()),
    "guides/light.png": (_picture(), ()),
    "guides/heavy.png": (_picture(size=500 * 1024), ("heavy-picture",)),
    "guides/located.png": (_picture(located=True), ("located-picture",)),
    "guides/false.jpg": (b"GIF? no.", ("unreadable-picture",)),
}
"""Files that git, editors or reviewers would mishandle, with the rules that each breaks."""


def make_broken(folder: Path) -> Path:
    """The whole broken tree, as the folder `content` of `folder`."""
    content = folder / "content"
    shutil.copytree(BROKEN, content)
    for path, (raw, _) in GENERATED.items():
        (content / path).write_bytes(raw)
    (content / "people" / "linked.md").symlink_to(content / "people" / "ada.md")
    return content


def expected_problems() -> dict[str, list[str]]:
    """The rules that each broken file breaks, sorted, by its path."""
    found = {path: sorted(rules) for path, (_, rules) in GENERATED.items() if rules}
    found["people/linked.md"] = ["place"]
    for file in sorted(BROKEN.rglob("*")):
        if file.is_file() and (said := _EXPECTED.search(file.read_bytes())):
            rules = [rule.strip() for rule in said[1].decode().split(",")]
            found[file.relative_to(BROKEN).as_posix()] = sorted(rules)
    return found
