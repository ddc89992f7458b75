"""What records are called and where they are, looked up once: thousands of pages name the same skills and places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from portal.content import Content
from portal.labels import LABELS
from portal.language import Translator


class Names:
    """The words of one audience's site, in its language."""

    def __init__(self, content: Content) -> None:
        site = content.settings.site
        self.content = content
        self.say = Translator(site.language, site.timezone)
        self._labels: dict[tuple[str, object], str] = {}
        self._heads: dict[str, str] = {}
        self._languages: dict[str, str] = {}

    @cached_property
    def people(self) -> dict[str, str]:
        """Slug → name, of those who left too: their name stays on what they did."""
        return self._labelled("person")

    @cached_property
    def skills(self) -> dict[str, str]:
        """Slug → title."""
        return self._labelled("skill")

    @cached_property
    def communities(self) -> dict[str, str]:
        """Slug → title."""
        return self._labelled("community")

    @cached_property
    def territories(self) -> dict[str, str]:
        """Slug → title."""
        return self._labelled("territory")

    def _labelled(self, kind: str) -> dict[str, str]:
        return {record.slug: record.label for record in self.content.of(kind)}

    @cached_property
    def around(self) -> dict[str | None, tuple[str, ...]]:
        """Slug of a territory → its own, then those of the territories around it, the nearest first."""
        return {
            item.slug: (item.slug, *(found.slug for found in self.content.ancestors(item)))
            for item in self.content.territories()
        }

    @cached_property
    def skill_words(self) -> dict[str, str]:
        """Slug of a skill → its names, and the wider skill's title."""
        return {
            skill.slug: " · ".join([skill.title, *skill.aliases, *named(self.skills, [skill.broader])])
            for skill in self.content.skills()
        }

    def label(self, group: str, value: object) -> str:
        """The words for a value of front matter (`portal.labels`)."""
        if (group, value) not in self._labels:
            self._labels[group, value] = self.say.gettext(LABELS[group][value])  # type: ignore[index]
        return self._labels[group, value]

    def listed(self, label: str, items: Iterable[str]) -> str:
        """“Label: one, two.”, its label as an id of the catalogue."""
        if label not in self._heads:
            self._heads[label] = f"{self.say.gettext(label)}{self.colon} "
        return f"{self._heads[label]}{', '.join(items)}."

    @cached_property
    def colon(self) -> str:
        """The colon of the language, with the space that French sets before it."""
        return " :" if self.say.language == "fr" else ":"

    def number(self, value: float) -> str:
        """A figure with the language's separators."""
        return self.say.number(value)

    def language(self, code: str) -> str:
        """The name of a language."""
        if code not in self._languages:
            self._languages[code] = self.say.language_name(code)
        return self._languages[code]


def named(names: dict[str, str], slugs: Iterable[str | None]) -> list[str]:
    """The names of these slugs, those that are known, each once."""
    return [names[slug] for slug in dict.fromkeys(slugs) if slug in names]
