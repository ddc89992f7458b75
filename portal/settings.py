"""What a company sets in `site_config/`: YAML only. Read strictly, like the content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from portal.directory_import import DirectoryImport
from portal.mailing import Mailing
from portal.problems import N_, Severity, message
from portal.records.base import Model
from portal.records.fields import Email, Line, TimeZone, Title, Url, refusal
from portal.records.person import Role
from portal.slugs import fold_name
from portal.subscriptions import Feeds

Section = Literal[
    "people",
    "skills",
    "communities",
    "territories",
    "events",
    "stories",
    "questions",
    "ideas",
    "watch",
    "posts",
    "guides",
    "newsletters",
]


def _luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2 § 1.4.3)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2 § 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise refusal(message(N_("a colour such as #0b5d66 is expected, not “{value}”"), value=value))
    return value.lower()


def _readable_on_white(value: str) -> str:
    colour = _colour(value)
    ratio = contrast(colour, "#ffffff")
    if ratio < 4.5:
        raise refusal(
            message(
                N_("the colour {value} is too pale for text (contrast {ratio}, 4.5 is needed)"),
                value=value,
                ratio=round(ratio, 1),
            )
        )
    return colour


class Colours(Model):
    """The company's colours; the others are derived from them."""

    primary: Annotated[str, AfterValidator(_readable_on_white)] = "#0b5563"
    """The main colour, as #rrggbb; it must read on white (contrast of 4.5 at least)."""
    accent: Annotated[str, AfterValidator(_colour)] = "#d9822b"
    """The second colour, as #rrggbb."""


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "github": ("project", "url"),
    "gitlab": ("project", "app_id"),
    "forgejo": ("project", "app_id", "url"),
    "gitea": ("project", "app_id", "url"),
    "local": (),
}
"""What the editor can't do without, by forge; GitLab's address has a default."""


class Editor(Model):
    """The browser editor at `/admin/`: the forge that people sign in to, and where it writes."""

    backend: Literal["github", "gitlab", "forgejo", "gitea", "local"]
    """The forge; `local` is a checkout served by `make editor-demo`."""
    project: Line | None = None
    """Owner and name of the repository, such as communication/veillee."""
    branch: Line = "main"
    """The branch that is published."""
    folder: Line = "content"
    """The folder of the content in the repository."""
    url: Url | None = None
    """Address of the forge; of GitHub’s sign-in gateway; of the local server."""
    app_id: Line | None = None
    """Identifier of the OAuth application that the forge registered (PKCE, without a secret); GitHub has none."""
    review: bool = True
    """Whether a change waits as a pull request until someone publishes it; Gitea’s are saved at once in any case."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """The keys that a forge cannot do without are there."""
        missing = tuple(key for key in _NEEDED[self.backend] if getattr(self, key) is None)
        if missing:
            raise refusal(
                message(N_("the editor on {forge} also needs: {keys}"), forge=self.backend, keys=missing)
            )
        return self


class Repository(Model):
    """Where the content lives, for the links « Modifier cette page » and for proposals."""

    edit_url: Url | None = None
    """Address of a file's editor; the file's path is added at its end."""
    forge: Literal["github", "gitlab", "forgejo"] | None = None
    """The forge that receives proposals, where the address of `origin` doesn't tell; Gitea is `forgejo`."""
    api_url: Url | None = None
    """Where its API is, when not at its usual place (`https://forge.example/gitlab/api/v4`)."""
    issue_url: Url | None = None
    """Address of the page that opens a new issue: forms open it with the contribution already written."""
    editor: Editor | None = None
    """The browser editor, where it is installed (`make editor`)."""


class Site(Model):
    """`site_config/site.yml`."""

    name: Title = "Veillée"
    """The portal's name."""
    tagline: Line | None = None
    """What it is for, in one line."""
    company: Title = "Veillée"
    """The company's name."""
    url: Url | None = None
    """The address at which the site is read; feeds need it, and say whole addresses."""
    identity: Line | None = None
    """What feeds, meetings and cards are named from, for ever, such as hydrelis; without it, the company’s name. Whoever
    subscribed sees everything again as new when it changes: choose it once, and keep it when the address moves."""
    language: Literal["fr", "en"] = "fr"
    """The language of the interface."""
    timezone: TimeZone = "Europe/Paris"
    """The time zone in which hours are said."""
    contact: Email | None = None
    """Who answers for the portal."""
    logo: Line | None = None
    """An SVG or PNG file of `site_config/`; on the cards beside links only a PNG one can be drawn."""
    colours: Colours = Colours()
    """The company's colours."""
    repository: Repository = Repository()
    """Where the content is edited."""
    sections: tuple[Section, ...] = (
        "people", "skills", "communities", "territories", "events", "stories", "questions", "ideas", "watch",
        "posts", "guides",
    )  # fmt: skip
    """The entries of the menu, in their order."""


class Creators(Model):
    """Who may open a community."""

    roles: tuple[Role, ...] = ("community_creator", "communications", "director")
    """People with one of these roles."""
    handles: tuple[Line, ...] = ()
    """These names on the forge."""


class Checks(Model):
    """`site_config/checks.yml`: thresholds, and severities that differ from each rule's own."""

    severity: dict[str, Literal["error", "warning", "off"]] = Field(default_factory=dict)
    """For each rule named here: `error`, `warning` or `off`."""
    private_share: Annotated[float, Field(ge=0, le=1, strict=False)] = 0.25
    """At most this share of the communities may be private."""
    completeness: Annotated[float, Field(ge=0, le=1, strict=False)] = 0.6
    """Profiles below this share of the expected keys are named."""
    creators: Creators = Creators()
    """Who may open a community."""
    max_image_kib: Annotated[int, Field(ge=10, le=5000)] = 400
    """Pictures heavier than this are named, in KiB."""

    def severity_of(self, rule: str, default: Severity) -> Severity | None:
        """The severity of a rule here; None when the company turned it off."""
        chosen = self.severity.get(rule, default.value)
        return None if chosen == "off" else Severity(chosen)


Words = Annotated[Line, Field(max_length=80)]


def _several(group: tuple[str, ...]) -> tuple[str, ...]:
    if len(group) < 2:
        raise refusal(message(N_("a group holds at least two words or phrases that mean the same")))
    return group


WordGroup = Annotated[
    tuple[Words, ...], Field(max_length=20, json_schema_extra={"minItems": 2}), AfterValidator(_several)
]


class Synonyms(Model):
    """`site_config/synonyms.yml`."""

    groups: tuple[WordGroup, ...] = ()
    """Groups of two to twenty words or phrases that mean the same here, such as [REX, retour d’expérience]: a page that
    holds one of them is found by the others. Names of a skill are `aliases` of its file instead."""

    def repeated(self) -> Iterator[tuple[int, int]]:
        """Where a word stands that stands before already, whatever its case and accents: its group and its rank."""
        known: set[str] = set()
        for number, group in enumerate(self.groups):
            for rank, words in enumerate(group):
                if fold_name(words) in known:
                    yield number, rank
                known.add(fold_name(words))


class Logo(Model):
    """The company's picture beside the portal's name."""

    suffix: Literal[".svg", ".png"]
    """What kind of picture it is."""
    content: bytes
    """The file as it is."""

    @property
    def address(self) -> str:
        """Where the site has it."""
        return f"assets/logo{self.suffix}"


class Settings(Model):
    """All that a company sets."""

    site: Site = Site()
    """What `site.yml` says."""
    checks: Checks = Checks()
    """What `checks.yml` says."""
    feeds: Feeds = Feeds()
    """What `feeds.yml` says."""
    directory: DirectoryImport = DirectoryImport()
    """What `import.yml` says."""
    synonyms: Synonyms = Synonyms()
    """What `synonyms.yml` says."""
    mailing: Mailing = Mailing()
    """What `mailing.yml` says."""
    logo: Logo | None = None
    """The picture that `site.logo` names."""
    outline: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Coasts and borders behind the map: rings of (longitude, latitude), from `outline.geojson`."""
